// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Telling a device that has gone from a value: on values, registers and polls, through media that
// report nothing and through those that fail.
#include <ioview/endian.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;
using io::Error;
using io::testing::Log;
constexpr auto R = io::testing::Op::read;

namespace {

// All ones are no value of it, and it says so.
struct Csts : io::Register<Csts, std::uint32_t, io::fixed<0x1c>, io::ro> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(0, rdy), bit(1, cfs), bits(3, 2, shst));
};
struct Be : io::Register<Be, io::be<std::uint16_t>, io::fixed<0x8>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(0, rdy));
};
struct Element : io::Register<Element, std::uint32_t, io::array<0x20, 4>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bit(0, rdy));
};
// All ones may be a value of it.
struct Counter : io::Register<Counter, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 0, count));
};
struct Whole : io::Register<Whole, std::uint32_t, io::fixed<0x14>> {
    static constexpr bool never_all_ones = false;
    IO_FIELDS(bit(0, rdy));
};
enum class State : std::uint8_t { idle, busy };

struct Clock {
    long time = 0;
    constexpr long now() const { return time; }
    constexpr void sleep_for(long ticks) { time += ticks; }
};
constexpr auto ready = [](auto r) { return r.rdy(); };
constexpr io::Timing timing{1L, 10L};

using Bar = io::Region<0x40>;

// What a pulled-out function reads as.
struct Ones {
    constexpr Ones() {
        for (std::size_t i = 0; i < 0x40; ++i)
            memory[i] = 0xff;
    }
    io::testing::Memory<0x40> memory;
};

} // namespace

