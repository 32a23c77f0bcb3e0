// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: copy_read.. needs plain data of known size
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Flags {
    std::uint8_t kind;
#ifdef IOVIEW_FIXED
    std::uint8_t ready;
#else
    bool ready;
#endif
};
template <>
inline constexpr bool io::enable_plain_data<Flags> = true;
auto f(io::SysMem<Flags> flags) {
    return flags.copy_read();
}
