// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this register is write only
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

struct Clear : io::Register<Clear, std::uint32_t, io::fixed<0x44>, io::wo> {
    IO_FIELDS(bits(10, 0, causes));
};
#ifdef IOVIEW_FIXED
io::testing::Step step = io::testing::writes<Clear>();
#else
io::testing::Step step = io::testing::reads<Clear>();
#endif
