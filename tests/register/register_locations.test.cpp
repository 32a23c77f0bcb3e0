// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/mmio.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;
using io::testing::Log;
using io::testing::Memory;
using io::testing::Op;
using io::testing::Recorder;

struct Uart : io::Region<0x100> {};

struct CpuBase;
struct Cpu0 : io::RegisterBase<CpuBase, 0x40> {};
struct Cpu1 : io::RegisterBase<CpuBase, 0x60> {};

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
struct Scratch : io::Register<Scratch, std::uint32_t, io::array<0x80, 8, 8>> {
    IO_FIELDS(bits(31, 0, value));
};
struct Packed : io::Register<Packed, std::uint16_t, io::array<0xc0, 4>> {
    IO_FIELDS(bits(15, 0, value));
};
struct CpuCtl : io::Register<CpuCtl, std::uint32_t, io::relative<CpuBase, 0x4>> {
    IO_FIELDS(bit(0, start));
};
struct CpuMail : io::Register<CpuMail, std::uint32_t, io::relative_array<CpuBase, 0x8, 3, 8>> {
    IO_FIELDS(bits(31, 0, word));
};

struct ControlAlias : io::Register<ControlAlias, std::uint32_t, io::alias<Control>> {
    IO_FIELDS(bit(1, other));
};
struct ControlByte : io::Register<ControlByte, std::uint8_t, io::alias<Control>> {
    IO_FIELDS(bits(7, 0, low));
};
struct ScratchAlias : io::Register<ScratchAlias, std::uint32_t, io::alias<Scratch, 3>> {
    IO_FIELDS(bit(0, ready));
};
struct PackedAlias : io::Register<PackedAlias, std::uint16_t, io::alias<Packed, 3>> {
    IO_FIELDS(bit(0, ready));
};
struct CpuCtlAlias : io::Register<CpuCtlAlias, std::uint32_t, io::alias<CpuCtl>> {
    IO_FIELDS(bit(1, halted));
};
struct CpuMailAlias : io::Register<CpuMailAlias, std::uint32_t, io::alias<CpuMail, 2>> {
    IO_FIELDS(bit(0, full));
};
struct AliasOfAlias : io::Register<AliasOfAlias, std::uint16_t, io::alias<CpuMailAlias>> {
    IO_FIELDS(bit(0, full));
};
struct Flags : io::Register<Flags, std::uint32_t, io::fixed<0x18, Uart>> {
    IO_FIELDS(bit(5, full));
};
struct FlagsAlias : io::Register<FlagsAlias, std::uint32_t, io::alias<Flags>> {
    IO_FIELDS(bit(4, empty));
};
struct Wide : io::Register<Wide, std::uint64_t, io::fixed<0x20>> {
    IO_FIELDS(bits(63, 0, value));
};

template <class L>
constexpr std::size_t offset_of(L location) {
    return location.offset();
}

} // namespace

TEST_CASE("a fixed register is where its type says", "[register]") {
    STATIC_REQUIRE(Control::At::offset() == 0x10);
    STATIC_REQUIRE(Control::At::end == 0x14);
    STATIC_REQUIRE(std::is_empty_v<Control::At>);
}

TEST_CASE("elements of an array, with the end of the last", "[register]") {
    STATIC_REQUIRE(Scratch::at(0).offset() == 0x80);
    STATIC_REQUIRE(Scratch::at(7).offset() == 0x80 + 7 * 8);
    STATIC_REQUIRE(Scratch::at(7u).offset() == 0x80 + 7 * 8);
    STATIC_REQUIRE(decltype(Scratch::at(0))::end == 0x80 + 7 * 8 + 4);
    STATIC_REQUIRE(Packed::at(3).offset() == 0xc6);
    STATIC_REQUIRE(decltype(Packed::at(0))::end == 0xc8);
}

TEST_CASE("try_at takes any integer type", "[register]") {
    CHECK(Scratch::try_at(7).value().offset() == 0xb8);
    CHECK(Scratch::try_at(std::uint8_t{7}).value().offset() == 0xb8);
    CHECK(Scratch::try_at(std::int64_t{0}).value().offset() == 0x80);
    CHECK(Scratch::try_at(true).value().offset() == 0x88);
    CHECK(Scratch::try_at(8).error() == Error::out_of_bounds);
    CHECK(Scratch::try_at(-1).error() == Error::out_of_bounds);
    CHECK(Scratch::try_at(std::numeric_limits<std::size_t>::max()).error() == Error::out_of_bounds);
    CHECK(Scratch::try_at(std::numeric_limits<std::int64_t>::min()).error() ==
          Error::out_of_bounds);
}

TEST_CASE("registers at a base of their family", "[register]") {
    STATIC_REQUIRE(offset_of(CpuCtl::of<Cpu0>()) == 0x44);
    STATIC_REQUIRE(offset_of(CpuCtl::of<Cpu1>()) == 0x64);
    STATIC_REQUIRE(decltype(CpuCtl::of<Cpu1>())::end == 0x68);
    STATIC_REQUIRE(CpuMail::of<Cpu0>().at(2).offset() == 0x40 + 8 + 16);
    STATIC_REQUIRE(decltype(CpuMail::of<Cpu0>().at(0))::end == 0x40 + 8 + 16 + 4);
    CHECK(CpuMail::of<Cpu1>().try_at(2).value().offset() == 0x60 + 8 + 16);
    CHECK(CpuMail::of<Cpu1>().try_at(3).error() == Error::out_of_bounds);
    CHECK(CpuMail::of<Cpu1>().try_at(-1).error() == Error::out_of_bounds);
}

