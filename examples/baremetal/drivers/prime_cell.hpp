// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What each of Arm's PrimeCells has in its last four words, a byte each: 0xb105f00d. The consoles
// of both boards are such. A driver takes any view, so that it is tested without a board.

#include <ioview/ioview.hpp>

#include <cstdint>

namespace prime_cell {

namespace io = ioview;

struct PrimeCell : io::Region<0x1000> {};
struct ComponentId
    : io::Register<ComponentId, std::uint32_t, io::array<0xff0, 4, 4, PrimeCell>, io::ro> {
    IO_FIELDS(bits(7, 0, id));
};

template <io::IoOf<PrimeCell> View>
constexpr std::uint32_t component_id(const View& device) {
    const auto byte = [&](auto at) { return std::uint32_t{device.read(at).id()}; };
    return byte(ComponentId::at(3)) << 24 | byte(ComponentId::at(2)) << 16 |
           byte(ComponentId::at(1)) << 8 | byte(ComponentId::at(0));
}

} // namespace prime_cell
