// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: ports in a row are an array of known length
#include <ioview/linux/ioperm_ports.hpp>

#include <cstdint>

namespace io = ioview;

#ifdef IOVIEW_FIXED
using Ports = std::uint8_t[4];
#else
using Ports = std::uint8_t[];
#endif
static_assert(sizeof(io::IopermPorts<Ports>) != 0);
