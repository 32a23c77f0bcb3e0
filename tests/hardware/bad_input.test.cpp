// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The drivers of the examples with devices that are pulled out at any access, never answer, answer
// late, or answer nonsense: each call ends, with an error where something was lost, and no device
// finds memory gone that it was told of.
#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>

#include "../../examples/drivers/edu_simulated.hpp"
#include "../../examples/drivers/nvme_simulated.hpp"
#include "../../examples/drivers/virtio_blk_simulated.hpp"
#include "../support/catch.hpp"
#include "doubles.hpp"
#include "slot.hpp"

#include <cstddef>
#include <cstdint>

namespace io = ioview;
using namespace hardware;
using io::Error;

namespace {

template <class T>
Error error_of(const io::Result<T>& result) {
    return result ? Error{} : result.error();
}

// ---- virtio-blk ----

using Bytes = io::Coherent<std::uint8_t[], LeakyDma>;
constexpr std::size_t of_the_disk = 2; // allocations

struct DiskInSlot {
    LeakyDma dma;
    virtio_blk::Simulated device{dma, 16};
    Slot slot{device.device};
    using View = decltype(slot.view<virtio::Mmio>());
    using Disk = virtio_blk::Disk<virtio::OverMmio<View>, LeakyDma, virtio_blk::Simulated::Clock>;
    Bytes memory = *Bytes::zeroed(dma, 1'024);

    io::Result<Disk> start() {
        return Disk::start(virtio::OverMmio{slot.view<virtio::Mmio>()}, dma, device.clock);
    }
    // Everything that a disk is for, the end included; the first error.
    Error use() {
        auto disk = start();
        if (!disk)
            return disk.error();
        for (const auto& done : {disk->read(0, memory), disk->write(2, memory)}) {
            if (!done)
                return done.error();
        }
        return {};
    }
    // All of the memory is either given back or leaked, and the device finds what it knows of.
    void check_memory() {
        device.work_late();
        CHECK(slot.wild_accesses() == 0);
        CHECK(dma.outstanding() == 1 + dma.leaks());
    }
};

// ---- edu ----

struct EduInSlot {
    LeakyDma dma{edu::Simulated::dma_mask};
    edu::Simulated device{dma};
    Slot slot{device.device};

    // The number that it is given, complemented, computed and copied; the first error.
    Error use() {
        const auto bar = slot.view<edu::Edu>();
        if (const auto id = edu::identify(bar); !id)
            return id.error();
        if (const auto alive = edu::check_alive(bar, 1); !alive)
            return alive.error();
        if (const auto product = edu::factorial(bar, 5, device.clock); product != 120u)
            return product ? Error::io_error : product.error();
        auto memory = Bytes::zeroed(dma, 64);
        if (!memory)
            return memory.error();
        auto done = edu::copy_to_device(bar, *memory, 0, device.clock);
        if (done)
            done = edu::copy_from_device(bar, 0, *memory, device.clock);
        if (!done && !edu::wait_idle(bar, device.clock))
            std::move(*memory).leak();
        return error_of(done);
    }
    // What it was told to do, it does now.
    void work_late() {
        device.is_stuck = false;
        for (unsigned i = 0; i < 5; ++i)
            static_cast<void>(device.device.read(0x98, 4));
    }
};

// ---- nvme ----

struct DriveInSlot {
    LeakyDma dma;
    nvme::Simulated device{dma};
    Slot slot{device.device};
    using View = decltype(slot.view<nvme::Bar>());
    using Controller = nvme::Controller<View, LeakyDma, nvme::Simulated::Clock>;

