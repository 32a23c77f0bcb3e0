// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays of fields: where each is, what is no index and no value, and what is printed. The panic
// hook is a macro, so this file looks at copies of its own.
#include "support/panic_hook.hpp"

#include <ioview/endian.hpp>
#include <ioview/format.hpp>
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>
#include <ioview/testing/device.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

enum class Mode : std::uint8_t { input, output, alternate, analog };

// A value of the user's own.
struct Level {
    std::uint8_t raised; // one more than is stored
    constexpr explicit Level(io::Bounded<std::uint32_t, 4> bits)
        : raised(static_cast<std::uint8_t>(bits.get() + 1)) {}
    constexpr explicit operator io::Bounded<std::uint32_t, 4>() const {
        return io::Bounded<std::uint32_t, 4>::masked(raised - 1u);
    }
};

struct Modes : io::Register<Modes, std::uint32_t, io::fixed<0x00>> {
    IO_FIELDS(array(31, 0, mode, 16, Mode));
};
struct Mixed : io::Register<Mixed, std::uint32_t, io::fixed<0x04>> {
    IO_FIELDS(array(31, 24, offset, 2, std::int8_t),
              array(23, 16, flag, 8, io::w1c),
              array(15, 10, gain, 2),
              array(9, 8, kind, 2, Mode, io::ro),
              bit(7, enable),
              field_array(5, 2, on, 4),
              reserved(1, 0));
};
struct Levels : io::Register<Levels, std::uint32_t, io::fixed<0x08>> {
    IO_FIELDS(array(31, 0, level, 8, Level));
};
struct Whole : io::Register<Whole, std::uint64_t, io::fixed<0x10>> {
    IO_FIELDS(array(63, 0, half, 2));
};
struct One : io::Register<One, io::be<std::uint16_t>, io::fixed<0x18>> {
    IO_FIELDS(array(15, 0, all, 1));
};
struct Strobe : io::Register<Strobe, std::uint16_t, io::fixed<0x1a>, io::wo> {
    IO_FIELDS(array(15, 8, clear, 8), array(7, 0, set, 8));
};
struct Narrow : io::Register<Narrow, std::uint8_t, io::fixed<0x1c>> {
    IO_FIELDS(array(7, 0, nibble, 2, io::ro), array(7, 4, command, 2, io::wo));
};
// Types that are stated, one bit each and more.
struct Typed : io::Register<Typed, std::uint32_t, io::fixed<0x1c>> {
    IO_FIELDS(array(31, 24, byte, 2, std::uint8_t),
              array(23, 20, flag, 4, bool, io::w1c),
              array(19, 18, side, 2, Mode),
              array(17, 16, taken, 2, io::rc));
};
template <class Word>
struct Made : io::Register<Made<Word>, Word> {
    IO_SELF(Made);
    IO_FIELDS(array(7, 0, pair, 4));
};

using Regs = io::Region<0x20, 8>;

} // namespace

