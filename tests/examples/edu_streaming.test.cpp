// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The example driver that lends its own memory to QEMU's edu, beside a cache that evicts as it
// likes.
#include "../../examples/drivers/edu_streaming.hpp"

#include <ioview/testing/cached_fake_dma.hpp>
#include <ioview/testing/recorder.hpp>

#include "../../examples/drivers/edu_simulated.hpp"
#include "hardware/slot.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace io = ioview;
using io::testing::CachedFakeDma;
using io::testing::fence_entry;
using io::testing::Log;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;

struct Message {
    std::uint32_t kind;
    std::uint8_t text[60];
    std::uint32_t sum; // on the next line
};

// While the driver waits, the cache writes and fetches lines.
struct EvictingClock : edu::SimulatedClock {
    CachedFakeDma* dma;
    explicit EvictingClock(CachedFakeDma& of) : dma(&of) {}
    void sleep_for(std::uint64_t us) {
        dma->evict();
        time += us;
    }
};

struct Setup {
    Setup() {
        edu.device.on_failure([this](const std::string& text) { failures.push_back(text); });
        dma.on_fault([this](const std::string& text) { failures.push_back(text); });
    }
    auto bar() { return recorder.view<edu::Edu>(); }

    CachedFakeDma dma{edu::Simulated::dma_mask};
    edu::Simulated edu{dma};
    EvictingClock clock{dma};
    io::testing::Recorder<io::testing::DeviceBackend> recorder{edu.bar()};
    std::vector<std::string> failures;
    io::StreamingBuffer<Message> out;
    io::StreamingBuffer<Message> in;
};

} // namespace

TEST_CASE("edu: a message there and back, through memory of the driver's", "[edu]") {
    Setup s;
    auto message = io::stream_to_device(s.dma, s.out);
    REQUIRE(message);
    (*message)->kind = 1;
    (*message)->text[59] = 2;
    (*message)->sum = 3;
    auto sent = edu::send(s.bar(), *std::move(message), 0x100, s.clock);
    REQUIRE(sent);

    auto place = io::stream_from_device(s.dma, s.in);
    auto received = edu::receive(s.bar(), 0x100, *std::move(place), s.clock);
    REQUIRE(received);
    CHECK((*received)->kind == 1);
    CHECK((*received)->text[59] == 2);
    CHECK((*received)->sum == 3);

    (*sent)->kind = 4; // the memory is the driver's again
    REQUIRE(edu::send(s.bar(), *std::move(sent), 0, s.clock));
    CHECK(s.failures.empty());
    CHECK(s.dma.mapped() == 1); // what was received
}

