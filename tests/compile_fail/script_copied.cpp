// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (deleted|implicitly-deleted)
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

void f() {
    io::testing::Script script{io::testing::writes<std::uint32_t>(0, 1)};
#ifdef IOVIEW_FIXED
    auto& same = script;
#else
    auto same = script; // its views would still be steps of the first one
#endif
    same.view<std::uint32_t>().write(1);
}