TEST_CASE("field arrays: each field is in its place", "[register]") {
    STATIC_REQUIRE(Modes::from_raw(0x9000'0004).mode(1) == Mode::output);
    STATIC_REQUIRE(Modes::from_raw(0x9000'0004).mode(15) == Mode::alternate);
    STATIC_REQUIRE(Modes{}.with_mode(15, Mode::analog).with_mode(0, Mode::output).raw() ==
                   0xc000'0001);
    STATIC_REQUIRE(Mixed::from_raw(0x00fe'0000).flag(7));
    STATIC_REQUIRE_FALSE(Mixed::from_raw(0x00fe'0000).flag(0));
    STATIC_REQUIRE(Mixed::from_raw(0x0000'1400).gain(0) == 5u);
    STATIC_REQUIRE(Mixed::from_raw(0x0000'1400).gain(1) == 0u);
    STATIC_REQUIRE(Mixed{}.with_gain(1, 5).with_on(3, true).raw() == 0xa020);
    STATIC_REQUIRE(Levels{}.with_level(7, Level(io::Bounded<std::uint32_t, 4>(3))).raw() ==
                   0x3000'0000);
    STATIC_REQUIRE(Whole{}.with_half(1, 0xffff'ffff).raw() == 0xffff'ffff'0000'0000);
    STATIC_REQUIRE(Whole::from_raw(0x0123'4567'89ab'cdef).half(1) == 0x0123'4567u);
    STATIC_REQUIRE(One{}.with_all(0, 0x1234).raw() == 0x1234);
    STATIC_REQUIRE(Narrow::from_raw(0xa5).nibble(1) == 0xau);
    STATIC_REQUIRE(Narrow{}.with_command(1, 2).raw() == 0x80);
    STATIC_REQUIRE(Made<std::uint8_t>{}.with_pair(3, 2).raw() == 0x80);

    STATIC_REQUIRE(std::is_same_v<decltype(Typed{}.byte(0)), std::uint8_t>);
    STATIC_REQUIRE(std::is_same_v<decltype(Typed{}.flag(0)), bool>);
    STATIC_REQUIRE(std::is_same_v<decltype(Mixed{}.on(0)), bool>);
    STATIC_REQUIRE(std::is_same_v<decltype(Typed{}.side(0)), Mode>);
    STATIC_REQUIRE(Typed::from_raw(0x00f4'0000).side(0) == Mode::output);
    STATIC_REQUIRE(Typed{}.with_flag(3, true).with_byte(1, 0xf).raw() == 0xf080'0000);
    STATIC_REQUIRE(Typed::io_map.write_zero == 0x00f0'0000);
    STATIC_REQUIRE(Typed::io_map.consumed == 0x0003'0000);

    Modes modes;
    Levels levels;
    for (int i = 0; i != 16; ++i) { // others keep what they have
        const Modes before = modes;
        modes = modes.with_mode(i, Mode::alternate);
        CHECK(modes.raw() == (before.raw() | 2u << (2 * i)));
        CHECK(modes.mode(i) == Mode::alternate);
        CHECK(modes.with_mode(i, Mode::input) == before);
    }
    CHECK(modes.raw() == 0xaaaa'aaaa);
    for (std::uint8_t i = 0; i != 8; ++i) {
        levels = levels.with_level(i, Level(io::Bounded<std::uint32_t, 4>::masked(i)));
        CHECK(levels.level(i).raised == i + 1);
    }
    CHECK(levels.raw() == 0x7654'3210);
}

TEST_CASE("field arrays: an index past the end", "[register]") {
    static const auto modes = Modes::from_raw(0x5555'5555);
    static int index;
    const std::string text = "ioview: an array of fields has no field of this index";
    for (const int past : {16, -1, 0x1'0000}) {
        index = past;
        CHECK(panic_of([] { static_cast<void>(modes.mode(index)); }) == text);
        CHECK(panic_of([] { static_cast<void>(modes.with_mode(index, Mode::input)); }) == text);
    }
    index = 15;
    CHECK(panic_of([] { static_cast<void>(modes.mode(index)); }) == "");
    index = -1;
    CHECK(modes.try_with_mode(index, Mode::input).error() == io::Error::out_of_bounds);
    CHECK(modes.try_with_mode(16u, 9).error() == io::Error::out_of_bounds);
    CHECK(modes.try_with_mode(std::numeric_limits<std::uint64_t>::max(), 0).error() ==
          io::Error::out_of_bounds);
    CHECK(modes.try_with_mode(std::uint64_t{1} << 32, 0).error() == io::Error::out_of_bounds);
}

TEST_CASE("field arrays: how wide each field is", "[register]") {
    using io::detail::element_width;
    CHECK(element_width(31, 0, 16) == 2);
    CHECK(element_width(31, 24, 1) == 8);
    CHECK(element_width(63, 0, 64) == 1);
    for (const auto& wrong : {std::array{31, 0, 5}, {31, 0, 0}, {31, 0, -4}, {0, 31, 2}, {1, 0, 4}})
        CHECK(element_width(wrong[0], wrong[1], wrong[2]) == 1);
}

TEST_CASE("field arrays: a value past the field", "[register]") {
    const auto tried = Modes{}.try_with_mode(3, 2);
    REQUIRE(tried);
    CHECK(tried->raw() == 0x80);
    CHECK(Modes{}.try_with_mode(3, 4).error() == io::Error::overflow);
    CHECK(Mixed{}.try_with_offset(0, -8).value().raw() == 0x0800'0000);
    CHECK(Mixed{}.try_with_offset(0, 16).error() == io::Error::overflow);
    CHECK(Mixed{}.try_with_gain(1, 8).error() == io::Error::overflow);
    CHECK(Mixed{}.try_with_on(0, 2).error() == io::Error::overflow);
    CHECK(One{}.try_with_all(0, 0x1'0000).error() == io::Error::overflow);
}

TEST_CASE("field arrays: access kinds are those of each field", "[register]") {
    STATIC_REQUIRE(Mixed::io_map.write_zero == 0x00ff'0003);
    STATIC_REQUIRE(Strobe::io_map.readable == false);
    STATIC_REQUIRE(io::detail::shared_bits<Narrow> == 0xf0);
    Recorded<0x20> ram;
    ram.view<std::uint32_t[8]>().at(1).write(0x00ff'f000);
    const auto bar = ram.view<Regs>();
    bar.update<Mixed>([](Mixed r) { return r.with_flag(3, true).with_on(1, true); });
    CHECK(ram.word<std::uint32_t>(0x04) == 0x0008'f008);
    bar.write(Strobe{}.with_set(2, true).with_clear(7, true));
    CHECK(ram.log() == Log{{wr, 0x04, 4, 0x00ff'f000},
                           {rd, 0x04, 4, 0x00ff'f000},
                           {wr, 0x04, 4, 0x0008'f008},
                           {wr, 0x1a, 2, 0x8004}});

    io::testing::Device dev{0x20};
    auto& mixed = dev.reg<Mixed>("mixed").holds(0x00ff'f300);
    dev.view<Regs>().write(Mixed{}.with_flag(3, true));
    CHECK(mixed.value() == 0x00f7'0300);
}

TEST_CASE("field arrays: visited and printed one by one", "[register]") {
    std::string seen;
    io::for_each_field(Mixed::from_raw(0x0003'0024), [&](const io::FieldInfo& field, auto) {
        seen += fmt::format("{}{}/{}:{}-{}:{:x}:{} ",
                            std::string_view(field.name),
                            field.index,
                            field.count,
                            field.high,
                            field.low,
                            field.mask,
                            field.width);
    });
    CHECK(seen.starts_with("offset0/2:27-24:f000000:4 offset1/2:31-28:f0000000:4 "
                           "flag0/8:16-16:10000:1 "));
    CHECK(seen.ends_with("kind1/2:9-9:200:1 enable0/0:7-7:80:1 on0/4:2-2:4:1 on1/4:3-3:8:1 "
                         "on2/4:4-4:10:1 on3/4:5-5:20:1 "));
    CHECK(fmt::format("{}", Whole::from_raw(0x2'0000'0001)) == "Whole{half[0]: 1, half[1]: 2}");
    CHECK(fmt::format("{:#}", Narrow::from_raw(0x21)) ==
          "Narrow 0x21\n    3:0  nibble[0]: 1 (0x1)\n    7:4  nibble[1]: 2 (0x2)");
    CHECK(fmt::format("{}", Typed::from_raw(0x1203'0000)) == // what a read takes is not printed
          "Typed{byte[0]: 2, byte[1]: 1, flag[0]: 0, flag[1]: 0, flag[2]: 0, flag[3]: 0, "
          "side[0]: input, side[1]: input}");
    CHECK(fmt::format("{}", Modes::from_raw(0x8000'0001)).ends_with(", mode[15]: alternate}"));
    STATIC_REQUIRE(io::unknown_bits(Mixed::from_raw(0x43)) == 0x43);
}
