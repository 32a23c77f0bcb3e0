// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Dump: the registers of a map with what was read from each, printed, kept as JSON, and compared
// with one that was kept.
//
//   const Dump now = dump(map, medium, {});
//   fmt::print("{}", dump_text(now));
//   fmt::print("{}", diff_text(dump_of_json(old), now));

#include "json.hpp"
#include "medium.hpp"
#include "register_map.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace iov {

struct DumpedRegister {
    MappedRegister which;
    std::optional<std::uint64_t> raw;
    std::string why; // there is no value
};

struct Dump {
    std::string source; // 0000:00:04.0/bar0
    std::string map;
    std::vector<DumpedRegister> registers;
};

// What is between the device's order and the number that fields are counted in.
[[nodiscard]] std::uint64_t in_order(const RegisterType& type, std::uint64_t raw);

// Reads every register of the map, each once, in the order of the map. Those whose reading has an
// effect are left out unless `with` names them (Failure for a name that is none of the map's), and
// so are those that are past the end or cannot be read.
[[nodiscard]] Dump
dump(const RegisterMap& map, Medium& medium, const std::vector<std::string>& with);

// A register a line.
[[nodiscard]] std::string dump_text(const Dump& dump);
[[nodiscard]] Json dump_json(const Dump& dump);
// The values of an earlier dump_json, of what kind only the map of the later one knows.
struct KeptValue {
    std::string name;
    std::uint64_t offset = 0;
    std::uint64_t raw = 0;
};
// Failure where the text is no dump.
[[nodiscard]] std::vector<KeptValue> kept_values(const Json& json);

// What differs, register by register; of those that both have read.
struct Difference {
    const DumpedRegister* now;
    std::uint64_t before;
    std::uint64_t after;
};
[[nodiscard]] std::vector<Difference> differences(const std::vector<KeptValue>& before,
                                                  const Dump& now);
// Status.ready: 0 -> 1, a field a line.
[[nodiscard]] std::string diff_text(const std::vector<Difference>& found);
[[nodiscard]] Json diff_json(const std::vector<Difference>& found);

} // namespace iov
