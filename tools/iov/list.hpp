// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// `iov list`: every function in a line, as `lspci -n` and `lspci -nn` write it.
//
//   fmt::print("{}", list_text(functions, nullptr));

#include "json.hpp"
#include "machine.hpp"
#include "pci_ids.hpp"

#include <string>
#include <vector>

namespace iov {

// ids: names to print, or null. The segment is left out where every function is in segment 0.
[[nodiscard]] std::string list_text(const std::vector<Summary>& functions, const PciIds* ids);
[[nodiscard]] Json list_json(const std::vector<Summary>& functions, const PciIds* ids);

} // namespace iov
