// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: OrderedIoOf|ordered
#include <ioview/backend/mmio.hpp>
#include <ioview/concepts.hpp>

namespace io = ioview;

// What a lock of the hardware guards is memory: the read that takes it orders.
template <class View>
bool take(View view) {
#ifdef IOVIEW_FIXED
    const io::IoOf<std::uint32_t> auto lock = view;
#else
    const io::OrderedIoOf<std::uint32_t> auto lock = view;
#endif
    return lock.read() == 0;
}

template bool take(io::RelaxedMmio<std::uint32_t>);
