// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// gaps: the places between registers that are none's. Most are meant; of a register that somebody
// forgot this is the only trace. They are no findings that --strict counts.
//
//   for (const Finding& gap : gaps(plan)) …

#include "plan.hpp"
#include "report.hpp"

#include <vector>

namespace gen {

[[nodiscard]] std::vector<Finding> gaps(const Plan& plan);

} // namespace gen
