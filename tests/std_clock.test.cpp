// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/poll.hpp>
#include <ioview/std_clock.hpp>

#include "support/catch.hpp"

#include <chrono>

namespace io = ioview;
using namespace std::chrono_literals;

TEST_CASE("the library's clock drives a poll", "[std_clock]") {
    int reads = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto never = io::read_poll_timeout(
        [&] { return ++reads; }, [](int) { return false; }, 500us, 3ms, io::StdClock{});
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(never == io::fail(io::Error::timed_out));
    CHECK(took >= 3ms);
    CHECK(reads >= 2);
    CHECK(reads <= 8);

    reads = 0;
    const auto third = io::read_poll_timeout(
        [&] { return ++reads; }, [](int value) { return value == 3; }, 1us, 1h, io::StdClock{});
    CHECK(third == 3);
}
