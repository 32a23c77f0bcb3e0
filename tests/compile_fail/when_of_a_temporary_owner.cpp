// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a condition keeps a view; give the owner that it is of a name
#include <ioview/dma.hpp>
#include <ioview/wait_several.hpp>

namespace io = ioview;

io::Coherent<unsigned, io::IdentityDma> make();

auto drive() {
    const auto set = [](unsigned value) { return value != 0; };
#ifdef IOVIEW_FIXED
    const auto flag = make();
    auto condition = io::when(flag, set);
#else
    auto condition = io::when(make(), set);
#endif
    return condition.cond(1);
}
