// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the target is aligned too little for the register
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Wide : io::Register<Wide, std::uint64_t, io::fixed<0x10>> {
    IO_FIELDS(bits(63, 0, value));
};

auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.try_read<Wide>();
#else
    return bar.read<Wide>();
#endif
}
