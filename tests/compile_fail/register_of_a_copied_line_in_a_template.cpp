// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the first argument of io::Register is the class that it is a base of
#include <ioview/ioview.hpp>

namespace io = ioview;

template <std::size_t Offset>
struct Gain : io::Register<Gain<Offset>, std::uint32_t, io::fixed<Offset>> {
    IO_SELF(Gain);
    IO_FIELDS(bits(3, 0, level));
};
template <std::size_t Offset>
#ifdef IOVIEW_FIXED
struct Mute : io::Register<Mute<Offset>, std::uint32_t, io::fixed<Offset>> {
#else
struct Mute : io::Register<Gain<Offset>, std::uint32_t, io::fixed<Offset>> {
#endif
    IO_SELF(Mute);
    IO_FIELDS(bit(0, on));
};

Mute<0x20> mute;
