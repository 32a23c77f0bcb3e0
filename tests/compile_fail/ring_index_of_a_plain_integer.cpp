// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: Index|conver|private
#include "fake_device.hpp"

using Slots = io::Ring<63>;
Slots f(std::uint32_t peer) {
#ifdef IOVIEW_FIXED
    return {.write = Slots::wrap(peer), .read = {}};
#else
    return {.write = peer, .read = {}};
#endif
}
