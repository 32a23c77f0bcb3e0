// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: give the function a name
#include <ioview/pci/mechanisms.hpp>

#include "config_function.hpp"

namespace pci = ioview::pci;

auto f([[maybe_unused]] const Function& function) {
#ifdef IOVIEW_FIXED
    return pci::WordsOnly<Function>{function};
#else
    return pci::WordsOnly<Function>{Function{}};
#endif
}
