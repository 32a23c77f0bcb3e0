// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the mechanism must outlive the view
#include <ioview/ioview.hpp>

#include "config_function.hpp"

namespace io = ioview;

auto f([[maybe_unused]] const Function& function) {
#ifdef IOVIEW_FIXED
    return io::ConfigSpace<Function>::of(function);
#else
    return io::ConfigSpace<Function>::of(Function{});
#endif
}
