// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: others can come between an index and its data
#include <ioview/backend/index_data.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<std::uint8_t> index, io::Mmio<std::uint8_t> data) {
#ifdef IOVIEW_FIXED
    const io::IndexData pair{index, data, io::no_lock};
#else
    const io::IndexData pair{index, data};
#endif
    static_cast<void>(pair);
}
