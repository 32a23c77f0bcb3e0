// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: steps_of_the_script_are_left_over
// lines: 70 (compilers print every call on the way from the line of the driver, and the test)
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

static_assert([] {
    io::testing::Script script{io::testing::writes<std::uint8_t>(0, 1)};
#ifdef IOVIEW_FIXED
    script.view<io::Region<8>>().write8(0, 1);
#endif
    return true;
}());
