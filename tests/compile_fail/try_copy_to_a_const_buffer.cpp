// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a buffer is std::byte, std::uint8_t or char in a row; where bytes go to it is not
// const
#include <ioview/ioview.hpp>

#include <span>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Byte = std::byte;
#else
using Byte = const std::byte;
#endif
auto f(io::Mmio<std::byte[]> device, std::span<Byte> buffer) {
    return device.try_copy_to<std::uint32_t>(buffer);
}
