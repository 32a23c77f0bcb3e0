// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: ports in a row are an array of known length; PortIo<T\[N\]>
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
auto ports = io::PortIo<std::uint8_t[8]>::from_port(0x3f8);
#else
auto ports = io::PortIo<std::uint8_t[]>::from_port(0x3f8);
#endif
