// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this medium has another byte order than the CPU
#include <ioview/ioview.hpp>
#include <ioview/testing/memory.hpp>

namespace io = ioview;

void f(io::testing::MemoryView<std::endian::big, std::uint32_t> word) {
#ifdef IOVIEW_FIXED
    word.write(1);
#else
    word.copy_write(1);
#endif
}
