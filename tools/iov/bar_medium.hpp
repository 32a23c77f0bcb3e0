// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// BarMedium: a BAR of a PCI function, through sysfs: memory that is mapped, or ports.
//
//   const auto bar = open_bar(machine, address, 0, {.with_driver = true});
//   bar->read(0x1c, 4);

#include <ioview/linux/sysfs_bar.hpp>
#include <ioview/pci/address.hpp>

#include "machine.hpp"
#include "medium.hpp"

#include <memory>

namespace iov {

// Failure where there is no such BAR, it cannot be mapped, or the function does not decode what it
// is of, since every read gave all ones then.
[[nodiscard]] std::unique_ptr<Medium> open_bar(const Machine& machine,
                                               const pci::Address& address,
                                               unsigned number,
                                               pci::SysfsShare share);

} // namespace iov