    io::Result<Controller> start() {
        return Controller::start(slot.view<nvme::Bar>(), dma, device.clock);
    }
    Error use() {
        auto drive = start();
        if (!drive)
            return drive.error();
        if (const auto identity = drive->identify(); !identity)
            return identity.error();
        return error_of(drive->name_space(1));
    }
    void check_memory() {
        device.work_late();
        CHECK(slot.wild_accesses() == 0);
        CHECK(dma.outstanding() == dma.leaks());
    }
};

// ---- devices without DMA of their own ----

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};

// Runs use(slot) with the device pulled out after each number of accesses; every time the last word
// is no_device, and no time is spent on it.
template <class Double, class Use>
void check_removal(std::size_t least, Use use) {
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        Double device;
        Slot slot{device.device};
        edu::SimulatedClock clock;
        slot.unplug_after(good);
        const Error error = use(slot, clock);
        was_pulled = slot.is_empty();
        CHECK(error == (was_pulled ? Error::no_device : Error{}));
        CHECK(clock.time <= 10);
    }
    CHECK(good > least);
}
// The first error that is another than busy, which says that nothing has come.
template <class... Result>
Error first_error(const Result&... results) {
    Error first{};
    for (const Error error : {error_of(results)...}) {
        if (first == Error{} && error != Error::busy)
            first = error;
    }
    return first;
}

} // namespace

TEST_CASE("bad input: virtio-blk pulled out at any access", "[hardware][virtio]") {
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        DiskInSlot setup;
        setup.slot.unplug_after(good);
        const Error error = setup.use();
        was_pulled = setup.slot.is_empty();
        if (was_pulled)
            CHECK((error == Error::no_device || setup.dma.leaks() == of_the_disk));
        else
            CHECK((error == Error{} && setup.dma.leaks() == 0));
        CHECK(setup.device.clock.time == 0); // noticed at once
        setup.check_memory();
    }
    CHECK(good > 30);
}