TEST_CASE("edu: the engine gets address and size, then the command behind a barrier", "[edu]") {
    Setup s;
    auto message = io::stream_to_device(s.dma, s.out);
    auto sent = edu::send(s.bar(), *std::move(message), 0x10, s.clock);
    REQUIRE(sent);
    auto lent = std::move(*sent).sync_for_device();
    CHECK(Log(s.recorder.log().begin(), s.recorder.log().begin() + 6) ==
          Log{{rd, 0x98, 4, 0},
              {wr, 0x80, 8, lent.dma_address()},
              {wr, 0x88, 8, 0x4'0010},
              {wr, 0x90, 4, sizeof(Message)},
              fence_entry(io::Fence::dma_wmb),
              {wr, 0x98, 4, 1}});
}

TEST_CASE("edu: who does not take the memory back reads what was there before", "[edu]") {
    Setup s;
    auto message = io::stream_to_device(s.dma, s.out);
    (*message)->kind = 1;
    REQUIRE(edu::send(s.bar(), *std::move(message), 0, s.clock));

    alignas(64) std::uint32_t words[32]{};
    const auto at = s.dma.map(words, sizeof words, io::DmaDirection::from_device);
    s.dma.cache().clean(words, sizeof words);
    REQUIRE(edu::copy_from_device(s.bar(), 0, io::DmaSegment{*at, 4}, s.edu.clock));
    CHECK(words[0] == 0);
    s.dma.cache().invalidate(words, sizeof words);
    CHECK(words[0] == 1);
    s.dma.unmap(*at, sizeof words, io::DmaDirection::from_device);
}

TEST_CASE("edu: an engine that does not end keeps the memory", "[edu]") {
    Setup s;
    s.edu.is_stuck = true;
    auto place = io::stream_from_device(s.dma, s.in);
    const auto received = edu::receive(s.bar(), 0, *std::move(place), s.clock);
    REQUIRE_FALSE(received);
    CHECK(received.error() == io::Error::timed_out);
    CHECK(s.dma.left() == 1);
    s.edu.is_stuck = false;
    REQUIRE(edu::wait_idle(s.bar(), s.clock)); // it writes there after all
    CHECK(s.failures.empty());
}

TEST_CASE("edu: what the driver refuses was never the engine's", "[edu]") {
    Setup s;
    auto place = io::stream_from_device(s.dma, s.in);
    const auto received = edu::receive(s.bar(), 4'095, *std::move(place), s.clock);
    REQUIRE_FALSE(received);
    CHECK(received.error() == io::Error::out_of_bounds);
    CHECK(s.dma.outstanding() == 0);
    CHECK(s.recorder.log().empty());
}

TEST_CASE("edu: memory past its 28 bits goes by a copy", "[edu]") {
    Setup s;
    s.dma.place_next_at(std::uint64_t{1} << 32);
    auto message = io::stream_to_device(s.dma, s.out);
    REQUIRE(message);
    CHECK(message->is_bounced());
    (*message)->kind = 9;
    REQUIRE(edu::send(s.bar(), *std::move(message), 0, s.clock));
    auto place = io::stream_from_device(s.dma, s.in);
    auto received = edu::receive(s.bar(), 0, *std::move(place), s.clock);
    REQUIRE(received);
    CHECK((*received)->kind == 9);
    CHECK(s.failures.empty());
}

TEST_CASE("edu: a message of two pieces is two transfers", "[edu]") {
    Setup s;
    auto head = io::stream_to_device(s.dma, s.out);
    auto tail = io::stream_to_device(s.dma, s.in);
    (*head)->kind = 0x0505'0505;
    (*tail)->kind = 0x0606'0606;
    auto lent_head = std::move(*head).sync_for_device();
    auto lent_tail = std::move(*tail).sync_for_device();
    io::ScatterList<4> list;
    REQUIRE(list.add(lent_head));
    REQUIRE(list.add(lent_tail));
    REQUIRE(list.size() == 2);
    REQUIRE(edu::copy_list_to_device(s.bar(), list, 0, s.clock));
    {
        alignas(64) std::byte bytes[192];
        auto place = io::stream_from_device(s.dma, io::Span<std::byte>{bytes});
        auto all = edu::receive(s.bar(), 0, *std::move(place), s.clock);
        REQUIRE(all);
        CHECK((**all)[0] == std::byte{5});
        CHECK((**all)[sizeof(Message)] == std::byte{6});
    }
    CHECK(edu::copy_list_to_device(s.bar(), list, 4'000, s.clock).error() ==
          io::Error::out_of_bounds);
    CHECK(s.failures.empty());
}

TEST_CASE("edu: pulled out at any access, no memory is given back that it may still use", "[edu]") {
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        Setup s;
        hardware::Slot slot{s.edu.device};
        slot.unplug_after(good);
        const auto bar = slot.view<edu::Edu>();
        auto message = io::stream_to_device(s.dma, s.out);
        const auto sent = edu::send(bar, *std::move(message), 0, s.clock);
        auto place = io::stream_from_device(s.dma, s.in);
        const auto received = edu::receive(bar, 0, *std::move(place), s.clock);
        was_pulled = slot.is_empty();
        CHECK(received.has_value() == !was_pulled);
        if (!received)
            CHECK(received.error() == io::Error::no_device);
        for (unsigned i = 0; i < 5; ++i) // what it was told to do, it does now
            static_cast<void>(s.edu.device.read(0x98, 4));
        CHECK(s.dma.outstanding() == s.dma.left() + s.dma.mapped());
        CHECK(s.dma.mapped() == (sent ? 1u : 0u) + (received ? 1u : 0u));
        CHECK(slot.failures.empty());
        CHECK(s.failures.empty());
    }
    CHECK(good > 10);
}
