// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Base address registers: what they say, and what sizing does to the function.
#include <ioview/pci/bars.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

namespace io = ioview;
namespace pci = ioview::pci;
using io::testing::Log;
using io::testing::PciFunction;
using pci::BarKind;
constexpr auto R = io::testing::Op::read;
constexpr auto W = io::testing::Op::write;

namespace {

auto space(const PciFunction& function) {
    return io::ConfigSpace<PciFunction, pci::Normal>::of(function).value();
}

// Of a link that is down for one access: the n-th.
struct Flicker {
    const PciFunction& function;
    unsigned bad;
    unsigned* count;
    bool is_down() const { return ++*count == bad; }
    template <class T>
    io::Result<T> read(std::uint16_t offset) const {
        return is_down() ? io::Result<T>{static_cast<T>(~T{0})} : function.read<T>(offset);
    }
    template <class T>
    io::Result<> write(std::uint16_t offset, T value) const {
        return is_down() ? io::Result<>{} : function.write<T>(offset, value);
    }
    std::size_t size() const { return function.size(); }
};

} // namespace

TEST_CASE("a base address register says its kind and address", "[pci]") {
    using pci::decode_bar;
    CHECK(decode_bar(0, 7).value() == pci::BarInfo{});
    CHECK(decode_bar(0xc041, 7).value() == pci::BarInfo{BarKind::io, false, 0xc040});
    CHECK(decode_bar(0xffff'fffd, 0).value() == pci::BarInfo{BarKind::io, false, 0xffff'fffc});
    CHECK(decode_bar(0xfe00'0000, 7).value() ==
          pci::BarInfo{BarKind::memory32, false, 0xfe00'0000});
    CHECK(decode_bar(0xfe00'0008, 7).value() == pci::BarInfo{BarKind::memory32, true, 0xfe00'0000});
    CHECK(decode_bar(0x000d'0002, 7).value() ==
          pci::BarInfo{BarKind::memory_below_1m, false, 0x000d'0000});
    CHECK(decode_bar(0xfe00'000c, 7).value() ==
          pci::BarInfo{BarKind::memory64, true, 0x7'fe00'0000});
    CHECK(decode_bar(0x0000'0004, 0).value() == pci::BarInfo{BarKind::memory64, false, 0});
    CHECK(decode_bar(0xfe00'0006, 0).error() == io::Error::invalid_argument);
}

TEST_CASE("reading the registers writes nothing", "[pci]") {
    PciFunction function;
    function.memory64_bar(0, 0x40'0000'0000, 0x8'0000).io_bar(3, 0xc040, 32);
    function.memory_bar(5, 0xfe00'0000, 0x1000, true);
    io::testing::Recorder recorder{space(function)};
    const auto bars = pci::read_bars(recorder.view<pci::Normal>());
    REQUIRE(bars);
    CHECK(bars->count == 6);
    CHECK(bars->bar[0] == pci::BarInfo{BarKind::memory64, false, 0x40'0000'0000});
    CHECK(bars->bar[1] == pci::BarInfo{});
    CHECK(bars->bar[2] == pci::BarInfo{});
    CHECK(bars->bar[3] == pci::BarInfo{BarKind::io, false, 0xc040});
    CHECK(bars->bar[5] == pci::BarInfo{BarKind::memory32, true, 0xfe00'0000});
    for (const auto& access : recorder.log())
        CHECK(access.op == R);

    CHECK(pci::read_bar(space(function), 6).error() == io::Error::out_of_bounds);
}

TEST_CASE("reading stops with the error of any access, in order", "[pci]") {
    for (unsigned good = 0; good <= 3; ++good) { // layout, low half, high half
        PciFunction function;
        function.memory64_bar(2, 0x40'0000'0000, 0x8'0000);
        function.fail_after(good, io::Error::timed_out);
        const auto bar = pci::read_bar(space(function), 2);
        REQUIRE(bar.has_value() == (good == 3));
        CHECK((bar ? io::Error{} : bar.error()) ==
              (good == 3 ? io::Error{} : io::Error::timed_out));
    }
}

TEST_CASE("a bridge has two registers, other layouts one or none", "[pci]") {
    PciFunction function;
    function.put(0x0e, 0x81, 1).put(0x18, 0x0003'0201, 4).memory_bar(1, 0xfe00'0000, 4'096);
    CHECK(pci::bar_count(space(function)) == 2u);
    CHECK(pci::read_bars(space(function)).value().bar[1].address == 0xfe00'0000);
    CHECK(pci::read_bar(space(function), 2).error() == io::Error::out_of_bounds);
    function.put(0x0e, 0x02, 1);
    CHECK(pci::bar_count(space(function)) == 1u);
    function.put(0x0e, 0x05, 1);
    CHECK(pci::bar_count(space(function)).error() == io::Error::unsupported);
    function.unplug();
    CHECK(pci::bar_count(space(function)).error() == io::Error::no_device);
}

TEST_CASE("a 64-bit register without a second half is refused", "[pci]") {
    PciFunction function;
    function.put(0x24, 0xfe00'0004, 4).writable(0x24, 0xffff'f000);
    CHECK(pci::read_bar(space(function), 5).error() == io::Error::invalid_argument);
    CHECK(pci::read_bars(space(function)).error() == io::Error::invalid_argument);
    CHECK(pci::size_bars(space(function)).error() == io::Error::invalid_argument);
    CHECK(space(function).read32(0x24) == 0xfe00'0004);
}

TEST_CASE("sizing finds every kind and puts everything back", "[pci]") {
    PciFunction function;
    function.put(0x04, 0xf900'0007, 4);
    function.memory64_bar(0, 0x40'0000'0000, 0x4'0000'0000, true).io_bar(2, 0xc040, 32);
    function.memory_bar(3, 0xfe00'0000, 0x1000).memory_bar(4, 0, 0x10);
    const auto bars = pci::size_bars(space(function));
    REQUIRE(bars);
    CHECK(bars->bar[0] == pci::BarInfo{BarKind::memory64, true, 0x40'0000'0000, 0x4'0000'0000});
    CHECK(bars->bar[1] == pci::BarInfo{});
    CHECK(bars->bar[2] == pci::BarInfo{BarKind::io, false, 0xc040, 32});
    CHECK(bars->bar[3] == pci::BarInfo{BarKind::memory32, false, 0xfe00'0000, 0x1000});
    CHECK(bars->bar[4] == pci::BarInfo{BarKind::memory32, false, 0, 0x10});
    CHECK(bars->bar[5] == pci::BarInfo{});
    // the flags of the status are still there, too
    CHECK(space(function).read32(0x04) == 0xf900'0007);
    CHECK(space(function).read32(0x10) == 0x0000'000c);
    CHECK(space(function).read32(0x14) == 0x0000'0040);
    CHECK(space(function).read32(0x18) == 0x0000'c041);
    CHECK(space(function).read32(0x1c) == 0xfe00'0000);
    CHECK(space(function).read32(0x20) == 0);
}

TEST_CASE("an I/O register of 16 bits is sized by those", "[pci]") {
    PciFunction function;
    function.put(0x10, 0xc001, 4).writable(0x10, 0x0000'ffe0);
    CHECK(pci::size_bars(space(function)).value().bar[0] ==
          pci::BarInfo{BarKind::io, false, 0xc000, 32});
}

TEST_CASE("sizing turns decoding off first and on last", "[pci]") {
    PciFunction function;
    function.put(0x0e, 1, 1).put(0x04, 0x0107, 2).memory_bar(0, 0xfe00'0000, 0x1000);
    io::testing::Recorder recorder{space(function)};
    REQUIRE(pci::size_bars(recorder.view<pci::Normal>()));
    CHECK(recorder.log() == Log{{R, 0x04, 2, 0x0107},
                                {W, 0x04, 2, 0x0104},
                                {R, 0x0e, 1, 0x01},
                                {R, 0x10, 4, 0xfe00'0000},
                                {W, 0x10, 4, 0xffff'ffff},
                                {R, 0x10, 4, 0xffff'f000},
                                {W, 0x10, 4, 0xfe00'0000},
                                {R, 0x14, 4, 0},
                                {W, 0x14, 4, 0xffff'ffff},
                                {R, 0x14, 4, 0},
                                {W, 0x14, 4, 0},
                                {W, 0x04, 2, 0x0107},
                                {R, 0x04, 2, 0x0107}}); // still there
}

TEST_CASE("an error while sizing is reported, and the command is restored", "[pci]") {
    PciFunction function;
    function.put(0x04, 0x0007, 2).memory_bar(0, 0xfe00'0000, 0x1000);
    function.fail_at(0x14, io::Error::io_error);
    CHECK(pci::size_bars(space(function)).error() == io::Error::io_error);
    CHECK(space(function).read16(0x04) == 0x0007);
    CHECK(space(function).read32(0x10) == 0xfe00'0000);

    PciFunction half; // whose second half of a register fails
    half.put(0x04, 0x0007, 2).memory64_bar(0, 0x40'0000'0000, 0x8'0000);
    half.fail_at(0x14, io::Error::io_error);
    CHECK(pci::size_bars(space(half)).error() == io::Error::io_error);
    CHECK(space(half).read16(0x04) == 0x0007);
    CHECK(space(half).read32(0x10) == 0x0000'0004);

    PciFunction sound; // of which one read fails: that of the ones
    sound.put(0x04, 0x0007, 2).memory_bar(0, 0xfe00'0000, 0x1000);
    io::testing::Recorder recorder{space(sound)};
    io::testing::Faulty faulty{recorder.view<pci::Normal>()};
    faulty.fail_access(6, io::Error::timed_out);
    CHECK(pci::size_bars(faulty.view<pci::Normal>()).error() == io::Error::timed_out);
    CHECK(recorder.log() == Log{{R, 0x04, 2, 0x0007},
                                {W, 0x04, 2, 0x0004},
                                {R, 0x0e, 1, 0x00},
                                {R, 0x10, 4, 0xfe00'0000},
                                {W, 0x10, 4, 0xffff'ffff},
                                {W, 0x10, 4, 0xfe00'0000},
                                {W, 0x04, 2, 0x0007},
                                {R, 0x04, 2, 0x0007}});

    PciFunction reserved; // a type that is none
    reserved.put(0x10, 0xfe00'0006, 4).writable(0x10, 0xffff'f000);
    CHECK(pci::size_bars(space(reserved)).error() == io::Error::invalid_argument);
    CHECK(space(reserved).read32(0x10) == 0xfe00'0006);

    PciFunction gone;
    gone.unplug();
    CHECK(pci::size_bars(space(gone)).error() == io::Error::no_device);
    for (unsigned good = 0; good < 29; ++good) {
        PciFunction broken;
        broken.fail_after(good, io::Error::timed_out);
        CHECK(pci::size_bars(space(broken)).error() == io::Error::timed_out);
    }
}

TEST_CASE("a function that is pulled out while it is sized is no_device, at any access", "[pci]") {
    for (const unsigned layout : {0u, 1u, 2u}) {
        for (unsigned good = 0;; ++good) {
            PciFunction function;
            function.put(0x0e, layout, 1).put(0x04, 0x0007, 2);
            function.memory64_bar(0, 0x40'0000'0000, 0x8'0000);
            if (layout == 2) // has one register
                function.memory_bar(0, 0xfe00'0000, 0x1000);
            function.unplug_after(good);
            io::testing::Recorder recorder{space(function)};
            const auto bars = pci::size_bars(recorder.view<pci::Normal>());
            if (recorder.log().size() <= good) {
                CHECK(bars);
                break;
            }
            CAPTURE(layout, good);
            REQUIRE_FALSE(bars);
            CHECK(bars.error() == io::Error::no_device);
        }
        for (unsigned good = 0; good <= 8; ++good) {
            PciFunction function;
            function.put(0x0e, layout, 1).rom(0xfb00'0000, 0x1'0000).unplug_after(good);
            CAPTURE(layout, good);
            if (layout != 2 || good < 5)
                CHECK(pci::size_rom(space(function)).error() == io::Error::no_device);
        }
    }
    // the same when it is read only
    for (unsigned good = 0; good < 7; ++good) {
        PciFunction function;
        function.memory64_bar(0, 0x40'0000'0000, 0x8'0000).memory_bar(2, 0xfe00'0000, 0x1000);
        function.unplug_after(good);
        CAPTURE(good);
        CHECK(pci::read_bars(space(function)).error() == io::Error::no_device);
    }
}

TEST_CASE("what reads as all ones for once is not written back", "[pci]") {
    unsigned kept = 0;
    for (unsigned bad = 1; bad <= 30; ++bad) {
        PciFunction function;
        function.put(0x04, 0x0006, 2).memory_bar(0, 0xfe00'0000, 0x1000);
        unsigned count = 0;
        const Flicker flicker{function, bad, &count};
        const auto cfg = io::ConfigSpace<Flicker, pci::Normal>::of(flicker).value();
        static_cast<void>(pci::size_bars(cfg));
        kept += function.read<std::uint32_t>(0x10) == 0xfe00'0000u ? 1 : 0;
    }
    CHECK(kept == 29); // all but the write that puts it back
}

TEST_CASE("a register that does not answer to sizing is none, and the others are sized", "[pci]") {
    const auto sized = [](PciFunction& function) {
        function.memory_bar(3, 0xfe00'0000, 0x1000).put(0x04, 0x0006, 2);
        const auto word = [&](unsigned i) {
            return *function.read<std::uint32_t>(static_cast<std::uint16_t>(0x10 + 4 * i));
        };
        std::uint32_t before[6];
        for (unsigned i = 0; i < 6; ++i)
            before[i] = word(i);
        const auto bars = pci::size_bars(space(function));
        REQUIRE(bars);
        CHECK(bars->bar[3] == pci::BarInfo{BarKind::memory32, false, 0xfe00'0000, 0x1000});
        for (const unsigned i : {0u, 1u, 2u, 4u, 5u})
            CHECK(bars->bar[i] == pci::BarInfo{});
        for (unsigned i = 0; i < 6; ++i)
            CHECK(word(i) == before[i]);
        CHECK(space(function).read16(0x04) == 0x0006);
    };
    SECTION("stuck at all ones") {
        PciFunction function;
        function.put(0x10, 0xffff'ffff, 4).put(0x24, 0xffff'ffff, 4);
        CHECK(pci::read_bars(space(function)).value().bar[0] == pci::BarInfo{});
        CHECK(pci::read_bars(space(function)).value().bar[5] == pci::BarInfo{});
        sized(function);
    }
    SECTION("gives all ones when it is asked") {
        PciFunction function;
        function.writable(0x18, 0xffff'ffff);
        sized(function);
    }
    SECTION("keeps its address") {
        PciFunction function;
        function.put(0x10, 0xfebf'0000, 4).put(0x14, 0x0000'c041, 4).put(0x20, 0x000d'0002, 4);
        sized(function);
    }
    SECTION("keeps its address of 64 bits: its second half is no register of its own") {
        PciFunction function;
        function.put(0x14, 0xfe00'0004, 4).put(0x18, 0x1, 4).writable(0x18, 0);
        sized(function);
    }
    SECTION("has a kind, and no address") {
        PciFunction function;
        function.put(0x10, 0x0000'0001, 4).put(0x14, 0x0000'0008, 4).put(0x20, 0x0000'000c, 4);
        sized(function);
    }
}

TEST_CASE("address bits that are hard-wired do not count, nor make a register absent", "[pci]") {
    const auto sized = [](PciFunction& function) {
        return pci::size_bars(space(function)).value().bar[0];
    };
    PciFunction some; // ten bits of the upper half
    some.put(0x10, 0x1510'0004, 4).put(0x14, 0x60, 4);
    some.writable(0x10, 0xfff0'0000).writable(0x14, 0x3ff);
    CHECK(sized(some) == pci::BarInfo{BarKind::memory64, false, 0x60'1510'0000, 0x10'0000});

    PciFunction none; // of the upper half none
    none.put(0x10, 0x1510'0004, 4).writable(0x10, 0xfff0'0000);
    CHECK(sized(none) == pci::BarInfo{BarKind::memory64, false, 0x1510'0000, 0x10'0000});
    none.put(0x10, 0xfff0'0004, 4); // what it holds with all ones
    CHECK(sized(none) == pci::BarInfo{BarKind::memory64, false, 0xfff0'0000, 0x10'0000});

    PciFunction fixed; // an upper half that is not 0
    fixed.put(0x10, 0x1510'0004, 4).put(0x14, 0x60, 4).writable(0x10, 0xfff0'0000);
    CHECK(sized(fixed) == pci::BarInfo{BarKind::memory64, false, 0x60'1510'0000, 0x10'0000});

    PciFunction ports; // 16 bits, at their end
    ports.put(0x10, 0xfff1, 4).writable(0x10, 0xfff0);
    CHECK(sized(ports) == pci::BarInfo{BarKind::io, false, 0xfff0, 0x10});

    PciFunction top; // at the end of 32 bits
    top.memory_bar(0, 0xffff'f000, 0x1000);
    CHECK(sized(top) == pci::BarInfo{BarKind::memory32, false, 0xffff'f000, 0x1000});
    PciFunction high; // and of 64
    high.memory64_bar(0, ~std::uint64_t{0xffff}, 0x1'0000);
    CHECK(sized(high) == pci::BarInfo{BarKind::memory64, false, ~std::uint64_t{0xffff}, 0x1'0000});
    PciFunction huge;
    huge.memory64_bar(0, 0, std::uint64_t{1} << 63);
    CHECK(sized(huge).size == std::uint64_t{1} << 63);
}

TEST_CASE("the expansion ROM is sized, and stays as it was", "[pci]") {
    PciFunction function;
    function.put(0x04, 0x0006, 2).rom(0xfb00'0001, 0x1'0000);
    io::testing::Recorder recorder{space(function)};
    CHECK(pci::size_rom(recorder.view<pci::Normal>()) ==
          pci::BarInfo{BarKind::memory32, false, 0xfb00'0000, 0x1'0000});
    CHECK(recorder.log() == Log{{R, 0x04, 2, 0x0006},
                                {W, 0x04, 2, 0x0004},
                                {R, 0x0e, 1, 0},
                                {R, 0x30, 4, 0xfb00'0001},
                                {W, 0x30, 4, 0xffff'f800}, // not enabled with a false address
                                {R, 0x30, 4, 0xffff'0000},
                                {W, 0x30, 4, 0xfb00'0001},
                                {W, 0x04, 2, 0x0006},
                                {R, 0x04, 2, 0x0006}});
    CHECK(function.moved_while_decoding() == 0);

    PciFunction bridge;
    bridge.bridge(0, 1, 1).rom(0, 0x800);
    CHECK(pci::size_rom(space(bridge)) == pci::BarInfo{BarKind::memory32, false, 0, 0x800});
    PciFunction none;
    CHECK(pci::size_rom(space(none)) == pci::BarInfo{});
    none.put(0x30, 0xffff'ffff, 4); // stuck
    CHECK(pci::size_rom(space(none)) == pci::BarInfo{});
    none.put(0x30, 0xfb00'0000, 4); // not to be sized
    CHECK(pci::size_rom(space(none)) == pci::BarInfo{});
    none.put(0x0e, 2, 1); // to CardBus
    CHECK(pci::size_rom(space(none)) == pci::BarInfo{});
    none.put(0x0e, 3, 1);
    CHECK(pci::size_rom(space(none)).error() == io::Error::unsupported);
    for (unsigned good = 0; good < 9; ++good) {
        PciFunction broken;
        broken.rom(0xfb00'0000, 0x1'0000).fail_after(good, io::Error::timed_out);
        CHECK(pci::size_rom(space(broken)).error() == io::Error::timed_out);
    }
}

TEST_CASE("sizing moves no address that is decoded", "[pci]") {
    PciFunction function;
    function.put(0x04, 0x0007, 2).memory64_bar(0, 0x40'0000'0000, 0x8'0000).io_bar(2, 0xc040, 32);
    function.rom(0xfb00'0001, 0x1'0000);
    REQUIRE(pci::size_bars(space(function)));
    REQUIRE(pci::size_rom(space(function)));
    CHECK(function.moved_while_decoding() == 0);
}

static_assert([] {
    PciFunction function;
    function.memory_bar(0, 0xfe00'0000, 0x1000);
    return pci::size_bars(*io::ConfigSpace<PciFunction, pci::Normal>::of(function))->bar[0].size ==
           0x1000;
}());
