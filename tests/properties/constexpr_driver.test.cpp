// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A whole driver, tested by the compiler: values, accesses and failures.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

using io::Error;

struct Pl011 {
    std::uint32_t dr, rsr, pad0[4], fr, pad1[2], ibrd, fbrd, lcr_h, cr;
};
struct Entry {
    io::le<std::uint64_t> address;
    io::le<std::uint32_t> length, flags;
};
struct Ring {
    io::le<std::uint32_t> head, tail;
    Entry entries[4];
};

template <io::IoOf<Pl011> Uart>
constexpr io::Result<> put(Uart uart, char c) {
    if (IO_READ(uart, fr) & 0x20u)
        return io::fail(Error::busy);
    IO_WRITE(uart, dr, static_cast<std::uint32_t>(static_cast<unsigned char>(c)));
    return {};
}

template <io::IoOf<Pl011> Uart>
constexpr void start(Uart uart, std::uint32_t divisor) {
    IO_UPDATE(uart, cr, [](auto cr) { return cr & ~1u; });
    IO_WRITE(uart, ibrd, divisor);
    IO_WRITE(uart, lcr_h, 0x70u);
    IO_UPDATE(uart, cr, [](auto cr) { return cr | 0x301u; });
}

template <io::IoOf<Ring> View>
constexpr io::Result<> push(View ring, std::uint64_t address, std::uint32_t length) {
    const std::uint32_t head = IO_READ(ring, head);
    auto entry = IO_PROJECT(ring, entries, try_at(head)); // the device may have written anything
    if (!entry)
        return io::fail(entry.error());
    IO_WRITE(*entry, address, address);
    IO_WRITE(*entry, length, length);
    IO_WRITE(*entry, flags, 1u);
    IO_WRITE(ring, head, (head + 1) % 4);
    return {};
}

template <std::endian E>
constexpr bool puts_and_starts() {
    Recorded<sizeof(Pl011), E> ram;
    const auto uart = ram.template view<Pl011>();
    IO_WRITE(uart.inner(), fr, 0u);
    IO_WRITE(uart.inner(), cr, 0x8001u);
    if (!put(uart, 'A'))
        return false;
    start(uart, 26);
    return ram.log() == Log{{rd, 0x18, 4, 0},
                            {wr, 0x00, 4, 'A'},
                            {rd, 0x30, 4, 0x8001},
                            {wr, 0x30, 4, 0x8000},
                            {wr, 0x24, 4, 26},
                            {wr, 0x2c, 4, 0x70},
                            {rd, 0x30, 4, 0x8000},
                            {wr, 0x30, 4, 0x8301}};
}
static_assert(puts_and_starts<std::endian::little>());
static_assert(puts_and_starts<std::endian::big>());

constexpr bool says_busy() {
    Recorded<sizeof(Pl011)> ram;
    const auto uart = ram.view<Pl011>();
    IO_WRITE(uart.inner(), fr, 0x20u);
    return put(uart, 'A').error() == Error::busy && ram.log() == Log{{rd, 0x18, 4, 0x20}};
}
static_assert(says_busy());

template <std::endian E>
constexpr bool pushes() {
    Recorded<sizeof(Ring), E> ram;
    const auto ring = ram.template view<Ring>();
    IO_WRITE(ring, head, 3u);
    const bool pushed = push(ring, 0x1'0000'0002, 5).has_value() && IO_READ(ring, head) == 0u &&
                        IO_READ(ring, entries, at(3), address) == 0x1'0000'0002u &&
                        ram[8 + 48] == 2 && ram[8 + 52] == 1; // little-endian in both memories
    // an index that the device broke: nothing is written
    IO_WRITE(ring, head, 4u);
    ram.recorder.clear();
    return pushed && push(ring, 0, 0).error() == Error::out_of_bounds && ram.log().size() == 1;
}
static_assert(pushes<std::endian::little>());
static_assert(pushes<std::endian::big>());

} // namespace

TEST_CASE("a driver runs in the compiler as it does at run time", "[constexpr]") {
    CHECK(puts_and_starts<std::endian::little>());
    CHECK(puts_and_starts<std::endian::big>());
    CHECK(says_busy());
    CHECK(pushes<std::endian::little>());
    CHECK(pushes<std::endian::big>());
}
