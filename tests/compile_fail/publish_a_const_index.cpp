// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index is a view of one value, not const
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
void f(io::SysMem<std::uint32_t> index) {
    io::publish(index, 1u);
}
#else
void f(io::SysMem<const std::uint32_t> index) {
    io::publish(index, 1u);
}
#endif
