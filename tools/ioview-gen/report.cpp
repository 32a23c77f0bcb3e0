// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report.hpp"

#include <fmt/format.h>

namespace gen {

std::string to_text(const Finding& finding) {
    return fmt::format("{}:{}: {}: {}; {}",
                       finding.where.file,
                       finding.where.line,
                       finding.element,
                       finding.what,
                       finding.done);
}

} // namespace gen
