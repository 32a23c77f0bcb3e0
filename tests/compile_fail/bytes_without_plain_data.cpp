// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: bytes.. needs plain data
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Descriptor {
    std::uint32_t address, length;
};
#ifdef IOVIEW_FIXED
template <>
inline constexpr bool io::enable_plain_data<Descriptor> = true;
#endif
auto f(io::SysMem<Descriptor> descriptor) {
    return descriptor.bytes();
}
