// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What fmt prints of registers, views and small values, and what a dump reads and leaves alone. The
// numbered cases are behaviours that other libraries test, or get wrong.
#include <ioview/backend/config_space.hpp>
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/dma.hpp>
#include <ioview/format.hpp>
#include <ioview/project.hpp>
#include <ioview/resource.hpp>
#include <ioview/testing/fake_dma.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"
#include "support/counting_mapper.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <fmt/ranges.h>
#include <string>
#include <utility>
#include <vector>

namespace io = ioview;

namespace {

using io::Bounded;
using io::Error;

enum class Mode : std::uint8_t { off, slow, fast };
enum class Gap : std::int8_t { below = -2, above = 1 };

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor),
              bits(6, 4, mode, Mode),
              bit(1, overrun, io::w1c),
              bit(0, enable));
};
struct Wide : io::Register<Wide, std::uint64_t> {
    IO_FIELDS(bits(63, 0, all));
};
struct Byte : io::Register<Byte, std::uint8_t> {
    IO_FIELDS(bits(7, 4, high), bits(3, 0, low));
};
struct Network : io::Register<Network, io::be<std::uint16_t>> {
    IO_FIELDS(bits(15, 8, version), bit(0, last));
};
struct Bare : io::Register<Bare, std::uint32_t> {};

// A type of the user's own that fmt knows, and one that it does not.
struct Celsius {
    double degrees = 0;
    constexpr Celsius() = default;
    constexpr Celsius(Bounded<std::uint32_t, 8> raw) : degrees(raw.get() / 2.0) {}
    constexpr operator Bounded<std::uint32_t, 8>() const {
        return Bounded<std::uint32_t, 8>::masked(static_cast<std::uint32_t>(degrees * 2));
    }
};
struct Opaque {
    std::uint32_t bits = 0;
    constexpr Opaque() = default;
    constexpr Opaque(Bounded<std::uint32_t, 4> raw) : bits(raw.get()) {}
    constexpr operator Bounded<std::uint32_t, 4>() const {
        return Bounded<std::uint32_t, 4>::masked(bits);
    }
};

struct Kinds : io::Register<Kinds, std::uint32_t> {
    IO_FIELDS(bits(31, 24, temperature, Celsius),
              bits(23, 20, offset, std::int8_t),
              split(count, (19, 18), (1, 0)),
              bits(15, 12, opaque, Opaque),
              bits(7, 4, gap, Gap),
              bit(3, ready, io::ro),
              reserved(2, 2));
};
struct Bar : io::Register<Bar, std::uint32_t> {
    IO_FIELDS(unshifted(31, 4, base), bit(3, prefetchable), bits(2, 1, kind), bit(0, is_io));
};
struct Doorbell : io::Register<Doorbell, std::uint32_t> {
    IO_FIELDS(bits(31, 16, level), bits(15, 8, ring, io::wo), bits(7, 0, events, io::rc));
};

} // namespace

template <>
inline constexpr io::EnumRange ioview::enum_range<Gap> = {-4, 3};
template <>
struct fmt::formatter<Celsius> : fmt::formatter<fmt::string_view> {
    template <class Context>
    auto format(const Celsius& value, Context& context) const {
        return fmt::format_to(context.out(), "{:.1f}C", value.degrees);
    }
};

TEST_CASE("35 a register prints its fields by name, in the order of the manual", "[format]") {
    const auto control = Control{}.with_divisor(12).with_mode(Mode::fast).with_enable(true);
    CHECK(fmt::format("{}", control) == "Control{divisor: 12, mode: fast, overrun: 0, enable: 1}");
    CHECK(fmt::format("{}", Control{}) == "Control{divisor: 0, mode: off, overrun: 0, enable: 0}");
    CHECK(fmt::format("{}", Network::from_raw(0x0301)) == "Network{version: 3, last: 1}");
    CHECK(fmt::format("{}", Bare::from_raw(7)) == "Bare{}");
    CHECK(fmt::format("{}", Wide::from_raw(~0ull)) == "Wide{all: 18446744073709551615}");
    CHECK(fmt::format("{} {}", Byte::from_raw(0x5f), 3) == "Byte{high: 5, low: 15} 3");
}

