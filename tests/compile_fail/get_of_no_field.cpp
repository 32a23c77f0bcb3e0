// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: io_field_reddy
#include <ioview/ioview.hpp>
#include <ioview/register/field_types.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELD_TYPES(bits(6, 4, mode), bit(1, ready, io::ro), bit(0, start, io::wo));
};

auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return IO_GET(bar.read<Control>(), ready);
#else
    return IO_GET(bar.read<Control>(), reddy);
#endif
}
