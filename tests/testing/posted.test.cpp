// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// testing::Posted: what a write that is under way does and does not do, and what pushes it.
#include <ioview/flush.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/pci.hpp>
#include <ioview/testing/posted.hpp>
#include <ioview/testing/recorder.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace io = ioview;
namespace testing = io::testing;
using testing::Posted;
using testing::Recorder;

namespace {

using U32 = std::uint32_t;
using Bar = io::Region<64, 8>;
using Ram = testing::MemoryBackend<std::endian::little>;

// What a driver writes is posted; the log is what arrived.
struct Bench {
    testing::Memory<64> memory;
    Recorder<Ram> arrived{memory.view<Bar>()};
    Posted<testing::RecorderBackend<Ram>> posted{arrived.view<Bar>()};
    auto bar() { return posted.view<Bar>(); }
    const Log& log() { return arrived.log(); }
};

} // namespace

TEST_CASE("posted writes arrive in order, each once and as wide as it was made", "[posted]") {
    Bench bench;
    const auto bar = bench.bar();
    bar.write32(0, 1);
    bar.write8(5, 2);
    bar.write64(8, 3);
    bar.write16(6, 4);
    bar.write32(0, 5);
    CHECK(bench.log().empty());
    CHECK(bench.posted.waiting() == 5);
    // a read of any other place
    CHECK(bar.read16(6) == 4);
    const Log all{
        {wr, 0, 4, 1}, {wr, 5, 1, 2}, {wr, 8, 8, 3}, {wr, 6, 2, 4}, {wr, 0, 4, 5}, {rd, 6, 2, 4}};
    CHECK(bench.log() == all);
    CHECK(bench.posted.waiting() == 0);
    CHECK(bar.try_read8(0) == 5);
    CHECK(bench.log().size() == 7); // none twice
}

TEST_CASE("what pushes posted writes, and what does not", "[posted]") {
    Bench bench;
    const auto bar = bench.bar();
    const auto is_pushed_by = [&](auto access) {
        bench.posted.drain();
        bar.write32(0x10, 7);
        access();
        return bench.posted.waiting() == 0;
    };
    std::array<std::byte, 8> bytes{};
    CHECK(is_pushed_by([&] { static_cast<void>(bar.read8(0)); }));
    CHECK(is_pushed_by([&] { static_cast<void>(bar.try_read64(0)); }));
    CHECK(is_pushed_by([&] { bar.template subview<std::byte[8]>(0).copy_to(bytes); }));
    CHECK(is_pushed_by([&] { io::flush(bar.template subview<U32>(0)); }));
    CHECK(is_pushed_by([&] { static_cast<void>(io::try_flush(bar.template subview<U32>(0))); }));
    CHECK(is_pushed_by([&] { bench.posted.drain(); }));
    CHECK_FALSE(is_pushed_by([&] { bar.write32(0, 1); }));
    CHECK_FALSE(is_pushed_by([&] { CHECK(bar.try_write32(0, 1)); }));
    CHECK_FALSE(is_pushed_by([&] { bar.template subview<std::byte[8]>(0).copy_from(bytes); }));
    CHECK_FALSE(is_pushed_by([&] { io::mb(bar); }));
    // an update reads, and what it writes is under way
    bench.posted.drain();
    bar.write32(0x10, 7);
    bar.template update<U32>(0, [](U32 word) { return word + 1; });
    CHECK(bench.posted.waiting() == 1);
}

TEST_CASE("later writes push the oldest", "[posted]") {
    Bench bench;
    const auto bar = bench.bar();
    bench.posted.arrive_after(2);
    for (std::uint8_t i = 0; i < 5; ++i)
        CHECK(bar.try_write8(i, i));
    CHECK(bench.log() == Log{{wr, 0, 1, 0}, {wr, 1, 1, 1}, {wr, 2, 1, 2}});
    bench.posted.arrive_after(1);
    CHECK(bench.posted.waiting() == 1);
    bench.posted.arrive_after(0);
    bar.write8(0, 9);
    CHECK(bench.log().size() == 6);

    Bench other; // as many as there is room for
    for (std::size_t i = 0; i < testing::PostedWrites::most_waiting; ++i)
        CHECK(other.bar().try_write8(i % 8, 0));
    CHECK(other.log().empty());
    other.bar().write8(7, 1);
    CHECK(other.log() == Log{{wr, 0, 1, 0}});
    CHECK(other.posted.waiting() == testing::PostedWrites::most_waiting);
}

TEST_CASE("a barrier stands among the writes as the driver made it", "[posted]") {
    Bench bench;
    const auto bar = bench.bar();
    io::wmb(bar); // nothing before it
    CHECK(bench.log() == Log{testing::fence_entry(io::Fence::wmb)});
    bench.arrived.clear();
    bar.write32(0, 1);
    io::wmb(bar);
    bar.write32(4, 2);
    io::mb(bar);
    CHECK(bench.log().empty());
    CHECK(bench.posted.waiting() == 2);
    bench.posted.arrive_after(1);
    CHECK(bench.log() == Log{{wr, 0, 4, 1}, testing::fence_entry(io::Fence::wmb)});
    bench.posted.drain();
    CHECK(bench.log() == Log{{wr, 0, 4, 1},
                             testing::fence_entry(io::Fence::wmb),
                             {wr, 4, 4, 2},
                             testing::fence_entry(io::Fence::mb)});
}

