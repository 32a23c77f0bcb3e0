// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a member that states its access is an integer
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Pair {
    std::uint32_t a, b;
};
struct Queue {
#ifdef IOVIEW_FIXED
    io::single<std::uint32_t> a, b;
#else
    io::single<Pair> pair;
#endif
};