TEST_CASE("bad input: virtio-blk, one register that says anything", "[hardware][virtio]") {
    DiskInSlot honest;
    CHECK(honest.use() == Error{});
    for (std::size_t n = 0; n < honest.slot.accesses(); ++n) {
        for (const std::uint64_t lie : {0u, 1u, 0x40u, 0x8000'0000u, 0xffff'fffeu, 0xffff'ffffu}) {
            INFO("access " << n << " reads as " << lie);
            DiskInSlot setup;
            setup.slot.lie_at(n, lie);
            static_cast<void>(setup.use());
            CHECK(setup.device.clock.time <= 2 * virtio::give_up_after);
            setup.check_memory();
        }
    }
}

TEST_CASE("bad input: virtio-blk, a reset that takes its time, or does not end",
          "[hardware][virtio]") {
    DiskInSlot setup;
    SECTION("it is waited for, and the memory is given back then") {
        setup.device.reset_takes = 1'000;
        CHECK(setup.use() == Error{});
        CHECK(setup.device.clock.time == 2'000); // before the start, and at the end
        CHECK(setup.dma.leaks() == 0);
        CHECK(setup.dma.outstanding() == 1);
    }
    SECTION("no confirmed stop, no free") {
        {
            auto disk = setup.start();
            REQUIRE(disk);
            setup.device.ends_its_reset = false;
            CHECK(disk->stop().error() == Error::timed_out);
            setup.device.clock.time = 0;
        }
        CHECK(setup.device.clock.time == virtio::give_up_after);
        CHECK(setup.dma.leaks() == of_the_disk);
    }
    SECTION("nor after a start that fails on its way") {
        setup.device.capacity_moves = true;
        setup.device.ends_its_reset = true;
        setup.device.reset_takes = 3'000'000;
        setup.device.clock.on_sleep = [&] {
            setup.device.ends_its_reset = setup.device.clock.time <= 3'000'000;
        };
        CHECK(setup.use() == Error::io_error);
        CHECK(setup.dma.leaks() == of_the_disk);
    }
    SECTION("stopped by hand, it is no disk any more") {
        auto disk = setup.start();
        REQUIRE(disk);
        CHECK(disk->stop());
        const auto accesses = setup.slot.accesses();
        CHECK(disk->read(0, setup.memory).error() == Error::no_device);
        CHECK(setup.slot.accesses() == accesses);
    }
    setup.check_memory();
}

TEST_CASE("bad input: virtio-blk, a device that is deaf, and works late", "[hardware][virtio]") {
    DiskInSlot setup;
    {
        auto disk = setup.start();
        REQUIRE(disk);
        setup.device.works = false;
        CHECK(disk->read(0, setup.memory).error() == Error::timed_out);
        CHECK(disk->read(0, setup.memory).error() == Error::busy);
        setup.device.work_late(); // and then it does
        CHECK(disk->read(0, setup.memory).error() == Error::busy);
        CHECK(disk->stop()); // reset while busy
    }
    setup.device.works = true;
    CHECK(setup.use() == Error{});
    CHECK(setup.dma.leaks() == 0);
    setup.check_memory();
}

TEST_CASE("bad input: virtio-blk, used entries that cannot be", "[hardware][virtio]") {
    DiskInSlot setup;
    auto& device = setup.device;
    bool is_over = false; // the request has ended, and others may follow
    {
        auto disk = setup.start();
        REQUIRE(disk);
        SECTION("an index too far") {
            device.index_off_by = 1;
        }
        SECTION("an index that steps back") {
            device.index_off_by = 0xfffe;
        }
        SECTION("a chain that was not offered") {
            device.id_off_by = 1;
        }
        SECTION("a chain past the queue") {
            device.id_off_by = 0xffff'0000;
        }
        SECTION("more bytes than there is memory") {
            device.length_off_by = 1;
        }
        SECTION("fewer bytes than it says it has read") {
            device.length_off_by = 0xffff'ffff;
            is_over = true;
        }
        SECTION("it wants to be reset") {
            device.breaks = true;
        }
        CHECK(disk->read(0, setup.memory).error() == Error::io_error);
        CHECK(device.clock.time == 0);
        device.index_off_by = 0;
        device.id_off_by = device.length_off_by = 0;
        device.breaks = false;
        CHECK(error_of(disk->read(0, setup.memory)) == (is_over ? Error{} : Error::busy));
    }
    CHECK(setup.dma.leaks() == 0); // its reset is trusted
    setup.check_memory();
    CHECK(setup.use() == Error{});
}

TEST_CASE("bad input: virtio-blk, the least and the greatest lengths", "[hardware][virtio]") {
    // Memory of any size, which nobody touches.
    struct Said {
        std::uint64_t bytes;
        std::size_t size_bytes() const { return static_cast<std::size_t>(bytes); }
        io::DmaAddress dma_address() const { return 0x1000; }
    };
    DiskInSlot setup;
    setup.device.sectors_said = ~std::uint64_t{0};
    auto disk = setup.start();
    REQUIRE(disk);
    setup.device.works = false;
    const auto accesses = setup.slot.accesses();
    for (const std::uint64_t bytes : {0u, 1u, 511u, 513u})
        CHECK(disk->read(0, Said{bytes}).error() == Error::invalid_argument);
    for (const std::uint64_t bytes : {0x1'0000'0000u, 0x1'0000'0200u, 0xffff'ffff'ffff'fe00u})
        CHECK(disk->write(0, Said{bytes}).error() == Error::overflow);
    CHECK(disk->read(~std::uint64_t{0}, Said{512}).error() == Error::out_of_bounds);
    CHECK(setup.slot.accesses() == accesses);
    CHECK(disk->read(~std::uint64_t{1}, Said{0xffff'fe00}).error() == Error::out_of_bounds);
    CHECK(disk->read(0, Said{0xffff'fe00}).error() == Error::timed_out); // it was offered
    CHECK(setup.slot.accesses() > accesses);
}

TEST_CASE("bad input: virtio-blk, all of the disk, and around the index", "[hardware][virtio]") {
    DiskInSlot setup;
    auto disk = setup.start();
    REQUIRE(disk);
    const auto all = Bytes::zeroed(setup.dma, 16 * 512);
    REQUIRE(all);
    setup.device.bytes.back() = 0x5a;
    CHECK(disk->read(0, *all));
    CHECK(all->at(16 * 512 - 1).read() == 0x5a);
    CHECK(disk->read(1, *all).error() == Error::out_of_bounds);
    Error error{};
    for (unsigned i = 0; i < 0x1'0010 && error == Error{}; ++i)
        error = error_of(disk->read(15, all->subview(15 * 512, 512)));
    CHECK(error == Error{});
    CHECK(setup.slot.failures.empty());
}

TEST_CASE("bad input: virtio-blk, features of the platform are taken where they are offered",
          "[hardware][virtio]") {
    DiskInSlot setup;
    const std::uint64_t platform = std::uint64_t{1} << 33 | std::uint64_t{1} << 36;
    for (const bool is_offered : {false, true}) {
        if (is_offered)
            setup.device.offered |= platform;
        const auto disk = setup.start();
        CHECK(disk);
        CHECK((setup.device.agreed & platform) == (is_offered ? platform : 0));
    }
}

TEST_CASE("bad input: nvme pulled out at any access", "[hardware][nvme]") {
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        DriveInSlot setup;
        setup.slot.unplug_after(good);
        const Error error = setup.use();
        was_pulled = setup.slot.is_empty();
        if (was_pulled)
            CHECK((error == Error::no_device || setup.dma.leaks() == 1));
        else
            CHECK((error == Error{} && setup.dma.leaks() == 0));
        CHECK(setup.device.clock.time == 0); // noticed at once
        setup.check_memory();
    }
    CHECK(good > 20);
}

TEST_CASE("bad input: nvme, one register that says anything", "[hardware][nvme]") {
    DriveInSlot honest;
    CHECK(honest.use() == Error{});
    for (std::size_t n = 0; n < honest.slot.accesses(); ++n) {
        for (const std::uint64_t lie : {0u, 1u, 2u, 3u, 0x8000'0000u, 0xffff'fffeu, 0xffff'ffffu}) {
            INFO("access " << n << " reads as " << lie);
            DriveInSlot setup;
            setup.slot.lie_at(n, lie);
            static_cast<void>(setup.use());
            CHECK(setup.device.clock.time <= 255 * 500'000);
            setup.check_memory();
        }
    }
}

TEST_CASE("bad input: nvme, EN is cleared only when RDY says that it was taken",
          "[hardware][nvme]") {
    DriveInSlot setup;
    auto& device = setup.device;
    SECTION("a start that does not end") {
        device.starts = false;
        CHECK(setup.use() == Error::timed_out);
        CHECK(device.clock.time == 10'000'000); // to start, and to be ready to be stopped
        CHECK(setup.dma.leaks() == 1);
    }
    SECTION("no time is half a second") {
        device.starts = false;
        device.capabilities = 0x20'0001'07ff;
        CHECK(setup.use() == Error::timed_out);
        CHECK(device.clock.time == 1'000'000);
    }
    SECTION("a start that ends later is stopped then") {
        device.starts_late_by = 7'000'000;
        CHECK(setup.use() == Error::timed_out);
        CHECK(device.clock.time == 7'000'000);
        CHECK(setup.dma.leaks() == 0);
    }
    SECTION("firmware left it enabled, and not ready yet") {
        device.starts_late_by = 3'000'000;
        device.device.write(0x14, 4, 0x46'0001);
        CHECK(setup.use() == Error{});
        CHECK(device.clock.time == 6'000'000);
        CHECK(setup.dma.leaks() == 0);
    }
    SECTION("a start and a stop that take their time") {
        device.starts_late_by = 1'000'000;
        device.stops_late_by = 500'000;
        CHECK(setup.use() == Error{});
        CHECK(device.clock.time == 1'500'000);
        CHECK(setup.dma.leaks() == 0);
    }
    SECTION("no confirmed stop, no free") {
        device.stops = false;
        CHECK(setup.use() == Error{});
        CHECK(device.clock.time == 5'000'000);
        CHECK(setup.dma.leaks() == 1);
        CHECK(setup.use() == Error::timed_out); // still not stopped: nothing is given to it
        CHECK(setup.dma.leaks() == 1);
    }
    setup.check_memory();
    CHECK(setup.slot.failures.empty());
}

TEST_CASE("bad input: nvme, a controller that breaks", "[hardware][nvme]") {
    DriveInSlot setup;
    auto& device = setup.device;
    SECTION("at its start: its reset is seen by CFS") {
        device.breaks = true;
        CHECK(setup.use() == Error::io_error);
        CHECK(setup.dma.leaks() == 0);
    }
    SECTION("at its start, for ever") {
        device.breaks = true;
        device.recovers = false;
        CHECK(setup.use() == Error::io_error);
        CHECK(setup.dma.leaks() == 1);
    }
    SECTION("at a command") {
        auto drive = setup.start();
        REQUIRE(drive);
        device.breaks = true;
        CHECK(drive->identify().error() == Error::io_error);
        CHECK(device.clock.time == 0);
        CHECK(drive->identify().error() == Error::busy);
    }
    SECTION(
        "at any time: all registers read as one value, not enabled by it, and it has not stopped") {
        const std::uint64_t value = GENERATE(0u, 2u, 0x46'0000u, 0xffff'fffeu);
        CAPTURE(value);
        {
            auto drive = setup.start();
            REQUIRE(drive);
            setup.slot.stick_at(value);
        }
        CHECK(device.clock.time == 0);
        CHECK(setup.dma.leaks() == 1);
    }
    SECTION("pulled out when it is started") {
        device.is_pulled_out = true;
        CHECK(setup.use() == Error::no_device);
        CHECK(device.clock.time == 0);
        CHECK(setup.dma.leaks() == 1);
    }
    SECTION("pulled out later: the end does not wait for it") {
        {
            auto drive = setup.start();
            REQUIRE(drive);
            device.is_pulled_out = true;
        }
        CHECK(device.clock.time == 0);
        CHECK(setup.dma.leaks() == 1);
    }
    setup.check_memory();
}

TEST_CASE("bad input: nvme, deaf, late, and answers to what was not asked", "[hardware][nvme]") {
    DriveInSlot setup;
    auto& device = setup.device;
    {
        auto drive = setup.start();
        REQUIRE(drive);
        SECTION("deaf, and late") {
            device.works = false;
            CHECK(drive->identify().error() == Error::timed_out);
            CHECK(device.clock.time == nvme::give_up_after);
        }
        SECTION("another command's answer") {
            device.id_off_by = 1;
            CHECK(drive->identify().error() == Error::io_error);
        }
        CHECK(drive->identify().error() == Error::busy);
        device.work_late();
        CHECK(drive->name_space(1).error() == Error::busy); // reset while busy follows
    }
    device.works = true;
    device.id_off_by = 0;
    CHECK(setup.use() == Error{});
    CHECK(setup.dma.leaks() == 0);
    setup.check_memory();
}

TEST_CASE("bad input: nvme, every place of its queues, and no memory", "[hardware][nvme]") {
    DriveInSlot setup;
    setup.dma.fail_request(1);
    CHECK(setup.start().error() == Error::no_memory);
    auto drive = setup.start();
    REQUIRE(drive);
    for (unsigned i = 0; i < 4 * nvme::queue_entries; ++i) {
        CHECK(drive->identify());
        CHECK(drive->name_space(~0u).error() == Error::no_device);
        CHECK(drive->name_space(0).error() == Error::no_device);
    }
    setup.device.blocks = ~std::uint64_t{0};
    CHECK(drive->name_space(1)->blocks == ~std::uint64_t{0});
    CHECK(setup.slot.failures.empty());
}

TEST_CASE("bad input: edu pulled out at any access, which it does not know", "[hardware][edu]") {
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        EduInSlot setup;
        setup.slot.unplug_after(good);
        const Error error = setup.use();
        was_pulled = setup.slot.is_empty();
        CHECK(error == (was_pulled ? Error::no_device : Error{}));
        CHECK(setup.device.clock.time <= 10 * edu::look_every);
        setup.work_late();
        CHECK(setup.slot.failures.empty());
        CHECK(setup.dma.outstanding() == setup.dma.leaks());
    }
    CHECK(good > 20);
}

TEST_CASE("bad input: edu, one register that says anything", "[hardware][edu]") {
    EduInSlot honest;
    CHECK(honest.use() == Error{});
    for (std::size_t n = 0; n < honest.slot.accesses(); ++n) {
        for (const std::uint64_t lie : {0u, 1u, 0x80u, 0xffff'fffeu, 0xffff'ffffu}) {
            INFO("access " << n << " reads as " << lie);
            EduInSlot setup;
            setup.slot.lie_at(n, lie);
            static_cast<void>(setup.use());
            CHECK(setup.device.clock.time <= 3 * edu::give_up_after);
        }
    }
}

TEST_CASE("bad input: edu, a transfer that does not end, or late, and no memory",
          "[hardware][edu]") {
    EduInSlot setup;
    SECTION("never") {
        setup.device.is_stuck = true;
        CHECK(setup.use() == Error::timed_out);
        CHECK(setup.device.clock.time >= edu::give_up_after);
        CHECK(setup.dma.leaks() == 1);
        CHECK(setup.use() == Error::busy); // and the next one is not begun
        setup.work_late();
    }
    SECTION("no memory") {
        setup.dma.fail_request(1);
        CHECK(setup.use() == Error::no_memory);
    }
    CHECK(setup.use() == Error{});
    CHECK(setup.slot.failures.empty());
    CHECK(setup.dma.outstanding() == setup.dma.leaks());
}

TEST_CASE("bad input: edu, an interrupt of one that has gone is none", "[hardware][edu]") {
    EduInSlot setup;
    setup.slot.unplug_after(0);
    CHECK(edu::take_interrupts(setup.slot.view<edu::Edu>()).raw() == 0);
    CHECK(setup.slot.accesses() == 1); // nothing is acknowledged
}

TEST_CASE("bad input: UARTs, clocks and timers pulled out at any access", "[hardware]") {
    check_removal<Pl011Double>(15, [](Slot& slot, auto& clock) {
        const pl011::Driver uart{slot.view<Pl011>(), clock, timing};
        const auto ready = uart.init({.clock_hz = 24'000'000});
        const auto sent = uart.put('A');
        const auto flushed = uart.flush();
        const auto got = uart.get();
        return first_error(ready, sent, flushed, got);
    });
    check_removal<Ns16550Double>(12, [](Slot& slot, auto& clock) {
        const ns16550::Driver uart{slot.view<Ns16550>(), clock, timing};
        const auto ready = uart.init(1'843'200, 115'200);
        const auto sent = uart.put('A');
        const auto flushed = uart.flush();
        const auto got = uart.get();
        return first_error(ready, sent, flushed, got);
    });
    check_removal<Fu740UartDouble>(9, [](Slot& slot, auto& clock) {
        const fu740::UartDriver uart{slot.view<fu740::Uart>(), clock, timing};
        const auto ready = uart.init({.clock_hz = 130'000'000});
        const auto sent = uart.put('A');
        const auto flushed = uart.flush();
        const auto got = uart.get();
        return first_error(ready, sent, flushed, got);
    });
    check_removal<CmsdkUartDouble>(6, [](Slot& slot, auto& clock) {
        const auto uart = slot.view<cmsdk::Uart>();
        const auto ready = cmsdk::init(uart, 25'000'000, 115'200);
        const auto sent = cmsdk::put(uart, 'A', clock);
        const auto got = cmsdk::get(uart);
        return first_error(ready, sent, got);
    });
    check_removal<CmsdkTimerDouble>(8, [](Slot& slot, auto& clock) {
        const auto timer = slot.view<cmsdk::Timer>();
        const auto found = cmsdk::identify_timer(timer);
        cmsdk::start(timer, 100);
        const auto over = cmsdk::wait(timer, clock);
        const auto expired = cmsdk::expired(timer);
        return first_error(found, over, expired);
    });
    check_removal<Pl031Double>(6, [](Slot& slot, auto&) {
        const auto rtc = slot.view<pl031::Pl031>();
        const auto found = pl031::identify(rtc);
        pl031::set_time(rtc, 0xffff'ffff); // a time, as long as it is there
        const auto now = pl031::now(rtc);
        pl031::clear_alarm(rtc);
        const auto up = pl031::alarm_is_up(rtc);
        return first_error(found, now, up);
    });
    struct Rtc {
        io::testing::Device device{0x20};
        Rtc() {
            for (std::size_t at : {0x00u, 0x04u, 0x18u})
                device.reg("register", at);
        }
    };
    check_removal<Rtc>(3, [](Slot& slot, auto&) {
        using Word = std::uint32_t;
        const auto rtc = slot.view<goldfish::Rtc<Word>>();
        goldfish::set_time<Word>(rtc, 0x12'ffff'ffff);
        const auto now = goldfish::now<Word>(rtc);
        const auto set = goldfish::alarm_is_set<Word>(rtc);
        return first_error(now, set);
    });
}

TEST_CASE("bad input: fw_cfg pulled out at any access, and directories that cannot be",
          "[hardware][fw_cfg]") {
    LeakyDma dma;
    struct Fw : FwCfgDouble {
        explicit Fw(LeakyDma& memory) : FwCfgDouble{memory, {{"a", "1"}, {"b", "22"}}} {}
    };
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        Fw fw{dma};
        Slot slot{fw.device};
        slot.unplug_after(good);
        const auto view = slot.view<fw_cfg::FwCfg>();
        const auto identified = fw_cfg::identify(view);
        CHECK(identified.has_value() == !slot.is_empty());
        const auto found = identified.and_then([&] { return fw_cfg::find(view, "b"); });
        was_pulled = slot.is_empty();
        // a count of which only a part has come is one that cannot be
        const bool in_count = good == 12 || good == 13;
        CHECK(error_of(found) == (!was_pulled ? Error{}
                                  : in_count  ? Error::io_error
                                              : Error::no_device));
    }
    CHECK(good > 140);

    Fw fw{dma};
    Slot slot{fw.device};
    for (std::size_t n = 11; n < 15; ++n) { // of the count
        INFO("byte " << n);
        slot.lie_at(slot.accesses() + n, 0x80);
        const auto found = fw_cfg::identify(slot.view<fw_cfg::FwCfg>()).and_then([&] {
            return fw_cfg::find(slot.view<fw_cfg::FwCfg>(), "c");
        });
        CHECK(error_of(found) == (n < 13 ? Error::io_error : Error::no_device));
    }
}

TEST_CASE("bad input: lengths that registers of 32 bits cannot say", "[hardware]") {
    struct Said {
        std::uint64_t bytes;
        std::size_t size_bytes() const { return static_cast<std::size_t>(bytes); }
        io::DmaAddress dma_address() const { return 0x1000; }
    };
    LeakyDma dma;
    edu::SimulatedClock clock;
    FwCfgDouble fw{dma, {{"a", "1"}}};
    fw.works = false;
    const auto access = io::Coherent<fw_cfg::Access, LeakyDma>::zeroed(dma);
    REQUIRE(access);
    Slot slot{fw.device};
    const auto view = slot.view<fw_cfg::FwCfg>();
    for (const std::uint64_t bytes : {0x1'0000'0000u, 0xffff'ffff'ffff'ffffu}) {
        CHECK(fw_cfg::read(view, *access, 0x20, Said{bytes}, clock).error() == Error::overflow);
        CHECK(fw_cfg::write(view, *access, 0x20, Said{bytes}, clock).error() == Error::overflow);
    }
    CHECK(slot.accesses() == 0);
    CHECK(fw_cfg::read(view, *access, 0x20, Said{0xffff'ffff}, clock).error() == Error::timed_out);

    io::testing::Device terminal{0x24};
    Slot tty{terminal};
    const auto view_of_tty = tty.view<goldfish::Tty<std::uint32_t>>();
    CHECK(goldfish::put_all<std::uint32_t>(view_of_tty, Said{0x1'0000'0000}).error() ==
          Error::overflow);
    CHECK(tty.accesses() == 0);
}
