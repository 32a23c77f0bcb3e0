// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/ioview.hpp>
#include <ioview/pci/read_only.hpp>

#include "config_function.hpp"

namespace io = ioview;

void f(io::ConfigSpace<io::pci::ReadOnly<Function>, const io::pci::Normal> shown,
       io::ConfigSpace<Function, io::pci::Normal> own) {
#ifdef IOVIEW_FIXED
    static_cast<void>(shown);
    own.write16(0x04, 0x6);
#else
    static_cast<void>(own);
    shown.write16(0x04, 0x6);
#endif
}
