// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Registers of IO_FIELD_TYPES are those of IO_FIELDS without functions; IO_GET and IO_VALUE.
#include <ioview/format.hpp>
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>
#include <ioview/register/field_types.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace io = ioview;

namespace {

enum class Mode : std::uint8_t { idle, run, halt, sleep };
// A type of the user's own.
struct Level {
    std::uint8_t percent;
    constexpr explicit Level(io::Bounded<std::uint32_t, 4> bits) noexcept
        : percent(static_cast<std::uint8_t>(bits.get() * 5)) {}
    constexpr explicit Level(unsigned p) noexcept : percent(static_cast<std::uint8_t>(p)) {}
    constexpr explicit operator io::Bounded<std::uint32_t, 4>() const noexcept {
        return io::Bounded<std::uint32_t, 4>::masked(percent / 5u);
    }
};

// One list of fields, both ways.
#define BOTH(Location, ...)                                                                        \
    template <class Stored>                                                                        \
    struct WithFunctions : io::Register<WithFunctions<Stored>, Stored, Location> {                 \
        IO_SELF(WithFunctions);                                                                    \
        IO_FIELDS(__VA_ARGS__);                                                                    \
    };                                                                                             \
    template <class Stored>                                                                        \
    struct TypesAlone : io::Register<TypesAlone<Stored>, Stored, Location> {                       \
        IO_SELF(TypesAlone);                                                                       \
        IO_FIELD_TYPES(__VA_ARGS__);                                                               \
    }
BOTH(io::fixed<0x10>,
     bits(31, 24, divisor),
     unshifted(23, 20, base),
     split(channel, (19, 18), (3, 2)),
     bits(17, 16, mode, Mode),
     bits(15, 12, level, Level),
     array(11, 8, gain, 2),
     bit(7, ready, io::ro),
     bit(6, overrun, io::w1c),
     bit(5, enable),
     reserved(4, 4, io::rsvdo),
     field_bits(1, 0, command, io::wo));

template <class R>
std::vector<std::string> listed() {
    std::vector<std::string> fields;
    io::for_each_field(R::from_raw(0x8765'4321), [&](const io::FieldInfo& field, const auto&) {
        fields.push_back(fmt::format("{} {} {} {:x} {} {}",
                                     std::string_view(field.name),
                                     field.high,
                                     field.low,
                                     field.mask,
                                     field.width,
                                     io::access_name(field.access)));
    });
    return fields;
}

template <class Stored>
void check_alike() {
    using R = WithFunctions<Stored>;
    using T = TypesAlone<Stored>;
    CHECK(listed<T>() == listed<R>());
    CHECK(listed<T>().size() == 10);
    CHECK(T{}.raw() == R{}.raw());
    static_assert(sizeof(T) == sizeof(R) && std::is_trivially_copyable_v<T>);

    for (const std::uint32_t raw : {0u, 0xffff'ffffu, 0x8765'4321u, 0x789a'bcdeu}) {
        const auto r = R::from_raw(raw);
        const auto t = T::from_raw(raw);
        CHECK(IO_GET(t, divisor) == r.divisor());
        CHECK(IO_GET(t, base) == r.base());
        CHECK(IO_GET(t, channel) == r.channel());
        CHECK(IO_GET(t, mode) == r.mode());
        CHECK(IO_GET(t, level).percent == r.level().percent);
        CHECK(IO_GET(t, gain, 1) == r.gain(1));
        CHECK(IO_GET(t, ready) == r.ready());
        CHECK(IO_GET(t, overrun) == r.overrun());
        CHECK(IO_GET(t, enable) == r.enable());
        CHECK(IO_GET(r, enable) == r.enable());
        static_assert(std::is_same_v<decltype(IO_GET(t, mode)), Mode>);
        static_assert(std::is_same_v<decltype(IO_GET(t, divisor)), decltype(r.divisor())>);
    }
    CHECK(IO_VALUE(T, divisor(0x12), mode(Mode::halt), overrun(true), level(Level(25u)), command(2))
              .raw() == R{}.with_divisor(0x12)
                            .with_mode(Mode::halt)
                            .with_overrun(true)
                            .with_level(Level(25u))
                            .with_command(2)
                            .raw());
    CHECK(IO_VALUE(T, base(0x30'0000), channel(9), gain(1, 3u)).raw() ==
          R{}.with_base(0x30'0000).with_channel(9).with_gain(1, 3u).raw());
    CHECK(IO_VALUE(R, enable(true)).raw() == R{}.with_enable(true).raw());
}

TEST_CASE("types alone say of a register what the functions say") {
    check_alike<std::uint32_t>();
    check_alike<io::le<std::uint32_t>>();
    check_alike<io::be<std::uint32_t>>();
}

struct Pins : io::Register<Pins, std::uint32_t, io::fixed<0x8>> {
    IO_FIELD_TYPES(array(31, 0, mode, 16));
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0xc>> {
    IO_FIELD_TYPES(bits(9, 8, mode, Mode), bit(6, overrun, io::w1c), bit(0, enable));
};

TEST_CASE("registers of types alone are read, written, modified and printed") {
    Recorded<0x20> ram;
    const auto bar = ram.view<io::Region<0x20>>();
    bar.write(IO_VALUE(Control, mode(Mode::run), enable(true)));
    IO_MODIFY(bar, Control, mode(Mode::sleep));
    bar.write(IO_VALUE(Pins, mode(3, 2u)));
    for (unsigned i = 14; i < 16; ++i)
        IO_MODIFY(bar, Pins, mode(i, 1u));
    CHECK(IO_GET(bar.read<Pins>(), mode, 15u) == 1u);
    CHECK(ram.log() == Log{{wr, 0xc, 4, 0x101},
                           {rd, 0xc, 4, 0x101},
                           {wr, 0xc, 4, 0x301},
                           {wr, 0x8, 4, 0x80},
                           {rd, 0x8, 4, 0x80},
                           {wr, 0x8, 4, 0x1000'0080},
                           {rd, 0x8, 4, 0x1000'0080},
                           {wr, 0x8, 4, 0x5000'0080},
                           {rd, 0x8, 4, 0x5000'0080}});
    const auto text = fmt::format("{}", bar.read<Control>());
    CHECK(text.find("enable") != std::string::npos);
}

TEST_CASE("a device knows the access kinds of types alone") {
    io::testing::Device device{0x20};
    auto& control = device.reg<Control>("control");
    control.holds(0x40);
    const auto bar = device.view<io::Region<0x20>>();
    IO_MODIFY(bar, Control, enable(true));
    CHECK(control.value() == 0x41); // overrun stays
    IO_MODIFY(bar, Control, overrun(true));
    CHECK(control.value() == 0x01);
}

constexpr bool in_the_compiler() {
    return IO_GET(IO_VALUE(Control, mode(Mode::halt), enable(true)), mode) == Mode::halt;
}
static_assert(in_the_compiler());

} // namespace
