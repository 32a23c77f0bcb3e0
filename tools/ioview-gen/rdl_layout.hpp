// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// lay_out_rdl: where each register and each field of a SystemRDL tree lies, by chapters 10 to 13.
//
//   lay_out_rdl(top, report);
//   top.child("ctrl")->offset

#include "rdl_tree.hpp"

namespace gen {

// Failure where a width or an alignment can be none, or an address is past 64 bits. A field that is
// not in its register is reported and marked.
void lay_out_rdl(RdlNode& top, Report& report);

} // namespace gen
