// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: two fields of one register overlap
#include <ioview/ioview.hpp>
#include <ioview/register/field_types.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELD_TYPES(bits(6, 4, mode), bit(1, ready));
};
#else
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELD_TYPES(bits(6, 4, mode), bit(4, ready));
};
#endif

auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    return bar.read<Control>();
#else
    return bar.read<Control>();
#endif
}
