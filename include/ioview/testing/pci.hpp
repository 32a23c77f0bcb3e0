// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// PciFunction, PciBus: simulated PCI functions, in constant expressions too.
//
//   io::testing::PciFunction nic(256);
//   nic.identify(0x1af4, 0x1041, 0x02'0000).memory_bar(0, 0xfe00'0000, 0x1000);
//   nic.capability(0x40, 0x11, 12);
//   auto cfg = io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(nic);

#include <ioview/backend/config_space.hpp> // IWYU pragma: export
#include <ioview/testing/pci_bus.hpp>      // IWYU pragma: export
#include <ioview/testing/pci_function.hpp> // IWYU pragma: export
