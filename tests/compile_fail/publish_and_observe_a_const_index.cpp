// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: index and event are views of one value
#include "fake_device.hpp"

#ifdef IOVIEW_FIXED
using Index = io::SysMem<std::uint32_t>;
#else
using Index = io::SysMem<const std::uint32_t>;
#endif

auto f(Index index, io::SysMem<const std::uint32_t> event) {
    return io::publish_and_observe(index, 1u, event);
}
