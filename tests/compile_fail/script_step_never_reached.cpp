// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_next_step_of_the_script_can_never_be_reached
// lines: 70 (compilers print every call on the way from the line of the driver, and the test)
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;
using io::testing::reads;

static_assert([] {
#ifdef IOVIEW_FIXED
    io::testing::Script script{reads<std::uint32_t>(4, 1).times(2), reads<std::uint32_t>(4, 0)};
    const auto bar = script.view<io::Region<8>>();
    while (bar.read32(4) != 0) {
    }
#else
    io::testing::Script script{reads<std::uint32_t>(4, 1).any_times(), reads<std::uint32_t>(4, 0)};
#endif
    return true;
}());
