// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Copies of objects of each size up to two words and a byte: optimisers look at what would lie
// behind them, and must have nothing to say about it (scripts/debian13: g++ 14).
#include <ioview/ioview.hpp>

#include <cstddef>
#include <cstdint>

namespace io = ioview;

template <std::size_t N>
struct Bytes {
    std::uint8_t row[N];
};
template <std::size_t N>
inline constexpr bool ioview::enable_plain_data<Bytes<N>> = true;

template <std::size_t N>
void swap_with(io::Mmio<Bytes<N>> device, Bytes<N>& mine) {
    const auto theirs = device.copy_read();
    device.copy_write(mine);
    mine = theirs;
}

template void swap_with(io::Mmio<Bytes<1>>, Bytes<1>&);
template void swap_with(io::Mmio<Bytes<2>>, Bytes<2>&);
template void swap_with(io::Mmio<Bytes<3>>, Bytes<3>&);
template void swap_with(io::Mmio<Bytes<4>>, Bytes<4>&);
template void swap_with(io::Mmio<Bytes<5>>, Bytes<5>&);
template void swap_with(io::Mmio<Bytes<6>>, Bytes<6>&);
template void swap_with(io::Mmio<Bytes<7>>, Bytes<7>&);
template void swap_with(io::Mmio<Bytes<8>>, Bytes<8>&);
template void swap_with(io::Mmio<Bytes<9>>, Bytes<9>&);
template void swap_with(io::Mmio<Bytes<10>>, Bytes<10>&);
template void swap_with(io::Mmio<Bytes<11>>, Bytes<11>&);
template void swap_with(io::Mmio<Bytes<12>>, Bytes<12>&);
template void swap_with(io::Mmio<Bytes<13>>, Bytes<13>&);
template void swap_with(io::Mmio<Bytes<14>>, Bytes<14>&);
template void swap_with(io::Mmio<Bytes<15>>, Bytes<15>&);
template void swap_with(io::Mmio<Bytes<16>>, Bytes<16>&);
template void swap_with(io::Mmio<Bytes<17>>, Bytes<17>&);
