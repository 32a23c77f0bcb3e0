// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the bus holds a pointer to the function
#include <ioview/ioview.hpp>
#include <ioview/testing/pci.hpp>

namespace io = ioview;

void f(io::testing::PciBus<1>& bus) {
#ifdef IOVIEW_FIXED
    static const io::testing::PciFunction function;
    static_cast<void>(bus.add({}, function));
#else
    static_cast<void>(bus.add({}, io::testing::PciFunction{}));
#endif
}
