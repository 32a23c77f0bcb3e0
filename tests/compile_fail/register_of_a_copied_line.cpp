// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the first argument of io::Register is the class that it is a base of
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
#ifdef IOVIEW_FIXED
struct Gain : io::Register<Gain, std::uint32_t, io::fixed<0x20>> {
#else
struct Gain : io::Register<Control, std::uint32_t, io::fixed<0x20>> {
#endif
    IO_FIELDS(bits(3, 0, level));
};
