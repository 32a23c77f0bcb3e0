// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the function would outlive its mechanism
#include <ioview/ioview.hpp>

namespace io = ioview;
using Ports = io::PortIo<io::Region<8>>;

std::size_t f(Ports ports, const io::pci::Address& address) {
#ifdef IOVIEW_FIXED
    const io::pci::ConfigPorts host{ports};
    const auto function = host.function(address);
#else
    const auto function = io::pci::ConfigPorts{ports}.function(address);
#endif
    return function->size();
}
