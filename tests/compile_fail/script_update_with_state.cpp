// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the function of an expected update captures nothing
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
struct Set { // has a default, and may hold something else
#ifndef IOVIEW_FIXED
    bool on = true;
#else
    static constexpr bool on = true;
#endif
    constexpr Control operator()(Control c) const { return c.with_enable(on); }
};
auto step = io::testing::updates<Control>(Set{});
