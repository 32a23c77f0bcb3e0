// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
#include <ioview/ioview.hpp>

#include "config_function.hpp"

namespace io = ioview;

std::uint64_t f(io::ConfigSpace<Function> cfg) {
#ifdef IOVIEW_FIXED
    return cfg.read32(8) | std::uint64_t{cfg.read32(12)} << 32;
#else
    return cfg.read64(8);
#endif
}
