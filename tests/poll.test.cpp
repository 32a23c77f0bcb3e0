// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/poll.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace io = ioview;
using namespace std::chrono_literals;

namespace {

// Time that passes only when somebody sleeps, or when a look at the clock takes some.
struct TestClock {
    std::uint64_t time = 1'000;
    std::uint64_t look_takes = 0;
    int looks = 0;
    int sleeps = 0;
    std::uint64_t slept = 0;

    constexpr std::uint64_t now() {
        ++looks;
        return time += look_takes;
    }
    constexpr void sleep_for(std::integral auto interval) {
        const auto ticks = static_cast<std::uint64_t>(interval);
        ++sleeps;
        slept += ticks;
        time += ticks;
    }
};

// A device that becomes ready at a time, by the clock's time.
struct Device {
    const TestClock* clock;
    std::uint64_t ready_at;
    int reads = 0;

    constexpr bool read() {
        ++reads;
        return clock->time >= ready_at;
    }
};

constexpr auto is_true = [](const bool& value) { return value; };
constexpr auto never = [](const auto&) { return false; };

struct Outcome {
    bool success;
    int reads;
    int sleeps;
    std::uint64_t took;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

constexpr Outcome poll(std::uint64_t ready_after, std::uint64_t interval, std::uint64_t timeout) {
    TestClock clock;
    const auto start = clock.time;
    Device device{&clock, start + ready_after};
    const auto got =
        io::read_poll_timeout([&] { return device.read(); }, is_true, interval, timeout, clock);
    return {got.has_value(), device.reads, clock.sleeps, clock.time - start};
}

// A register as a view of one value, and as a place in a region.
struct Status {
    std::uint32_t raw = 0;
    constexpr bool ready() const { return raw >= 3; }
};

struct PlainView { // read() only: RAM
    int* reads;
    Status read() const { return {static_cast<std::uint32_t>(++*reads)}; }
};

struct FallibleView { // a medium that can fail
    int* reads;
    int fails_at;
    Status read() const { return {~0u}; } // all ones, as of a device that is gone
    io::Result<Status> try_read() const {
        if (++*reads == fails_at)
            return io::fail(io::Error::no_device);
        return Status{static_cast<std::uint32_t>(*reads)};
    }
};

struct FakeRegion {
    int* reads;
    io::Result<Status> try_read(Status) const {
        return Status{static_cast<std::uint32_t>(++*reads)};
    }
    template <class R>
    io::Result<R> try_read() const {
        return R{static_cast<std::uint32_t>(++*reads)};
    }
};

} // namespace

TEST_CASE("34 a condition that holds at once sleeps never", "[poll]") {
    STATIC_REQUIRE(poll(0, 10, 100) == Outcome{true, 1, 0, 0});
    CHECK(poll(0, 10, 100) == Outcome{true, 1, 0, 0});
    CHECK(poll(0, 10, 0) == Outcome{true, 1, 0, 0});
    CHECK(poll(0, 0, 0) == Outcome{true, 1, 0, 0});

    int delays = 0;
    const auto got = io::read_poll_timeout_atomic(
        [] { return 7; }, [](int v) { return v == 7; }, 10, 5, [&](int) { ++delays; });
    CHECK(got == 7);
    CHECK(delays == 0);
}

TEST_CASE("34 a condition that comes true during the last sleep is success", "[poll]") {
    // time is up at 30, after the third sleep
    STATIC_REQUIRE(poll(30, 10, 30) == Outcome{true, 4, 3, 30});
    CHECK(poll(25, 10, 30) == Outcome{true, 4, 3, 30});
    CHECK(poll(30, 10, 25) == Outcome{true, 4, 3, 30});
    CHECK(poll(31, 10, 30) == Outcome{false, 4, 3, 30});
    // one sleep longer than the whole time
    CHECK(poll(50, 1'000, 30) == Outcome{true, 2, 1, 1'000});

    int runs = 0;
    const auto atomic = io::read_poll_timeout_atomic(
        [&] { return ++runs; }, [](int v) { return v == 4; }, 10, 3, [](int) {});
    CHECK(atomic == 4);
}

TEST_CASE("34 an interval of zero still times out, without sleeping", "[poll]") {
    TestClock clock;
    clock.look_takes = 1;
    int reads = 0;
    const auto got = io::read_poll_timeout([&] { return ++reads; }, never, 0, 5, clock);
    CHECK(got.error() == io::Error::timed_out);
    CHECK(clock.sleeps == 0);
    CHECK(reads == 6);

    int delays = 0;
    reads = 0;
    const auto atomic =
        io::read_poll_timeout_atomic([&] { return ++reads; }, never, 0, 5, [&](int) { ++delays; });
    CHECK(atomic.error() == io::Error::timed_out);
    CHECK(delays == 0);
    CHECK(reads == 6);
}

TEST_CASE("34 a timeout of zero is exactly one read", "[poll]") {
    STATIC_REQUIRE(poll(1, 10, 0) == Outcome{false, 1, 0, 0});
    CHECK(poll(1, 0, 0) == Outcome{false, 1, 0, 0});
    TestClock clock;
    int reads = 0;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, 10, -5, clock));
    CHECK(reads == 1);
    CHECK(clock.sleeps == 0);
    reads = 0;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, -10, -5, clock));
    CHECK(reads == 1);

    for (int attempts : {0, -1, std::numeric_limits<int>::min()}) {
        reads = 0;
        int delays = 0;
        const auto got = io::read_poll_timeout_atomic(
            [&] { return ++reads; }, never, 10, attempts, [&](int) { ++delays; });
        CHECK(got.error() == io::Error::timed_out);
        CHECK(reads == 1);
        CHECK(delays == 0);
    }
}

