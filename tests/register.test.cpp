// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Values of registers and what an access to them does. The numbered cases are behaviours that other
// libraries test, or get wrong.
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Bounded;
using io::Error;
using io::testing::Log;
using io::testing::Memory;
using io::testing::Op;
using io::testing::Recorder;

enum class Mode : std::uint8_t { off, slow, fast };
enum OldMode : std::uint8_t { old_off, old_on };

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor),
              bits(15, 12, gain, std::int8_t),
              bits(6, 4, mode, Mode),
              bit(1, overrun, io::w1c),
              bit(0, enable));
    constexpr bool idle() const { return mode() == Mode::off; }
};

// As many kinds of flags as a status register may have.
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x14>> {
    IO_FIELDS(bits(31, 24, level),
              reserved(23, 20),
              reserved(19, 18, io::rsvdo),
              bits(17, 16, spare, io::rsvdz),
              bit(4, ready, io::ro),
              bit(3, zero_to_clear, io::w0c),
              bit(2, one_to_set, io::w1s),
              bit(1, error, io::w1c),
              bit(0, done, io::w1c));
};

struct Events : io::Register<Events, std::uint32_t, io::fixed<0x18>> {
    IO_FIELDS(bit(2, timeout, io::w1c),
              bit(1, error, io::w1c),
              bit(0, done, io::w1c),
              reserved(31, 3));
};
struct AllEvents : io::Register<AllEvents, std::uint16_t, io::fixed<0x1c>, io::w1c> {
    IO_FIELDS(bit(1, error), bit(0, done));
};

struct Bar : io::Register<Bar, std::uint32_t, io::fixed<0x20>> {
    IO_FIELDS(unshifted(31, 4, base), bit(3, prefetchable), bits(2, 1, kind), bit(0, is_io));
};
struct Timing : io::Register<Timing, std::uint32_t, io::fixed<0x24>> {
    IO_FIELDS(split(count, (15, 12), (3, 0)),
              split(rate, (31, 31), (20, 20), (7, 6), Mode),
              reserved(30, 24));
};
struct Doorbell : io::Register<Doorbell, std::uint32_t, io::fixed<0x28>> {
    IO_FIELDS(bits(15, 8, level), bits(7, 0, ring, io::wo));
};
struct Command : io::Register<Command, std::uint32_t, io::fixed<0x2c>, io::wo> {
    IO_FIELDS(bits(31, 8, argument), bits(7, 0, code));
};

template <unsigned Width>
struct Counter : io::Register<Counter<Width>, std::uint16_t, io::fixed<0x30>> {
    IO_SELF(Counter);
    IO_FIELDS(bits(Width - 1, 0, count), bit(15, running));
};

// Kelvin in steps of a quarter degree: a type of the user's own.
struct Temperature {
    double kelvin = 0;
    constexpr Temperature() = default;
    constexpr explicit Temperature(double value) : kelvin(value) {}
    constexpr Temperature(Bounded<std::uint32_t, 12> raw) : kelvin(raw.get() / 4.0) {}
    constexpr operator Bounded<std::uint32_t, 12>() const {
        return Bounded<std::uint32_t, 12>::masked(static_cast<std::uint32_t>(kelvin * 4));
    }
};
struct Sensor : io::Register<Sensor, std::uint32_t> {
    IO_FIELDS(bits(27, 16, limit, Temperature), bits(11, 0, now, Temperature, io::ro));
};

struct Flags : io::Register<Flags, io::be<std::uint16_t>> {
    IO_FIELDS(bits(15, 8, high), bit(0, low));
};
struct Block {
    Control control;
    Flags flags;
    std::uint16_t pad;
    Doorbell doorbell;
};

using Region = io::Region<0x100>;

struct Bench {
    Memory<0x100> mem;
    Recorder<Memory<0x100>::Backend> recorder{mem.view<Region>()};

    auto view() { return recorder.view<Region>(); }
    void set(std::size_t offset, std::uint32_t value) {
        mem.view<Region>().try_write32(offset, value).value();
    }
    std::uint32_t get(std::size_t offset) { return mem.view<Region>().try_read32(offset).value(); }
    const Log& log() { return recorder.log(); }
};

} // namespace

