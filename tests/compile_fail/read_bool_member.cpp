// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: bool, floating point, pointers and open enumerations are no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Status {
#ifdef IOVIEW_FIXED
    std::uint8_t ready;
#else
    bool ready;
#endif
};
auto f(io::SysMem<Status> status) {
    return IO_READ(status, ready);
}
