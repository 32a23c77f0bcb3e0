// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whole bring-up sequences of complete drivers, run by the compiler: PL011, NS16550, the walk over
// PCI capabilities, and the producer of a ring; each on a Script, which checks every access, and on
// Memory, which checks what is left behind.
#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>
#include <ioview/pci.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/pci.hpp>
#include <ioview/testing/script.hpp>

#include "../../examples/drivers/ns16550.hpp"
#include "../../examples/drivers/pl011.hpp"
#include "support/catch.hpp"
#include "support/said.hpp"

#include <cstddef>
#include <cstdint>

namespace io = ioview;
using io::testing::fences;
using io::testing::Memory;
using io::testing::reads;
using io::testing::Script;
using io::testing::Sequence;
using io::testing::updates;
using io::testing::writes;

namespace {

using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
constexpr io::Timing quick{1u, 4u};

// 24 MHz and 115200 baud: 24000000 / (16 * 115200) = 13.0208…, so 13 and 1/64.
constexpr Sequence pl011_init{
    updates<pl011::Cr>([](pl011::Cr cr) { return cr.with_uarten(false); }),
    reads(pl011::Fr::from_raw(1u << 3)).mask(1u << 3).times(2), // busy, busy,
    reads(pl011::Fr::from_raw(0)).mask(1u << 3),                // done
    updates<pl011::LcrH>([](pl011::LcrH line) { return line.with_fen(false); }),
    writes<U32>(0x24, 13),
    writes<U32>(0x28, 1),
    writes<U32>(0x2c, 0x70), // 8 bits, FIFOs; after the divisors, which act by it
    writes<U32>(0x38, 0),
    writes<U32>(0x44, 0x7ff),
    writes<U32>(0x30, 0x301),
    reads(pl011::Fr::from_raw(0)).mask(1u << 3)}; // still there

constexpr Sequence ns16550_init{writes<U8>(7, 0x5a),
                                reads<U8>(7, 0x5a),
                                writes<U8>(1, 0),
                                writes<U8>(3, 0x83), // DLAB: 0 and 1 are the divisor
                                writes<U8>(0, 12),
                                writes<U8>(1, 0),
                                writes<U8>(3, 0x03),
                                writes<U8>(2, 0xc7),
                                writes<U8>(4, 0x03),
                                reads<U8>(7, 0x5a)}; // still there

// A header of layout 0, with a list that starts at 0x40.
constexpr Sequence to_the_list{reads<U16>(0x06, 0x0010), reads<U8>(0x0e, 0), reads<U8>(0x34, 0x40)};

template <io::pci::ConfigView View>
constexpr io::Result<U16> enable_msix(View cfg) {
    const auto found = io::pci::find(io::pci::capabilities(cfg), 0x11);
    if (!found)
        return io::fail(found.error());
    const U16 control = static_cast<U16>(found->offset + 2);
    if (auto done = cfg.template try_update<U16>(control, [](U16 c) { return c | 0x8000; }); !done)
        return io::fail(done.error());
    return found->offset;
}

struct Entry {
    U32 address;
    U32 length;
};
struct Queue {
    U32 write_ptr;
    U32 read_ptr;
    Entry entries[4];
};

// The driver's side of a queue: entries, index, doorbell.
template <io::IoOf<Queue> Memory, io::IoOf<U32> Bell>
class Producer {
public:
    using Slots = io::Ring<4>;
    constexpr Producer(Memory queue, Bell bell) noexcept : queue_(queue), bell_(bell) {
        IO_WRITE(queue_, write_ptr, 0u);
        IO_WRITE(queue_, read_ptr, 0u);
    }
    // busy when the queue is full, io_error when the device gives an index that is none.
    constexpr io::Result<> send(U32 address, U32 length) noexcept {
        const auto read = Slots::check(io::observe(IO_PROJECT(queue_, read_ptr)));
        if (!read)
            return io::fail(io::Error::io_error);
        if (Slots{.write = next_, .read = *read}.full())
            return io::fail(io::Error::busy);
        const auto entry = IO_PROJECT(queue_, entries, at(next_.value()));
        IO_WRITE(entry, address, address);
        IO_WRITE(entry, length, length);
        next_ = Slots::advance(next_, 1);
        io::publish(IO_PROJECT(queue_, write_ptr), next_.value());
        bell_.write(next_.value());
        return {};
    }

private:
    Memory queue_;
    Bell bell_;
    Slots::Index next_{};
};

constexpr auto sends(U32 slot, U32 address, U32 length) {
    return Sequence{reads<U32>(4, 0).in("ram"),
                    fences(io::Fence::dma_rmb).in("ram"),
                    writes<U32>(8 + 8 * slot, address).in("ram"),
                    writes<U32>(12 + 8 * slot, length).in("ram"),
                    fences(io::Fence::dma_wmb).in("ram"),
                    writes<U32>(0, slot + 1).in("ram"),
                    writes<U32>(0, slot + 1).in("doorbell")};
}

} // namespace

