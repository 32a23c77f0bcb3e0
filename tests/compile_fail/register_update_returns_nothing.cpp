// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the function given to update.. returns nothing
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0>> {
    IO_FIELDS(bit(0, enable));
};

void f(io::Mmio<io::Region<16>> bar) {
#ifdef IOVIEW_FIXED
    bar.update<Control>([](Control r) { return r.with_enable(true); });
#else
    bar.update<Control>([](Control r) { static_cast<void>(r.with_enable(true)); });
#endif
}
