// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the two sides have different byte orders
#include <ioview/ioview.hpp>
#include <ioview/testing/memory.hpp>

namespace io = ioview;

using Words = std::uint32_t[4];
void f(io::testing::MemoryView<std::endian::big, Words> there, io::SysMem<Words> here) {
#ifdef IOVIEW_FIXED
    io::copy(there.bytes(), here.bytes());
#else
    io::copy(there, here);
#endif
}
