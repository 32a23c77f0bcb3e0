// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_script_expects_another_value_to_be_written
// lines: 70 (compilers print every call on the way from the line of the driver, and the test)
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

constexpr void driver(io::IoOf<io::Region<8>> auto bar) {
#ifdef IOVIEW_FIXED
    bar.write32(0, bar.read32(0) | 1);
#else
    bar.write32(0, (bar.read32(0) & 0xff) | 1);
#endif
}
static_assert([] {
    io::testing::Script script{io::testing::updates<std::uint32_t>(0, 1, 1)};
    driver(script.view<io::Region<8>>());
    return true;
}());
