// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Address: which PCI function is meant.
//
//   constexpr io::pci::Address nic{.bus = 0, .device = 3, .function = 0};   // 0000:00:03.0

#include <compare>
#include <cstdint>

namespace ioview::pci {

// Ordered by segment, bus, device, function. There are 32 devices on a bus and 8 functions in one;
// what takes an Address refuses others with invalid_argument.
struct Address {
    std::uint32_t segment = 0; // Linux calls it domain and has some above 0xffff
    std::uint8_t bus = 0;
    std::uint8_t device = 0;
    std::uint8_t function = 0;

    // There is such a function: 32 devices on a bus, 8 functions in a device.
    [[nodiscard]] constexpr bool valid() const noexcept { return device < 32 && function < 8; }

    // Device and function as configuration mechanisms and requester ids have them.
    [[nodiscard]] constexpr std::uint8_t devfn() const noexcept {
        return static_cast<std::uint8_t>(device << 3 | function);
    }

    friend constexpr auto operator<=>(const Address&, const Address&) noexcept = default;
};

} // namespace ioview::pci
