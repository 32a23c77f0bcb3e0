// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner; give the owner a name
#include "fake_device.hpp"

template <>
inline constexpr bool io::enable_plain_data<Ring> = true;

void f(io::Coherent<Ring, MyDma>& ring) {
#ifdef IOVIEW_FIXED
    ring.bytes().fill(std::byte{0});
#else
    std::move(ring).bytes().fill(std::byte{0});
#endif
}