TEST_CASE("a register is a plain value as large as its storage", "[register]") {
    STATIC_REQUIRE(sizeof(Control) == 4);
    STATIC_REQUIRE(alignof(Control) == 4);
    STATIC_REQUIRE(sizeof(Flags) == 2);
    STATIC_REQUIRE(std::is_trivially_copyable_v<Control>);
    STATIC_REQUIRE(std::is_standard_layout_v<Control>);
    STATIC_REQUIRE(std::same_as<Control::Storage, std::uint32_t>);
    STATIC_REQUIRE(std::same_as<Flags::Storage, std::uint16_t>);
    STATIC_REQUIRE(Control::from_raw(0x1234'5678).raw() == 0x1234'5678);
    STATIC_REQUIRE(Control::from_raw(1) == Control{}.with_enable(true));
    STATIC_REQUIRE(Control::from_raw(1) != Control{});
    STATIC_REQUIRE(Control{}.idle());
}

TEST_CASE("a fresh value is zero, with ones where zero would act", "[register]") {
    STATIC_REQUIRE(Control{}.raw() == 0);
    STATIC_REQUIRE(Status{}.raw() == 0x000c'0008);
    Status status;
    CHECK(status.raw() == 0x000c'0008);
}

TEST_CASE("getters yield Bounded, the type that is named, or bool", "[register]") {
    constexpr auto c = Control::from_raw(0x1234'd021);
    STATIC_REQUIRE(std::same_as<decltype(c.divisor()), Bounded<std::uint32_t, 16>>);
    STATIC_REQUIRE(std::same_as<decltype(c.gain()), std::int8_t>);
    STATIC_REQUIRE(std::same_as<decltype(c.mode()), Mode>);
    STATIC_REQUIRE(std::same_as<decltype(c.enable()), bool>);
    STATIC_REQUIRE(c.divisor() == 0x1234);
    STATIC_REQUIRE(c.gain() == -3);
    STATIC_REQUIRE(c.mode() == Mode::fast);
    STATIC_REQUIRE(c.enable());
    // a field copied into one as wide needs no check
    STATIC_REQUIRE(Control{}.with_divisor(c.divisor()).divisor() == 0x1234);
}

TEST_CASE("a signed field is two's complement of its width", "[register]") {
    STATIC_REQUIRE(Control{}.with_gain(-8).raw() == 0x8000);
    STATIC_REQUIRE(Control{}.with_gain(-1).gain() == -1);
    STATIC_REQUIRE(Control{}.with_gain(7).gain() == 7);
    CHECK(Control{}.try_with_gain(-8).value().gain() == -8);
    CHECK(Control{}.try_with_gain(-9).error() == Error::overflow);
    CHECK(Control{}.try_with_gain(8).error() == Error::overflow);
    CHECK(Control::from_raw(0xffff'ffff).with_gain(0).raw() == 0xffff'0fff);
}

TEST_CASE("types of the user's own convert from and to Bounded", "[register]") {
    constexpr auto sensor = Sensor{}.with_limit(Temperature{300.5});
    STATIC_REQUIRE(sensor.raw() == 1'202u << 16);
    STATIC_REQUIRE(sensor.limit().kelvin == 300.5);
    STATIC_REQUIRE(Sensor::from_raw(1'200).now().kelvin == 300.0);
    CHECK(Sensor{}.try_with_limit(Temperature{1.0}).value().raw() == 4u << 16);
}

TEST_CASE("run-time values go through try_with or masked", "[register]") {
    std::uint32_t n = 0x1'2345;
    CHECK(Control{}.try_with_divisor(n).error() == Error::overflow);
    CHECK(Control{}.try_with_divisor(n & 0xffff).value().divisor() == 0x2345);
    CHECK(Control{}.try_with_divisor(-1).error() == Error::overflow);
    CHECK(Control{}.with_divisor(Bounded<std::uint32_t, 16>::masked(n)).divisor() == 0x2345);
    std::uint16_t fits = 0xffff;
    CHECK(Control{}.with_divisor(fits).divisor() == 0xffff);
    bool on = true;
    CHECK(Control{}.with_enable(on).raw() == 1);
    CHECK(Control{}.try_with_mode(2).value().mode() == Mode::fast);
    CHECK(Control{}.try_with_mode(8).error() == Error::overflow);
    CHECK(Control{}.try_with_mode(static_cast<Mode>(9)).error() == Error::overflow);
    CHECK(Control{}.try_with_divisor(Bounded<std::uint32_t, 17>::masked(n)).error() ==
          Error::overflow);
    CHECK(Control{}.try_with_enable(2).error() == Error::overflow);
}

TEST_CASE("a register kept in big-endian order is read as a number", "[register]") {
    STATIC_REQUIRE(Flags{}.with_high(0xab).raw() == 0xab00);
    constexpr auto bytes = __builtin_bit_cast(io::be<std::uint16_t>, Flags::from_raw(0x1234));
    STATIC_REQUIRE(bytes.value() == 0x1234);
    STATIC_REQUIRE(Flags::from_raw(0x1234).high() == 0x12);
}

namespace {
struct Odd : io::Register<Odd, std::uint32_t, io::array<0x40, 4>> {
    IO_FIELDS(bits(31, 28, raw),
              bits(27, 24, at),
              bits(23, 20, of),
              bits(19, 16, value),
              bits(15, 12, from_raw),
              bits(11, 8, readable),
              bits(7, 4, writable),
              bits(3, 3, end),
              bit(2, offset),
              bit(1, update_base),
              bit(0, blind_update));
};
} // namespace

TEST_CASE("fields may be called like members of the base", "[register]") {
    constexpr auto odd = Odd{}.with_raw(1).with_at(2).with_value(3).with_readable(4);
    STATIC_REQUIRE(odd.raw() == 1);
    STATIC_REQUIRE(odd.Register::raw() == 0x1203'0400);
    STATIC_REQUIRE(Odd::Register::at(1).offset() == 0x44);
    STATIC_REQUIRE(odd == Odd::Register::from_raw(0x1203'0400));
    Bench bench;
    auto dev = bench.view();
    dev.write(Odd::Register::at(1), odd);
    CHECK(dev.read(Odd::Register::at(1)) == odd);
    dev.update(Odd::Register::at(1), [](Odd r) { return r.with_of(7); });
    CHECK(dev.read(Odd::Register::at(1)).of() == 7);
}

namespace {
struct Many : io::Register<Many, std::uint32_t> {
    IO_FIELDS(bit(31, f31),
              bit(30, f30),
              bit(29, f29),
              bit(28, f28),
              bit(27, f27),
              bit(26, f26),
              bit(25, f25),
              bit(24, f24),
              bit(23, f23),
              bit(22, f22),
              bit(21, f21),
              bit(20, f20),
              bit(19, f19),
              bit(18, f18),
              bit(17, f17),
              bit(16, f16),
              bit(15, f15),
              bit(14, f14),
              bit(13, f13),
              bit(12, f12),
              bit(11, f11),
              bit(10, f10),
              bit(9, f9),
              bit(8, f8),
              bit(7, f7),
              bit(6, f6),
              bit(5, f5),
              bit(4, f4),
              bit(3, f3),
              bit(2, f2),
              bit(1, f1),
              bit(0, f0));
};
} // namespace

TEST_CASE("32 fields of one register", "[register]") {
    STATIC_REQUIRE(Many{}.with_f31(true).with_f17(true).with_f0(true).raw() == 0x8002'0001);
    int count = 0;
    io::for_each_field(Many{}, [&](const auto&, bool) { ++count; });
    CHECK(count == 32);
}

// --- fields and registers ---

TEST_CASE("01 a value wider than its field leaves neighbour bits unchanged", "[register]") {
    constexpr auto all = Control::from_raw(0xffff'ffff);
    constexpr auto none = Control::from_raw(0);
    // an enumeration is masked, a Bounded cannot be too wide, in any order
    STATIC_REQUIRE(none.with_mode(static_cast<Mode>(0xff)).raw() == 0x70);
    STATIC_REQUIRE(none.with_mode(static_cast<Mode>(0xff)).with_enable(true).raw() == 0x71);
    STATIC_REQUIRE(none.with_enable(true).with_mode(static_cast<Mode>(0xff)).raw() == 0x71);
    STATIC_REQUIRE(all.with_divisor(0).raw() == 0xffff);
    STATIC_REQUIRE(all.with_mode(Mode::off).raw() == 0xffff'ff8f);
    CHECK(none.try_with_divisor(0x1'0000).error() == Error::overflow);
}

namespace {
template <class T>
struct Whole : io::Register<Whole<T>, T> {
    IO_SELF(Whole);
    IO_FIELDS(bits(static_cast<int>(sizeof(T)) * 8 - 1, 0, value));
};
template <class T>
struct Ends : io::Register<Ends<T>, T> {
    IO_SELF(Ends);
    static constexpr int top = static_cast<int>(sizeof(T)) * 8 - 1;
    IO_FIELDS(bit(top, sign), bits(top - 1, top - 3, upper), bits(3, 1, lower), bit(0, odd));
};
} // namespace

TEMPLATE_TEST_CASE("02 fields of one bit, several bits and the full width, at either end",
                   "[register]",
                   std::uint8_t,
                   std::uint16_t,
                   std::uint32_t,
                   std::uint64_t) {
    using T = TestType;
    constexpr T ones = static_cast<T>(~T{0});
    CHECK(Whole<T>{}.with_value(ones).raw() == ones);
    CHECK(Whole<T>::from_raw(ones).value() == ones);
    CHECK(Whole<T>::from_raw(ones).with_value(0).raw() == 0);
    CHECK(Whole<T>{}.try_with_value(ones).value().raw() == ones);
    CHECK(Whole<T>{}.try_with_value(-1).error() == Error::overflow);
    const auto top = static_cast<T>(T{1} << Ends<T>::top);
    CHECK(Ends<T>{}.with_sign(true).raw() == top);
    CHECK(Ends<T>{}.with_upper(7).raw() == static_cast<T>(T{7} << (Ends<T>::top - 3)));
    CHECK(Ends<T>{}.with_lower(7).raw() == 0xe);
    CHECK(Ends<T>::from_raw(ones).with_sign(false).raw() == static_cast<T>(ones ^ top));
    CHECK(Ends<T>::from_raw(ones).with_odd(false).raw() == static_cast<T>(ones ^ 1));
    CHECK(Ends<T>::from_raw(top).sign());
    CHECK_FALSE(Ends<T>::from_raw(static_cast<T>(~top)).sign());
}

namespace {
struct Pair : io::Register<Pair, std::uint8_t> {
    IO_FIELDS(bits(7, 4, upper), bits(3, 0, lower));
};
} // namespace

TEST_CASE("03 adjacent fields do not bleed", "[register]") {
    for (unsigned upper = 0; upper != 16; ++upper)
        for (unsigned lower = 0; lower != 16; ++lower) {
            const auto pair = Pair::from_raw(0xff)
                                  .with_upper(Bounded<std::uint8_t, 4>::masked(upper))
                                  .with_lower(Bounded<std::uint8_t, 4>::masked(lower));
            CHECK(pair.raw() == upper * 16 + lower);
            CHECK(pair.upper() == upper);
            CHECK(pair.lower() == lower);
        }
}

namespace {
struct Top : io::Register<Top, std::uint16_t> {
    IO_FIELDS(bits(15, 8, upper));
};
} // namespace

TEST_CASE("04 a field that ends at the last bit is the widest accepted", "[register]") {
    // fields past the end: tests/compile_fail/register_field_past_the_register.cpp and others
    STATIC_REQUIRE(Top{}.with_upper(0xff).raw() == 0xff00);
}

TEST_CASE("05 read-modify-write preserves all unnamed bits", "[register]") {
    Bench bench;
    bench.set(0x10, 0xffff'fffd);
    bench.view().update<Control>([](Control r) { return r.with_mode(Mode::slow); });
    CHECK(bench.log() == Log{{Op::read, 0x10, 4, 0xffff'fffd}, {Op::write, 0x10, 4, 0xffff'ff9d}});
}

namespace {
struct Unused : io::Register<Unused, std::uint32_t, io::fixed<0x40>> {
    IO_FIELDS(reserved(31, 0));
};
} // namespace

TEST_CASE("06 reserved bits are written as zero even if read as one", "[register]") {
    Bench bench;
    bench.set(0x14, 0xffff'ffff);
    bench.view().update<Status>([](Status r) { return r.with_level(0x12); });
    CHECK(bench.log()[1].value == (0x1200'0000u | 0x000c'0000u | 0xffe0u | 0x18u));

    bench.recorder.clear();
    bench.set(0x40, 0xffff'ffff);
    bench.view().update<Unused>([](Unused r) { return r; });
    CHECK(bench.log() == Log{{Op::write, 0x40, 4, 0}});
}

TEST_CASE("07 unshifted fields keep their position", "[register]") {
    constexpr auto bar = Bar::from_raw(0xfebf'0008);
    STATIC_REQUIRE(bar.base() == 0xfebf'0000u);
    STATIC_REQUIRE(bar.prefetchable());
    STATIC_REQUIRE(Bar{}.with_base(0x1000'0000u).with_is_io(true).raw() == 0x1000'0001);
    STATIC_REQUIRE(Bar{}.with_base(bar.base()).raw() == 0xfebf'0000u);
    std::uint32_t address = 0x2000'0010;
    CHECK(Bar{}.try_with_base(address).value().base() == address);
    CHECK(Bar{}.try_with_base(address + 8).error() == Error::overflow);
    CHECK(Bar{}.try_with_base(0x1'0000'0000ull).error() == Error::overflow);
    CHECK(Bar{}.with_base(io::InPlace<std::uint32_t, 31, 4>::masked(address + 8)).raw() == address);
    CHECK(Bar{}.try_with_base(bar.base()).value().base() == 0xfebf'0000u);
    using Bits32 = io::Bounded<std::uint32_t, 32>;
    CHECK(Bar{}.try_with_base(Bits32(address)).value().base() == address);
    CHECK(Bar{}.try_with_base(Bits32(address + 8)).error() == Error::overflow);
}

namespace {
struct Old : io::Register<Old, std::uint8_t> {
    IO_FIELDS(bits(3, 2, mode, OldMode));
};
} // namespace

TEST_CASE("08 enumerations; a value without an enumerator is representable", "[register]") {
    constexpr auto unknown = Control::from_raw(0x50);
    STATIC_REQUIRE(static_cast<int>(unknown.mode()) == 5);
    STATIC_REQUIRE(Control{}.with_mode(unknown.mode()).raw() == 0x50);
    CHECK(io::try_name(Control::from_raw(0x20).mode()).value() == "fast");
    CHECK(io::try_name(unknown.mode()).error() == Error::invalid_argument);
    STATIC_REQUIRE(Old{}.with_mode(old_on).raw() == 4);
    STATIC_REQUIRE(Old::from_raw(0xff).mode() == 3);
}

TEST_CASE("09 a register is templated on the width of a field", "[register]") {
    STATIC_REQUIRE(Counter<4>{}.with_count(15).raw() == 15);
    STATIC_REQUIRE(Counter<12>{}.with_count(0xfff).with_running(true).raw() == 0x8fff);
    STATIC_REQUIRE(std::same_as<decltype(Counter<4>{}.count()), Bounded<std::uint16_t, 4>>);
    CHECK(Counter<4>{}.try_with_count(16).error() == Error::overflow);
    CHECK(Counter<5>{}.try_with_count(16).value().count() == 16);
    Bench bench;
    bench.view().write(Counter<12>{}.with_count(1));
    CHECK(bench.log() == Log{{Op::write, 0x30, 2, 1}});
}

TEST_CASE("10 a signed value goes where it cannot be negative only through a check", "[register]") {
    // refused as such: tests/compile_fail/register_signed_run_time_value.cpp
    std::int8_t small = -1;
    CHECK(Control{}.try_with_divisor(small).error() == Error::overflow);
    small = 1;
    CHECK(Control{}.try_with_divisor(small).value().divisor() == 1);
    CHECK(Control{}.with_divisor(Bounded<std::uint32_t, 16>::masked(small)).divisor() == 1);
}

TEST_CASE("11 a register is no value of another register", "[register]") {
    STATIC_REQUIRE_FALSE(std::is_convertible_v<Status, Control>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Control, Status>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::uint32_t, Control>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<Control, std::uint32_t>);
    STATIC_REQUIRE_FALSE(std::equality_comparable_with<Control, Status>);
}

TEST_CASE("12 the widest constant is accepted, in any integer type", "[register]") {
    // wider ones: tests/compile_fail/register_constant_too_wide.cpp
    STATIC_REQUIRE(Control{}.with_divisor(0xffff).divisor() == 0xffff);
    STATIC_REQUIRE(Control{}.with_divisor(0xffffu).divisor() == 0xffff);
    STATIC_REQUIRE(Control{}.with_divisor(std::size_t{0xffff}).divisor() == 0xffff);
    STATIC_REQUIRE(Control{}.with_divisor('a').divisor() == 'a');
    STATIC_REQUIRE(Control{}.with_enable(1).enable());
    STATIC_REQUIRE(Control{}.with_divisor(true).divisor() == 1);
}

// --- access traffic ---

TEST_CASE("13 two fields make one read and one write; a whole value no read", "[register]") {
    Bench bench;
    bench.set(0x10, 0);
    auto dev = bench.view();
    dev.update<Control>([](Control r) { return r.with_divisor(2).with_enable(true); });
    CHECK(bench.log() == Log{{Op::read, 0x10, 4, 0}, {Op::write, 0x10, 4, 0x2'0001}});
    bench.recorder.clear();
    dev.write(Control{}.with_divisor(3).with_gain(1).with_mode(Mode::slow).with_enable(true));
    dev.write(Command{}.with_code(0x11));
    dev.write(Doorbell{}.with_ring(7));
    CHECK(bench.log() ==
          Log{{Op::write, 0x10, 4, 0x3'1011}, {Op::write, 0x2c, 4, 0x11}, {Op::write, 0x28, 4, 7}});
}

TEST_CASE("14 flags cleared by a one", "[register]") {
    Bench bench;
    auto dev = bench.view();

    SECTION("a pending sibling survives an update") {
        bench.set(0x10, 0x3); // overrun and enable
        dev.update<Control>([](Control r) { return r.with_enable(false); });
        CHECK(bench.log() == Log{{Op::read, 0x10, 4, 3}, {Op::write, 0x10, 4, 0}});
    }
    SECTION("in f the flag reads as its identity") {
        bench.set(0x10, 0x3);
        dev.update<Control>([](Control r) {
            CHECK_FALSE(r.overrun());
            return r;
        });
    }
    SECTION("one of several is cleared by one write and no read") {
        bench.set(0x18, 0x7);
        dev.update<Events>([](Events r) { return r.with_error(true); });
        CHECK(bench.log() == Log{{Op::write, 0x18, 4, 2}});
    }
    SECTION("the kind of the whole register holds for its fields and the rest") {
        dev.update<AllEvents>([](AllEvents r) { return r.with_done(true); });
        CHECK(bench.log() == Log{{Op::write, 0x1c, 2, 1}});
    }
    SECTION("what was read is not written back by accident") {
        bench.set(0x18, 0x7);
        auto seen = dev.read<Events>();
        CHECK(seen.timeout());
        dev.write(Events{}.with_timeout(seen.timeout()));
        CHECK(bench.log() == Log{{Op::read, 0x18, 4, 7}, {Op::write, 0x18, 4, 4}});
    }
    SECTION("clearing a clear flag is harmless") {
        bench.set(0x18, 0);
        dev.update<Events>([](Events r) { return r.with_done(true); });
        CHECK(bench.log() == Log{{Op::write, 0x18, 4, 1}});
    }
}

TEST_CASE("15 identities: zero-to-clear, one-to-set, read-only, reserved ones", "[register]") {
    Bench bench;
    auto dev = bench.view();
    bench.set(0x14, 0x0000'0000);
    dev.update<Status>([](Status r) { return r.with_level(1); });
    CHECK(bench.log()[1].value == 0x010c'0008); // w0c and rsvdo ones, all else zero
    bench.recorder.clear();
    bench.set(0x14, 0xff00'001f);
    dev.update<Status>([](Status r) { return r.with_zero_to_clear(false); });
    CHECK(bench.log()[1].value == 0xff0c'0010); // ro goes back as it was read
    bench.recorder.clear();
    dev.update<Status>([](Status r) { return r.with_one_to_set(true); });
    CHECK((bench.log()[1].value & 0xf) == 0xc);
}

namespace {
struct Fifo : io::Register<Fifo, std::uint8_t> {
    IO_FIELDS(bits(7, 0, data, io::rc));
};
} // namespace

TEST_CASE("16 access kinds of a register, for those that ask", "[register]") {
    // refusals: tests/compile_fail/register_{read,write,update,try}_….cpp
    STATIC_REQUIRE(Control::readable);
    STATIC_REQUIRE(Control::writable);
    STATIC_REQUIRE_FALSE(Command::readable);
    STATIC_REQUIRE(Command::writable);
    STATIC_REQUIRE(Doorbell::has_wo_field);
    STATIC_REQUIRE_FALSE(Control::has_wo_field);
    STATIC_REQUIRE(Events::blind_update);
    STATIC_REQUIRE(AllEvents::blind_update);
    STATIC_REQUIRE_FALSE(Status::blind_update);
    STATIC_REQUIRE_FALSE(Control::blind_update);
    STATIC_REQUIRE(Fifo::reading_has_side_effect);
    STATIC_REQUIRE_FALSE(Control::reading_has_side_effect);
    // a value that is written only can still be looked at where it was made
    CHECK(Command{}.with_code(3).code() == 3);
}

TEST_CASE("17 an access has the width of the storage, whatever the field", "[register]") {
    Bench bench;
    bench.set(0x10, 0);
    auto dev = bench.view();
    dev.update<Control>([](Control r) { return r.with_divisor(1); }); // the upper half word
    CHECK(dev.try_update<Control>([](Control r) { return r.with_enable(true); }));
    for (const auto& access : bench.log())
        CHECK(access.width == 4);
    dev.write(AllEvents{});
    CHECK(bench.log().back().width == 2);
}

TEST_CASE("18 registers cost nothing in the type of a view", "[register]") {
    // instruction counts: benchmarks/register_cost
    STATIC_REQUIRE(sizeof(io::Mmio<Block>) == sizeof(void*));
    STATIC_REQUIRE(sizeof(Block) == 12);
}

namespace {
struct Levels : io::Register<Levels, std::uint16_t, io::array<0x40, 4>> {
    IO_FIELDS(bits(15, 12, third), bits(11, 8, second), bits(7, 4, first), bits(3, 0, zeroth));
};
struct Crossing : io::Register<Crossing, std::uint32_t, io::fixed<0x40>> {
    IO_FIELDS(split(item, (17, 16), (15, 14)));
};
} // namespace

TEST_CASE("19 items narrower than the access", "[register]") {
    // four 4-bit items in a 16-bit word; none crosses a word
    Bench bench;
    bench.set(0x40, 0x4321'8765);
    auto dev = bench.view();
    dev.update(Levels::at(1), [](Levels r) { return r.with_second(0xf); });
    CHECK(bench.get(0x40) == 0x4f21'8765);
    CHECK(bench.log() == Log{{Op::read, 0x42, 2, 0x4321}, {Op::write, 0x42, 2, 0x4f21}});
    // one that crosses is a value of two parts in a register as wide as both words
    CHECK(dev.read<Crossing>().item() == ((0x4f21'8765u >> 14) & 0xf));
}

namespace {
struct Slots : io::Register<Slots, std::uint32_t, io::array<0x80, 8, 8>> {
    IO_FIELDS(bits(31, 0, value));
};
} // namespace

TEST_CASE("20 an index at the count and beyond makes no access", "[register]") {
    Bench bench;
    bench.set(0x80 + 56, 5);
    auto dev = bench.view();
    auto read_at = [&](auto i) {
        return Slots::try_at(i).and_then([&](auto at) { return dev.try_read(at); });
    };
    CHECK(read_at(7).value().value() == 5);
    CHECK(bench.log().size() == 1);
    CHECK(read_at(8).error() == Error::out_of_bounds);
    CHECK(read_at(-1).error() == Error::out_of_bounds);
    CHECK(read_at(std::uint64_t{1} << 32).error() == Error::out_of_bounds);
    CHECK(read_at(std::size_t(-1)).error() == Error::out_of_bounds);
    CHECK(read_at(std::int8_t{-128}).error() == Error::out_of_bounds);
    CHECK(bench.log().size() == 1);
}

namespace {
struct Channel;
template <std::size_t N>
struct ChannelN : io::RegisterBase<Channel, 0x40 + 0x20 * N> {};
struct ChannelSlot
    : io::Register<ChannelSlot, std::uint16_t, io::relative_array<Channel, 0x4, 3, 8>> {
    IO_FIELDS(bits(15, 8, tag), bits(7, 0, size));
};
} // namespace

TEST_CASE("21 stride greater than size; an array of blocks; base, index and field", "[register]") {
    Bench bench;
    auto dev = bench.view();
    dev.write(ChannelSlot::of<ChannelN<2>>().at(1), ChannelSlot{}.with_tag(0xab));
    CHECK(bench.log() == Log{{Op::write, 0x40 + 0x40 + 4 + 8, 2, 0xab00}});
    auto slot = ChannelSlot::of<ChannelN<2>>().try_at(1);
    CHECK(dev.read(*slot).tag() == 0xab);
    CHECK(ChannelSlot::of<ChannelN<2>>().try_at(3).error() == Error::out_of_bounds);
}

namespace {
struct Wide : io::Register<Wide, std::uint64_t> {
    IO_FIELDS(split(swapped, (31, 0), (63, 32)));
};
} // namespace

TEST_CASE("22 a value of parts that are apart", "[register]") {
    STATIC_REQUIRE(Timing{}.with_count(0xa5).raw() == 0x0000'a005);
    STATIC_REQUIRE(Timing::from_raw(0xffff'ffff).count() == 0xff);
    STATIC_REQUIRE(Timing::from_raw(0x0000'a005).count() == 0xa5);
    STATIC_REQUIRE(Timing::from_raw(0xffff'ffff).with_count(0).raw() == 0xffff'0ff0);
    STATIC_REQUIRE(Timing{}.with_rate(static_cast<Mode>(9)).raw() == 0x8000'0040);
    STATIC_REQUIRE(static_cast<int>(Timing::from_raw(0x8000'0040).rate()) == 9);
    CHECK(Timing{}.try_with_count(0x100).error() == Error::overflow);
    for (std::uint32_t n = 0; n != 256; ++n)
        CHECK(Timing{}.try_with_count(n).value().count() == n);
    STATIC_REQUIRE(Wide::from_raw(0x1111'2222'3333'4444).swapped() == 0x3333'4444'1111'2222);
    STATIC_REQUIRE(Wide{}.with_swapped(0x3333'4444'1111'2222u).raw() == 0x1111'2222'3333'4444);
}

// --- in views ---

TEST_CASE("registers as members of a block", "[register]") {
    Memory<sizeof(Block)> mem;
    Recorder recorder{mem.view<Block>()};
    auto block = recorder.view<Block>();
    IO_WRITE(block, control, Control{}.with_divisor(1).with_enable(true));
    CHECK(IO_READ(block, control).enable());
    IO_UPDATE(block, control, [](Control r) { return r.with_enable(false); });
    CHECK(IO_READ(block, control).raw() == 0x1'0000);
    IO_WRITE(block, flags, Flags{}.with_high(0x12).with_low(true));
    CHECK(mem[4] == 0x12);
    CHECK(mem[5] == 0x01);
    CHECK(IO_READ(block, flags).high() == 0x12);
    CHECK(recorder.log().size() == 7);
}

TEST_CASE("registers as members of a block have try_ forms too", "[register]") {
    Memory<sizeof(Block)> mem;
    Recorder recorder{mem.view<Block>()};
    const auto control = IO_PROJECT(recorder.view<Block>(), control);
    CHECK(control.try_write(Control{}.with_divisor(1).with_enable(true)));
    CHECK(control.try_read().value().enable());
    CHECK(control.try_update([](Control r) { return r.with_enable(false); }));
    CHECK(recorder.log() == Log{{Op::write, 0, 4, 0x1'0001},
                                {Op::read, 0, 4, 0x1'0001},
                                {Op::read, 0, 4, 0x1'0001},
                                {Op::write, 0, 4, 0x1'0000}});
}

TEST_CASE("registers in constant expressions", "[register]") {
    STATIC_REQUIRE([] {
        Memory<0x40> mem;
        auto dev = mem.view<io::Region<0x40>>();
        dev.write(Control{}.with_divisor(12));
        dev.update<Control>([](Control r) { return r.with_mode(Mode::fast); });
        return dev.read<Control>().raw();
    }() == 0xc'0020);
}

TEST_CASE("try_ forms check the real region and call nothing when they fail", "[register]") {
    Memory<0x10> mem;
    Recorder recorder{mem.view<io::Region<0x10>>()};
    auto dev = recorder.view<io::Region<>>();
    CHECK(dev.try_read<Control>().error() == Error::out_of_bounds);
    CHECK(dev.try_write(Control{}).error() == Error::out_of_bounds);
    bool called = false;
    CHECK(dev.try_update<Control>([&](Control r) {
                 called = true;
                 return r;
             })
              .error() == Error::out_of_bounds);
    CHECK_FALSE(called);
    CHECK(recorder.log().empty());
}
