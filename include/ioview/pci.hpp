// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// PCI for code that owns the machine: mechanisms to reach configuration space, finding functions,
// their capabilities and base address registers. The registers themselves are in
// pci/registers.hpp, interrupts in pci/msi.hpp, pci/msix.hpp and pci/msix_setup.hpp, resets in
// pci/reset.hpp, ROMs in pci/rom_bar.hpp, Linux user space in linux/sysfs_config.hpp. What is not
// done: docs/design/pci.md.
//
//   io::pci::Ecam ecam{window};
//   auto done = io::pci::for_each_function(ecam, {}, [](auto address, const auto& function) {
//       using Function = std::remove_cvref_t<decltype(function)>;
//       auto cfg = io::ConfigSpace<Function, io::pci::Normal>::of(function);
//       for (auto found : io::pci::capabilities(*cfg)) …
//   });

// IWYU pragma: begin_exports
#include <ioview/pci/address.hpp>
#include <ioview/pci/bar.hpp>
#include <ioview/pci/bars.hpp>
#include <ioview/pci/bus.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/mechanisms.hpp>
// IWYU pragma: end_exports
