// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The example driver of QEMU's edu, on its double: what it does to the device, access by access.
#include <ioview/dma.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/recorder.hpp>

#include "../../examples/drivers/edu_simulated.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace io = ioview;
using io::testing::FakeDma;
using io::testing::fence_entry;
using io::testing::Log;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;

struct Setup {
    Setup() {
        edu.device.on_failure([this](const std::string& text) { failures.push_back(text); });
        edu.interrupt.on_change([this](bool level) { levels.push_back(level); });
    }
    auto bar() { return recorder.view<edu::Edu>(); }
    const Log& log() const { return recorder.log(); }

    FakeDma dma{edu::Simulated::dma_mask};
    edu::Simulated edu{dma};
    io::testing::Recorder<io::testing::DeviceBackend> recorder{edu.bar()};
    std::vector<std::string> failures;
    std::vector<bool> levels;
};

} // namespace

TEST_CASE("edu: identified and alive", "[edu]") {
    Setup setup;
    const auto id = edu::identify(setup.bar());
    REQUIRE(id);
    CHECK(id->major() == 1u);
    CHECK(edu::check_alive(setup.bar(), 0x1234'5678));
    CHECK(setup.log() ==
          Log{{rd, 0x00, 4, 0x0100'00ed}, {wr, 0x04, 4, 0x1234'5678}, {rd, 0x04, 4, 0xedcb'a987}});
    CHECK(setup.failures.empty());

    io::testing::Device other{0x10'0000};
    other.reg("id", 0x00).holds(0xffff'ffff);
    other.reg("scratch", 0x04);
    CHECK(edu::identify(other.view<edu::Edu>()).error() == io::Error::no_device);
    CHECK(edu::check_alive(other.view<edu::Edu>(), 1).error() == io::Error::io_error);
    CHECK(edu::check_alive(other.view<edu::Edu>(), 0).error() == io::Error::invalid_argument);
}

TEST_CASE("edu: a factorial is waited for", "[edu]") {
    Setup setup;
    CHECK(edu::factorial(setup.bar(), 5, setup.edu.clock) == 120u);
    CHECK(setup.log() == Log{{rd, 0x20, 4, 0},
                             {wr, 0x08, 4, 5},
                             {rd, 0x20, 4, 1},
                             {rd, 0x20, 4, 1},
                             {rd, 0x20, 4, 0},
                             {rd, 0x08, 4, 120}});
    CHECK(setup.edu.clock.time == 2 * edu::look_every);
    CHECK(setup.levels.empty());
    CHECK(edu::factorial(setup.bar(), 12, setup.edu.clock) == 479'001'600u);
    CHECK(edu::factorial(setup.bar(), 0, setup.edu.clock) == 1u);

    setup.recorder.clear();
    CHECK(edu::factorial(setup.bar(), 13, setup.edu.clock).error() == io::Error::overflow);
    CHECK(setup.log().empty());
    setup.bar().write(edu::Factorial{}.with_value(3));
    CHECK(edu::factorial(setup.bar(), 4, setup.edu.clock).error() == io::Error::busy);
    CHECK(setup.failures.empty());
}

TEST_CASE("edu: a device that never finishes is given up", "[edu]") {
    io::testing::Device stuck{0x10'0000};
    unsigned looks = 0;
    stuck.reg<edu::Factorial>("factorial");
    stuck.reg<edu::Status>("status").on_read([&](auto&) { return looks++ == 0 ? 0u : 1u; });
    edu::SimulatedClock clock;
    CHECK(edu::factorial(stuck.view<edu::Edu>(), 5, clock).error() == io::Error::timed_out);
    CHECK(clock.time == edu::give_up_after);
    CHECK(looks == 2 + edu::give_up_after / edu::look_every);
}

TEST_CASE("edu: interrupts are taken once", "[edu]") {
    Setup setup;
    edu::interrupt_when_computed(setup.bar(), true);
    CHECK(edu::factorial(setup.bar(), 2, setup.edu.clock) == 2u);
    edu::raise(setup.bar(), 0x1'0000);
    CHECK(setup.levels == std::vector<bool>{true});
    setup.recorder.clear();
    const auto causes = edu::take_interrupts(setup.bar());
    CHECK(causes.computed());
    CHECK_FALSE(causes.dma_done());
    CHECK(edu::take_interrupts(setup.bar()).raw() == 0);
    // acknowledged, which has arrived when it returns; then once more, when there is nothing
    CHECK(
        setup.log() ==
        Log{{rd, 0x24, 4, 0x1'0001}, {wr, 0x64, 4, 0x1'0001}, {rd, 0x24, 4, 0}, {rd, 0x24, 4, 0}});
    CHECK(setup.levels == std::vector<bool>{true, false});

    edu::interrupt_when_computed(setup.bar(), false);
    CHECK(edu::factorial(setup.bar(), 2, setup.edu.clock) == 2u);
    CHECK(setup.levels.size() == 2);
    CHECK(setup.failures.empty());
}

TEST_CASE("edu: a transfer is set up, published, and waited for", "[edu]") {
    Setup setup;
    const auto from = io::Coherent<std::uint32_t[], FakeDma>::zeroed(setup.dma, 4);
    const auto to = io::Coherent<std::uint32_t[], FakeDma>::zeroed(setup.dma, 4);
    REQUIRE((from && to));
    for (unsigned i = 0; i < 4; ++i)
        from->at(i).write(0x1111 * (i + 1));

    CHECK(edu::copy_to_device(setup.bar(), *from, 0xfe0, setup.edu.clock));
    const auto published = fence_entry(io::Fence::dma_wmb);
    const auto observed = fence_entry(io::Fence::dma_rmb);
    CHECK(setup.log() == Log{{rd, 0x98, 4, 0},
                             {wr, 0x80, 8, from->dma_address()},
                             {wr, 0x88, 8, 0x4'0fe0},
                             {wr, 0x90, 4, 16},
                             published,
                             {wr, 0x98, 4, 1},
                             {rd, 0x98, 4, 1},
                             observed,
                             {rd, 0x98, 4, 1},
                             observed,
                             {rd, 0x98, 4, 1},
                             observed,
                             {rd, 0x98, 4, 0},
                             observed});
    setup.recorder.clear();
    CHECK(edu::copy_from_device(setup.bar(), 0xfe0, *to, setup.edu.clock));
    CHECK(setup.log()[1] == io::testing::Access{wr, 0x80, 8, 0x4'0fe0});
    CHECK(setup.log()[2] == io::testing::Access{wr, 0x88, 8, to->dma_address()});
    CHECK(setup.log()[5] == io::testing::Access{wr, 0x98, 4, 3});
    for (unsigned i = 0; i < 4; ++i)
        CHECK(to->at(i).read() == 0x1111 * (i + 1));
    CHECK(setup.failures.empty());
}

TEST_CASE("edu: transfers that cannot be are refused before any access", "[edu]") {
    Setup setup;
    const auto page = io::Coherent<std::byte[], FakeDma>::zeroed(setup.dma, 4'096);
    REQUIRE(page);
    CHECK(edu::copy_to_device(setup.bar(), *page, 1, setup.edu.clock).error() ==
          io::Error::out_of_bounds);
    CHECK(edu::copy_to_device(setup.bar(), *page, 0, setup.edu.clock).error() ==
          io::Error::out_of_bounds); // QEMU would end itself
    CHECK(edu::copy_to_device(setup.bar(), page->subview(0, 1), 4'095, setup.edu.clock).error() ==
          io::Error::out_of_bounds);
    CHECK(edu::copy_from_device(setup.bar(), 0, page->subview(0, 0), setup.edu.clock).error() ==
          io::Error::invalid_argument);
    CHECK(edu::copy_from_device(setup.bar(), 4'097, *page, setup.edu.clock).error() ==
          io::Error::out_of_bounds);
    CHECK(setup.log().empty());
    const auto most = page->subview(0, 4'095);
    CHECK(edu::copy_to_device(setup.bar(), most, 0, setup.edu.clock));
    CHECK(edu::copy_to_device(setup.bar(), page->subview(0, 1), 4'094, setup.edu.clock));
    CHECK(setup.failures.empty());

    setup.bar().write(edu::Command{}.with_run(true));
    setup.recorder.clear();
    CHECK(edu::copy_to_device(setup.bar(), most, 0, setup.edu.clock).error() == io::Error::busy);
    CHECK(setup.log().size() == 1);
}

TEST_CASE("edu: the double finds transfers that go wrong", "[edu]") {
    Setup setup;
    const auto memory = io::Coherent<std::byte[], FakeDma>::zeroed(setup.dma, 16);
    REQUIRE(memory);
    const auto run = [&](std::uint64_t from, std::uint64_t to, std::uint32_t bytes) {
        setup.failures.clear();
        CHECK(edu::transfer(setup.bar(),
                            edu::Source{}.with_address(from),
                            edu::Destination{}.with_address(to),
                            edu::Count{}.with_bytes(bytes),
                            edu::Command{},
                            setup.edu.clock));
        return setup.failures;
    };
    const std::vector<std::string> inside{"DMA: the device's side is not inside its buffer"};
    const std::vector<std::string> outside{"DMA: the memory's side is nothing that was allocated"};
    const auto here = memory->dma_address();
    CHECK(run(here, 0x4'0000, 16).empty());
    CHECK(run(here, 0x4'0fef, 16).empty());
    CHECK(run(here, 0x4'0ff0, 16) == inside); // with the last byte
    CHECK(run(here, 0x4'0000, 0) == inside);
    CHECK(run(here, 0x4'0ff1, 16) == inside);
    CHECK(run(here, 0x3'ffff, 16) == inside);
    CHECK(run(here, 0, 16) == inside);
    CHECK(run(here, 0x4'0000, 17) == outside);
    CHECK(run(here + (1u << 28), 0x4'0000, 16) == outside);
}

TEST_CASE("edu: pulled out while it computes", "[edu]") {
    Setup setup;
    io::testing::Faulty faulty{setup.edu.bar()};
    io::testing::Recorder recorder{faulty.view<edu::Edu>()};
    faulty.unplug_after(3);
    const auto bar = recorder.view<edu::Edu>();
    CHECK(edu::factorial(bar, 5, setup.edu.clock).error() == io::Error::no_device);
    CHECK(recorder.log() ==
          Log{{rd, 0x20, 4, 0}, {wr, 0x08, 4, 5}, {rd, 0x20, 4, 1}, {rd, 0x20, 4, 0xffff'ffff}});
    CHECK(edu::identify(bar).error() == io::Error::no_device);
    CHECK(setup.failures.empty());
}
