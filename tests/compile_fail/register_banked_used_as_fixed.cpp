// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: these are banks of registers
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Enable : io::Register<Enable, std::uint32_t, io::banked<0x20, 3, 0x10, 2>> {
    IO_FIELDS(bits(31, 0, sources));
};

Enable first(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read(Enable::at(0).at(0));
#else
    return bar.read<Enable>();
#endif
}
