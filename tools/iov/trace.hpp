// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// `iov trace`: a log of accesses, as io::testing::to_string() writes it of what a Recorder or a
// Script has seen, with the names of registers and fields.
//
//   read32 0x1c -> 0x1                 // a line of the log
//   read32 0x1c Status -> 0x00000001 {fatal: 0, ready: 1}
//
// Accesses to several devices have their names in front, uart: read32 0x18 -> 0x20.

#include "json.hpp"
#include "register_map.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iov {

// A line of a log.
struct Traced {
    enum class Kind : std::uint8_t { read, write, burst_read, burst_write, fence, other };
    Kind kind = Kind::other;
    std::string space; // empty: the log has one only
    std::uint64_t address = 0;
    unsigned bytes = 0;      // of one access
    std::uint64_t value = 0; // of an access; of a burst, its bytes
    std::string text;        // of a fence its name, of any other line all of it
};

// What is no access is other.
[[nodiscard]] Traced parse_access(std::string_view line);

// Which map the accesses of which space have; that of "" is for all that are not named.
using TraceMaps = std::map<std::string, const RegisterMap*, std::less<>>;
// From "pl011" and "uart=pl011"; Failure for a map that there is not.
[[nodiscard]] TraceMaps trace_maps(const std::vector<std::string>& options);

[[nodiscard]] std::string trace_line(const Traced& line, const TraceMaps& maps);
[[nodiscard]] Json trace_json(const Traced& line, const TraceMaps& maps);

} // namespace iov
