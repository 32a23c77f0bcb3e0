// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a cast needs plain data on both sides
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Sample {
#ifdef IOVIEW_FIXED
    std::uint32_t value;
#else
    bool value;
#endif
};
template <>
inline constexpr bool io::enable_plain_data<Sample> = true;
auto f(io::SysMem<Sample> sample) {
    return sample.try_cast<std::uint32_t>();
}
