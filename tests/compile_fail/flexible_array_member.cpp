// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this array has no length of its own
// flags: -std=gnu++20
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Message {
    std::uint32_t count;
#ifdef IOVIEW_FIXED
    std::uint32_t words[1];
#else
    std::uint32_t words[];
#endif
};
auto f(io::SysMem<Message> message, std::size_t i) {
    return IO_READ(message, words, try_at(i));
}
