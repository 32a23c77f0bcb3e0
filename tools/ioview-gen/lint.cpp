// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "lint.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace gen {

std::vector<Finding> gaps(const Plan& plan) {
    std::vector<Finding> found;
    for (const BlockPlan& block : plan.blocks) {
        std::uint64_t end = 0;
        for (const RegisterPlan& one : block.registers) {
            if (one.offset > end)
                found.push_back({one.where,
                                 block.instances.front().name + '/' + one.source,
                                 fmt::format("0x{:x} to 0x{:x} before it are no register's",
                                             end,
                                             one.offset - 1),
                                 "left as they are"});
            end = std::max(end, one.end());
        }
    }
    return found;
}

} // namespace gen
