// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: setting up or resetting a function writes its configuration space
#include <ioview/pci.hpp>
#include <ioview/pci/msi.hpp>

#include "config_function.hpp"

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Config = io::ConfigSpace<Function, io::pci::Normal>;
#else
using Config = io::ConfigSpace<Function, const io::pci::Normal>;
#endif

bool f(Config config) {
    return io::pci::msi_of(config, 0x50).has_value();
}
