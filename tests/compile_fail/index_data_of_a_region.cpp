// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index and its data are views of one integer each
#include <ioview/backend/index_data.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<io::Region<2>> regs) {
#ifdef IOVIEW_FIXED
    const io::IndexData pair{
        regs.subview<std::uint8_t>(0), regs.subview<std::uint8_t>(1), io::no_lock};
#else
    const io::IndexData pair{regs, regs, io::no_lock};
#endif
    static_cast<void>(pair);
}
