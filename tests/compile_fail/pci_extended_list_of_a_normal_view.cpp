// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: extended capabilities lie past 256 bytes
#include <ioview/pci/capabilities.hpp>

#include "config_function.hpp"

namespace io = ioview;
namespace pci = ioview::pci;

#ifdef IOVIEW_FIXED
using View = io::ConfigSpace<Function, pci::Extended>;
#else
using View = io::ConfigSpace<Function, pci::Normal>;
#endif

auto f(View cfg) {
    return pci::extended_capabilities(cfg);
}
