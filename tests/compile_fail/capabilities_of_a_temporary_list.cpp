// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the iterator would outlive its list
#include <ioview/ioview.hpp>

#include "config_function.hpp"

namespace io = ioview;

bool f(io::ConfigSpace<Function> config) {
#ifdef IOVIEW_FIXED
    auto list = io::pci::capabilities(config);
    auto first = list.begin();
#else
    auto first = io::pci::capabilities(config).begin();
#endif
    return first->has_value();
}