TEST_CASE("in the compiler: PL011 from reset to the last character", "[constexpr]") {
    STATIC_REQUIRE([] {
        Script script{pl011_init,
                      reads(pl011::Fr::from_raw(0x20)), // full
                      reads(pl011::Fr::from_raw(0)),
                      writes(pl011::Dr{}.with_data(0x41)),
                      reads(pl011::Fr::from_raw(0)),
                      reads(pl011::Dr::from_raw(0x442)), // 'B', with a break
                      reads(pl011::Fr::from_raw(0x10)),  // empty
                      reads(pl011::Fr::from_raw(0x88)),
                      reads(pl011::Fr::from_raw(0x80))};
        Ticks clock;
        const pl011::Driver uart{script.view<Pl011>(), clock, quick};
        const bool sent = uart.init({.clock_hz = 24'000'000}) && uart.put('A');
        const auto got = uart.get();
        return sent && got && got->data == 'B' && got->break_seen && !got->overrun &&
               uart.get().error() == io::Error::busy && uart.flush() && script.done();
    }());
    STATIC_REQUIRE([] {
        Memory<0x1000> memory; // garbage, then a transmitter that is idle
        memory.view<Pl011>().write32(0x18, 0x90);
        Ticks clock;
        const pl011::Driver uart{memory.view<Pl011>(), clock, quick};
        const auto view = memory.view<Pl011>();
        return uart.init({.clock_hz = 24'000'000}) && uart.put('A') && uart.flush() &&
               view.read32(0x24) == 13 && view.read32(0x28) == 1 && view.read32(0x30) == 0x301 &&
               view.read32(0) == 'A';
    }());
}