TEST_CASE("34 the operation runs again each time, and the condition looks at the new value",
          "[poll]") {
    std::string seen;
    TestClock clock;
    char next = 'a';
    const auto got = io::read_poll_timeout([&] { return next++; },
                                           [&](const char& value) {
                                               seen += value;
                                               return value == 'd';
                                           },
                                           10,
                                           100,
                                           clock);
    CHECK(got == 'd');
    CHECK(seen == "abcd");
    CHECK(clock.sleeps == 3);
    CHECK(clock.slept == 30);
}

TEST_CASE("34 an error of the operation is no timeout", "[poll]") {
    TestClock clock;
    int reads = 0;
    int asked = 0;
    const auto op = [&]() -> io::Result<int> {
        if (++reads == 3)
            return io::fail(io::Error::io_error);
        return reads;
    };
    const auto count = [&](const int&) { return ++asked, false; };
    CHECK(io::read_poll_timeout(op, count, 10, 100, clock).error() == io::Error::io_error);
    CHECK(reads == 3);
    CHECK(asked == 2);
    CHECK(clock.sleeps == 2);

    // the same in the run after the time is up
    reads = 0;
    CHECK(io::read_poll_timeout(op, count, 10, 20, clock).error() == io::Error::io_error);
    reads = 0;
    CHECK(io::read_poll_timeout_atomic(op, count, 10, 2, [](int) {}).error() ==
          io::Error::io_error);
    // and an operation that itself says timed_out is believed at once
    reads = 0;
    const auto late = [&]() -> io::Result<int> { return ++reads, io::fail(io::Error::timed_out); };
    CHECK(io::read_poll_timeout(late, never, 10, 100, clock).error() == io::Error::timed_out);
    CHECK(reads == 1);
}

TEST_CASE("34 the last value is at hand on a timeout", "[poll]") {
    TestClock clock;
    int reads = 0;
    int last = -1;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, 10, 30, clock, last));
    CHECK(last == 4);
    CHECK(io::read_poll_timeout(
              [&] { return ++reads; }, [](int v) { return v == 6; }, 1, 9, clock, last) == 6);
    CHECK(last == 6);
    CHECK(!io::read_poll_timeout_atomic([&] { return ++reads; }, never, 10, 2, [](int) {}, last));
    CHECK(last == 9);
    const auto fails = [&]() -> io::Result<int> { return io::fail(io::Error::busy); };
    CHECK(!io::read_poll_timeout(fails, never, 10, 30, clock, last));
    CHECK(last == 9);
}

