// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Device as JSON, for what describes registers in a language that is not read here, and back again;
// docs/ioview-gen-json.md has each member.
//
//   std::cout << to_json(device).dump(2) << '\n';
//   const Device device = read_json(text, "uart.json");

#include "model.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace gen {

// What read_json makes the same device of; members that say what they are by default are left out.
[[nodiscard]] nlohmann::ordered_json to_json(const Device& device);

// Failure for anything that is not in the document: with the file, the line and the member. What
// has no "line" of its own is where it stands in this text, unless the device names another "file".
[[nodiscard]] Device read_json(const std::string& text, const std::string& file_name);

} // namespace gen
