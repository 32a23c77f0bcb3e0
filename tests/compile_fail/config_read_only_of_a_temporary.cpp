// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a ReadOnly keeps a pointer to the function; give it a name
#include <ioview/ioview.hpp>
#include <ioview/pci/read_only.hpp>

#include "config_function.hpp"

namespace io = ioview;

Function find();

auto f() {
#ifdef IOVIEW_FIXED
    const Function function = find();
    const io::pci::ReadOnly<Function> shown(function);
#else
    const io::pci::ReadOnly<Function> shown(find());
#endif
    return shown.size();
}