TEST_CASE("34 as many attempts as asked for, and the last look after the last delay", "[poll]") {
    for (unsigned attempts : {1u, 2u, 7u}) {
        unsigned reads = 0;
        unsigned delays = 0;
        std::string order;
        const auto got = io::read_poll_timeout_atomic([&] { return order += 'r', ++reads; },
                                                      never,
                                                      10us,
                                                      attempts,
                                                      [&](std::chrono::microseconds each) {
                                                          order += 'd';
                                                          delays += each == 10us ? 1u : 100u;
                                                      });
        CHECK(got.error() == io::Error::timed_out);
        CHECK(reads == attempts + 1);
        CHECK(delays == attempts);
        CHECK(order.substr(0, 3) == "rdr");
        CHECK(order.back() == 'r');
    }
}

TEST_CASE("34 all or any of several conditions", "[poll]") {
    struct Both {
        bool link;
        bool power;
    };
    TestClock clock;
    Device link{&clock, clock.time + 20};
    Device power{&clock, clock.time + 40};
    const auto op = [&] { return Both{link.read(), power.read()}; };
    CHECK(io::read_poll_timeout(
              op, [](Both b) { return b.link || b.power; }, 10, 100, clock)
              .has_value());
    CHECK(clock.slept == 20);
    CHECK(io::read_poll_timeout(
              op, [](Both b) { return b.link && b.power; }, 10, 100, clock)
              .has_value());
    CHECK(clock.slept == 40);
}

