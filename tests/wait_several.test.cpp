// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backoff.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>
#include <ioview/wait_several.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>

namespace io = ioview;
using io::testing::reads;

namespace {

struct Clock {
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

struct Status : io::Register<Status, std::uint32_t, io::fixed<0x0>> {
    IO_FIELDS(bit(0, ready), bit(1, idle));
};
struct Errors : io::Register<Errors, std::uint32_t, io::fixed<0x4>> {
    static constexpr bool never_all_ones = true;
    IO_FIELDS(bits(7, 0, code));
};

constexpr auto is_ready = [](Status s) { return s.ready(); };
constexpr auto has_failed = [](Errors e) { return e.code() != 0; };

// A reading that is `value` from the n-th look on, and false before; each look is written down.
struct From {
    std::string* order;
    char name;
    int look;
    int looks = 0;
    bool operator()() {
        *order += name;
        return ++looks >= look;
    }
};
constexpr auto is_true = [](const bool& value) { return value; };

} // namespace

TEST_CASE("any: all that held in the same look, each condition read once in it, in order",
          "[poll]") {
    Clock clock;
    std::string order;
    const auto got = io::wait_any(io::Timing{10u, 100u},
                                  clock,
                                  io::when(From{&order, 'a', 9}, is_true),
                                  io::when(From{&order, 'b', 3}, is_true),
                                  io::when(From{&order, 'c', 3}, is_true));
    REQUIRE(got.has_value());
    CHECK(got->bits() == 0b110);
    CHECK(got->first() == 1);
    CHECK(got->any());
    CHECK(!got->holds(0));
    CHECK(got->holds(1));
    CHECK(got->holds(2));
    CHECK(!got->holds(32));
    CHECK(!got->holds(64));
    CHECK(order == "abcabcabc");
    CHECK(clock.time == 20);
}

TEST_CASE("none held: no number is the first", "[poll]") {
    STATIC_REQUIRE(io::Held{}.first() == 32);
    STATIC_REQUIRE(!io::Held{}.any());
    STATIC_REQUIRE(io::Held{0x8000'0000}.first() == 31);
}

TEST_CASE("all: only what holds in one look counts", "[poll]") {
    Clock clock;
    std::string order;
    int odd = 0, third = 0;
    // the one holds in looks 1, 3, 5, the other in 2, 4, then all: both in look 5 for the first
    // time
    const auto got =
        io::wait_all(io::Timing{1u, 100u},
                     clock,
                     io::when([&] { return ++odd; }, [](int v) { return v % 2 == 1; }),
                     io::when([&] { return ++third; }, [](int v) { return v % 2 == 0 || v > 4; }));
    REQUIRE(got.has_value());
    CHECK(got->bits() == 0b11);
    CHECK(odd == 5);
    CHECK(third == 5);
}

TEST_CASE("all: which held, and which did not, when the time is up", "[poll]") {
    Clock clock;
    std::string order;
    io::Held last;
    const auto got = io::wait_all(last,
                                  io::Timing{10u, 30u},
                                  clock,
                                  io::when(From{&order, 'a', 2}, is_true),
                                  io::when(From{&order, 'b', 99}, is_true),
                                  io::when(From{&order, 'c', 4}, is_true));
    CHECK(got.error() == io::Error::timed_out);
    CHECK(last.bits() == 0b101);
    CHECK(order == "abcabcabcabc");
}

TEST_CASE("a reading that fails ends the wait, and the further ones are not made", "[poll]") {
    Clock clock;
    std::string order;
    int reads = 0;
    const auto fails = [&]() -> io::Result<bool> {
        order += 'f';
        if (++reads == 2)
            return io::fail(io::Error::io_error);
        return false;
    };
    const auto got = io::wait_any(io::Timing{10u, 100u},
                                  clock,
                                  io::when(From{&order, 'a', 2}, is_true), // holds by then
                                  io::when(fails, is_true),
                                  io::when(From{&order, 'b', 9}, is_true));
    CHECK(got.error() == io::Error::io_error);
    CHECK(order == "afbaf");
}

TEST_CASE("registers by type, by location and as views of one value: their reads and no others",
          "[poll]") {
    io::testing::Script script{reads<std::uint32_t>(0x4, 0),
                               reads<std::uint32_t>(0x0, 2),
                               reads<std::uint32_t>(0x8, 7),
                               reads<std::uint32_t>(0x4, 0),
                               reads<std::uint32_t>(0x0, 1),
                               reads<std::uint32_t>(0x8, 8)};
    const auto device = script.view<io::Region<0x10>>();
    Clock clock;
    const auto got = io::wait_any(
        io::Timing{io::Backoff{10u, 40u}, 100u},
        clock,
        io::when<Errors>(device, has_failed),
        io::when(device, Status::At{}, is_ready),
        io::when(device.subview<std::uint32_t>(0x8), [](std::uint32_t v) { return v == 9; }));
    REQUIRE(got.has_value());
    CHECK(got->bits() == 0b010);
    CHECK(clock.time == 10);
}

TEST_CASE("a register that is never all ones says that its device is gone", "[poll]") {
    io::testing::Script script{reads<std::uint32_t>(0x0, 0xffff'ffff),
                               reads<std::uint32_t>(0x4, 0xffff'ffff)};
    const auto device = script.view<io::Region<0x10>>();
    Clock clock;
    const auto got = io::wait_any(io::Timing{10u, 100u},
                                  clock,
                                  io::when<Status>(device, is_ready),
                                  io::when<Errors>(device, has_failed));
    CHECK(got.error() == io::Error::no_device);
}

TEST_CASE("one look is an operation to poll without sleeping", "[poll]") {
    std::string order;
    auto first = io::when(From{&order, 'a', 3}, is_true);
    auto second = io::when(From{&order, 'b', 4}, is_true);
    const auto got = io::read_poll_timeout_atomic([&] { return io::look_at(first, second); },
                                                  [](io::Held held) { return held.any(); },
                                                  1,
                                                  10,
                                                  [](int) {});
    CHECK(got == io::Held{0b01});
    CHECK(order == "ababab");
}
