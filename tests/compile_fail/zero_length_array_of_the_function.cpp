// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this array has no length of its own
// flags: -std=gnu++20
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Header {
    std::uint32_t length;
#ifdef IOVIEW_FIXED
    std::uint8_t data[1];
#else
    std::uint8_t data[0];
#endif
};
auto f(io::SysMem<Header[]> headers, std::size_t i) {
    return io::project(headers, io::at(i), &Header::data);
}
