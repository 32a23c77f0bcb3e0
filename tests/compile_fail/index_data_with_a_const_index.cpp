// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index register is written
#include <ioview/backend/index_data.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Index = std::uint8_t;
#else
using Index = const std::uint8_t;
#endif

void f(io::Mmio<Index> index, io::Mmio<std::uint8_t> data) {
    const io::IndexData pair{index, data, io::no_lock};
    static_cast<void>(pair);
}
