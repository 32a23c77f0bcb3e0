// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: offset_is_past_the_end_of_the_region
#include <ioview/ioview.hpp>

#include "config_function.hpp"

namespace io = ioview;

#ifdef IOVIEW_FIXED
auto f(io::ConfigSpace<Function> cfg) {
#else
auto f(io::ConfigSpace<Function, io::pci::Normal> cfg) {
#endif
    return cfg.read32(0x100);
}
