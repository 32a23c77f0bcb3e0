// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The drivers of virtio on doubles behind either transport: how the structures of PCI are found,
// what is done to them, access by access, and what comes of devices that are not as they should be.
#include <ioview/dma.hpp>
#include <ioview/testing/pci.hpp>
#include <ioview/testing/recorder.hpp>

#include "../../examples/drivers/virtio_blk_simulated.hpp"
#include "../../examples/drivers/virtio_rng_simulated.hpp"
#include "../hardware/checks/virtio_blk.hpp"
#include "../hardware/checks/virtio_rng.hpp"
#include "../hardware/slot.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace io = ioview;
using io::Error;
using io::testing::FakeDma;
using io::testing::fence_entry;
using io::testing::Log;
using io::testing::PciFunction;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;
using Bytes = io::Coherent<std::uint8_t[], hardware::LeakyDma>;

io::Result<virtio::Structures> structures_of(const PciFunction& function) {
    return virtio::find_structures(*io::ConfigSpace<PciFunction, io::pci::Normal>::of(function));
}
void add_structure(PciFunction& function, std::size_t at, unsigned type, unsigned bar) {
    function.capability(at, 0x09, 0x14)
        .put(at + 3, type, 1)
        .put(at + 4, bar, 1)
        .put(at + 8, 0x1000 * type, 4)
        .put(at + 12, 0x100, 4);
    if (type == 2)
        function.put(at + 16, 0x20, 4);
}

std::string said;
void put(char c) {
    said += c;
}

// Random bytes by PCI, of a device that can be pulled out.
struct RandomInSlot {
    hardware::LeakyDma dma;
    virtio_rng::Simulated device{dma, virtio::Behind::pci};
    hardware::Slot slot{device.device};
    Bytes memory = *Bytes::zeroed(dma, 32);
    std::uint16_t vector = virtio::pci::no_vector;

