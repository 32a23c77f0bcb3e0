// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// to_svd: a device as CMSIS-SVD 1.3, for debuggers and whatever else reads that.
//
//   fmt::print("{}", to_svd(device, report));
//
// There is one order of bytes in it: registers of the other are reported.

#include "model.hpp"
#include "report.hpp"

#include <string>

namespace gen {

[[nodiscard]] std::string to_svd(const Device& device, Report& report);

} // namespace gen
