// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: le/be hold an integer of 8 to 64 bits or an enumeration with a fixed underlying type;
// store the unsigned integer
#include <ioview/endian.hpp>

struct Sample {
#ifdef IOVIEW_FIXED
    ioview::le<std::uint32_t> volts;
#else
    ioview::le<float> volts;
#endif
};
