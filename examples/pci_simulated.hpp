// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A small simulated machine for pci_list and its tests: a network card with everything, a bridge,
// and an old disk controller behind it.
//
//   pci_list::SimulatedMachine machine;
//   machine.bus.function({.bus = 0, .device = 3});

#include <ioview/testing/pci.hpp>

namespace pci_list {

struct SimulatedMachine {
    ioview::testing::PciFunction network{4'096};
    ioview::testing::PciFunction bridge{256};
    ioview::testing::PciFunction disk{256};
    ioview::testing::PciBus<3> bus;

    constexpr SimulatedMachine() noexcept {
        network.identify(0x8086, 0x1572, 0x02'0000, 2).multi_function();
        network.put(0x04, 0x0506, 2).put(0x06, 0x2a10, 2).put(0x0c, 0x4010, 2);
        network.put(0x2c, 0x1af4, 2).put(0x2e, 0x1100, 2).put(0x3c, 0x0804'010b, 4);
        network.memory64_bar(0, 0x40'fe00'0000, 0x80'0000, true).memory_bar(3, 0xfd00'0000, 0x8000);
        network.put(0x30, 0xfb00'0001, 4);
        network.capability(0x40, 0x01, 8).put(0x42, 0xcbc3, 2).put(0x44, 0x8008, 2);
        network.capability(0x50, 0x05, 0x18).put(0x52, 0x01b5, 2).put(0x54, 0xfee0'0000, 4);
        network.put(0x58, 1, 4).put(0x5c, 0x4041, 2).put(0x60, 2, 4).put(0x64, 1, 4);
        network.capability(0x70, 0x11, 12)
            .put(0x72, 0x8080, 2)
            .put(0x74, 3, 4)
            .put(0x78, 0x1003, 4);
        network.capability(0xa0, 0x10, 0x3c).put(0xa2, 2, 2).put(0xa4, 0x1000'8cc2, 4);
        network.put(0xa8, 0x2810, 2).put(0xaa, 9, 2).put(0xac, 0x0040'0c83, 4).put(0xb2, 0x1043, 2);
        network.capability(0xe0, 0x03, 8);
        network.extended_capability(0x100, 0x01, 2, 0x48);
        network.extended_capability(0x148, 0x03, 1, 0xc).put(0x14c, 0x0090'faff, 4);
        network.extended_capability(0x158, 0x0e, 1, 8);

        bridge.identify(0x1b36, 0x000c, 0x06'0400).bridge(0, 1, 1);
        bridge.put(0x04, 0x0007, 2).put(0x0c, 0x0010, 2);
        bridge.memory_bar(0, 0xfea0'0000, 0x1000);
        bridge.put(0x1c, 0xd1c1, 2).put(0x1e, 0x2000, 2).put(0x20, 0xfe90'fe80, 4);
        bridge.put(0x24, 0x0001'fff1, 4).put(0x28, 0, 4).put(0x2c, 0, 4).put(0x30, 0, 4);
        bridge.put(0x3c, 0x000b'020a, 4);
        bridge.capability(0x40, 0x10, 0x28).put(0x42, 0x0142, 2).put(0x44, 0x8001, 4);
        bridge.put(0x4c, 0x0041'1c11, 4).put(0x52, 0x2011, 2);
        bridge.capability(0x68, 0x05, 10).put(0x6c, 0xfee0'1000, 4).put(0x70, 0x0030, 2);
        bridge.capability(0x80, 0x0d, 8);

        disk.identify(0x8086, 0x7010, 0x01'0180).put(0x04, 0x0005, 2).put(0x06, 0x0280, 2);
        disk.put(0x0c, 0x2000, 2).io_bar(4, 0xc040, 16).put(0x2c, 0x1100'1af4, 4);

        static_cast<void>(bus.add({.bus = 0, .device = 3}, network));
        static_cast<void>(bus.add({.bus = 0, .device = 0x1c}, bridge));
        static_cast<void>(bus.add({.bus = 1, .device = 0}, disk));
    }
};

} // namespace pci_list
