// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a type of no bytes
// flags: -std=gnu++20
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Words = std::uint32_t[];
#else
using Words = std::uint32_t[0];
#endif
auto f(io::Mmio<Words> words) {
    return words.size_bytes();
}
