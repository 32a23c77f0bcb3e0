// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
// compilers: clang++-14 clang++-19
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Clock {
    long now();
    void sleep_for(long);
};
auto f(io::Mmio<io::Region<0x100>> bar, Clock clock) {
#ifdef IOVIEW_FIXED
    return io::read_poll_timeout(
        [&] { return bar.read32(0xfc); }, [](auto v) { return v != 0; }, 1L, 100L, clock);
#else
    return io::read_poll_timeout(
        [&] { return bar.read32(0x100); }, [](auto v) { return v != 0; }, 1L, 100L, clock);
#endif
}
