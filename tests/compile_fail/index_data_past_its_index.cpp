// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the index register does not count as far
#include <ioview/backend/index_data.hpp>
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Bank = std::uint8_t[256];
#else
using Bank = std::uint8_t[257];
#endif

auto f(io::Mmio<std::uint8_t> index, io::Mmio<std::uint8_t> data) {
    const io::IndexData pair{index, data, io::no_lock};
    return pair.view<Bank>().at(0).read();
}
