// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: configuration space ends at 4096 bytes
#include <ioview/ioview.hpp>

#include "config_function.hpp"

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Target = io::pci::Extended;
#else
using Target = io::Region<8'192>;
#endif
auto f(const Function& function) {
    return io::ConfigSpace<Function, Target>::of(function);
}
