// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Doubles on top of each other, several devices in one log, and one driver source over every kind
// of space.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"
#include "support/ports.hpp"
#include "support/recorded.hpp"
#include "support/said.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

namespace io = ioview;
namespace testing = io::testing;
using testing::Recorder;

namespace {

using U32 = std::uint32_t;

struct Control : io::Register<Control, io::le<std::uint32_t>, io::fixed<0x40>> {
    IO_FIELDS(bits(7, 4, mode), bit(0, enable));
};
struct Status : io::Register<Status, io::le<std::uint32_t>, io::fixed<0x44>, io::ro> {
    IO_FIELDS(bit(0, ready));
};
struct Doorbell : io::Register<Doorbell, io::le<std::uint16_t>, io::fixed<0x48>> {
    IO_FIELDS(bits(15, 0, value));
};
struct Widget : io::Region<0x100>, io::Registers<Control, Status, Doorbell> {};

// The driver that runs everywhere: 8, 16 and 32 bits, reads, writes, an update and a poll.
template <io::IoOf<Widget> View>
constexpr io::Result<U32> start(const View& widget) {
    widget.template update<Control>(
        [](Control control) { return control.with_mode(5).with_enable(true); });
    Ticks clock;
    auto ready = io::wait_until<Status>(
        widget, [](Status status) { return status.ready(); }, io::Timing{1u, 3u}, clock);
    if (!ready)
        return io::fail(ready.error());
    widget.write(Doorbell{}.with_value(0x1234));
    widget.write8(0x4c, 0xa5);
    return widget.template read<io::le<U32>>(0x4c).value() & 0xff;
}

// What start() finds, and what it does.
constexpr U32 control_before = 0xabcd'0000;
const Log expected{{rd, 0x40, 4, control_before},
                   {wr, 0x40, 4, control_before | 0x51},
                   {rd, 0x44, 4, 1},
                   {wr, 0x48, 2, 0x1234},
                   {wr, 0x4c, 1, 0xa5},
                   {rd, 0x4c, 4, 0x0000'00a5}};

template <class View>
void prepare(const View& view) {
    view.template write<io::le<U32>>(0x40, io::le<U32>{control_before});
    view.template write<io::le<U32>>(0x44, io::le<U32>{1u});
    view.template write<io::le<U32>>(0x4c, io::le<U32>{0u});
}

// Runs start() over a view, recorded in a log of one space.
template <class View>
Log log_of(const View& view, io::Text space) {
    Log log;
    Recorder recorder{view, log, space};
    CHECK(start(recorder.template view<Widget>()) == 0xa5u);
    return log;
}

Log without_spaces(Log log) {
    for (auto& access : log)
        access.space = {};
    return log;
}
Log in_space(Log log, io::Text space) {
    for (auto& access : log)
        access.space = space;
    return log;
}

struct Ram {
    alignas(8) std::byte bytes[0x100]{};
    io::SysMem<Widget> sys() {
        return io::SysMem<Widget>::from_bytes(bytes, sizeof(bytes)).value();
    }
    io::Mmio<Widget> mmio() {
        const auto address = reinterpret_cast<std::uintptr_t>(bytes);
        return io::Mmio<Widget>::from_raw(
            io::MmioRaw<Widget>::region(address, sizeof(bytes)).value());
    }
};

} // namespace

TEST_CASE("27 29 one driver source, one log, whatever the space", "[composition]") {
    {
        testing::Memory<0x100> memory;
        prepare(memory.view<Widget>());
        CHECK(log_of(memory.view<Widget>(), "memory") == in_space(expected, "memory"));
    }
    {
        Ram ram;
        prepare(ram.mmio());
        CHECK(log_of(ram.mmio(), "mmio") == in_space(expected, "mmio"));
    }
    {
        Ram ram;
        prepare(ram.mmio());
        CHECK(log_of(ram.mmio().relaxed(), "relaxed") == in_space(expected, "relaxed"));
    }
    if (std::endian::native == std::endian::little) { // the order that memory has
        Ram ram;
        prepare(ram.sys());
        CHECK(log_of(ram.sys(), "sys") == in_space(expected, "sys"));
    }
    {
        Ram ram;
        prepare(ram.sys());
        const auto log = log_of(io::IoSysMap<Widget>{ram.mmio()}, "map of mmio");
        prepare(ram.sys());
        CHECK(without_spaces(log) ==
              without_spaces(log_of(io::IoSysMap<Widget>{ram.sys()}, "sys")));
        CHECK(without_spaces(log) == expected);
    }
    {
        testing::PciFunction function;
        const auto space = io::ConfigSpace<testing::PciFunction, Widget>::of(function).value();
        for (std::size_t offset = 0x40; offset != 0x50; offset += 4)
            function.writable(offset, 0xffff'ffff);
        prepare(space);
        CHECK(log_of(space, "config") == in_space(expected, "config"));
    }
#if HAS_PORTS_BY_SIGNAL
    {
        PortsBySignal ports;
        const auto space = io::PortIo<Widget>::from_port(0x1000);
        prepare(space);
        CHECK(log_of(space, "ports") == in_space(expected, "ports"));
        CHECK(ports.accesses().size() == 3 + expected.size());
    }
#endif
    {
        testing::Device device{0x100};
        device.memory("registers", 0, 0x100);
        prepare(device.view<Widget>());
        CHECK(log_of(device.view<Widget>(), "device") == in_space(expected, "device"));
    }
    {
        testing::Script script{testing::updates<Control>([](Control c) {
                                   return c.with_mode(5).with_enable(true);
                               }).reading(control_before, ~std::uint64_t{0}),
                               testing::reads(Status::from_raw(1)),
                               testing::writes<std::uint16_t>(0x48, 0x1234),
                               testing::writes<std::uint8_t>(0x4c, 0xa5),
                               testing::reads<U32>(0x4c, 0xa5)};
        CHECK(log_of(script.view<Widget>(), "script") == in_space(expected, "script"));
    }
}

TEST_CASE("29 two devices and one memory in one log", "[composition]") {
    testing::Memory<0x100> first, second;
    testing::Memory<64> ram;
    Log log;
    Recorder a{first.view<Widget>(), log, "a"};
    Recorder b{second.view<Widget>(), log, "b"};
    Recorder shared{ram.view<io::Region<>>(), log, "ram"};

    // one device is told where the descriptor is, the other is rung
    shared.view<U32[4]>().at(1).write(7);
    a.view<Widget>().write(Control{}.with_enable(true));
    io::publish(shared.view<U32[4]>().at(0), 1u);
    b.view<Widget>().write(Doorbell{}.with_value(1));

    const Log order{{wr, 0x4, 4, 7, "ram"},
                    {wr, 0x40, 4, 1, "a"},
                    testing::fence_entry(io::Fence::dma_wmb, "ram"),
                    {wr, 0x0, 4, 1, "ram"},
                    {wr, 0x48, 2, 1, "b"}};
    CHECK(log == order);
    CHECK(&a.log() == &log);

    auto swapped = order;
    std::swap(swapped[1], swapped[4]);
    CHECK(testing::diff<Widget>(order, swapped) ==
          "step 1: ram: write32 0x4 <- 0x7\n"
          "step 2: a: write32 0x40 Control <- 0x1, but got b: write16 0x48 Doorbell <- 0x1\n"
          "step 3: ram: dma_wmb\n"
          "step 4: ram: write32 0x0 <- 0x1\n"
          "step 5: b: write16 0x48 Doorbell <- 0x1, but got a: write32 0x40 Control <- 0x1\n");
    auto elsewhere = order;
    elsewhere[4].space = "a";
    CHECK(testing::diff(order, elsewhere) ==
          "step 3: ram: dma_wmb\nstep 4: ram: write32 0x0 <- 0x1\n"
          "step 5: b: write16 0x48 <- 0x1, but got a: write16 0x48 <- 0x1\n");
    CHECK(order != elsewhere);
}

TEST_CASE("29 a shared log works in the compiler", "[composition]") {
    STATIC_REQUIRE([] {
        testing::Memory<8> memory;
        testing::Log log;
        Recorder first{memory.view<U32>(), log, "first"};
        Recorder second{memory.view<U32>(), log, "second"};
        first.view<U32>().write(1);
        second.view<U32>().write(2);
        return log.size() == 2 && log[0] == testing::Access{wr, 0, 4, 1, "first"} &&
               log[1] == testing::Access{wr, 0, 4, 2, "second"};
    }());
}

TEST_CASE("a recorder over faults over a device over memory", "[composition]") {
    testing::Device device{0x100};
    device.memory("registers", 0, 0x40);
    auto& control = device.reg("control", 0x40).holds(control_before);
    device.reg("status", 0x44).holds(0).on_read(testing::ready_after(2, 1));
    device.reg("doorbell", 0x48, 2);
    device.memory("scratch", 0x4c, 4);
    testing::Faulty faulty{device.view<Widget>()};
    Recorder recorder{faulty.view<Widget>()};

    // slow on both levels
    faulty.delay<U32>(0x44, 1, 0, 3);
    REQUIRE(start(recorder.view<Widget>()).value() == 0xa5);
    CHECK(recorder.log()[0] == testing::Access{rd, 0x40, 4, control_before});
    CHECK(control.value() == (control_before | 0x51));

    // the second read of the status fails: so does the driver, and no doorbell is rung
    recorder.clear();
    faulty.fail_access(3);
    CHECK(start(recorder.view<Widget>()).error() == io::Error::io_error);
    CHECK(recorder.log().back() == testing::Access{rd, 0x44, 4, ~U32{0}});

    // and it is pulled out
    recorder.clear();
    faulty.when_gone(io::Error::no_device); // as over configuration space
    faulty.unplug_after(2);
    CHECK(start(recorder.view<Widget>()).error() == io::Error::no_device);
    CHECK(recorder.log().size() == 3);
}

TEST_CASE("a view over a fallible double is fallible all the way up", "[composition]") {
    testing::Memory<16> memory;
    testing::Faulty faulty{memory.view<io::Region<16>>()};
    testing::Faulty twice{faulty.view<io::Region<16>>()};
    Recorder recorder{twice.view<io::Region<16>>()};
    faulty.fail_access(1, io::Error::busy);
    CHECK(recorder.view<io::Region<16>>().try_read32(0).error() == io::Error::busy);
    faulty.fail_access(1, io::Error::busy);
    CHECK(recorder.view<io::Region<16>>().try_write32(0, 1).error() == io::Error::busy);
}
