// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this backend has no single access of this width
#include <ioview/ioview.hpp>

#include "config_function.hpp"

namespace io = ioview;

bool f(io::ConfigSpace<Function> cfg) {
#ifdef IOVIEW_FIXED
    return cfg.try_write32(8, 1).has_value();
#else
    return cfg.try_write64(8, 1).has_value();
#endif
}
