// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: io::element takes as many indices as the register.s place has
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct Word : io::Register<Word, std::uint32_t, io::fixed<0x0>> {};
struct Words : io::Register<Words, std::uint32_t, io::array<0x10, 4>> {};

std::uint32_t f(io::Mmio<io::Region<0x40>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read(io::element<Words, 0>{}).raw();
#else
    return bar.read(io::element<Word, 0>{}).raw();
#endif
}
