// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the Memory is smaller than the target
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

struct Uart {
    std::uint32_t dr, fr;
};
#ifdef IOVIEW_FIXED
auto f(io::testing::Memory<8>& memory) {
#else
auto f(io::testing::Memory<4>& memory) {
#endif
    return memory.view<Uart>();
}
