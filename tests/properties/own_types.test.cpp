// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fields and members of types that the ABI passes in vector registers. What is forced inline may
// use general registers alone, so it returns none of these: this file would not compile.
#include <ioview/ioview.hpp>
#include <ioview/register/for_each_field.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

// Returned in one vector register, in two, in a general one and in memory.
template <class Number, unsigned Count>
struct Halves {
    Number value[Count] = {};
    constexpr explicit Halves(Number number) : value{number} {}
    constexpr explicit Halves(io::Bounded<std::uint32_t, 8> raw)
        : value{static_cast<Number>(raw.get()) / 2} {}
    constexpr explicit operator io::Bounded<std::uint32_t, 8>() const {
        return io::Bounded<std::uint32_t, 8>::masked(static_cast<std::uint32_t>(value[0] * 2));
    }
};
using Float = Halves<float, 1>;
using Double = Halves<double, 1>;
using Doubles = Halves<double, 2>;
using Many = Halves<double, 3>;
using Whole = Halves<std::uint32_t, 1>;

struct Sensor : io::Register<Sensor, std::uint32_t, io::fixed<0>> {
    IO_FIELDS(bits(31, 24, board, Double),
              bits(23, 16, die, Float),
              split(part, (15, 12), (3, 0), Doubles),
              bits(11, 4, whole, Whole, io::ro));
};
struct Others : io::Register<Others, std::uint32_t, io::fixed<4>, io::ro> {
    IO_FIELDS(bits(15, 8, many, Many), bits(7, 0, consumed, Double, io::rc));
};
using Bar = io::Region<0x40>;

} // namespace

TEST_CASE("a getter yields a field's own type, whichever registers hold it", "[register]") {
    STATIC_REQUIRE(Sensor::from_raw(0x0900'0000).board().value[0] == 4.5);
    STATIC_REQUIRE(Sensor::from_raw(0x0009'0000).die().value[0] == 4.5f);
    STATIC_REQUIRE(Sensor::from_raw(0x0000'1001).part().value[0] == 8.5);
    STATIC_REQUIRE(Sensor::from_raw(0x0000'0090).whole().value[0] == 4);
    STATIC_REQUIRE(Others::from_raw(0x900).many().value[0] == 4.5);
    Recorded<0x40> ram;
    ram[3] = 9;
    ram[2] = 5;
    ram[1] = ram[0] = 0x11;
    const auto bar = ram.view<Bar>();
    CHECK(bar.read<Sensor>().board().value[0] == 4.5);
    const Sensor all = bar.read<Sensor>();
    CHECK(all.die().value[0] == 2.5f);
    CHECK(all.part().value[0] == 8.5);
    CHECK(all.whole().value[0] == 8);
    CHECK(ram.log() == Log{{rd, 0, 4, 0x0905'1111}, {rd, 0, 4, 0x0905'1111}});
}

TEST_CASE("a setter takes a field's own type, and so does what is given to update", "[register]") {
    STATIC_REQUIRE(Sensor{}.with_board(Double{4.5}).raw() == 0x0900'0000);
    Recorded<0x40> ram;
    ram[3] = ram[2] = ram[1] = ram[0] = 0;
    const auto bar = ram.view<Bar>();
    const double volts = ram[0] + 1.5;
    bar.write(Sensor{}.with_board(Double{volts}).with_part(Doubles{volts + 7}));
    bar.update<Sensor>([=](Sensor s) { return s.with_die(Float{2.5f}).with_board(s.board()); });
    CHECK(bar.try_update<Sensor>([](Sensor s) { return s.with_board(Double{5}); }));
    CHECK(bar.try_write(Sensor{}.try_with_board(Double{1}).value()));
    CHECK(ram.log() == Log{{wr, 0, 4, 0x0300'1001},
                           {rd, 0, 4, 0x0300'1001},
                           {wr, 0, 4, 0x0305'1001},
                           {rd, 0, 4, 0x0305'1001},
                           {wr, 0, 4, 0x0a05'1001},
                           {wr, 0, 4, 0x0200'0000}});
}

TEST_CASE("a list of the fields has the values of own types", "[register]") {
    double sum = 0;
    unsigned count = 0;
    io::for_each_field(Sensor::from_raw(0x0204'0020), [&](const io::FieldInfo&, const auto& field) {
        sum += static_cast<double>(field.value[0]);
        ++count;
    });
    CHECK(count == 4);
    CHECK(sum == 1 + 2 + 0 + 1);
}

namespace {

struct Point {
    float x, y;
};
struct Pair {
    double first, second;
};
struct Block {
    std::uint32_t status;
    float gain;
    double offset;
    Point point;
    Pair pair;
    float many[4];
};

} // namespace

template <>
inline constexpr auto io::enable_plain_data<Point> = io::members<float, float>;
template <>
inline constexpr auto io::enable_plain_data<Pair> = io::members<double, double>;
template <>
inline constexpr auto io::enable_plain_data<Block> =
    io::members<std::uint32_t, float, double, Point, Pair, float[4]>;

namespace {

template <class View>
void copies(View block) {
    IO_PROJECT(block, gain).copy_write(1.5f);
    IO_PROJECT(block, offset).copy_write(2.5);
    IO_PROJECT(block, point).copy_write(Point{3, 4});
    CHECK(IO_PROJECT(block, pair).try_copy_write(Pair{5, 6}));
    for (auto element : IO_PROJECT(block, many))
        element.copy_write(7.5f);
    CHECK(IO_PROJECT(block, gain).copy_read() == 1.5f);
    CHECK(IO_PROJECT(block, offset).copy_read() == 2.5);
    CHECK(IO_PROJECT(block, point).copy_read().y == 4);
    CHECK(IO_PROJECT(block, pair).try_copy_read().value().second == 6);
    CHECK(IO_PROJECT(block, many, at(3)).copy_read() == 7.5f);
    CHECK(block.copy_read().pair.first == 5);
}

} // namespace

TEST_CASE("floating members are copied, whichever registers hold them", "[plain]") {
    Block memory{};
    copies(io::SysMem<Block>::from_pointer(&memory));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ // no copy swaps a float of a device
    const auto raw = io::MmioRaw<Block>::at(reinterpret_cast<std::uintptr_t>(&memory));
    copies(io::Mmio<Block>::from_raw(raw));
    copies(io::Mmio<Block>::from_raw(raw).relaxed());
    copies(io::WriteCombining<Block>::from_raw(raw));
#endif
}