TEST_CASE("in the compiler: PL011 that goes wrong", "[constexpr]") {
    // a transmitter that never has room
    STATIC_REQUIRE([] {
        Script script{reads(pl011::Fr::from_raw(0x20)).any_times()};
        Ticks clock;
        const pl011::Driver uart{script.view<Pl011>(), clock, quick};
        return uart.put('A').error() == io::Error::timed_out && clock.time == 4;
    }());
    // an overrun is cleared
    STATIC_REQUIRE([] {
        Script script{
            reads(pl011::Fr::from_raw(0)), reads(pl011::Dr::from_raw(0x841)), writes<pl011::Ecr>()};
        Ticks clock;
        const pl011::Driver uart{script.view<Pl011>(), clock, quick};
        return uart.get()->overrun;
    }());
    // it is pulled out in the middle of init()
    STATIC_REQUIRE([] {
        Memory<0x1000> memory;
        io::testing::Faulty faulty{memory.view<Pl011>()};
        faulty.unplug_after(2);
        Ticks clock;
        const pl011::Driver uart{faulty.view<Pl011>(), clock, quick};
        return uart.init({.clock_hz = 24'000'000}).error() == io::Error::no_device;
    }());
    // divisors that the registers cannot hold make no access
    STATIC_REQUIRE([] {
        Script script{};
        Ticks clock;
        const pl011::Driver uart{script.view<Pl011>(), clock, quick};
        return uart.init({.clock_hz = 1'000, .baud = 115'200}).error() ==
                   io::Error::invalid_argument &&
               uart.init({.clock_hz = 24'000'000, .baud = 0}).error() ==
                   io::Error::invalid_argument &&
               uart.init({.clock_hz = 4'000'000'000, .baud = 1}).error() ==
                   io::Error::invalid_argument;
    }());
}

TEST_CASE("in the compiler: NS16550 with its divisor latch", "[constexpr]") {
    STATIC_REQUIRE([] {
        Script script{ns16550_init,
                      reads(ns16550::Lsr::from_raw(0)).times(2),
                      reads(ns16550::Lsr::from_raw(0x20)),
                      writes(ns16550::Thr{}.with_data('A')),
                      reads(ns16550::Lsr::from_raw(0x03)), // data, after an overrun
                      reads(ns16550::Rbr::from_raw('B')),
                      reads(ns16550::Lsr::from_raw(0)),
                      reads(ns16550::Lsr::from_raw(0x60))};
        Ticks clock;
        const ns16550::Driver uart{script.view<Ns16550>(), clock, quick};
        const bool sent = uart.init(1'843'200, 9'600) && uart.put('A');
        const auto got = uart.get();
        return sent && got && got->data == 'B' && got->overrun &&
               uart.get().error() == io::Error::busy && uart.flush() && script.done();
    }());
    STATIC_REQUIRE([] {
        Memory<8> memory;
        Ticks clock;
        const ns16550::Driver uart{memory.view<Ns16550>(), clock, quick};
        const auto view = memory.view<Ns16550>();
        view.write8(5, 0x60);
        return uart.init(1'843'200, 9'600) && uart.put('A') && view.read8(0) == 'A' &&
               view.read8(1) == 0 && view.read8(3) == 3 && view.read8(4) == 3;
    }());
    // nothing there: the scratch register holds nothing
    STATIC_REQUIRE([] {
        Memory<8> memory;
        io::testing::Faulty faulty{memory.view<Ns16550>()};
        faulty.unplug();
        Ticks clock;
        const ns16550::Driver uart{faulty.view<Ns16550>(), clock, quick};
        return uart.init(1'843'200, 9'600).error() == io::Error::no_device;
    }());
}

TEST_CASE("in the compiler: the walk over PCI capabilities", "[constexpr]") {
    STATIC_REQUIRE([] {
        Script script{to_the_list,
                      reads<U16>(0x40, 0x7001), // power management, then
                      reads<U16>(0x70, 0x0011), // MSI-X
                      updates<U16>(0x72, 0x8000, 0x8000)};
        return enable_msix(script.view<io::pci::Extended>()) == U16{0x70} && script.done();
    }());
    STATIC_REQUIRE([] {
        Memory<0x1000> memory;
        const auto cfg = memory.view<io::pci::Extended>();
        cfg.write8(0x0e, 0);
        cfg.write16(0x06, 0x0010);
        cfg.write8(0x34, 0x40);
        cfg.write16(0x40, 0x7001);
        cfg.write16(0x70, 0x4011);
        cfg.write16(0x72, 0x001f);
        return enable_msix(cfg) == U16{0x70} && cfg.read16(0x72) == 0x801f;
    }());
    // a loop, and a function that is pulled out on the way
    STATIC_REQUIRE([] {
        Script script{to_the_list, reads<U16>(0x40, 0x7001), reads<U16>(0x70, 0x4005)};
        return enable_msix(script.view<io::pci::Extended>()).error() == io::Error::invalid_argument;
    }());
    STATIC_REQUIRE([] {
        Script script{
            to_the_list, reads<U16>(0x40, 0x7001), reads<U16>(0x70).fails(io::Error::no_device)};
        return enable_msix(script.view<io::pci::Extended>()).error() == io::Error::no_device;
    }());
}

TEST_CASE("in the compiler: the producer of a ring", "[constexpr]") {
    STATIC_REQUIRE([] {
        Script script{Sequence{writes<U32>(0, 0).in("ram"), writes<U32>(4, 0).in("ram")},
                      sends(0, 0x1000, 64),
                      sends(1, 0x2000, 32),
                      sends(2, 0x3000, 16),
                      Sequence{reads<U32>(4, 0).in("ram"), // full: one slot stays empty
                               fences(io::Fence::dma_rmb).in("ram"),
                               reads<U32>(4, 7).in("ram"), // no slot
                               fences(io::Fence::dma_rmb).in("ram")}};
        Producer producer{script.view<Queue>("ram"), script.view<U32>("doorbell")};
        return producer.send(0x1000, 64) && producer.send(0x2000, 32) &&
               producer.send(0x3000, 16) && producer.send(0x4000, 8).error() == io::Error::busy &&
               producer.send(0x4000, 8).error() == io::Error::io_error && script.done();
    }());
    STATIC_REQUIRE([] {
        Memory<sizeof(Queue)> ram;
        Memory<4> bell;
        Producer producer{ram.view<Queue>(), bell.view<U32>()};
        const auto queue = ram.view<Queue>();
        bool good = true;
        for (U32 i = 0; i != 10; ++i) { // around the end
            good = good && producer.send(0x1000 * i, i) &&
                   IO_READ(queue, entries, at(i % 4), address) == 0x1000 * i;
            IO_WRITE(queue, read_ptr, IO_READ(queue, write_ptr));
        }
        return good && bell.view<U32>().read() == 2;
    }());
}
