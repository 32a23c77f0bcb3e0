// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: these elements are no bytes
#include <ioview/ioview.hpp>

namespace io = ioview;

void f(io::Mmio<std::uint16_t[8]> samples, std::byte (&buffer)[16]) {
#ifdef IOVIEW_FIXED
    samples.bytes().copy_to(buffer);
#else
    samples.copy_to(buffer);
#endif
}
