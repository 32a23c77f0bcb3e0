// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a_projection_needs_a_step_before_the_value
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<std::uint32_t> word) {
#ifdef IOVIEW_FIXED
    word.write(1);
#else
    IO_WRITE(word, 1u);
#endif
}
