// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a byte has no halves
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
struct Queue {
    io::lo_hi<std::uint16_t> base;
};
#else
struct Queue {
    io::lo_hi<std::uint8_t> base;
};
#endif
