// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// flatten: the registers of a peripheral out of their clusters, each with its place in the block.
//
//   for (const FlatRegister& flat : flatten(peripheral, report)) …
//
// A list or array whose indices are 0, 1, 2 … stays one register with an index, two of them one
// with two (io::banked). All others become registers of their own, with the index in the name.

#include "model.hpp"
#include "plan.hpp"
#include "report.hpp"

#include <string>
#include <vector>

namespace gen {

struct FlatRegister {
    const Register* from = nullptr;
    std::string name;    // for an identifier: clusters in front, indices where they are in the name
    std::string source;  // as the manual has it: "CH[%s].CTRL"
    std::string element; // for reports
    std::uint64_t offset = 0;
    unsigned bits = 32; // of one access
    std::vector<Steps> steps;
};

[[nodiscard]] std::vector<FlatRegister> flatten(const Peripheral& peripheral, Report& report);

} // namespace gen