TEST_CASE("35 a field a line: bit range, name, decimal, hexadecimal, unknown set bits",
          "[format]") {
    CHECK(fmt::format("{:#}", Control::from_raw(0x000c'0021)) == "Control 0x000c0021\n"
                                                                 "  31:16  divisor: 12 (0xc)\n"
                                                                 "    6:4  mode: fast (0x2)\n"
                                                                 "      1  overrun: 0\n"
                                                                 "      0  enable: 1");
    CHECK(fmt::format("{:#}", Control::from_raw(0x000c'8108)) == "Control 0x000c8108\n"
                                                                 "  31:16  divisor: 12 (0xc)\n"
                                                                 "    6:4  mode: off (0x0)\n"
                                                                 "      1  overrun: 0\n"
                                                                 "      0  enable: 0\n"
                                                                 "  unknown bits set: 0x8108");
    CHECK(fmt::format("{:#}", Bare::from_raw(7)) == "Bare 0x00000007\n  unknown bits set: 0x7");
    CHECK(fmt::format("{:#}", Byte{}) == "Byte 0x00\n"
                                         "    7:4  high: 0 (0x0)\n"
                                         "    3:0  low: 0 (0x0)");
}

TEST_CASE("35 any format of integers prints the raw value", "[format]") {
    const auto control = Control::from_raw(0xc'0021);
    CHECK(fmt::format("{:x}", control) == "c0021");
    CHECK(fmt::format("{:#x}", control) == "0xc0021");
    CHECK(fmt::format("{:#010x}", control) == "0x000c0021");
    CHECK(fmt::format("{:d}", control) == "786465");
    CHECK(fmt::format("{:>8x}|{:<8X}|", control, control) == "   c0021|C0021   |");
    CHECK(fmt::format("{:{}x}", control, 7) == "  c0021");
    CHECK(fmt::format("{:b}", Byte::from_raw(5)) == "101");
    CHECK(fmt::format("{:#b}", Byte::from_raw(5)) == "0b101");
    CHECK(fmt::format("{:d}", Byte::from_raw(65)) == "65");
    CHECK(fmt::format("{:04x}", Network::from_raw(0x0301)) == "0301");
    CHECK(fmt::format("{:x}", Wide::from_raw(~0ull)) == "ffffffffffffffff");
}

TEST_CASE("35 values of an enumeration print by name, those that it lacks as numbers", "[format]") {
    CHECK(fmt::format("{}", Control::from_raw(0x70)) ==
          "Control{divisor: 0, mode: 7, overrun: 0, enable: 0}");
    const auto text = fmt::format("{:#}", Control::from_raw(0x70));
    CHECK(text.find("mode: 7 (0x7)") != text.npos);
}

TEST_CASE("35 signed, split, user-typed and in-place fields", "[format]") {
    // 21.5 C, -3, 0b1001, 11, Gap::below, ready
    const auto kinds = Kinds::from_raw(0x2bd8'b0e9);
    CHECK(fmt::format("{}", kinds) ==
          "Kinds{temperature: 21.5C, offset: -3, count: 9, opaque: 0xb, gap: below, ready: 1}");
    CHECK(fmt::format("{:#}", kinds) == "Kinds 0x2bd8b0e9\n"
                                        "  31:24  temperature: 21.5C (0x2b)\n"
                                        "  23:20  offset: -3 (0xd)\n"
                                        "   19:0  count: 9 (0x9)\n"
                                        "  15:12  opaque: 0xb\n"
                                        "    7:4  gap: below (0xe)\n"
                                        "      3  ready: 1");
    CHECK(fmt::format("{}", Kinds::from_raw(0x80)).find("gap: -8,") != std::string::npos);

    const auto bar = Bar::from_raw(0xfe00'000c);
    CHECK(fmt::format("{}", bar) == "Bar{base: 0xfe000000, prefetchable: 1, kind: 2, is_io: 0}");
    const auto lines = fmt::format("{:#}", bar);
    CHECK(lines.find("\n   31:4  base: 0xfe000000 (4261412864)\n") != lines.npos);
}

TEST_CASE("35 fields that are write-only or consumed by reading are left out", "[format]") {
    const auto doorbell = Doorbell::from_raw(0x0003'ffff);
    CHECK(fmt::format("{}", doorbell) == "Doorbell{level: 3}");
    CHECK(fmt::format("{:#}", doorbell) == "Doorbell 0x0003ffff\n  31:16  level: 3 (0x3)");
}

TEST_CASE("35 a wrong format is an exception, or an error of the compiler", "[format]") {
    const Control control;
    CHECK_THROWS_AS(fmt::format(fmt::runtime("{:q}"), control), fmt::format_error);
    CHECK_THROWS_AS(fmt::format(fmt::runtime("{:#"), control), fmt::format_error);
    CHECK_THROWS_AS(fmt::format(fmt::runtime("{:.3}"), control), fmt::format_error);
    CHECK_THROWS_AS(fmt::format(fmt::runtime("{:x}"), Error::busy), fmt::format_error);
    const auto view = io::Mmio<std::uint32_t>::from_raw(io::MmioRaw<std::uint32_t>::at(0x1000));
    CHECK_THROWS_AS(fmt::format(fmt::runtime("{:x}"), view), fmt::format_error);
    CHECK(fmt::format(fmt::runtime("{:#}"), Bare{}) == "Bare 0x00000000");
}

namespace {

struct Pl011 {
    std::uint32_t dr;
    std::uint32_t counts[4];
};
template <class T>
using Mapped = io::IoMem<T, ioview::tests::CountingMapper>;

} // namespace

TEST_CASE("views print as their backend, target and address, without an access", "[format]") {
    const auto uart = io::Mmio<Pl011>::from_raw(io::MmioRaw<Pl011>::at(0x900'0000));
    CHECK(fmt::format("{}", uart) == "Mmio<Pl011>@0x9000000");
    CHECK(fmt::format("{}", IO_PROJECT(uart, counts)) == "Mmio<uint32_t[4]>@0x9000004");
    const auto constant = io::Mmio<const Pl011>::from_raw(io::MmioRaw<const Pl011>::at(0x1000));
    CHECK(fmt::format("{}", constant) == "Mmio<Pl011>@0x1000");
    CHECK(fmt::format("{}", IO_PROJECT(constant, counts)) == "Mmio<uint32_t[4]>@0x1004");
    CHECK(fmt::format("{}", IO_PROJECT(uart, counts, at(2))) == "Mmio<uint32_t>@0x900000c");

    const auto bar = io::Mmio<io::Region<0x100>>::from_raw(
        io::MmioRaw<io::Region<0x100>>::region(0xfe00'0000, 0x1000).value());
    CHECK(fmt::format("{}", bar) == "Mmio<Region>@0xfe000000+0x1000");
    CHECK(fmt::format("{}", bar.try_subview<std::int16_t[]>(0x10, 3).value()) ==
          "Mmio<int16_t[3]>@0xfe000010");

    io::testing::PciFunction function;
    const auto space =
        io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(function).value();
    CHECK(fmt::format("{}", space) == "ConfigSpace<Region>@0x0+0x100");

    Recorded<64> memory;
    CHECK(fmt::format("{}", memory.view<Control>()) == "RecorderView<Control>@0x0");
    CHECK(memory.untouched());
}

TEST_CASE("owners print as their views", "[format]") {
    io::testing::FakeDma dma;
    const auto words = io::Coherent<std::uint32_t[], io::testing::FakeDma>::zeroed(dma, 5).value();
    CHECK(fmt::format("{}", words) ==
          fmt::format("CoherentView<uint32_t[5]>@{:#x}", words.address()));

    ioview::tests::CountingMapper mapper;
    const auto mapped = Mapped<io::Region<0x40>>::map(mapper, {0xfe00'0000, 0x100}).value();
    CHECK(fmt::format("{}", mapped) == fmt::format("Mmio<Region>@{:#x}+0x100", mapped.address()));
}

TEST_CASE("ranges of fmt: views stay views, registers print inside others", "[format]") {
    std::uint32_t words[3] = {1, 2, 3};
    const auto slice = io::SysMem<std::uint32_t[]>::from_span(words);
    CHECK(fmt::format("{}", slice) ==
          fmt::format("SysMem<uint32_t[3]>@{:#x}", reinterpret_cast<std::uintptr_t>(words)));
    CHECK(fmt::format("{}", std::vector<Byte>{Byte{}, Byte::from_raw(1)}) ==
          "[Byte{high: 0, low: 0}, Byte{high: 0, low: 1}]");
    CHECK(fmt::format("{::#x}", std::vector<Byte>{Byte{}, Byte::from_raw(1)}) == "[0x0, 0x1]");
    CHECK(fmt::format("{}", std::pair{1, Error::busy}).find("busy") != std::string::npos);
}

TEST_CASE("errors, names and numbers that know more of themselves", "[format]") {
    CHECK(fmt::format("{}", Error::out_of_bounds) == "out_of_bounds");
    CHECK(fmt::format("{:>6}|", Error::busy) == "  busy|");
    CHECK(fmt::format("{}", io::type_name<Control>()) == "Control");
    CHECK(fmt::format("{:<5}|", *io::try_name(Mode::slow)) == "slow |");
    CHECK(fmt::format("{:#04x}", Bounded<std::uint32_t, 4>(7)) == "0x07");
    CHECK(fmt::format("{}", Bounded<std::int8_t, 4>(-7)) == "-7");
    CHECK(fmt::format("{:#x}", Bar::from_raw(0xfe00'000c).base()) == "0xfe000000");
    CHECK(fmt::format("{:#06x}", io::le<std::uint16_t>(0x102)) == "0x0102");
    CHECK(fmt::format("{}", io::be<std::int32_t>(-5)) == "-5");
    CHECK(fmt::format("{}", io::be<Mode>(Mode::fast)) == "2");
}

namespace {

struct Id : io::Register<Id, std::uint32_t, io::fixed<0x0>, io::ro> {
    IO_FIELDS(bits(31, 0, id));
};
struct Scratch : io::Register<Scratch, std::uint16_t, io::array<0x20, 3, 4>> {
    IO_FIELDS(bits(15, 0, value));
};
struct Fifo : io::Register<Fifo, std::uint32_t, io::fixed<0x30>> {
    IO_FIELDS(bits(7, 0, data, io::rc));
};
struct Peek : io::Register<Peek, std::uint16_t, io::alias<Fifo>> {
    IO_FIELDS(bits(7, 0, data));
};
struct Divisor : io::Register<Divisor, std::uint8_t, io::fixed<0x33>> {
    IO_FIELDS(bits(7, 0, divisor));
};
struct Ring : io::Register<Ring, std::uint32_t, io::fixed<0x34>, io::wo> {
    IO_FIELDS(bits(7, 0, number));
};
struct CpuBase;
struct CpuControl : io::Register<CpuControl, std::uint32_t, io::relative<CpuBase, 0x8>> {
    IO_FIELDS(bit(0, start));
};
struct Device
    : io::Region<0x40>,
      io::Registers<Control, Id, Scratch, Fifo, io::overlay<Divisor>, Peek, Ring, CpuControl> {};

} // namespace

TEST_CASE("35 the dump of a block reads each listed register once, none with an effect",
          "[format]") {
    Recorded<64> memory;
    for (std::size_t i = 0; i < 64; ++i)
        memory[i] = static_cast<unsigned char>(i);
    memory[0x10] = 0x11;
    memory[0x13] = 0;
    CHECK(io::dump(memory.view<Device>()) ==
          "0x0010 Control{divisor: 18, mode: slow, overrun: 0, enable: 1}\n"
          "0x0000 Id{id: 50462976}\n"
          "0x0020 Scratch[0]{value: 8480}\n"
          "0x0024 Scratch[1]{value: 9508}\n"
          "0x0028 Scratch[2]{value: 10536}\n"
          "0x0030 Fifo: not read, reading it has an effect\n"
          "0x0033 Divisor: not read, reading what is there has an effect\n"
          "0x0030 Peek: not read, reading what is there has an effect\n"
          "0x0034 Ring: not read, it is write-only\n"
          "       CpuControl: not read, its place depends on a base\n");
    CHECK(memory.log() == Log{{rd, 0x10, 4, 0x0012'1111},
                              {rd, 0x00, 4, 0x0302'0100},
                              {rd, 0x20, 2, 0x2120},
                              {rd, 0x24, 2, 0x2524},
                              {rd, 0x28, 2, 0x2928}});
}

TEST_CASE("35 the dump of a register, or of several, without a read that has an effect",
          "[format]") {
    Recorded<16> memory;
    for (std::size_t i = 0; i < 16; ++i)
        memory[i] = static_cast<unsigned char>(i);
    CHECK(io::dump(memory.view<Byte[3]>()) == "0x0000 Byte[0]{high: 0, low: 0}\n"
                                              "0x0001 Byte[1]{high: 0, low: 1}\n"
                                              "0x0002 Byte[2]{high: 0, low: 2}\n");
    CHECK(memory.log() == Log{{rd, 0, 1, 0}, {rd, 1, 1, 1}, {rd, 2, 1, 2}});
    memory.recorder.clear();
    CHECK(io::dump(memory.view<const Network>()) == "0x0000 Network{version: 0, last: 1}\n");
    CHECK(memory.log() == Log{{rd, 0, 2, 0x0100}});
    memory.recorder.clear();
    CHECK(io::dump(memory.view<Fifo>()) == "0x0000 Fifo: not read, reading it has an effect\n");
    CHECK(io::dump(memory.view<Fifo[2]>()) ==
          "0x0000 Fifo[0]: not read, reading it has an effect\n"
          "0x0004 Fifo[1]: not read, reading it has an effect\n");
    CHECK(io::dump(memory.view<Ring>()) == "0x0000 Ring: not read, it is write-only\n");
    CHECK(memory.untouched());
}

namespace {
// Says of itself what it is not; printing goes by as_view().
template <class V>
struct Liar : io::Io<Liar<V>, typename V::Backend, typename V::Target> {
    explicit Liar(V inner) noexcept : inner_(inner) {}
    V as_view() const noexcept { return inner_; }
    std::size_t size_bytes() const noexcept { return 64; }
    std::size_t size() const noexcept { return 64; }
    std::uintptr_t address() const noexcept { return 7; }
    int bytes() const noexcept { return 0; }
    int try_read(const auto&...) const noexcept { return 0; }
    int try_at(const auto&...) const noexcept { return 0; }

private:
    V inner_;
};
// No more than an IoBase has.
template <class V>
struct Least {
    using Backend = typename V::Backend;
    using Target = typename V::Target;
    V inner;
    V as_view() const noexcept { return inner; }
};
template <class V>
Least<V> least(V view) {
    return {view};
}
} // namespace

TEST_CASE("an owner is printed as the view that it gives", "[format]") {
    io::testing::Memory<4> memory;
    for (unsigned i = 0; i < 4; ++i)
        memory[i] = static_cast<unsigned char>(i);
    const auto view = memory.view<io::Region<>>();
    const auto slice = memory.view<std::uint8_t[]>();
    CHECK(io::dump(Liar{view}) == io::dump(view));
    CHECK(io::dump(least(view)) == io::dump(view));
    CHECK(fmt::format("{}", Liar{view}) == fmt::format("{}", view));
    CHECK(fmt::format("{}", Liar{slice}) == fmt::format("{}", slice));
    CHECK(fmt::format("{}", least(slice)) == fmt::format("{}", slice));
    const auto registers = memory.view<Byte[2]>();
    CHECK(io::dump(Liar{registers}) == io::dump(registers));
    CHECK(io::dump(least(registers)) == io::dump(registers));
}

TEST_CASE("the dump of bytes goes in lines of 16, the last as short as it is", "[format]") {
    Recorded<64> memory;
    for (std::size_t i = 0; i < 64; ++i)
        memory[i] = static_cast<unsigned char>(0xa0 + i);
    CHECK(io::dump(memory.view<std::uint8_t[21]>()) ==
          "0x0000  a0 a1 a2 a3 a4 a5 a6 a7  a8 a9 aa ab ac ad ae af\n"
          "0x0010  b0 b1 b2 b3 b4\n");
    memory.recorder.clear();
    CHECK(io::dump(memory.view<io::Region<>>().try_subview<io::Region<>>(0x10, 0x20).value()) ==
          "0x0000  b0 b1 b2 b3 b4 b5 b6 b7  b8 b9 ba bb bc bd be bf\n"
          "0x0010  c0 c1 c2 c3 c4 c5 c6 c7  c8 c9 ca cb cc cd ce cf\n");
    for (const auto& access : memory.log())
        CHECK(access.width == 8);
    CHECK(memory.log().size() == 4);
    memory.recorder.clear();
    CHECK(io::dump(memory.view<std::uint32_t>()) == "0x0000  a0 a1 a2 a3\n");
    CHECK(memory.log() == Log{{rd, 0, 4, 0xa3a2'a1a0}});
}

TEST_CASE("a dump says what the medium says where a read fails, and goes on", "[format]") {
    io::testing::Memory<64> memory;
    io::testing::Faulty faulty{memory.view<Device>()};
    for (std::size_t i = 0; i < 64; ++i)
        memory[i] = static_cast<unsigned char>(i);
    faulty.fail_access(2);
    const auto registers = io::dump(faulty.view<Device>());
    CHECK(registers.find("0x0000 Id: io_error\n0x0020 Scratch[0]{value: 8480}\n") !=
          registers.npos);

    faulty.unplug();
    faulty.when_gone(io::Error::no_device);
    CHECK(io::dump(faulty.view<std::uint8_t[20]>()) == "0x0000  no_device\n0x0010  no_device\n");
    CHECK(io::dump(faulty.view<Control>()) == "0x0000 Control: no_device\n");
}
