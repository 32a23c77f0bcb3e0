// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: bytes.. needs plain data
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Flag {
#ifdef IOVIEW_FIXED
    std::uint8_t ready;
#else
    bool ready;
#endif
};
struct Flags {
    std::uint8_t kind;
    Flag flags[3];
};
template <>
inline constexpr bool io::enable_plain_data<Flags> = true;
auto f(io::SysMem<Flags> flags) {
    return flags.bytes();
}
