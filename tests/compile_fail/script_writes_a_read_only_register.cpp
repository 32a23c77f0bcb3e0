// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register is read only
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

struct Flags : io::Register<Flags, std::uint32_t, io::fixed<0x18>, io::ro> {
    IO_FIELDS(bit(5, full));
};
#ifdef IOVIEW_FIXED
io::testing::Step step = io::testing::reads(Flags::from_raw(0x20));
#else
io::testing::Step step = io::testing::writes(Flags::from_raw(0x20));
#endif
