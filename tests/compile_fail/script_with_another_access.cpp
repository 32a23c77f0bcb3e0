// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_script_expects_a_read_or_write_in_another_place
// lines: 70 (compilers print every call on the way from the line of the driver, and the test)
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;
using io::testing::writes;

constexpr void driver(io::IoOf<io::Region<8>> auto bar) {
#ifdef IOVIEW_FIXED
    bar.write32(0, 1);
    bar.write32(4, 2);
#else
    bar.write32(4, 2);
    bar.write32(0, 1);
#endif
}
static_assert([] {
    io::testing::Script script{writes<std::uint32_t>(0, 1), writes<std::uint32_t>(4, 2)};
    driver(script.view<io::Region<8>>());
    return script.done();
}());