TEST_CASE("a value whose bits are all ones has gone", "[presence]") {
    STATIC_REQUIRE(io::is_gone(std::uint8_t{0xff}));
    STATIC_REQUIRE(io::is_gone(std::uint16_t{0xffff}));
    STATIC_REQUIRE(io::is_gone(0xffff'ffffu));
    STATIC_REQUIRE(io::is_gone(~std::uint64_t{0}));
    STATIC_REQUIRE(io::is_gone(std::int32_t{-1}));
    STATIC_REQUIRE(io::is_gone(io::le<std::uint16_t>(0xffff)));
    STATIC_REQUIRE(io::is_gone(io::be<std::uint32_t>(0xffff'ffff)));
    STATIC_REQUIRE(io::is_gone(static_cast<State>(0xff)));
    STATIC_REQUIRE(io::is_gone(Csts::from_raw(0xffff'ffff)));
    STATIC_REQUIRE(io::is_gone(Counter::from_raw(0xffff'ffff)));
    STATIC_REQUIRE(io::is_gone(Be::from_raw(0xffff)));
    // of its own width, neither less nor more
    STATIC_REQUIRE_FALSE(io::is_gone(std::uint16_t{0xff}));
    STATIC_REQUIRE_FALSE(io::is_gone(0xffffu));
    STATIC_REQUIRE_FALSE(io::is_gone(std::uint64_t{0xffff'ffff}));
    STATIC_REQUIRE_FALSE(io::is_gone(0xffff'fffeu));
    STATIC_REQUIRE_FALSE(io::is_gone(0x7fff'ffffu));
    STATIC_REQUIRE_FALSE(io::is_gone(0u));
    STATIC_REQUIRE_FALSE(io::is_gone(Csts::from_raw(0x7fff'ffff)));
    STATIC_REQUIRE_FALSE(io::is_gone(State::busy));
}

TEST_CASE("a value that is there is handed on, and an error too", "[presence]") {
    STATIC_REQUIRE(io::check_present(5u) == 5u);
    STATIC_REQUIRE(io::check_present(0xffff'ffffu).error() == Error::no_device);
    STATIC_REQUIRE(io::check_present(Csts::from_raw(3))->cfs());
    STATIC_REQUIRE(io::check_present(Csts::from_raw(~0u)).error() == Error::no_device);
    STATIC_REQUIRE(io::check_present(io::Result<std::uint16_t>{7}) == std::uint16_t{7});
    STATIC_REQUIRE(io::check_present(io::Result<std::uint16_t>{0xffff}).error() ==
                   Error::no_device);
    STATIC_REQUIRE(
        io::check_present(io::Result<std::uint16_t>{io::fail(Error::timed_out)}).error() ==
        Error::timed_out);
}

TEST_CASE("a poll of a register that is never all ones ends with no_device", "[presence]") {
    Ones ones;
    io::testing::Recorder recorder{ones.memory.view<Bar>()};
    const auto bar = recorder.view<Bar>();
    Clock clock;
    CHECK(io::wait_until<Csts>(bar, ready, timing, clock).error() == Error::no_device);
    CHECK(recorder.log() == Log{{R, 0x1c, 4, 0xffff'ffff}});
    CHECK(io::wait_until<Be>(bar, ready, timing, clock).error() == Error::no_device);
    CHECK(io::wait_until(bar, Element::at(2), ready, timing, clock).error() == Error::no_device);
    const auto op = [&] { return bar.read<Csts>(); };
    const auto fallible = [&] { return bar.try_read<Csts>(); };
    Csts last{};
    CHECK(io::read_poll_timeout(op, ready, 1, 10, clock).error() == Error::no_device);
    CHECK(io::read_poll_timeout(fallible, ready, 1, 10, clock).error() == Error::no_device);
    CHECK(io::read_poll_timeout_atomic(op, ready, 1, 10, [](int) {}).error() == Error::no_device);
    CHECK(io::read_poll_timeout_atomic(
              fallible, ready, 1, 10, [](int) {}, last)
              .error() == Error::no_device);
    CHECK(last.raw() == 0xffff'ffff);
    CHECK(clock.time == 0); // nobody waits for what has gone
}

TEST_CASE("a poll of another register takes all ones for a value", "[presence]") {
    Ones ones;
    const auto bar = ones.memory.view<Bar>();
    Clock clock;
    const auto full = [](Counter c) { return c.count() == 0xffff'ffff; };
    CHECK(io::wait_until<Counter>(bar, full, timing, clock)->count() == 0xffff'ffff);
    CHECK(io::wait_until<Whole>(bar, ready, timing, clock));
    // unless the call says so
    const auto op = [&] { return io::check_present(bar.read<Whole>()); };
    CHECK(io::read_poll_timeout(op, ready, 1, 10, clock).error() == Error::no_device);
    const auto word = [&] { return io::check_present(bar.try_read32(0x10)); };
    CHECK(io::read_poll_timeout_atomic(
              word, [](std::uint32_t) { return true; }, 1, 10, [](int) {})
              .error() == Error::no_device);
}

TEST_CASE("a device that goes while it is waited for", "[presence]") {
    io::testing::Memory<0x40> memory;
    memory.view<Bar>().write32(0x1c, 0);
    struct Pulling { // the memory turns to ones at the third sleep
        io::testing::Memory<0x40>& memory;
        long time = 0;
        long now() const { return time; }
        void sleep_for(long ticks) {
            time += ticks;
            if (time == 3)
                memory.view<Bar>().write32(0x1c, 0xffff'ffff);
        }
    } clock{memory};
    CHECK(io::wait_until<Csts>(memory.view<Bar>(), ready, timing, clock).error() ==
          Error::no_device);
    CHECK(clock.time == 3);

    // a medium that reports it says the same
    io::testing::Faulty faulty{memory.view<Bar>()};
    faulty.fail_access(1, Error::io_error);
    CHECK(io::wait_until<Csts>(faulty.view<Bar>(), ready, timing, clock).error() ==
          Error::io_error);
}

static_assert([] {
    Ones ones;
    Clock clock;
    const auto bar = ones.memory.view<Bar>();
    return io::wait_until<Csts>(bar, ready, timing, clock).error() == Error::no_device &&
           io::wait_until<Whole>(bar, ready, timing, clock).has_value();
}());
