// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner; give the owner a name
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

std::uint32_t f() {
#ifdef IOVIEW_FIXED
    io::testing::Script script{io::testing::reads<std::uint32_t>(0, 1)};
    return script.view<std::uint32_t>().read();
#else
    const auto view =
        io::testing::Script{io::testing::reads<std::uint32_t>(0, 1)}.view<std::uint32_t>();
    return view.read();
#endif
}
