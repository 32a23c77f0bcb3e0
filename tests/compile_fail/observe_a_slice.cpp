// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an index is a view of one value; IO_PROJECT
#include "fake_device.hpp"

auto f(io::SysMem<std::uint32_t[]> indices) {
#ifdef IOVIEW_FIXED
    return io::observe(indices.at(0));
#else
    return io::observe(indices);
#endif
}
