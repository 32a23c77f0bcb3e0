// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The drivers of the boards on doubles: with devices as they should be, by the very checks that the
// boards run, and with devices that are missing, old, small, or broken.
#include <ioview/ioview.hpp>
#include <ioview/testing/fake_dma.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/pci.hpp>
#include <ioview/testing/recorder.hpp>

#include "../../examples/drivers/e500_pci.hpp"
#include "../../examples/drivers/edu_simulated.hpp"
#include "../../examples/drivers/nvme_simulated.hpp"
#include "../../examples/drivers/pci_assign.hpp"
#include "../../examples/drivers/virtio_blk_simulated.hpp"
#include "../support/catch.hpp"
#include "checks/cmsdk.hpp"
#include "checks/edu.hpp"
#include "checks/fu740_uart.hpp"
#include "checks/fw_cfg.hpp"
#include "checks/goldfish.hpp"
#include "checks/ns16550.hpp"
#include "checks/nvme.hpp"
#include "checks/pl011.hpp"
#include "checks/pl031.hpp"
#include "checks/virtio_blk.hpp"
#include "doubles.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace io = ioview;
using namespace hardware;
using io::Error;
using io::testing::FakeDma;
using io::testing::Log;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;
constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};
using Clock = virtio_blk::Simulated::Clock;

std::string said;
void put(char c) {
    said += c;
}
// All checks passed, and none was left out.
std::string failures_of(const Report& report) {
    if (report.finish() != 0)
        return said;
    return said.find("... ok") == std::string::npos ? "no checks" : "";
}

struct Disks {
    FakeDma dma;
    virtio_blk::Simulated device{dma, 16};
    std::vector<std::string> failures;
    io::testing::Recorder<io::testing::DeviceBackend> recorder{device.view()};
    using View = decltype(recorder.view<virtio::Mmio>());
    using Disk = virtio_blk::Disk<virtio::OverMmio<View>, FakeDma, Clock>;
    Disks() {
        device.device.on_failure([this](const std::string& text) { failures.push_back(text); });
    }
    auto start() {
        return Disk::start(virtio::OverMmio{recorder.view<virtio::Mmio>()}, dma, device.clock);
    }
};

struct Drives {
    FakeDma dma;
    nvme::Simulated device;
    std::vector<std::string> failures;
    io::testing::Recorder<io::testing::DeviceBackend> recorder{device.view()};
    using View = decltype(recorder.view<nvme::Bar>());
    using Controller = nvme::Controller<View, FakeDma, nvme::Simulated::Clock>;
    explicit Drives(unsigned doorbell_stride = 0) : device{dma, doorbell_stride} {
        device.device.on_failure([this](const std::string& text) { failures.push_back(text); });
    }
    auto start() { return Controller::start(recorder.view<nvme::Bar>(), dma, device.clock); }
};

} // namespace

