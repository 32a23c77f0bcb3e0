// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: .*from_pointer
#include <ioview/ioview.hpp>

#include <span>

namespace io = ioview;

auto f(std::span<std::uint32_t, 4> words) {
#ifdef IOVIEW_FIXED
    return io::SysMem<std::uint32_t[]>::from_span(words);
#else
    return io::SysMem<std::uint32_t>::from_span(words);
#endif
}
