// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a macro takes a comma between < and > for the end of its argument
// lines: 35
// Each half of the value is no syntax.
#include <ioview/ioview.hpp>

namespace io = ioview;

template <int A, int B>
struct Sum {
    static constexpr std::uint32_t value = A + B;
};
struct Queue {
    std::uint32_t write_ptr;
};
void f(io::SysMem<Queue> queue) {
#ifdef IOVIEW_FIXED
    IO_WRITE(queue, write_ptr, (Sum<1, 2>::value));
#else
    IO_WRITE(queue, write_ptr, Sum<1, 2>::value);
#endif
}
