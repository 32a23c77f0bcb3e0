// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Json: what programs read of iov. Members keep their order. Raw values of registers and addresses
// are strings such as "0x28": readers keep 53 bits of a number.
//
//   Json all = Json::array();
//   all.push_back({{"name", "Status"}, {"value", hex(raw, 4)}});
//   fmt::print("{}\n", indented(all));

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace iov {

using Json = nlohmann::ordered_json;

// By two; or in a line. Bytes that are no UTF-8 are U+FFFD.
[[nodiscard]] std::string indented(const Json& json);
[[nodiscard]] std::string in_a_line(const Json& json);

// Failure with the place, when text is no JSON.
[[nodiscard]] Json parse_json(std::string_view text);

// Null where this is no object, or has no such member.
[[nodiscard]] const Json* find_member(const Json& json, const char* name);

} // namespace iov
