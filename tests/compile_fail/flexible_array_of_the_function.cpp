// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: this array has no length of its own
// flags: -std=gnu++20
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Message {
    std::uint32_t count;
    std::uint32_t words[];
};
auto f(io::SysMem<io::Region<0x100>> memory, std::size_t i) {
#ifdef IOVIEW_FIXED
    const auto count = IO_READ(memory.subview<Message>(0), count);
    const auto words = memory.try_subview<std::uint32_t[]>(sizeof(Message), count);
    return words.has_value() && IO_READ(*words, try_at(i)).has_value();
#else
    return io::project(memory.subview<Message>(0), &Message::words, io::try_at(i)).has_value();
#endif
}
