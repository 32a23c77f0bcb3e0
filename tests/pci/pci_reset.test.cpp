// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Resets: what is written, how long nobody asks, and what a function that does not come back is.
#include <ioview/pci/reset.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;

namespace {

struct Clock { // in milliseconds
    unsigned time = 0;
    std::vector<unsigned> sleeps;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) {
        sleeps.push_back(ticks);
        time += ticks;
    }
};

enum class Away : std::uint8_t { all_ones, no_device, ask_again };

constexpr std::uint16_t express = 0x80;

// A function that is reset for a time, or a bridge, as its registers have it.
struct Model {
    mutable io::testing::PciFunction function{4'096};
    Clock* clock;
    Away away = Away::all_ones;
    unsigned takes = 0;            // after a reset, in ms
    unsigned pending_until = 0;    // transactions
    unsigned link_after = 0;       // ms after the bus reset
    std::size_t fails_at = 0xffff; // every access there
    mutable unsigned gone_until = 0;
    mutable unsigned resets = 0;
    mutable unsigned asked_while_gone = 0;
    mutable unsigned in_reset_from = 0;
    mutable std::vector<unsigned> reset_ms; // how long the bus was in reset, each time
    mutable bool in_reset = false;
    mutable std::vector<std::uint32_t> commands; // each that was written

    explicit Model(Clock& given) : clock(&given) {
        function.identify(0x1af4, 0x1041, 0x02'0000);
        function.put(0x04, 0x0406, 2);
        function.capability(express, 0x10, 0x14);
        function.put(express + 4, 1u << 28, 4).put(express + 8, 0x2810, 2);
        function.writable(express + 8, 0x7fff, 2).clears(express + 0xa, 0x004f, 2);
    }

    template <class W>
    io::Result<W> read(std::uint16_t offset) const {
        if (offset == fails_at)
            return io::fail(Error::io_error);
        if (clock->time < gone_until) {
            ++asked_while_gone;
            if (away == Away::no_device)
                return io::fail(Error::no_device);
            if (away == Away::ask_again && offset == 0)
                return static_cast<W>(0xffff'0001);
            return static_cast<W>(~W{0});
        }
        function.put(express + 0xa, clock->time < pending_until ? 0x20u : 0u, 2);
        const bool up =
            !in_reset && (reset_ms.empty() || clock->time >= in_reset_from + link_after);
        function.put(express + 0x12, up ? 0x2000u : 0u, 2);
        return function.read<W>(offset);
    }
    template <class W>
    io::Result<> write(std::uint16_t offset, W value) const {
        if (offset == fails_at)
            return io::fail(Error::io_error);
        if (offset == 0x04)
            commands.push_back(value);
        if (offset == express + 8 && (value & 0x8000) != 0) {
            ++resets;
            gone_until = clock->time + takes;
            function.put(0x04, 0, 2);
        }
        if (offset == 0x3e && sizeof(W) == 2) {
            const bool to = (value & 0x40) != 0;
            if (in_reset && !to)
                reset_ms.push_back(clock->time - in_reset_from);
            if (to != in_reset)
                in_reset_from = clock->time;
            in_reset = to;
        }
        return function.write<W>(offset, value);
    }
    std::size_t size() const { return function.size(); }

    auto view() const { return *io::ConfigSpace<Model, pci::Normal>::of(*this); }
};

struct Bridge : Model {
    explicit Bridge(Clock& given) : Model(given) { function.bridge(0, 1, 1).put(0x3e, 0x0403, 2); }
};

} // namespace

TEST_CASE("a function-level reset: quiet, idle, reset, 100 ms, and asked until it answers",
          "[pci]") {
    for (const Away away : {Away::all_ones, Away::no_device, Away::ask_again}) {
        Clock clock;
        Model model(clock);
        model.away = away;
        model.pending_until = 5;
        model.takes = 130;
        REQUIRE(pci::reset_function(model.view(), 1u, clock));
        CHECK(model.resets == 1);
        CHECK(model.commands == std::vector<std::uint32_t>{0x0400}); // no DMA, no interrupt
        // 7 ms until nothing is pending, then 100, then 30 until it answers
        CHECK(clock.sleeps == std::vector<unsigned>{1, 2, 4, 100, 1, 2, 4, 8, 16});
        CHECK(model.asked_while_gone == (away == Away::all_ones ? 10u : 5u));
        CHECK(model.view().read16(0x04) == 0);
        CHECK(model.view().read16(express + 8) == 0x2810); // the other settings were not touched
    }
}

TEST_CASE("a function that is ready at once is asked at once", "[pci]") {
    Clock clock;
    Model model(clock);
    model.function.put(0x06, model.function.read<std::uint16_t>(0x06).value() | 1u, 2);
    REQUIRE(pci::reset_function(model.view(), 1u, clock));
    CHECK(clock.sleeps.empty());
    CHECK(model.resets == 1);
}

TEST_CASE("a function that cannot be reset alone is left as it is", "[pci]") {
    Clock clock;
    Model model(clock);
    SECTION("it does not say so") {
        model.function.put(express + 4, 0, 4);
    }
    SECTION("it is none of PCI Express") {
        model.function.put(express, 0x09, 1);
    }
    CHECK(pci::reset_function(model.view(), 1u, clock).error() == Error::unsupported);
    CHECK(model.resets == 0);
    CHECK(model.commands.empty());
}

TEST_CASE("transactions that do not end: busy, no reset, and its command is back", "[pci]") {
    Clock clock;
    Model model(clock);
    model.pending_until = 1'000'000;
    CHECK(pci::reset_function(model.view(), 1u, clock).error() == Error::busy);
    CHECK(model.resets == 0);
    CHECK(model.commands == std::vector<std::uint32_t>{0x0400, 0x0406});
    CHECK(clock.time >= 1'000);
    CHECK(clock.time <= 1'100);
}

TEST_CASE("a function that does not come back is timed out after a second", "[pci]") {
    Clock clock;
    Model model(clock);
    model.takes = 1'000'000;
    CHECK(pci::reset_function(model.view(), 1u, clock).error() == Error::timed_out);
    CHECK(model.resets == 1);
    CHECK(clock.time >= 1'100);
    CHECK(clock.time <= 1'200);
}

TEST_CASE("errors of the medium end a reset, and the command is back where it was not begun",
          "[pci]") {
    Clock clock;
    Model model(clock);
    SECTION("the status") {
        model.fails_at = express + 0xa;
        CHECK(pci::reset_function(model.view(), 1u, clock).error() == Error::io_error);
        CHECK(model.commands == std::vector<std::uint32_t>{0x0400, 0x0406});
    }
    SECTION("the control") {
        model.fails_at = express + 8;
        CHECK(pci::reset_function(model.view(), 1u, clock).error() == Error::io_error);
        CHECK(model.commands == std::vector<std::uint32_t>{0x0400, 0x0406});
    }
    SECTION("afterwards") {
        model.fails_at = 0x00;
        CHECK(pci::reset_function(model.view(), 1u, clock).error() == Error::io_error);
        CHECK(model.resets == 1);
    }
    SECTION("nothing answers") {
        model.gone_until = 1'000;
        CHECK(pci::reset_function(model.view(), 1u, clock).error() == Error::no_device);
        CHECK(model.commands.empty());
    }
}

TEST_CASE("milliseconds of std::chrono", "[pci]") {
    struct {
        using Time = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;
        std::chrono::microseconds time{};
        Time now() const { return Time{time}; }
        void sleep_for(std::chrono::microseconds each) { time += each; }
    } clock;
    Clock other;
    Model model(other);
    REQUIRE(pci::reset_function(model.view(), std::chrono::milliseconds{1}, clock));
    CHECK(clock.time == std::chrono::milliseconds{100});
}

TEST_CASE("a secondary bus: 2 ms in reset, and then as long as what is behind needs", "[pci]") {
    Clock clock;
    Bridge bridge(clock);
    SECTION("behind a port of PCI Express: 100 ms") {
        REQUIRE(pci::reset_secondary_bus(bridge.view(), 1u, clock));
        CHECK(clock.sleeps == std::vector<unsigned>{2, 100});
    }
    SECTION("behind one of 5 GT/s, though it says when the link is up: 100 ms") {
        bridge.function.put(express + 0xc, 1u << 20 | 2, 4);
        bridge.link_after = 1'000'000;
        REQUIRE(pci::reset_secondary_bus(bridge.view(), 1u, clock));
        CHECK(clock.sleeps == std::vector<unsigned>{2, 100});
    }
    SECTION("behind a faster one that says when the link is up: 100 ms from then on") {
        bridge.function.put(express + 0xc, 1u << 20 | 3, 4);
        bridge.link_after = 7;
        REQUIRE(pci::reset_secondary_bus(bridge.view(), 1u, clock));
        CHECK(clock.sleeps == std::vector<unsigned>{2, 1, 2, 4, 100});
    }
    SECTION("on conventional PCI: a second") {
        bridge.function.put(express, 0x09, 1);
        REQUIRE(pci::reset_secondary_bus(bridge.view(), 1u, clock));
        CHECK(clock.sleeps == std::vector<unsigned>{2, 1'000});
    }
    CHECK(bridge.reset_ms == std::vector<unsigned>{2});
    CHECK(!bridge.in_reset);
    // the other bits of the control are kept; the flag that a one clears was not written as one
    CHECK(bridge.view().read16(0x3e) == 0x0403);
}

TEST_CASE("a bus whose link does not come up, and what is no bridge", "[pci]") {
    Clock clock;
    Bridge bridge(clock);
    bridge.function.put(express + 0xc, 1u << 20 | 4, 4);
    bridge.link_after = 1'000'000;
    CHECK(pci::reset_secondary_bus(bridge.view(), 1u, clock).error() == Error::timed_out);
    CHECK(!bridge.in_reset);
    CHECK(clock.time >= 1'000);

    Model device(clock);
    CHECK(pci::reset_secondary_bus(device.view(), 1u, clock).error() == Error::unsupported);
    CHECK(device.reset_ms.empty());
    bridge.gone_until = ~0u;
    CHECK(pci::reset_secondary_bus(bridge.view(), 1u, clock).error() == Error::no_device);
}

TEST_CASE("a header is kept over a reset: the command is written last, and no flag is cleared",
          "[pci]") {
    Clock clock;
    Model model(clock);
    model.function.memory_bar(0, 0xfe00'0000, 0x1000);
    model.function.put(0x06, 0xf910, 2); // flags that ones would clear
    const auto view = model.view();
    const auto kept = pci::save_header(view);
    REQUIRE(kept);
    model.function.put(0x10, 0, 4).put(0x04, 0, 2);
    REQUIRE(pci::restore_header(view, *kept));
    CHECK(view.read32(0x10) == 0xfe00'0000);
    CHECK(view.read16(0x04) == 0x0406);
    CHECK(view.read16(0x06) == 0xf910);
    CHECK(model.function.moved_while_decoding() == 0);

    model.gone_until = 10;
    CHECK(pci::save_header(view).error() == Error::no_device);
    CHECK(pci::restore_header(view, *kept).error() == Error::no_device);
}
