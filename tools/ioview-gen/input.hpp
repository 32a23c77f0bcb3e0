// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// read_device: a description of registers in any of the languages that are read.
//
//   const Device device = read_device("rp2040.svd", Language::by_name, report);

#include "model.hpp"
#include "report.hpp"

#include <string>

namespace gen {

// By name: .rdl is SystemRDL, .json the JSON of docs/ioview-gen-json.md, and an XML file what its
// first element says.
enum class Language : std::uint8_t { by_name, svd, rdl, json, ipxact };

[[nodiscard]] Device read_device(const std::string& path, Language language, Report& report);

} // namespace gen