TEST_CASE("aliases of each kind of place", "[register]") {
    STATIC_REQUIRE(ControlAlias::At::offset() == 0x10);
    STATIC_REQUIRE(ControlByte::At::offset() == 0x10);
    STATIC_REQUIRE(ControlByte::At::end == 0x11);
    STATIC_REQUIRE(ScratchAlias::At::offset() == 0x80 + 3 * 8);
    STATIC_REQUIRE(PackedAlias::At::offset() == 0xc6);
    STATIC_REQUIRE(offset_of(CpuCtlAlias::of<Cpu1>()) == 0x64);
    STATIC_REQUIRE(offset_of(CpuMailAlias::of<Cpu0>()) == 0x40 + 8 + 16);
    STATIC_REQUIRE(offset_of(AliasOfAlias::of<Cpu0>()) == 0x40 + 8 + 16);
    STATIC_REQUIRE(std::is_same_v<FlagsAlias::At::Block, Uart>);
}

TEST_CASE("the block of a register, or none", "[register]") {
    STATIC_REQUIRE(std::is_same_v<Control::At::Block, void>);
    STATIC_REQUIRE(std::is_same_v<Flags::At::Block, Uart>);
}

TEST_CASE("one access at each kind of place", "[register]") {
    Memory<0x100> mem;
    Recorder recorder{mem.view<io::Region<0x100>>()};
    auto dev = recorder.view<io::Region<0x100>>();
    dev.write(Control{}.with_enable(true));
    dev.write(Scratch::at(7), Scratch{}.with_value(7));
    dev.write(*Scratch::try_at(6), Scratch{}.with_value(6));
    dev.write(CpuCtl::of<Cpu1>(), CpuCtl{}.with_start(true));
    dev.write(CpuMail::of<Cpu0>().at(1), CpuMail{}.with_word(5));
    dev.write(ScratchAlias{}.with_ready(true));
    dev.write(PackedAlias{}.with_ready(true));
    dev.write(Control::At{}, Control{});
    CHECK(recorder.log() == Log{{Op::write, 0x10, 4, 1},
                                {Op::write, 0xb8, 4, 7},
                                {Op::write, 0xb0, 4, 6},
                                {Op::write, 0x64, 4, 1},
                                {Op::write, 0x50, 4, 5},
                                {Op::write, 0x98, 4, 1},
                                {Op::write, 0xc6, 2, 1},
                                {Op::write, 0x10, 4, 0}});
    recorder.clear();
    CHECK(dev.read(Scratch::at(7)).value() == 7);
    CHECK(dev.read<ControlByte>().low() == 0);
    dev.update(CpuMail::of<Cpu0>().at(1), [](CpuMail r) { return r.with_word(6); });
    CHECK(dev.try_update(CpuCtl::of<Cpu1>(), [](CpuCtl r) { return r.with_start(false); }));
    CHECK(dev.try_read(CpuCtl::of<Cpu1>()).value().start() == false);
    CHECK(dev.try_write(Scratch::at(0), Scratch{}.with_value(1)));
    CHECK(recorder.log() == Log{{Op::read, 0xb8, 4, 7},
                                {Op::read, 0x10, 1, 0},
                                {Op::read, 0x50, 4, 5},
                                {Op::write, 0x50, 4, 6},
                                {Op::read, 0x64, 4, 1},
                                {Op::write, 0x64, 4, 0},
                                {Op::read, 0x64, 4, 0},
                                {Op::write, 0x80, 4, 1}});
}

TEST_CASE("the greatest end of an array decides, whatever the index", "[register]") {
    Memory<0x100> mem;
    Recorder recorder{mem.view<io::Region<0x100>>()};
    auto exact = recorder.view<io::Region<0xbc>>();
    exact.write(Scratch::at(0), Scratch{});
    Memory<0xb8> small;
    auto none = small.view<io::Region<>>();
    CHECK(none.try_write(Scratch::at(7), Scratch{}).error() == Error::out_of_bounds);
    CHECK(none.try_write(Scratch::at(6), Scratch{})); // at run time each element for itself
    CHECK(recorder.log().size() == 1);
}

TEST_CASE("a 64-bit register needs a region aligned for it", "[register]") {
    Memory<0x100> mem;
    auto aligned = mem.view<io::Region<0x100, 8>>();
    aligned.write(Wide{}.with_value(0x1122'3344'5566'7788));
    CHECK(aligned.read<Wide>().value() == 0x1122'3344'5566'7788);
    auto plain = mem.view<io::Region<0x100>>();
    CHECK(plain.try_read<Wide>().value().value() == 0x1122'3344'5566'7788);
}

TEST_CASE("a register of a block is used on that block and on plain regions", "[register]") {
    Memory<0x100> mem;
    auto uart = mem.view<Uart>();
    uart.write(Flags{}.with_full(true));
    CHECK(uart.read<Flags>().full());
    CHECK(mem.view<io::Region<0x100>>().read<Flags>().full());
    CHECK_FALSE(uart.read<FlagsAlias>().empty());
}
