// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backoff.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

namespace io = ioview;
using namespace std::chrono_literals;

namespace {

// Time that passes only when somebody sleeps; how long each time, is kept.
template <class Ticks>
struct Sleeper {
    Ticks time{};
    std::vector<Ticks> slept;

    Ticks now() const { return time; }
    void sleep_for(Ticks ticks) {
        slept.push_back(ticks);
        time = static_cast<Ticks>(time + ticks);
    }
};

constexpr auto never = [](const auto&) { return false; };

} // namespace

TEST_CASE("each sleep is twice the one before, up to the longest", "[poll]") {
    Sleeper<unsigned> clock;
    int reads = 0;
    const auto got =
        io::read_poll_timeout([&] { return ++reads; }, never, io::Backoff{3u, 20u}, 80u, clock);
    CHECK(got.error() == io::Error::timed_out);
    CHECK(clock.slept == std::vector<unsigned>{3, 6, 12, 20, 20, 20});
    CHECK(reads == 7); // the last look is after the last sleep

    // the next wait begins anew
    int last = 0;
    clock.slept.clear();
    CHECK(io::read_poll_timeout([&] { return ++reads; },
                                [](int v) { return v == 10; },
                                io::Backoff{1u, 100u},
                                100u,
                                clock,
                                last) == 10);
    CHECK(last == 10);
    CHECK(clock.slept == std::vector<unsigned>{1, 2});
}

TEST_CASE("a longest interval that is less than the first is the only one", "[poll]") {
    Sleeper<unsigned> clock;
    CHECK(!io::read_poll_timeout([] { return 0; }, never, io::Backoff{8u, 5u}, 12u, clock));
    CHECK(clock.slept == std::vector<unsigned>{5, 5, 5});
}

TEST_CASE("no interval is doubled past its range", "[poll]") {
    constexpr auto most = std::numeric_limits<std::uint8_t>::max();
    std::vector<unsigned> slept;
    CHECK(!io::read_poll_timeout_atomic([] { return 0; },
                                        never,
                                        io::Backoff<std::uint8_t>{100, most},
                                        4,
                                        [&](std::uint8_t each) { slept.push_back(each); }));
    CHECK(slept == std::vector<unsigned>{100, 200, 255, 255});

    std::vector<int> whole;
    CHECK(!io::read_poll_timeout_atomic(
        [] { return 0; },
        never,
        io::Backoff{std::numeric_limits<int>::max() / 2 + 1, std::numeric_limits<int>::max()},
        2,
        [&](int each) { whole.push_back(each); }));
    CHECK(whole == std::vector<int>{std::numeric_limits<int>::max() / 2 + 1,
                                    std::numeric_limits<int>::max()});
}

TEST_CASE("polling without sleeping backs off as well", "[poll]") {
    std::vector<std::chrono::microseconds> delays;
    int reads = 0;
    int last = 0;
    const auto got = io::read_poll_timeout_atomic([&] { return ++reads; },
                                                  never,
                                                  io::Backoff{1us, 4us},
                                                  4,
                                                  [&](auto each) { delays.push_back(each); },
                                                  last);
    CHECK(got.error() == io::Error::timed_out);
    CHECK(delays == std::vector<std::chrono::microseconds>{1us, 2us, 4us, 4us});
    CHECK(reads == 5);
    CHECK(last == 5);
}

TEST_CASE("wait_until takes an interval that backs off", "[poll]") {
    struct View {
        int* reads;
        int read() const { return ++*reads; }
    };
    struct Clock {
        using Time = std::chrono::time_point<Clock, std::chrono::microseconds>;
        std::chrono::microseconds time{};
        int sleeps = 0;
        Time now() const { return Time{time}; }
        void sleep_for(std::chrono::microseconds each) { time += each, ++sleeps; }
    } clock;
    int reads = 0;
    const auto got = io::wait_until(
        View{&reads}, [](int v) { return v == 5; }, io::Timing{io::Backoff{10us, 1ms}, 1s}, clock);
    CHECK(got == 5);
    CHECK(clock.time == 10us + 20us + 40us + 80us);

    const io::Error error =
        io::wait_until(View{&reads}, never, io::Timing{io::Backoff{10us, 1ms}, 5ms}, clock).error();
    CHECK(error == io::Error::timed_out);
    CHECK(clock.sleeps == 4 + 7 + 4); // 10 to 640 us are 1270, and four of 1 ms
}