TEST_CASE("each sleep is the interval given, and the time runs out once for all", "[poll]") {
    STATIC_REQUIRE(poll(1'000, 10, 25) == Outcome{false, 4, 3, 30});
    CHECK(poll(1'000, 10, 30) == Outcome{false, 4, 3, 30});
    CHECK(poll(1'000, 10, 31) == Outcome{false, 5, 4, 40});
    CHECK(poll(1'000, 10, 1) == Outcome{false, 2, 1, 10});
}

TEST_CASE("an operation that takes longer than the timeout is looked at twice", "[poll]") {
    TestClock clock;
    int reads = 0;
    const auto slow = [&] { return clock.time += 1'000, ++reads; };
    CHECK(io::read_poll_timeout(
              slow, [](int v) { return v == 2; }, 10, 100, clock) == 2);
    reads = 0;
    CHECK(!io::read_poll_timeout(slow, never, 10, 100, clock));
    CHECK(reads == 2);
}

TEST_CASE("counters of ticks may wrap", "[poll]") {
    struct Small {
        std::uint8_t time = 250;
        std::uint8_t now() const { return time; }
        void sleep_for(int ticks) { time = static_cast<std::uint8_t>(time + ticks); }
    } clock;
    int reads = 0;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, 10, 25, clock));
    CHECK(reads == 4);
    // a time longer than the counter can tell
    reads = 0;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, 100, 1'000, clock));
    CHECK(reads == 11);

    struct Signed {
        std::int32_t time = std::numeric_limits<std::int32_t>::max() - 5;
        std::int32_t now() const { return time; }
        void sleep_for(int ticks) {
            time = static_cast<std::int32_t>(static_cast<std::uint32_t>(time) +
                                             static_cast<std::uint32_t>(ticks));
        }
    } other;
    reads = 0;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, 10, 25, other));
    CHECK(reads == 4);
}

namespace {

// A clock that shows these numbers one after the other, and then counts on.
template <class T>
struct Shown {
    std::vector<std::uint64_t> shown;
    std::size_t looks = 0;
    T now() {
        const std::size_t i = looks++;
        const std::uint64_t last = shown.back();
        return T(static_cast<T>(i < shown.size() ? shown[i] : last + (i - shown.size() + 1)));
    }
    void sleep_for(std::uint64_t) {}
};
template <class Rep>
struct ShownTime {
    using duration = std::chrono::duration<Rep, std::milli>;
    Shown<Rep> ticks;
    std::chrono::time_point<ShownTime, duration> now() {
        return std::chrono::time_point<ShownTime, duration>(duration(ticks.now()));
    }
    void sleep_for(std::chrono::milliseconds) {}
};

// How often `op` runs until the time is up, by both kinds of clock.
template <class T>
int runs(std::vector<std::uint64_t> shown, std::uint64_t timeout) {
    int by_ticks = 0, by_time = 0;
    Shown<T> ticks{shown};
    CHECK(!io::read_poll_timeout([&] { return ++by_ticks; }, never, 1u, timeout, ticks));
    ShownTime<T> time{{shown}};
    const auto limit = std::chrono::milliseconds(timeout);
    CHECK(!io::read_poll_timeout([&] { return ++by_time; }, never, 1ms, limit, time));
    CHECK(by_ticks == by_time);
    return by_ticks;
}

template <class T>
void steps_back() {
    CHECK(runs<T>({100, 101, 102, 103}, 3) == 4);
    CHECK(runs<T>({100, 99, 100, 101, 102}, 3) == 6); // at the first look
    CHECK(runs<T>({100, 101, 100, 101, 102, 103}, 3) == 6);
    CHECK(runs<T>({100, 90, 101, 91, 102, 92, 118, 108, 119, 109, 120}, 20) == 11); // two counters
    CHECK(runs<T>({100, 101, 90}, 3) == 16);                                        // set back
    CHECK(runs<T>({20, 19, 18, 17, 16, 15, 23}, 3) == 7);
    CHECK(runs<T>({2, 0, 1}, 3) == 7);
}

} // namespace

TEST_CASE("a clock that steps back ends no wait early, and keeps none from ending", "[poll]") {
    steps_back<std::uint8_t>();
    steps_back<std::int8_t>();
    steps_back<std::uint16_t>();
    steps_back<std::uint32_t>();
    steps_back<std::int32_t>();
    steps_back<std::uint64_t>();
    steps_back<std::int64_t>();
    // at the point where it wraps
    CHECK(runs<std::uint32_t>({0, 0xffff'ffff, 0, 1, 2}, 3) == 6);
    CHECK(runs<std::uint32_t>({0xffff'fffe, 0xffff'ffff, 0x1'0000'0000, 0x1'0000'0001}, 3) == 4);
    CHECK(runs<std::uint64_t>({0, ~std::uint64_t{0}, 0, 1, 2}, 3) == 6);
    CHECK(runs<std::uint64_t>({~std::uint64_t{0}, 0, 1, 2}, 3) == 4);
    // of a range, seven eighths are steps on
    CHECK(runs<std::uint8_t>({0, 223, 446, 669, 892}, 892) == 5);

    struct Doubles { // whose time is no integer
        int looks = 0;
        std::chrono::duration<double> now() {
            static constexpr double shown[] = {1.0, 0.5, 1.0, 1.25, 1.75, 2.0, 2.5, 3.0};
            return std::chrono::duration<double>(shown[looks < 7 ? looks++ : 7]);
        }
        void sleep_for(std::chrono::milliseconds) {}
    } doubles;
    int reads = 0;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, 1ms, 1s, doubles));
    CHECK(reads == 6);
}

TEMPLATE_TEST_CASE("integer ticks are compared with a timeout of parts of them",
                   "[poll]",
                   std::uint64_t,
                   std::int64_t,
                   std::uint32_t,
                   std::uint8_t) {
    struct Clock {
        TestType time = static_cast<TestType>(-2);
        TestType now() { return time; }
        void sleep_for(double) { ++time; }
    };
    const auto reads_of = [](double timeout) {
        Clock clock;
        int reads = 0;
        const auto got = io::read_poll_timeout(
            [&] { return ++reads; }, [](int v) { return v == 20; }, 1.0, timeout, clock);
        return got ? reads : -reads;
    };
    CHECK(reads_of(2.5) == -4);
    CHECK(reads_of(3.0) == -4);
    CHECK(reads_of(0.0) == -1);
    CHECK(reads_of(1e300) == 20);
}

TEST_CASE("a timeout that the clock cannot count does not expire, however it overflows", "[poll]") {
    struct Nanoseconds {
        std::chrono::nanoseconds time{};
        std::chrono::nanoseconds now() const { return time; }
        void sleep_for(std::chrono::nanoseconds d) { time += d; }
    };
    const auto reads_of = [](auto timeout) {
        Nanoseconds clock;
        int reads = 0;
        const auto got = io::read_poll_timeout(
            [&] { return ++reads; }, [](int v) { return v == 20; }, 1ms, timeout, clock);
        return got ? reads : -reads;
    };
    CHECK(reads_of(std::chrono::hours(3'000'000)) == 20); // 342 years: past 63 bits of nanoseconds
    CHECK(reads_of(std::chrono::hours(6'000'000)) == 20); // past 64
    CHECK(reads_of(std::chrono::hours::max()) == 20);
    CHECK(reads_of(std::chrono::hours::max() - 1h) == 20);
    CHECK(reads_of(std::chrono::seconds::max() - 1s) == 20);
    CHECK(reads_of(std::chrono::duration<std::int64_t, std::giga>(1'000)) == 20);
    CHECK(reads_of(std::chrono::duration<double>(1e300)) == 20);
    CHECK(reads_of(std::chrono::duration<std::uint64_t, std::milli>(~std::uint64_t{0} - 1)) == 20);
    CHECK(reads_of(std::chrono::hours::min()) == -1);
    CHECK(reads_of(-1ns) == -1);
    CHECK(reads_of(0h) == -1);
    // finer than the clock: rounded up
    CHECK(reads_of(std::chrono::duration<std::int64_t, std::pico>(1)) == -2);
    CHECK(reads_of(std::chrono::duration<std::int64_t, std::ratio<1, 3'000>>(10)) == -5); // 3.33 ms
    CHECK(reads_of(std::chrono::duration<double, std::milli>(2.5)) == -4);

    for (const std::uint64_t timeout :
         {~std::uint64_t{0}, ~std::uint64_t{0} - 1, ~std::uint64_t{0} >> 1}) {
        TestClock clock;
        clock.time = ~std::uint64_t{0} - 5;
        int reads = 0;
        CHECK(io::read_poll_timeout(
                  [&] { return ++reads; }, [](int v) { return v == 20; }, 1, timeout, clock) == 20);
    }
}

TEST_CASE("chrono durations of different units, and no limit", "[poll]") {
    struct Clock {
        std::chrono::nanoseconds time{};
        std::chrono::nanoseconds now() const { return time; }
        void sleep_for(std::chrono::nanoseconds d) { time += d; }
    } clock;
    int reads = 0;
    CHECK(!io::read_poll_timeout([&] { return ++reads; }, never, 300us, 1ms, clock));
    CHECK(reads == 5);
    CHECK(clock.time == 1'200us);
    reads = 0;
    const auto got = io::read_poll_timeout([&] { return ++reads; },
                                           [](int v) { return v == 50; },
                                           1h,
                                           std::chrono::hours::max(),
                                           clock);
    CHECK(got == 50);
}

TEST_CASE("values that cannot be copied are handed through", "[poll]") {
    struct Token {
        explicit Token(int v) : value(v) {}
        Token(Token&&) = default;
        int value;
    };
    TestClock clock;
    int reads = 0;
    auto got = io::read_poll_timeout(
        [&] { return Token(++reads); }, [](const Token& t) { return t.value == 2; }, 1, 10, clock);
    REQUIRE(got.has_value());
    CHECK(got->value == 2);
}

TEST_CASE("34 wait_until polls a view, a place in a region, or a register by its type", "[poll]") {
    constexpr auto ready = [](Status s) { return s.ready(); };
    TestClock clock;
    int reads = 0;
    CHECK(io::wait_until(PlainView{&reads}, ready, io::Timing{10, 100}, clock)->raw == 3);
    CHECK(clock.sleeps == 2);
    reads = 0;
    CHECK(io::wait_until(PlainView{&reads}, ready, io::Timing{10, 10}, clock).error() ==
          io::Error::timed_out);
    CHECK(reads == 2);

    // the fallible read is preferred, so all ones of a device that is gone are no success
    reads = 0;
    CHECK(io::wait_until(FallibleView{&reads, 0}, ready, io::Timing{10, 100}, clock)->raw == 3);
    reads = 0;
    CHECK(io::wait_until(FallibleView{&reads, 2}, ready, io::Timing{10, 100}, clock).error() ==
          io::Error::no_device);
    CHECK(reads == 2);

    reads = 0;
    CHECK(io::wait_until(FakeRegion{&reads}, Status{}, ready, io::Timing{10, 100}, clock)->raw ==
          3);
    reads = 0;
    CHECK(io::wait_until<Status>(FakeRegion{&reads}, ready, io::Timing{10, 100}, clock)->raw == 3);
    CHECK(reads == 3);
}
