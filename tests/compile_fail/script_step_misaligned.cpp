// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a_step_of_the_script_is_misaligned_for_its_width
// lines: 70 (compilers print every call on the way from the line of the driver, and the test)
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

static_assert([] {
#ifdef IOVIEW_FIXED
    io::testing::Script script{io::testing::reads<std::uint32_t>(4).any_times()};
#else
    io::testing::Script script{io::testing::reads<std::uint32_t>(2).any_times()};
#endif
    return true;
}());
