// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the mechanism only reads; view a const target
#include <ioview/ioview.hpp>
#include <ioview/pci/read_only.hpp>

#include "config_function.hpp"

namespace io = ioview;

auto f(const io::pci::ReadOnly<Function>& shown) {
#ifdef IOVIEW_FIXED
    return io::ConfigSpace<io::pci::ReadOnly<Function>, const io::pci::Normal>::of(shown);
#else
    return io::ConfigSpace<io::pci::ReadOnly<Function>, io::pci::Normal>::of(shown);
#endif
}
