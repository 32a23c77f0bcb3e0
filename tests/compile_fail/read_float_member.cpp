// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: bool, floating point, pointers and open enumerations are no single access
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Sample {
    float value;
    std::uint32_t bits;
};
auto f(io::SysMem<Sample> sample) {
#ifdef IOVIEW_FIXED
    return IO_READ(sample, bits);
#else
    return IO_READ(sample, value);
#endif
}
