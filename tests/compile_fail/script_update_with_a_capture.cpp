// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the function of an expected update captures nothing
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
io::testing::Step expect(bool on) {
#ifdef IOVIEW_FIXED
    return io::testing::updates<std::uint32_t>(0x10, 1, on ? 1 : 0);
#else
    return io::testing::updates<Control>([on](Control c) { return c.with_enable(on); });
#endif
}