    auto start() {
        const auto bar = slot.view<io::Region<>>();
        const auto transport = *virtio::over_pci(*virtio::find_structures(device.config()),
                                                 virtio::Simulated::only_bar(bar));
        return virtio_rng::start(transport.with_vector(vector), dma, device.clock);
    }
    // Everything that it is for, the end included; the first error.
    Error use() {
        auto random = start();
        if (!random)
            return random.error();
        for (int i = 0; i < 2; ++i) {
            if (const auto filled = random->fill(memory); !filled)
                return filled.error();
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

} // namespace

TEST_CASE("virtio over PCI: where its structures are", "[examples][virtio]") {
    PciFunction function;
    function.identify(0x1af4, 0x1044, 0xff'0000);
    SECTION("each of them once, or the first one") {
        add_structure(function, 0x40, 5, 4); // another way to the same
        add_structure(function, 0x60, 1, 7); // a BAR that there is not
        add_structure(function, 0x80, 1, 4);
        add_structure(function, 0xa0, 3, 4);
        add_structure(function, 0xc0, 2, 2);
        function.capability(0x50, 0x05, 4); // something else
        add_structure(function, 0xe0, 1, 0);
        const auto found = structures_of(function);
        REQUIRE(found);
        CHECK(found->device == 4);
        CHECK(found->common.bar == 4);
        CHECK(found->common.offset == 0x1000);
        CHECK(found->notify.bar == 2);
        CHECK(found->notify.offset == 0x2000);
        CHECK(found->notify_multiplier == 0x20);
        CHECK(found->isr.offset == 0x3000);
        CHECK(found->device_config.bytes == 0);
    }
    SECTION("of one that knows the legacy layout, too") {
        function.put(0x02, 0x1005, 2).put(0x2e, 4, 2);
        CHECK(structures_of(function).error() == Error::unsupported);
        for (unsigned type = 1; type < 4; ++type)
            add_structure(function, 0x40 + 0x20 * type, type, 4);
        const auto found = structures_of(function);
        REQUIRE(found);
        CHECK(found->device == 4);
    }
    SECTION("one is missing") {
        const unsigned missing = GENERATE(1u, 2u, 3u);
        for (unsigned type = 1; type < 5; ++type) {
            if (type != missing)
                add_structure(function, 0x40 + 0x20 * type, type, 4);
        }
        CHECK(structures_of(function).error() == Error::unsupported);
    }
    SECTION("others' functions") {
        function.put(0x00, 0x1b36, 2);
        CHECK(structures_of(function).error() == Error::no_device);
        function.identify(0x1af4, 0x1110, 0xff'0000);
        CHECK(structures_of(function).error() == Error::no_device);
        function.unplug();
        CHECK(structures_of(function).error() == Error::no_device);
    }
    SECTION("a capability that runs over the end, or a list that does") {
        add_structure(function, 0xfc, 0, 0);
        CHECK(structures_of(function).error() == Error::out_of_bounds);
    }
    SECTION("configuration space that fails") {
        add_structure(function, 0x40, 1, 4);
        for (const std::size_t at : {0x00u, 0x04u, 0x40u}) {
            function.fail_at(at, Error::io_error);
            CHECK(structures_of(function).error() == Error::io_error);
        }
    }
}

TEST_CASE("virtio over PCI: structures that are not in their BARs", "[examples][virtio]") {
    FakeDma dma;
    virtio_rng::Simulated device{dma, virtio::Behind::pci};
    auto found = *virtio::find_structures(device.config());
    const auto error = [&] {
        const auto made = virtio::over_pci(found, device.bars());
        return made ? Error{} : made.error();
    };
    CHECK(error() == Error{});
    for (virtio::Structure* const at :
         {&found.common, &found.notify, &found.isr, &found.device_config}) {
        const virtio::Structure kept = *at;
        at->bar = 3;
        CHECK(error() == Error::no_device);
        *at = {kept.bar, 0x3ff, kept.bytes + 1};
        CHECK(error() == Error::out_of_bounds);
        *at = {kept.bar, 0xffff'fffc, 8};
        CHECK(error() == Error::out_of_bounds);
        *at = kept;
    }
    found.common.bytes = 0x37;
    CHECK(error() == Error::out_of_bounds);
    found.common = {4, 2, 0x38};
    CHECK(error() == Error::misaligned);
    found.common = {4, 0, 0x38};
    // where the device is told: the third of the doorbell's steps
    found.notify.bytes = 13;
    CHECK(virtio_rng::start(*virtio::over_pci(found, device.bars()), dma, device.clock).error() ==
          Error::out_of_bounds);
    found.notify.bytes = 0x100;
    found.notify_multiplier = 0xffff'ffff;
    CHECK(virtio_rng::start(*virtio::over_pci(found, device.bars()), dma, device.clock).error() ==
          Error::out_of_bounds);
    CHECK(dma.outstanding() == 0);
    // configuration that a disk has, and this has not
    found.device_config.bytes = 0;
    CHECK(virtio::over_pci(found, device.bars())->config<virtio_blk::Config>().error() ==
          Error::out_of_bounds);
}

TEST_CASE("virtio over PCI: how it is started, used and stopped, access by access",
          "[examples][virtio]") {
    FakeDma dma;
    virtio_rng::Simulated device{dma, virtio::Behind::pci};
    device.offered |= std::uint64_t{1} << 33;
    std::vector<std::string> failures;
    device.device.on_failure([&](const std::string& text) { failures.push_back(text); });
    io::testing::Recorder recorder{device.device.view<io::Region<>>()};
    const auto transport =
        virtio::over_pci(*virtio::find_structures(device.config()),
                         virtio::Simulated::only_bar(recorder.view<io::Region<>>()));
    REQUIRE(transport);
    CHECK(recorder.log().empty());
    {
        auto random = virtio_rng::start(*transport, dma, device.clock);
        REQUIRE(random);
        CHECK(device.agreed == (virtio::feature_version_1 | virtio::feature_event_index |
                                virtio::feature_access_platform));
        Log log = recorder.log();
        REQUIRE(log.size() == 29);
        for (std::size_t i = 19; i < 25; ++i)
            log[i].value = 0;              // where the memory is
        CHECK(log == Log{{wr, 0x14, 1, 0}, // status
                         {rd, 0x14, 1, 0},
                         {wr, 0x14, 1, 0x1},
                         {wr, 0x14, 1, 0x3},
                         {wr, 0x00, 4, 0}, // features
                         {rd, 0x04, 4, 0x3000'0244},
                         {wr, 0x00, 4, 1},
                         {rd, 0x04, 4, 0x3},
                         {wr, 0x08, 4, 0},
                         {wr, 0x0c, 4, 0x2000'0000},
                         {wr, 0x08, 4, 1},
                         {wr, 0x0c, 4, 0x3},
                         {wr, 0x14, 1, 0xb},
                         {rd, 0x14, 1, 0xb},
                         {wr, 0x16, 2, 0}, // the queue
                         {rd, 0x1c, 2, 0},
                         {rd, 0x18, 2, 1'024},
                         {wr, 0x18, 2, 2},
                         {rd, 0x1e, 2, 3},
                         {wr, 0x20, 4, 0},
                         {wr, 0x24, 4, 0},
                         {wr, 0x28, 4, 0},
                         {wr, 0x2c, 4, 0},
                         {wr, 0x30, 4, 0},
                         {wr, 0x34, 4, 0},
                         fence_entry(io::Fence::dma_wmb),
                         {wr, 0x1c, 2, 1},
                         {wr, 0x14, 1, 0xf},
                         {rd, 0x14, 1, 0xf}});
        recorder.clear();
        const auto memory = io::Coherent<std::uint8_t[], FakeDma>::zeroed(dma, 32);
        REQUIRE(memory);
        CHECK(random->fill(*memory) == std::size_t{32});
        CHECK(memory->at(0).read() == 1);
        CHECK(memory->at(31).read() == 32);
        // the doorbell, three steps of four bytes into its structure
        CHECK(recorder.log() == Log{fence_entry(io::Fence::dma_wmb), {wr, 0x30c, 2, 0}});
        recorder.clear();
    }
    CHECK(recorder.log() == Log{{wr, 0x14, 1, 0}, {rd, 0x14, 1, 0}});
    CHECK(failures.empty());
    CHECK(dma.outstanding() == 0);

    recorder.clear();
    static_cast<void>(transport->interrupts());
    CHECK(recorder.log() == Log{{rd, 0x100, 1, 0}});
}

TEST_CASE("virtio-rng: what it gives, behind either transport", "[examples][virtio]") {
    said.clear();
    hardware::Report report{put};
    FakeDma dma;
    virtio_rng::Simulated by_pci{dma, virtio::Behind::pci};
    const auto transport =
        virtio::over_pci(*virtio::find_structures(by_pci.config()), by_pci.bars());
    REQUIRE(transport);
    hardware::check_virtio_rng(report, *transport, dma, by_pci.clock);
    virtio_rng::Simulated by_mmio{dma, virtio::Behind::mmio};
    hardware::check_virtio_rng(report, virtio::OverMmio{by_mmio.view()}, dma, by_mmio.clock);
    CHECK(report.finish() == 0);
    CHECK(said.find("... ok") != std::string::npos);
    CHECK(dma.outstanding() == 0);
}

TEST_CASE("virtio-blk: the checks of the boards, over PCI", "[examples][virtio]") {
    said.clear();
    hardware::Report report{put};
    FakeDma dma;
    virtio_blk::Simulated disk{
        dma, 2 * hardware::half_bytes / virtio_blk::sector_bytes, virtio::Behind::pci};
    for (std::uint32_t i = 0; i < hardware::half_bytes / 4; ++i) {
        const io::le<std::uint32_t> word = hardware::pattern_at(hardware::first_seed, i);
        std::memcpy(disk.bytes.data() + 4 * i, &word, 4);
    }
    auto found = *virtio::find_structures(disk.config());
    const auto transport = *virtio::over_pci(found, disk.bars());
    found.device = 0;
    const auto empty = *virtio::over_pci(found, disk.bars());
    found.device = 4;
    const auto other = *virtio::over_pci(found, disk.bars());
    hardware::check_virtio_blk(report, transport, empty, other, dma, disk.clock);
    CHECK(report.finish() == 0);
    CHECK(said.find("... ok") != std::string::npos);
    CHECK(dma.outstanding() == 0);
}

TEST_CASE("virtio-rng: requests that fail", "[examples][virtio]") {
    RandomInSlot setup;
    auto random = setup.start();
    REQUIRE(random);
    CHECK(random->fill(setup.memory.subview(0, 0)).error() == Error::invalid_argument);
    struct Large {
        std::uint64_t size_bytes() const { return 0x1'0000'0000; }
        io::DmaAddress dma_address() const { return 0x1000; }
    };
    CHECK(random->fill(Large{}).error() == Error::overflow);
    setup.device.most = 5; // fewer than are wanted
    CHECK(random->fill(setup.memory) == std::size_t{5});
    setup.device.most = 0;
    CHECK(random->fill(setup.memory).error() == Error::io_error);
    setup.device.most = 64;
    SECTION("more than there is memory: the device may still be writing it") {
        setup.device.length_off_by = 1;
        CHECK(random->fill(setup.memory).error() == Error::io_error);
        CHECK(random->fill(setup.memory).error() == Error::busy);
    }
    SECTION("a device that is deaf") {
        setup.device.works = false;
        CHECK(random->fill(setup.memory).error() == Error::timed_out);
        CHECK(random->fill(setup.memory).error() == Error::busy);
    }
    SECTION("a device that breaks") {
        setup.device.breaks = true;
        CHECK(random->fill(setup.memory).error() == Error::io_error);
    }
    CHECK(random->stop());
    CHECK(random->fill(setup.memory).error() == Error::no_device);
    const auto moved = std::move(*random);
    CHECK(setup.dma.leaks() == 0);
}

TEST_CASE("virtio over PCI: an interrupt for each answer", "[examples][virtio]") {
    RandomInSlot setup;
    if (GENERATE(true, false))
        setup.device.offered &= ~virtio::feature_event_index;
    SECTION("none without a vector") {
        auto random = setup.start();
        REQUIRE(random);
        CHECK(random->fill(setup.memory));
        CHECK(setup.device.interrupts == 0);
    }
    SECTION("each of them") {
        setup.vector = 1;
        auto random = setup.start();
        REQUIRE(random);
        for (unsigned i = 1; i < 6; ++i) {
            CHECK(random->fill(setup.memory));
            CHECK(setup.device.interrupts == i);
        }
    }
    SECTION("a vector that the device has not got") {
        setup.vector = 2;
        CHECK(setup.start().error() == Error::unsupported);
    }
    CHECK(setup.slot.failures.empty());
}

TEST_CASE("virtio over PCI: devices that are not what is wanted", "[examples][virtio]") {
    RandomInSlot setup;
    const auto error = [&] {
        const auto started = setup.start();
        return started ? Error{} : started.error();
    };
    SECTION("another device") {
        setup.device.function.put(0x02, 0x1042, 2);
        CHECK(error() == Error::no_device);
        CHECK(setup.slot.accesses() == 0);
    }
    SECTION("not of version 1") {
        setup.device.offered = 0;
        CHECK(error() == Error::unsupported);
    }
    SECTION("no queue, or a small one") {
        setup.device.queue_max = 0;
        CHECK(error() == Error::no_device);
        setup.device.queue_max = 1;
        CHECK(error() == Error::unsupported);
    }
    SECTION("a reset that does not end") {
        setup.device.ends_its_reset = false;
        CHECK(error() == Error::timed_out);
        CHECK(setup.device.clock.time == virtio::give_up_after);
    }
    SECTION("no memory") {
        setup.dma.fail_request(1);
        CHECK(error() == Error::no_memory);
        CHECK(setup.slot.accesses() == 0);
    }
    CHECK(setup.dma.leaks() == 0);
    setup.check_memory();
}

TEST_CASE("virtio over PCI: pulled out at any access", "[examples][virtio]") {
    const auto vector = static_cast<std::uint16_t>(GENERATE(0xffff, 1));
    std::size_t good = 0;
    for (bool was_pulled = true; was_pulled; ++good) {
        INFO("after " << good << " accesses");
        RandomInSlot setup;
        setup.vector = vector;
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
    CHECK(good > 28);
}

TEST_CASE("virtio over PCI: one register that says anything", "[examples][virtio]") {
    const auto vector = static_cast<std::uint16_t>(GENERATE(0xffff, 1));
    RandomInSlot honest;
    honest.vector = vector;
    CHECK(honest.use() == Error{});
    for (std::size_t n = 0; n < honest.slot.accesses(); ++n) {
        for (const std::uint64_t lie : {0u, 1u, 0x40u, 0x8000u, 0xfffeu, 0xffff'fffeu}) {
            INFO("access " << n << " reads as " << lie);
            RandomInSlot setup;
            setup.vector = vector;
            setup.slot.lie_at(n, lie);
            static_cast<void>(setup.use());
            CHECK(setup.device.clock.time <= 2 * virtio::give_up_after);
            setup.check_memory();
        }
    }
}