TEST_CASE("a posted write reports nothing; a read does", "[posted]") {
    testing::Memory<64> memory;
    testing::Faulty faulty{memory.view<Bar>()};
    Posted posted{faulty.view<Bar>()};
    const auto bar = posted.view<Bar>();
    memory[3] = 0x55;
    faulty.fail_access(1);
    CHECK(bar.try_write8(3, 1));
    CHECK(faulty.accesses() == 0);
    CHECK(bar.try_read8(3) == 0x55); // the write was lost
    CHECK(faulty.accesses() == 2);
    faulty.fail_access(1, io::Error::timed_out);
    CHECK(bar.try_read8(3).error() == io::Error::timed_out);
}

TEST_CASE("writes to ports and configuration space are answered", "[posted]") {
    using Config = io::ConfigSpaceBackend<testing::PciFunction>;
    STATIC_REQUIRE_FALSE(testing::posts_writes<io::PortIoBackend>);
    STATIC_REQUIRE_FALSE(testing::posts_writes<Config>);
    STATIC_REQUIRE_FALSE(
        testing::posts_writes<testing::RecorderBackend<testing::FaultyBackend<Config>>>);
    STATIC_REQUIRE(testing::posts_writes<io::MmioBackend>);
    STATIC_REQUIRE(testing::posts_writes<testing::RecorderBackend<Ram>>);

    // two BARs and the configuration space of one device
    Log log;
    testing::Memory<64> first, second;
    testing::PciFunction function;
    function.writable(0x40, 0xffff'ffff);
    Recorder registers{first.view<Bar>(), log, "registers"};
    Recorder doorbells{second.view<Bar>(), log, "doorbells"};
    const auto space = io::ConfigSpace<testing::PciFunction, io::Region<256>>::of(function).value();
    Recorder config{space, log, "config"};
    Posted posted{registers.view<Bar>()};
    Posted joined{doorbells.view<Bar>(), posted};
    Posted answered{config.view<io::Region<256>>(), posted};

    joined.view<Bar>().write32(0, 1);
    posted.view<Bar>().write32(0, 2);
    joined.view<Bar>().write32(4, 3);
    CHECK(log.empty());
    CHECK(joined.waiting() == 3);
    answered.view<io::Region<256>>().write32(0x40, 4); // pushes, and is there itself
    const Log order{{wr, 0, 4, 1, "doorbells"},
                    {wr, 0, 4, 2, "registers"},
                    {wr, 4, 4, 3, "doorbells"},
                    {wr, 0x40, 4, 4, "config"}};
    CHECK(log == order);
    CHECK(function.read<U32>(0x40) == 4u);

    posted.view<Bar>().write32(0, 5);
    function.fail_at(0x40, io::Error::io_error);
    CHECK(answered.view<io::Region<256>>().try_write32(0x40, 6).error() == io::Error::io_error);
    CHECK(posted.waiting() == 0);
    posted.view<Bar>().write32(0, 7);
    static_cast<void>(joined.view<Bar>().read8(0)); // a read of one space pushes those of all
    CHECK(log.back() == testing::Access{rd, 0, 1, 1, "doorbells"});
    CHECK(log[log.size() - 2] == testing::Access{wr, 0, 4, 7, "registers"});
}

TEST_CASE("what is under way when the double ends arrives then", "[posted]") {
    testing::Script script{testing::writes<U32>(0, 1), testing::writes<std::uint8_t>(4, 2)};
    {
        Posted posted{script.view<Bar>()};
        posted.view<Bar>().write32(0, 1);
        posted.view<Bar>().write8(4, 2);
        CHECK_FALSE(script.done());
    }
    CHECK(script.done());
}

TEST_CASE("posted writes to big-endian memory, and by the compiler", "[posted]") {
    testing::Memory<8, std::endian::big> memory;
    Posted posted{memory.view<io::Region<8>>()};
    posted.view<io::Region<8>>().write32(4, 0x0102'0304);
    posted.drain();
    CHECK(memory[4] == 1);
    STATIC_REQUIRE([] {
        testing::Memory<64> ram;
        Posted outer{ram.view<Bar>()};
        const auto bar = outer.view<Bar>();
        bar.write16(0, 1);
        ram.view<Bar>().write16(0, 0x5555);
        const bool waits = outer.waiting() == 1 && ram[0] == 0x55;
        io::wmb(bar);
        const bool arrives = bar.read16(0) == 1 && outer.waiting() == 0;
        bar.write16(2, 3);
        return waits && arrives;
    }());
}

namespace {

// A network card whose receiver runs until it is told to stop.
struct Nic : io::Region<0x10> {};
struct Control : io::Register<Control, io::le<U32>, io::fixed<0x0, Nic>> {
    IO_FIELDS(bit(0, receive));
};

// Gives the buffer back; right only if the card has been told by then.
template <class View, class Owner>
void stop(View nic, Owner& buffer, bool flushes) {
    nic.write(Control{}.with_receive(false));
    if (flushes)
        io::flush<Control>(nic);
    buffer.reset();
}

} // namespace

TEST_CASE("a driver that frees memory before its write has arrived is found", "[posted]") {
    for (const bool flushes : {true, false}) {
        CAPTURE(flushes);
        int faults = 0;
        testing::FakeDma dma;
        dma.on_fault([&](const std::string&) { ++faults; });
        testing::Device card{0x10};
        auto& control = card.reg<Control>("control").holds(1);
        Posted posted{card.view<Nic>()};
        auto buffer =
            std::make_optional(io::Coherent<U32[4], testing::FakeDma>::zeroed(dma).value());
        const auto address = buffer->dma_address();
        stop(posted.view<Nic>(), buffer, flushes);
        // a frame comes in
        const U32 frame = 1;
        if (control.value() == 1)
            dma.device_write(address, &frame, sizeof frame);
        CHECK(faults == (flushes ? 0 : 1));
    }
}
