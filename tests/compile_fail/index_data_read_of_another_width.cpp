// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
#include <ioview/backend/index_data.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<std::uint8_t> index, io::Mmio<std::uint8_t> data) {
    const io::IndexData pair{index, data, io::no_lock};
    const auto bank = pair.view<io::Region<16>>();
#ifdef IOVIEW_FIXED
    return bank.read8(0x4);
#else
    return bank.read16(0x4);
#endif
}
