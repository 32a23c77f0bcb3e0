// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: io::element is past the count of the register array
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct Word : io::Register<Word, std::uint32_t, io::array<0x0, 4>> {};

std::uint32_t f(io::Mmio<io::Region<0x40>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read(io::element<Word, 3>{}).raw();
#else
    return bar.read(io::element<Word, 4>{}).raw();
#endif
}
