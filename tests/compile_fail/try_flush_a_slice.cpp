// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: try_flush.. reads one value back
#include "fake_device.hpp"

auto f(io::Mmio<std::uint32_t[]> words) {
#ifdef IOVIEW_FIXED
    return io::try_flush(words.at(0));
#else
    return io::try_flush(words);
#endif
}
