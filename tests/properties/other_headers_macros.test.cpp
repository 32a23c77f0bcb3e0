// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Headers of boards, kernels and C libraries define short names. Behind them ioview compiles and
// does the same; a barrier whose name is a macro is called in parentheses. (The standard headers
// come first: they would not survive these either, and those who define them know it.)
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#undef assert
#undef major
#undef minor

// What no line of ours may come to: as a statement, an expression or a declaration.
#define IOVIEW_TAKEN [](taken_by_another_header)

// Arduino.h, binary.h, avr-libc
#define abs(x) IOVIEW_TAKEN
#define bitClear(value, b) IOVIEW_TAKEN
#define bitRead(value, b) IOVIEW_TAKEN
#define bitSet(value, b) IOVIEW_TAKEN
#define bitWrite(value, b, x) IOVIEW_TAKEN
#define constrain(x, low, high) IOVIEW_TAKEN
#define F(text) IOVIEW_TAKEN
#define highByte(w) IOVIEW_TAKEN
#define lowByte(w) IOVIEW_TAKEN
#define max(a, b) IOVIEW_TAKEN
#define min(a, b) IOVIEW_TAKEN
#define radians(x) IOVIEW_TAKEN
#define round(x) IOVIEW_TAKEN
#define sq(x) IOVIEW_TAKEN
#define word(...) IOVIEW_TAKEN
#define _BV(b) IOVIEW_TAKEN
#define B0 IOVIEW_TAKEN
#define B00000001 IOVIEW_TAKEN
#define B1 IOVIEW_TAKEN
#define B10 IOVIEW_TAKEN
#define CHANGE IOVIEW_TAKEN
#define DDRB IOVIEW_TAKEN
#define HIGH IOVIEW_TAKEN
#define INPUT IOVIEW_TAKEN
#define LOW IOVIEW_TAKEN
#define OUTPUT IOVIEW_TAKEN
#define PI IOVIEW_TAKEN
#define PORTB IOVIEW_TAKEN
#define PROGMEM IOVIEW_TAKEN
#define SP IOVIEW_TAKEN
#define SREG IOVIEW_TAKEN
// newlib's ctype.h
#define _B IOVIEW_TAKEN
#define _C IOVIEW_TAKEN
#define _L IOVIEW_TAKEN
#define _N IOVIEW_TAKEN
#define _P IOVIEW_TAKEN
#define _S IOVIEW_TAKEN
#define _U IOVIEW_TAKEN
#define _X IOVIEW_TAKEN
// CMSIS
#define __I IOVIEW_TAKEN
#define __IM IOVIEW_TAKEN
#define __IO IOVIEW_TAKEN
#define __IOM IOVIEW_TAKEN
#define __O IOVIEW_TAKEN
#define __OM IOVIEW_TAKEN
// Linux
#define ALIGN(x, a) IOVIEW_TAKEN
#define ARRAY_SIZE(a) IOVIEW_TAKEN
#define BIT(n) IOVIEW_TAKEN
#define FIELD_GET(mask, x) IOVIEW_TAKEN
#define FIELD_PREP(mask, x) IOVIEW_TAKEN
#define GENMASK(h, l) IOVIEW_TAKEN
#define READ_ONCE(x) IOVIEW_TAKEN
#define WRITE_ONCE(x, value) IOVIEW_TAKEN
#define barrier() IOVIEW_TAKEN
#define clamp(x, low, high) IOVIEW_TAKEN
#define container_of(pointer, type, member) IOVIEW_TAKEN
#define current IOVIEW_TAKEN
#define dma_mb() IOVIEW_TAKEN
#define dma_rmb() IOVIEW_TAKEN
#define dma_wmb() IOVIEW_TAKEN
#define io_mb() IOVIEW_TAKEN
#define likely(x) IOVIEW_TAKEN
#define mb() IOVIEW_TAKEN
#define mmiowb() IOVIEW_TAKEN
#define offset_of(type, member) IOVIEW_TAKEN
#define rmb() IOVIEW_TAKEN
#define unlikely(x) IOVIEW_TAKEN
#define wmb() IOVIEW_TAKEN
// Linux's asm/io.h, sys/io.h, sys/sysmacros.h
#define inb(port) IOVIEW_TAKEN
#define inl(port) IOVIEW_TAKEN
#define inw(port) IOVIEW_TAKEN
#define ioread32(address) IOVIEW_TAKEN
#define iowrite32(value, address) IOVIEW_TAKEN
#define major(device) IOVIEW_TAKEN
#define minor(device) IOVIEW_TAKEN
#define outb(value, port) IOVIEW_TAKEN
#define outl(value, port) IOVIEW_TAKEN
#define outw(value, port) IOVIEW_TAKEN
#define readl(address) IOVIEW_TAKEN
#define writel(value, address) IOVIEW_TAKEN
// Windows.h, X11
#define Always IOVIEW_TAKEN
#define Bool IOVIEW_TAKEN
#define CONST IOVIEW_TAKEN
#define ERROR IOVIEW_TAKEN
#define IN IOVIEW_TAKEN
#define OPTIONAL IOVIEW_TAKEN
#define OUT IOVIEW_TAKEN
#define Success IOVIEW_TAKEN
#define far IOVIEW_TAKEN
#define interface IOVIEW_TAKEN
#define near IOVIEW_TAKEN
#define small IOVIEW_TAKEN

#include <ioview/dma/cache_instructions.hpp>
#include <ioview/dma/non_coherent.hpp>
#include <ioview/dma/scatter_list.hpp>
#include <ioview/dma/streaming.hpp>
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>
#include <ioview/register/snapshot.hpp>
#include <ioview/testing.hpp>

#undef word // a name of the tests' own
#include "support/recorded.hpp"

namespace io = ioview;

namespace {

struct Entry {
    std::uint32_t length, flags;
};
struct Queue {
    std::uint32_t head;
    Entry entries[4];
};

} // namespace

TEST_CASE("views and projections behind the short names of other headers") {
    Recorded<sizeof(Queue)> ram;
    const auto queue = ram.view<Queue>();
    for (unsigned i = 0; i < 4; ++i)
        IO_WRITE(queue, entries, at(i), flags, i);
    IO_UPDATE(queue, entries, static_at(3), flags, [](auto flags) { return flags + 1; });
    CHECK(IO_READ(queue, entries, at(2), flags) == 2);
    CHECK(IO_READ(queue, entries, try_at(3), flags) == 4u);
    CHECK(IO_READ(queue, entries, try_at(4), flags).error() == io::Error::out_of_bounds);
    CHECK(IO_PROJECT(queue, entries, range(1, 3), first(1), at(0), length).address() == 12);
    CHECK(IO_PROJECT(queue, entries, from(1)).size() == 3);
    CHECK(io::project(queue, &Queue::entries, io::at(1), &Entry::flags).read() == 1);
}

TEST_CASE("barriers behind the short names of other headers") {
    Recorded<sizeof(std::uint32_t)> ram;
    const auto view = ram.view<std::uint32_t>();
    (io::mb)();
    (io::rmb)();
    (io::wmb)();
    (io::dma_mb)();
    (io::dma_rmb)();
    (io::dma_wmb)();
    (io::mmiowb)();
    view.write(1);
    (io::dma_wmb)(view);
    CHECK(ram.log().size() == 2);
}