TEST_CASE("boards: their checks pass on doubles", "[hardware]") {
    said.clear();
    Report report{put};
    Clock clock;

    Pl011Double pl011_double;
    const auto pl011_view = pl011_double.device.view<Pl011>();
    const pl011::Driver pl011_driver{pl011_view, clock, timing};
    REQUIRE(pl011_driver.init({.clock_hz = 24'000'000}));
    check_pl011(report, pl011_view, pl011_driver);
    Pl031Double rtc;
    check_pl031(report, rtc.device.view<pl031::Pl031>(), pl011_double.device.view<pl031::Pl031>());
    Ns16550Double ns16550_double;
    const auto ns16550_view = ns16550_double.device.view<Ns16550>();
    const ns16550::Driver ns16550_driver{ns16550_view, clock, timing};
    REQUIRE(ns16550_driver.init(1'843'200, 115'200));
    check_ns16550(report, ns16550_view, ns16550_driver);
    check_ns16550_removal(report, ns16550_view, clock, timing);
    Fu740UartDouble fu740_double;
    const auto fu740_view = fu740_double.device.view<fu740::Uart>();
    const fu740::UartDriver fu740_driver{fu740_view, clock, timing};
    REQUIRE(fu740_driver.init({.clock_hz = 130'000'000}));
    check_fu740_uart(report, fu740_view, fu740_driver, 1'127);
    Fu740UartDouble other_double;
    other_double.waiting = {'g', 'o', '\n', 'x'};
    check_fu740_uart_line(report,
                          fu740::UartDriver{other_double.device.view<fu740::Uart>(), clock, timing},
                          {.clock_hz = 130'000'000},
                          clock);
    CHECK(other_double.waiting.size() == 1);
    check_fu740_uart_removal(report, fu740_view, clock, timing);
    CmsdkUartDouble uart;
    const auto uart_view = uart.device.view<cmsdk::Uart>();
    REQUIRE(cmsdk::init(uart_view, 25'000'000, 115'200));
    check_cmsdk_uart(report, uart_view);
    CmsdkTimerDouble timer;
    check_cmsdk_timer(
        report, timer.device.view<cmsdk::Timer>(), uart.device.view<cmsdk::Timer>(), clock);

    FakeDma narrow{edu::Simulated::dma_mask};
    edu::Simulated edu_double{narrow};
    check_edu(report, edu_double.bar(), narrow, edu_double.clock);
    FakeDma dma;
    FwCfgDouble fw{dma, {{"etc/other", "x"}, {"opt/org.ioview/greeting", "accessed by DMA"}}};
    check_fw_cfg(report, fw.device.view<fw_cfg::FwCfg>(), "opt/org.ioview/greeting", dma, clock);
    check_fw_cfg(report, fw.device.view<fw_cfg::FwCfg>(), nullptr, dma, clock);

    virtio_blk::Simulated disk{dma, 2 * half_bytes / virtio_blk::sector_bytes};
    const auto half = first_half();
    std::copy(half.begin(), half.end(), disk.bytes.begin());
    virtio_blk::Simulated other{dma, 0};
    other.id = 4;
    virtio_blk::Simulated empty{dma, 0};
    empty.id = 0;
    check_virtio_blk(report,
                     virtio::OverMmio{disk.view()},
                     virtio::OverMmio{empty.view()},
                     virtio::OverMmio{other.view()},
                     dma,
                     disk.clock);

    nvme::Simulated drive{dma};
    insert_disk(drive);
    check_nvme(report, drive.view(), dma, drive.clock);
    check_nvme_blocks(report, drive.view(), dma, drive.clock);
    check_nvme_removal(report, drive.view(), dma, drive.clock);
    CHECK(failures_of(report) == "");
    CHECK(dma.outstanding() == 0);
}

TEST_CASE("virtio-blk: how a disk is started, access by access", "[hardware][virtio]") {
    Disks setup;
    {
        const auto disk = setup.start();
        REQUIRE(disk);
        CHECK(disk->sectors() == 16);
        CHECK(setup.device.agreed == (virtio::feature_version_1 | virtio::feature_event_index));
        const Log& log = setup.recorder.log();
        REQUIRE(log.size() == 35);
        const auto published = io::testing::fence_entry(io::Fence::dma_wmb);
        const Log negotiated{{rd, 0x00, 4, virtio::magic},
                             {rd, 0x04, 4, 2},
                             {rd, 0x08, 4, 2},
                             {wr, 0x70, 4, 0},
                             {rd, 0x70, 4, 0},
                             {wr, 0x70, 4, 1},
                             {wr, 0x70, 4, 3},
                             {wr, 0x14, 4, 0},
                             {rd, 0x10, 4, 0x3000'0244},
                             {wr, 0x14, 4, 1},
                             {rd, 0x10, 4, 1},
                             {wr, 0x24, 4, 0},
                             {wr, 0x20, 4, 0x2000'0000},
                             {wr, 0x24, 4, 1},
                             {wr, 0x20, 4, 1},
                             {wr, 0x70, 4, 0xb},
                             {rd, 0x70, 4, 0xb}};
        CHECK(Log(log.begin(), log.begin() + 17) == negotiated);
        CHECK(Log(log.begin() + 27, log.begin() + 29) == Log{published, {wr, 0x44, 4, 1}});
        CHECK(Log(log.end() - 2, log.end()) == Log{{wr, 0x70, 4, 0xf}, {rd, 0x70, 4, 0xf}});
        setup.recorder.clear();
    }
    // the device lets go of the memory, and has
    CHECK(setup.recorder.log() == Log{{wr, 0x70, 4, 0}, {rd, 0x70, 4, 0}});
    CHECK(setup.failures.empty());
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("virtio-blk: sectors come and go, one notification each", "[hardware][virtio]") {
    Disks setup;
    if (GENERATE(true, false))
        setup.device.offered &= ~virtio::feature_event_index;
    auto disk = setup.start();
    REQUIRE(disk);
    const auto memory = io::Coherent<std::uint8_t[], FakeDma>::zeroed(setup.dma, 1'024);
    REQUIRE(memory);
    for (unsigned turn = 0; turn < 9; ++turn) { // around the ring of four, twice
        for (unsigned i = 0; i < 1'024; ++i)
            memory->at(i).write(static_cast<std::uint8_t>(i + turn));
        setup.recorder.clear();
        REQUIRE(disk->write(turn, *memory));
        CHECK(setup.recorder.log() ==
              Log{io::testing::fence_entry(io::Fence::dma_wmb), {wr, 0x50, 4, 0}});
        CHECK(setup.device.bytes[512 * turn + 700] == static_cast<std::uint8_t>(700 + turn));
        memory->at(700).write(std::uint8_t{0});
        REQUIRE(disk->read(turn, *memory));
        CHECK(memory->at(700).read() == static_cast<std::uint8_t>(700 + turn));
    }
    CHECK(setup.device.notified == 18);
    CHECK(setup.failures.empty());
}

TEST_CASE("virtio-blk: a device that is looking anyway is not notified", "[hardware][virtio]") {
    Disks setup;
    setup.device.looks_anyway = true;
    if (GENERATE(true, false))
        setup.device.offered &= ~virtio::feature_event_index;
    auto disk = setup.start();
    REQUIRE(disk);
    const auto memory = io::Coherent<std::uint8_t[], FakeDma>::zeroed(setup.dma, 512);
    REQUIRE(memory);
    setup.device.bytes[512] = 7;
    setup.recorder.clear();
    REQUIRE(disk->read(1, *memory));
    CHECK(memory->at(0).read() == 7);
    CHECK(setup.recorder.log() == Log{{rd, 0x70, 4, 0xf}}); // while it was waited for
    setup.device.stop_looking();
    REQUIRE(disk->read(0, *memory));
    CHECK(setup.device.notified == 1);
    CHECK(setup.failures.empty());
}

TEST_CASE("virtio: an index passes the event that is asked for", "[hardware][virtio]") {
    STATIC_REQUIRE(virtio::passes(0, 0, 1));
    STATIC_REQUIRE(!virtio::passes(1, 0, 1));
    STATIC_REQUIRE(virtio::passes(2, 0, 3));
    STATIC_REQUIRE(!virtio::passes(0xffff, 0, 1));
    STATIC_REQUIRE(virtio::passes(0xffff, 0xffff, 0)); // around
    STATIC_REQUIRE(virtio::passes(0, 0xffff, 2));
    STATIC_REQUIRE(!virtio::passes(5, 0xffff, 2));
}

// Before the device is asked whether it wants to be told, it can see what there is to tell.
TEST_CASE("virtio: index, full barrier, event", "[hardware][virtio]") {
    using Queue = virtio::Queue<4>;
    io::testing::Memory<sizeof(Queue)> memory;
    io::testing::Recorder recorder{memory.view<Queue>()};
    const auto queue = recorder.view<Queue>();
    using io::testing::fence_entry;
    const auto at_event = IO_PROJECT(queue, used.available_event).address() - queue.address();
    const auto at_flags = IO_PROJECT(queue, used.flags).address() - queue.address();
    const auto at_index = IO_PROJECT(queue, available.index).address() - queue.address();
    for (const bool has_event_index : {true, false}) {
        IO_WRITE(queue, used.available_event, std::uint16_t{6});
        IO_WRITE(queue, used.flags, virtio::no_notification);
        recorder.clear();
        CHECK(virtio::make_available(queue, 6, 7, has_event_index) == has_event_index);
        const std::uint64_t seen = has_event_index ? 6 : 1;
        CHECK(recorder.log() == Log{fence_entry(io::Fence::dma_wmb),
                                    {wr, at_index, 2, 7},
                                    fence_entry(io::Fence::dma_mb),
                                    {rd, has_event_index ? at_event : at_flags, 2, seen},
                                    fence_entry(io::Fence::dma_rmb)});
    }
}

TEST_CASE("virtio-blk: devices that are not what is wanted", "[hardware][virtio]") {
    Disks setup;
    auto& device = setup.device;
    const auto error = [&] {
        const auto started = setup.start();
        return started ? Error{} : started.error();
    };
    SECTION("nothing there") {
        device.magic = 0xffff'ffff;
        CHECK(error() == Error::no_device);
        CHECK(setup.recorder.log().size() == 1);
    }
    SECTION("the legacy layout") {
        device.version = 1;
        CHECK(error() == Error::unsupported);
        CHECK(setup.recorder.log().size() == 2);
    }
    SECTION("no disk attached") {
        device.id = 0;
        CHECK(error() == Error::no_device);
        CHECK(setup.recorder.log().size() == 3); // nothing was written
    }
    SECTION("a reset that does not end") {
        device.ends_its_reset = false;
        CHECK(error() == Error::timed_out);
        CHECK(device.clock.time == virtio::give_up_after);
    }
    SECTION("not of version 1") {
        device.offered = 0x244;
        CHECK(error() == Error::unsupported);
    }
    SECTION("features refused") {
        device.takes_features = false;
        CHECK(error() == Error::unsupported);
    }
    SECTION("no queue") {
        device.queue_max = 0;
        CHECK(error() == Error::no_device);
    }
    SECTION("a queue too small") {
        device.queue_max = 2;
        CHECK(error() == Error::unsupported);
    }
    SECTION("a capacity that never stands still") {
        device.capacity_moves = true;
        CHECK(error() == Error::io_error);
    }
    SECTION("no memory for the queue, or for the request") {
        for (std::size_t n = 1; n <= 2; ++n) {
            setup.dma.fail_request(n);
            CHECK(error() == Error::no_memory);
        }
        CHECK(setup.recorder.log().empty());
    }
    CHECK(setup.failures.empty());
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("virtio-blk: requests that fail", "[hardware][virtio]") {
    Disks setup;
    setup.device.sectors_said = 32; // of which 16 are there
    auto disk = setup.start();
    REQUIRE(disk);
    const auto memory = io::Coherent<std::uint8_t[], FakeDma>::zeroed(setup.dma, 1'024);
    REQUIRE(memory);
    setup.recorder.clear();
    CHECK(disk->read(31, *memory).error() == Error::out_of_bounds);
    CHECK(disk->read(~std::uint64_t{0}, *memory).error() == Error::out_of_bounds);
    CHECK(disk->write(0, memory->subview(0, 511)).error() == Error::invalid_argument);
    CHECK(disk->write(0, memory->subview(0, 0)).error() == Error::invalid_argument);
    CHECK(setup.recorder.log().empty());
    // the disk ends early
    CHECK(disk->read(15, *memory).error() == Error::io_error);
    CHECK(disk->write(16, *memory).error() == Error::io_error);
    CHECK(disk->read(14, *memory));
    // the device is deaf: the memory stays its own
    setup.device.works = false;
    CHECK(disk->read(0, *memory).error() == Error::timed_out);
    CHECK(disk->read(0, *memory).error() == Error::busy);
    CHECK(setup.failures.empty());
}

TEST_CASE("nvme: how a controller is started, asked and stopped, access by access",
          "[hardware][nvme]") {
    Drives setup{2};
    setup.device.serial = "S 123";
    setup.device.name_spaces = 3;
    {
        auto drive = setup.start();
        REQUIRE(drive);
        const Log started = setup.recorder.log();
        REQUIRE(started.size() == 13);
        const std::uint64_t memory = started[6].value;
        CHECK(memory % 4'096 == 0);
        CHECK(started == Log{{rd, 0x00, 4, 0x0a01'07ff},
                             {rd, 0x04, 4, 0x22},
                             {rd, 0x08, 4, 0x0001'0400},
                             {rd, 0x14, 4, 0},
                             {rd, 0x1c, 4, 0},
                             {wr, 0x24, 4, 0x0003'0003},
                             {wr, 0x28, 4, memory},
                             {wr, 0x2c, 4, started[7].value},
                             {wr, 0x30, 4, memory + 0x1000},
                             {wr, 0x34, 4, started[7].value},
                             {io::testing::Op::fence, 0, 0, started[10].value},
                             {wr, 0x14, 4, 0x0046'0001},
                             {rd, 0x1c, 4, 1}});
        setup.recorder.clear();

        const auto identity = drive->identify();
        REQUIRE(identity);
        CHECK(identity->vendor == 0x1b36);
        CHECK(identity->serial == std::string{"S 123"});
        CHECK(identity->model == setup.device.model);
        CHECK(identity->name_spaces == 3);
        Log rung;
        for (const auto& access : setup.recorder.log()) {
            if (access.op != io::testing::Op::fence)
                rung.push_back(access);
        }
        CHECK(rung == Log{{wr, 0x1000, 4, 1}, {wr, 0x1010, 4, 1}}); // 4 << 2 apart
        const auto first = drive->name_space(1);
        REQUIRE(first);
        CHECK(first->blocks == 0x1'0000'0002);
        CHECK(first->block_bytes == 4'096);
        setup.device.serial = std::string(20, 'x'); // without a space at its end
        for (unsigned i = 0; i < 9; ++i)
            CHECK(drive->identify()->serial == setup.device.serial);
        setup.recorder.clear();
    }
    CHECK(setup.recorder.log() == Log{{rd, 0x14, 4, 0x0046'0001},
                                      {rd, 0x1c, 4, 1},
                                      {wr, 0x14, 4, 0x0046'0000},
                                      {rd, 0x1c, 4, 0}});
    CHECK(setup.failures.empty());
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("nvme: controllers that are not what is wanted", "[hardware][nvme]") {
    Drives setup;
    auto& device = setup.device;
    const auto error = [&] {
        const auto started = setup.start();
        return started ? Error{} : started.error();
    };
    SECTION("nothing there, and nothing is written to it") {
        device.capabilities = ~std::uint64_t{0};
        CHECK(error() == Error::no_device);
        device.capabilities = 0x20'0a01'07ff;
        device.version = 0xffff'ffff;
        CHECK(error() == Error::no_device);
        CHECK(setup.recorder.log().size() == 6);
    }
    SECTION("other versions") {
        for (const std::uint32_t version : {0x0000'ffffu, 0x0003'0000u}) {
            device.version = version;
            CHECK(error() == Error::unsupported);
        }
        device.version = 0x0002'0000;
        CHECK(error() == Error{});
    }
    SECTION("another command set, larger pages") {
        for (const std::uint64_t other : {0x00'0a01'07ffull, 0x1'0020'0a01'07ffull}) {
            device.capabilities = other;
            CHECK(error() == Error::unsupported);
        }
        device.capabilities = 0x20'0a01'0001; // I/O queues of 2 entries say nothing of admin queues
        CHECK(error() == Error{});
    }
    SECTION("no memory") {
        setup.dma.fail_request(1);
        CHECK(error() == Error::no_memory);
        CHECK(setup.recorder.log().size() == 3);
    }
    CHECK(setup.failures.empty());
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("nvme: doorbells outside what is mapped", "[hardware][nvme]") {
    FakeDma dma;
    nvme::Simulated device{dma, 10, 0x2000}; // 4 KiB apart
    using Controller = nvme::Controller<decltype(device.view()), FakeDma, Clock>;
    Clock clock;
    CHECK(Controller::start(device.view(), dma, clock).error() == Error::out_of_bounds);
    nvme::Simulated larger{dma, 10, 0x2004};
    CHECK(Controller::start(larger.view(), dma, clock));
}

TEST_CASE("nvme: commands that fail", "[hardware][nvme]") {
    Drives setup;
    auto& device = setup.device;
    device.name_spaces = 2;
    {
        auto drive = setup.start();
        REQUIRE(drive);
        CHECK(drive->name_space(3).error() == Error::no_device); // by its status
        CHECK(drive->name_space(2).error() == Error::no_device); // by its zeros
        device.block_shift = 8;
        CHECK(drive->name_space(1).error() == Error::unsupported);
        device.block_shift = 17;
        CHECK(drive->name_space(1).error() == Error::unsupported);
        device.says = 0x006; // internal error
        CHECK(drive->identify().error() == Error::io_error);
        device.says = 0x10b; // a code of another type
        CHECK(drive->name_space(1).error() == Error::io_error);
        device.says = 0;
        CHECK(drive->identify());
        // it is deaf: the memory stays its own until it is stopped
        device.works = false;
        CHECK(drive->identify().error() == Error::timed_out);
        CHECK(drive->identify().error() == Error::busy);
        CHECK(drive->name_space(1).error() == Error::busy);
    }
    CHECK(setup.failures.empty());
    CHECK(setup.dma.outstanding() == 0);
}

TEST_CASE("fw_cfg: another device, no DMA, no answer", "[hardware][fw_cfg]") {
    FakeDma dma;
    Clock clock;
    FwCfgDouble fw{dma, {{"etc/abc", "12"}}};
    const auto view = fw.device.view<fw_cfg::FwCfg>();
    CHECK(fw_cfg::identify(view));
    CHECK(fw_cfg::find(view, "etc/abc")->bytes == 2);
    CHECK(fw_cfg::find(view, "etc/ab").error() == Error::no_device);
    CHECK(fw_cfg::find(view, "etc/abcd").error() == Error::no_device);
    fw.features = 1;
    CHECK(fw_cfg::identify(view).error() == Error::unsupported);
    fw.signature = "QEMV";
    CHECK(fw_cfg::identify(view).error() == Error::no_device);

    const auto access = io::Coherent<fw_cfg::Access, FakeDma>::zeroed(dma);
    const auto buffer = io::Coherent<std::uint8_t[], FakeDma>::zeroed(dma, 2);
    REQUIRE((access && buffer));
    CHECK(fw_cfg::read(view, *access, 0x20, *buffer, clock));
    CHECK(buffer->at(1).read() == '2');
    CHECK(fw_cfg::write(view, *access, 0x20, *buffer, clock).error() == Error::io_error);
    fw.works = false;
    CHECK(fw_cfg::read(view, *access, 0x20, *buffer, clock).error() == Error::timed_out);
}

TEST_CASE("pci_assign: windows, and what does not fit them", "[hardware][pci]") {
    io::testing::PciFunction function{256};
    function.identify(0x1234, 0x11e8, 0x00ff'0000)
        .memory_bar(0, 0, 0x10'0000)
        .memory64_bar(2, 0, 0x4000);
    const auto cfg = io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(function);
    REQUIRE(cfg);
    using pci_assign::Window;

    SECTION("placed by size") {
        Window window{0x1000'4000, 0x1000'0000};
        const auto bars = pci_assign::assign(*cfg, window);
        REQUIRE(bars);
        CHECK(bars->bar[0].address == 0x1010'0000);
        CHECK(bars->bar[2].address == 0x1020'0000);
        CHECK(window.next == 0x1020'4000);
        CHECK(cfg->read32(0x10) == 0x1010'0000);
        CHECK(cfg->read16(0x04) == 6);
    }
    SECTION("too small, by its size or by its alignment") {
        for (const std::uint64_t bytes : {0xf'ffffu, 0x10'0000u, 0x1f'bfffu}) {
            Window window{0x1000'4000, bytes};
            CHECK(pci_assign::assign(*cfg, window).error() == Error::no_memory);
            CHECK(cfg->read16(0x04) == 0);
        }
    }
    SECTION("past 4 GiB, where only one of them can be") {
        Window window{0x1'0000'0000, 0x1000'0000};
        CHECK(pci_assign::assign(*cfg, window).error() == Error::no_memory);
        CHECK(cfg->read16(0x04) == 0);
    }
    SECTION("an address that is there is kept") {
        function.put(0x10, 0xfea0'0000, 4);
        Window window{0x1000'0000, 0x4000};
        const auto bars = pci_assign::assign(*cfg, window);
        REQUIRE(bars);
        CHECK(bars->bar[0].address == 0xfea0'0000);
        CHECK(bars->bar[2].address == 0x1000'0000);
    }
    SECTION("firmware left it decoding: no address moves meanwhile") {
        function.put(0x10, 0xfea0'0000, 4).put(0x04, 2, 2);
        Window window{0x1'4000'0000, 0x10'0000};
        REQUIRE(pci_assign::assign(*cfg, window));
        CHECK(function.moved_while_decoding() == 0);
        CHECK(cfg->read32(0x10) == 0xfea0'0000);
        CHECK(cfg->read32(0x18) == 0x4000'0004);
        CHECK(cfg->read32(0x1c) == 0x1);
        CHECK(cfg->read16(0x04) == 6);
    }
    SECTION("an address that is not taken") {
        function.put(0x04, 1, 2).writable(0x1c, 0); // no upper half
        Window window{0x1'0000'0000 - 0x10'0000, 0x1000'0000};
        CHECK(pci_assign::assign(*cfg, window).error() == Error::no_memory);
        CHECK(cfg->read16(0x04) == 1);
        CHECK(cfg->read32(0x10) == 0);
        CHECK(cfg->read32(0x18) == 4);
        CHECK(window.next == 0x1'0000'0000 - 0x10'0000);
    }
    SECTION("below 1 MiB") {
        function.put(0x10, 0x0000'0002, 4);
        Window window{0xf'0000, 0x1000'0000};
        CHECK(pci_assign::assign(*cfg, window).error() == Error::no_memory);
    }
    SECTION("address 0 says that there is none") {
        Window window{0, 0x1000'0000};
        const auto bars = pci_assign::assign(*cfg, window);
        REQUIRE(bars);
        CHECK(bars->bar[0].address == 0x10'0000);
        CHECK(bars->bar[2].address == 0x20'0000);
    }
    SECTION("pulled out") {
        function.unplug();
        Window window{0x1000'0000, 0x1000'0000};
        CHECK(pci_assign::assign(*cfg, window).error() == Error::no_device);
    }
    SECTION("pulled out, or failing, at any access") {
        for (const bool fails : {false, true}) {
            for (unsigned good = 0;; ++good) {
                io::testing::PciFunction other;
                other.memory_bar(0, 0, 0x10'0000).memory64_bar(2, 0, 0x4000).put(0x04, 2, 2);
                if (fails)
                    other.fail_after(good, Error::timed_out);
                else
                    other.unplug_after(good);
                using Function = io::testing::PciFunction;
                const auto space = io::ConfigSpace<Function, io::pci::Normal>::of(other);
                Window window{0x1000'0000, 0x1000'0000};
                const auto bars = pci_assign::assign(*space, window);
                CHECK(other.moved_while_decoding() == 0);
                if (bars) {
                    CHECK(good > 40);
                    break;
                }
                CHECK(bars.error() == (fails ? Error::timed_out : Error::no_device));
                CHECK(window.next == 0x1000'0000);
            }
        }
    }
}

TEST_CASE("e500_pci: a function is chosen in big-endian, and accessed in little-endian",
          "[hardware][pci]") {
    io::testing::Memory<0x1000> memory;
    io::testing::Recorder recorder{memory.view<e500_pci::Registers>()};
    const e500_pci::Bridge bridge{recorder.view<e500_pci::Registers>()};
    const auto function = bridge.function({.bus = 2, .device = 3, .function = 1});
    REQUIRE(function);
    CHECK(function->write<std::uint16_t>(0x46, 0x1234));
    CHECK(memory[0] == 0x80);
    CHECK(memory[1] == 0x02);
    CHECK(memory[2] == 0x19);
    CHECK(memory[3] == 0x44);
    CHECK(memory[6] == 0x34);
    CHECK(function->read<std::uint8_t>(0x47) == 0x12);
    CHECK(recorder.log().size() == 4);
    CHECK(function->read<std::uint16_t>(0x45).error() == Error::misaligned);
    CHECK(function->write<std::uint8_t>(0x100, 0).error() == Error::out_of_bounds);
    CHECK(bridge.function({.device = 32}).error() == Error::invalid_argument);
    CHECK(bridge.function({.segment = 1}).error() == Error::out_of_bounds);
    CHECK(recorder.log().size() == 4);

    CHECK(bridge.open(0xc000'0000, 0, 0x1000).error() == Error::invalid_argument);
    CHECK(bridge.open(0xc000'0000, 0x1000, 0x3000).error() == Error::invalid_argument);
    CHECK(bridge.open(0xc000'0000, 0x800, 0x1000).error() == Error::invalid_argument);
    CHECK(bridge.open(0xc000'1000, 0x2000, 0x1000).error() == Error::invalid_argument);
    CHECK(recorder.log().size() == 4);
    CHECK(bridge.open(0xc000'0000, 0x1000'0000, 0x2000'0000));
    const auto word_at = [&](std::size_t at) {
        return std::uint32_t{memory[at]} << 24 | std::uint32_t{memory[at + 1]} << 16 |
               std::uint32_t{memory[at + 2]} << 8 | memory[at + 3];
    };
    CHECK(word_at(0xc20) == 0xc'0000);
    CHECK(word_at(0xc28) == 0xc'0000);
    CHECK(word_at(0xc30) == 0x8004'401b); // 2 << 27
    CHECK(word_at(0xde0) == 0);
    CHECK(word_at(0xde8) == 0);
    CHECK(word_at(0xdf0) == 0x80f5'501c);
}

TEST_CASE("small devices: another one, and one that never gets ready", "[hardware]") {
    Clock clock;
    io::testing::Memory<0x1000> other;
    for (std::size_t i = 0; i < 0x1000; ++i)
        other[i] = 0xff;
    CHECK(pl031::identify(other.view<pl031::Pl031>()).error() == Error::no_device);
    CHECK(cmsdk::identify_timer(other.view<cmsdk::Timer>()).error() == Error::no_device);
    const auto uart = other.view<cmsdk::Uart>();
    CHECK(cmsdk::init(uart, 25'000'000, 115'200).error() == Error::no_device);
    CHECK(cmsdk::put(uart, 'A', clock).error() == Error::no_device);
    CHECK(clock.time == 0);
    using Word = io::be<std::uint32_t>;
    CHECK(goldfish::identify<Word>(other.view<goldfish::Tty<Word>>()).error() == Error::no_device);
    CHECK(goldfish::now<Word>(other.view<goldfish::Rtc<Word>>()).error() == Error::no_device);
    for (std::size_t i = 0; i < 0x1000; ++i)
        other[i] = 0;
    CHECK(cmsdk::wait(other.view<cmsdk::Timer>(), clock).error() == Error::timed_out);
    CHECK(cmsdk::get(uart).error() == Error::busy);
    other[4] = 1; // full for ever
    clock.time = 0;
    CHECK(cmsdk::put(uart, 'A', clock).error() == Error::timed_out);
    CHECK(clock.time == cmsdk::give_up_after);
}

TEST_CASE("cmsdk: interrupts are cleared by the ones that are written, and only those",
          "[hardware]") {
    io::testing::Memory<0x1000> memory;
    io::testing::Recorder recorder{memory.view<cmsdk::Timer>()};
    cmsdk::start(recorder.view<cmsdk::Timer>(), 100);
    cmsdk::acknowledge(recorder.view<cmsdk::Timer>());
    CHECK(recorder.log() == Log{{wr, 0x0, 4, 0},
                                {wr, 0xc, 4, 1},
                                {wr, 0x8, 4, 100},
                                {wr, 0x4, 4, 100},
                                {wr, 0x0, 4, 9},
                                {wr, 0xc, 4, 1}});
}

TEST_CASE("goldfish: a buffer is published to the terminal", "[hardware]") {
    FakeDma dma;
    const auto text = io::Coherent<std::uint8_t[], FakeDma>::zeroed(dma, 3);
    REQUIRE(text);
    io::testing::Memory<0x24> memory;
    io::testing::Recorder recorder{memory.view<goldfish::Tty<std::uint32_t>>()};
    CHECK(goldfish::put_all<std::uint32_t>(recorder.view<goldfish::Tty<std::uint32_t>>(), *text));
    const auto address = text->dma_address();
    CHECK(recorder.log() ==
          Log{{wr, 0x10, 4, address & 0xffff'ffff},
              {wr, 0x18, 4, address >> 32},
              {wr, 0x14, 4, 3},
              {io::testing::Op::fence, 0, 0, static_cast<std::uint64_t>(io::Fence::dma_wmb)},
              {wr, 0x08, 4, 2}});
}

// A relaxed view will do where a driver hands memory over: what it does is the same, barriers and
// all.
TEST_CASE("goldfish: a buffer is published by a relaxed view", "[hardware]") {
    using Tty = goldfish::Tty<std::uint32_t>;
    FakeDma dma;
    const auto text = io::Coherent<std::uint8_t[], FakeDma>::zeroed(dma, 3);
    REQUIRE(text);
    alignas(4) std::byte bytes[0x24]{};
    const auto raw =
        io::MmioRaw<Tty>::region(reinterpret_cast<std::uintptr_t>(bytes), sizeof bytes);
    REQUIRE(raw);
    const auto ordered = io::Mmio<Tty>::from_raw(*raw);
    const auto log_of = [&](auto view) {
        io::testing::Recorder recorder{view};
        CHECK(goldfish::put_all<std::uint32_t>(recorder.template view<Tty>(), *text));
        return recorder.log();
    };
    CHECK(log_of(ordered.relaxed()) == log_of(ordered));
    CHECK(log_of(ordered.relaxed()).size() == 5);
}

TEST_CASE("goldfish: the order of halves, in big-endian registers", "[hardware]") {
    using Word = io::be<std::uint32_t>;
    io::testing::Memory<0x24, std::endian::big> memory;
    io::testing::Recorder recorder{memory.view<goldfish::Rtc<Word>>()};
    const auto rtc = recorder.view<goldfish::Rtc<Word>>();
    goldfish::set_time<Word>(rtc, 0x1122'3344'5566'7788);
    CHECK(goldfish::now<Word>(rtc) == std::uint64_t{0x1122'3344'5566'7788});
    CHECK(recorder.log() == Log{{wr, 0x4, 4, 0x1122'3344},
                                {wr, 0x0, 4, 0x5566'7788},
                                {rd, 0x0, 4, 0x5566'7788},
                                {rd, 0x4, 4, 0x1122'3344}});
    CHECK(memory[0] == 0x55); // most significant byte first
}
