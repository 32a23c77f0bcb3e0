// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a buffer is std::byte, std::uint8_t or char in a row
#include <ioview/ioview.hpp>

#include <span>

namespace io = ioview;

void f(io::Mmio<std::byte[]> device, std::span<const std::uint32_t> words) {
#ifdef IOVIEW_FIXED
    device.copy_from(std::as_bytes(words));
#else
    device.copy_from(words);
#endif
}
