// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a flag may well be one
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x4>> {
    IO_FIELDS(bit(0, ready));
};

bool answers(io::Mmio<io::Region<0x10>> bar) {
    const auto status = bar.read<Status>();
#ifdef IOVIEW_FIXED
    return !io::is_gone(status);
#else
    return !io::is_gone(status.ready());
#endif
}
