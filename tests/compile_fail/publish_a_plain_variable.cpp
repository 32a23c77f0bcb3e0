// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index is a view of one value, not const
#include "fake_device.hpp"

void f(std::uint32_t& head) {
#ifdef IOVIEW_FIXED
    io::publish(io::SysMem<std::uint32_t>::from_pointer(&head), 1u);
#else
    io::publish(head, 1u);
#endif
}
