// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a relative register is named by its base
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>

namespace io = ioview;

struct Family;
struct First : io::RegisterBase<Family, 0x10> {};
struct Word : io::Register<Word, std::uint32_t, io::relative<Family, 0x0>> {};

std::uint32_t f(io::Mmio<io::Region<0x40>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read(decltype(Word::of<First>()){}).raw();
#else
    return bar.read(io::element<Word, 0>{}).raw();
#endif
}
