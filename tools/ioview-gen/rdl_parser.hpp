// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// parse_rdl: what a SystemRDL text says, without the parts that software does not see.
//
//   const RdlDescription description = parse_rdl(source.words("uart.rdl"), report);

#include "rdl_syntax.hpp"
#include "report.hpp"

#include <vector>

namespace gen {

// Failure for what is not of the language, and for struct types; constraints are reported.
[[nodiscard]] RdlDescription parse_rdl(std::vector<RdlToken> words, Report& report);

} // namespace gen
