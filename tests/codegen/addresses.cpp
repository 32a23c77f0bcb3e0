// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An address is no pointer: 0 and small ones are places of devices. addresses.sh compiles this file
// and looks for traps and warnings.
[[noreturn]] void stop() noexcept;
#define IOVIEW_PANIC(what) stop() // so that a trap is the compiler's own
#include <ioview/ioview.hpp>

#include <cstddef>
#include <cstdint>

namespace io = ioview;
using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;

struct Vectors {
    u32 stack, entry;
    u16 halves[2];
    u8 bytes[4];
    u64 wide;
};
template <>
inline constexpr bool io::enable_plain_data<Vectors> = true;

template <class T>
constexpr io::Mmio<T> at(std::uintptr_t address) {
    return io::Mmio<T>::from_raw(io::MmioRaw<T>::at(address));
}

template <class View>
u32 each_width(View v, u32 x) {
    IO_WRITE(v, stack, x);
    IO_WRITE(v, halves, static_at(1), u16{7});
    IO_WRITE(v, bytes, static_at(2), u8{1});
    IO_UPDATE(v, entry, [](u32 old) { return old | 1; });
    u32 sum = IO_READ(v, stack) + IO_READ(v, halves, static_at(0)) + IO_READ(v, bytes, at(3));
    if constexpr (sizeof(void*) == 8) {
        IO_WRITE(v, wide, u64{x});
        sum += static_cast<u32>(IO_READ(v, wide));
    }
    std::byte buffer[16];
    IO_PROJECT(v, halves).bytes().copy_to(io::Span<std::byte>{buffer, 4});
    IO_PROJECT(v, halves).bytes().copy_from(io::Span<const std::byte>{buffer, 4});
    return sum;
}
template <std::uintptr_t Address>
u32 everything(u32 x) {
    constexpr auto v = at<Vectors>(Address);
    return each_width(v, x) + each_width(v.relaxed(), x);
}

constexpr auto vectors = at<Vectors>(0);
constexpr auto word_0 = at<u32>(0);

extern "C" {
u32 lone_read() {
    return word_0.read();
}
u32 lone_member() {
    return IO_READ(vectors, stack) + IO_READ(vectors, entry);
}
void lone_write() {
    word_0.write(1);
}
u32 all_at_0(u32 x) {
    return everything<0>(x);
}
u32 all_at_8(u32 x) {
    return everything<8>(x);
}
u32 all_at_the_end_of_a_page(u32 x) {
    return everything<0xff8>(x);
}
u32 all_further_up(u32 x) {
    return everything<0x8000>(x);
}
u32 one_of_two(bool first) {
    return (first ? at<u32>(0) : at<u32>(4)).read();
}
u32 one_branch(bool taken) {
    if (!taken)
        return 0;
    at<u32>(0).write(3);
    return at<u32>(0).read();
}
// that it is 0 is seen by a comparison
u32 compared(io::Mmio<u32> v) {
    return v.address() == 0 ? v.read() : 1;
}
void compared_for_a_write(io::Mmio<u16> v) {
    if (v.address() != 0)
        return;
    v.write(1);
}
u32 made_at_run_time(std::uintptr_t address) {
    const auto raw = io::MmioRaw<u32>::try_at(address);
    return raw && address == 0 ? io::Mmio<u32>::from_raw(*raw).read() : 1;
}
u32 row(unsigned n) {
    u32 sum = 0;
    for (auto place : at<u32[16]>(0))
        sum += place.read();
    return sum + IO_READ(at<u32[16]>(0), try_at(n)).value_or(0);
}
u32 gathered() {
    const auto v = io::WriteCombining<u32>::from_raw(io::MmioRaw<u32>::at(0));
    v.write(1);
    return v.read();
}
}
