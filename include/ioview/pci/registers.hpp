// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers of configuration space: both header layouts and the capabilities that nearly every
// function has. Bits as in the PCI Local Bus Specification 3.0 (PCI), the PCI-to-PCI Bridge
// Architecture Specification 1.2 (bridge), the PCI Bus Power Management Interface Specification 1.2
// (PM) and the PCI Express Base Specification 5.0 (PCIe).
//
//   auto header = cfg.subview<io::pci::HeaderType0>(0);
//   if (IO_READ(header, command).bus_master()) { … }
//   auto msix = cfg.try_subview<io::pci::Msix>(capability.offset);

// IWYU pragma: begin_exports
#include <ioview/pci/capability_registers.hpp>
#include <ioview/pci/express_registers.hpp>
#include <ioview/pci/header_registers.hpp>
// IWYU pragma: end_exports
