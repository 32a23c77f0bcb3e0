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
                                {W, 0x04, 2, 0x0107}});
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
                                {W, 0x04, 2, 0x0007}});

    PciFunction reserved; // a type that is none
    reserved.put(0x10, 0xfe00'0006, 4).writable(0x10, 0xffff'f000);
    CHECK(pci::size_bars(space(reserved)).error() == io::Error::invalid_argument);
    CHECK(space(reserved).read32(0x10) == 0xfe00'0006);

    PciFunction gone;
    gone.unplug();
    CHECK(pci::size_bars(space(gone)).error() == io::Error::no_device);
    for (unsigned good = 0; good < 8; ++good) {
        PciFunction broken;
        broken.fail_after(good, io::Error::timed_out);
        CHECK(pci::size_bars(space(broken)).error() == io::Error::timed_out);
    }
}

static_assert([] {
    PciFunction function;
    function.memory_bar(0, 0xfe00'0000, 0x1000);
    return pci::size_bars(*io::ConfigSpace<PciFunction, pci::Normal>::of(function))->bar[0].size ==
           0x1000;
}());
