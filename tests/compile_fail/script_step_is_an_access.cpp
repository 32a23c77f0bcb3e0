// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a Script is made of steps: reads, writes, updates, fences, Sequence
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

void f() {
#ifdef IOVIEW_FIXED
    io::testing::Script script{io::testing::writes<std::uint32_t>(0, 1)};
#else
    io::testing::Script script{io::testing::Access{io::testing::Op::write, 0, 4, 1}};
#endif
    script.view<std::uint32_t>().write(1);
}
