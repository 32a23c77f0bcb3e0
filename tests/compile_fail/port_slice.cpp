// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: .*from_port
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
auto ports = io::PortIo<std::uint8_t[8]>::from_port(0x3f8);
#else
auto ports = io::PortIo<std::uint8_t[]>::from_port(0x3f8);
#endif
