// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a buffer is std::byte, std::uint8_t or char in a row; where bytes go to it is not
// const
#include <ioview/ioview.hpp>

#include <array>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Buffer = std::array<std::uint8_t, 4>;
#else
using Buffer = const std::array<std::uint8_t, 4>;
#endif
void f(io::Mmio<std::byte[4]> device, Buffer& buffer) {
    device.copy_to(buffer);
}
