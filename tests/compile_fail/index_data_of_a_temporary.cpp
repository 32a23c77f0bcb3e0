// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the view would outlive its owner
#include <ioview/backend/index_data.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(io::Mmio<std::uint8_t> index, io::Mmio<std::uint8_t> data) {
#ifdef IOVIEW_FIXED
    const io::IndexData pair{index, data, io::no_lock};
    return pair.view<std::uint8_t[16]>().at(3).read();
#else
    return io::IndexData{index, data, io::no_lock}.view<std::uint8_t[16]>().at(3).read();
#endif
}
