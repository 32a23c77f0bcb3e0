// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this field is write-only
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Command : io::Register<Command, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(15, 8, level), bits(7, 0, command, io::wo));
};

auto f(Command c) {
#ifdef IOVIEW_FIXED
    return c.level();
#else
    return c.command();
#endif
}
