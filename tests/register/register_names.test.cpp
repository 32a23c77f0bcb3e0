// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/mmio.hpp>
#include <ioview/register.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;

namespace device {
enum class Parity : std::uint8_t { none, even, odd = 5 };
enum Plain : std::uint16_t { plain_a, plain_b = 3 };
enum class Signed : std::int8_t { low = -2, zero = 0, high = 1 };
enum class Sparse : std::uint32_t { small = 1, large = 0x300 };
template <class A, class B>
struct Outer {
    enum class Inner : std::uint8_t { one = 1, two };
};
} // namespace device
template <>
inline constexpr io::EnumRange io::enum_range<device::Signed> = {-4, 3};
template <>
inline constexpr io::EnumRange io::enum_range<device::Sparse> = {0, 0x3ff};

namespace {

enum class Hidden : std::uint8_t { first1, second2 };

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor),
              reserved(15, 12),
              bits(10, 8, parity, device::Parity),
              bits(7, 7, pop, io::rc),
              bit(6, kick, io::wo),
              split(level, (5, 5), (3, 2)),
              bit(1, overrun, io::w1c),
              bit(0, enable));
};
struct Ident : io::Register<Ident, std::uint32_t, io::fixed<0x0>, io::ro> {
    IO_FIELDS(unshifted(31, 8, base), bits(7, 0, revision));
};
struct Bare : io::Register<Bare, std::uint8_t> {};
template <int N>
struct Numbered : io::Register<Numbered<N>, std::uint8_t> {
    IO_SELF(Numbered);
    IO_FIELDS(bits(N, 0, number));
};

// Registers of one block, with every way to share a place.
struct Data : io::Register<Data, std::uint8_t, io::fixed<0x0>> {};
struct Divisor : io::Register<Divisor, std::uint8_t, io::fixed<0x0>> {};
struct Line : io::Register<Line, std::uint8_t, io::fixed<0x3>> {};
struct LineBits : io::Register<LineBits, std::uint8_t, io::alias<Line>> {};
struct Even : io::Register<Even, std::uint32_t, io::array<0x10, 4, 8>> {};
struct Odd : io::Register<Odd, std::uint32_t, io::array<0x14, 4, 8>> {};
struct Bank;
struct Based : io::Register<Based, std::uint32_t, io::relative<Bank, 0x0>> {};
struct Uart : io::Region<0x40>,
              io::Registers<Data, io::overlay<Divisor>, Line, LineBits, Even, Odd, Based, Bare> {};

} // namespace

TEST_CASE("enumerators are named, other values are told apart", "[names]") {
    using device::Parity;
    STATIC_REQUIRE(io::try_name(Parity::none).value() == "none");
    STATIC_REQUIRE(io::try_name(Parity::odd).value() == "odd");
    STATIC_REQUIRE(io::try_name(static_cast<Parity>(3)).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::try_name(static_cast<Parity>(255)).error() == io::Error::invalid_argument);
    CHECK(io::try_name(device::plain_b).value() == "plain_b");
    CHECK_FALSE(io::try_name(static_cast<device::Plain>(2)));
    CHECK(io::try_name(device::Signed::low).value() == "low");
    CHECK(io::try_name(device::Signed::high).value() == "high");
    CHECK_FALSE(io::try_name(static_cast<device::Signed>(-1)));
    CHECK_FALSE(io::try_name(static_cast<device::Signed>(-100)));
    CHECK(io::try_name(device::Sparse::large).value() == "large");
    CHECK_FALSE(io::try_name(static_cast<device::Sparse>(0x301)));
    CHECK(io::try_name(Hidden::second2).value() == "second2");
    CHECK_FALSE(io::try_name(static_cast<Hidden>(2)));
    using Inner = device::Outer<int, char>::Inner;
    CHECK(io::try_name(Inner::two).value() == "two");
    CHECK_FALSE(io::try_name(static_cast<Inner>(0)));
}

TEST_CASE("types are named without their namespaces", "[names]") {
    CHECK(io::type_name<Control>() == "Control");
    CHECK(io::type_name<device::Parity>() == "Parity");
    CHECK(io::type_name<Numbered<3>>() == "Numbered<3>");
    const std::string_view view = io::type_name<Control>();
    CHECK(view == "Control");
    CHECK_FALSE(io::Text("ab") == io::Text("ac"));
    CHECK_FALSE(io::Text("ab") == io::Text("abc"));
}

TEST_CASE("names are cut out of what compilers print", "[names]") {
    const auto entry = [](io::Text list, std::size_t n) {
        return std::string(std::string_view(io::detail::list_entry(list, n)));
    };
    const io::Text list = "a, (b<1, 2>)3, n::f(int, int)::c{4, 5}, d";
    CHECK(entry(list, 0) == "a");
    CHECK(entry(list, 1) == "(b<1, 2>)3");
    CHECK(entry(list, 2) == "n::f(int, int)::c{4, 5}");
    CHECK(entry(list, 3) == "d");
    const auto last = [](io::Text name) {
        return std::string(std::string_view(io::detail::unqualified(name)));
    };
    CHECK(last("plain") == "plain");
    CHECK(last("a::b::C") == "C");
    CHECK(last("a::B<c::D>") == "B<c::D>");
    CHECK(last("f(n::A)::B") == "B");
    CHECK(last("{anonymous}::E<(x::y)1>::F") == "F");
    const auto all = std::string(
        std::string_view(io::detail::enumerators<device::Parity>(io::detail::IndicesTo<6>{})));
    CHECK(entry({all.data(), all.size()}, 1).ends_with("even"));
    CHECK(entry({all.data(), all.size()}, 4).starts_with("("));
    CHECK(entry({all.data(), all.size()}, 5).ends_with("odd"));
}

TEST_CASE("fields are visited as declared, but those whose reading acts or means nothing",
          "[names]") {
    struct Seen {
        std::string name;
        unsigned high, low, width;
        std::uint64_t mask;
        io::Access access;
        long long value;
        bool operator==(const Seen&) const = default;
    };
    std::vector<Seen> seen;
    const auto note = [&](const io::FieldInfo& field, auto value) {
        seen.push_back({std::string(field.name.data, field.name.size),
                        field.high,
                        field.low,
                        field.width,
                        field.mask,
                        field.access,
                        static_cast<long long>(value)});
    };
    io::for_each_field(Control::from_raw(0x1234'f5ff), note);
    CHECK(seen == std::vector<Seen>{
                      {"divisor", 31, 16, 16, 0xffff'0000, io::Access::rw, 0x1234},
                      {"parity", 10, 8, 3, 0x700, io::Access::rw, 5},
                      {"level", 5, 2, 3, 0x2c, io::Access::rw, 7},
                      {"overrun", 1, 1, 1, 2, io::Access::w1c, 1},
                      {"enable", 0, 0, 1, 1, io::Access::rw, 1},
                  });
    seen.clear();
    io::for_each_field(Ident::from_raw(0xabcd'ef12), note);
    CHECK(seen == std::vector<Seen>{
                      {"base", 31, 8, 32, 0xffff'ff00, io::Access::ro, 0xabcd'ef00},
                      {"revision", 7, 0, 8, 0xff, io::Access::ro, 0x12},
                  });
    seen.clear();
    io::for_each_field(Bare::from_raw(0xff), note);
    CHECK(seen.empty());
}

TEST_CASE("values keep their types when visited", "[names]") {
    int enums = 0;
    int flags = 0;
    int numbers = 0;
    io::for_each_field(Control{}, [&](const io::FieldInfo&, auto value) {
        enums += std::is_same_v<decltype(value), device::Parity>;
        flags += std::is_same_v<decltype(value), bool>;
        numbers += std::is_same_v<decltype(value), io::Bounded<std::uint32_t, 16>>;
    });
    CHECK(enums == 1);
    CHECK(flags == 2);
    CHECK(numbers == 1);
    STATIC_REQUIRE([] {
        unsigned sum = 0;
        io::for_each_field(
            Numbered<3>::from_raw(0xff),
            [&](const io::FieldInfo& field, auto value) { sum += field.high + value; });
        return sum;
    }() == 3 + 15);
}

TEST_CASE("bits that no field names", "[names]") {
    STATIC_REQUIRE(io::unknown_bits(Control::from_raw(0xffff'ffff)) == 0xf810);
    STATIC_REQUIRE(io::unknown_bits(Control::from_raw(0x1234'0000)) == 0);
    STATIC_REQUIRE(io::unknown_bits(Bare::from_raw(0x81)) == 0x81);
    STATIC_REQUIRE(io::unknown_bits(Numbered<3>::from_raw(0x81)) == 0x80);
}

TEST_CASE("a block lists its registers", "[names]") {
    STATIC_REQUIRE(Uart::count == 8);
    STATIC_REQUIRE(io::RegionTarget<Uart>);
    std::vector<std::string> names;
    Uart::RegisterList::for_each([&]<class R>(std::type_identity<R>) {
        const std::string_view name = io::type_name<R>();
        names.emplace_back(name);
    });
    CHECK(names == std::vector<std::string>{
                       "Data", "Divisor", "Line", "LineBits", "Even", "Odd", "Based", "Bare"});
}

namespace {
enum class Letter : char { a = 'A', comma = ',', bracket = '(', quote = '\'', back = '\\' };
enum class OnOff : bool { off, on };
enum class Utf8 : char8_t { a = u8'a', comma = u8',' };
enum class Signed8 : signed char { below = -1, none };
enum class Wide64 : std::uint64_t { none, all = ~0ull };
template <class E>
struct Holder : io::Register<Holder<E>, std::uint32_t, io::fixed<0>> {
    IO_SELF(Holder<E>);
    static constexpr int high = std::is_same_v<std::underlying_type_t<E>, bool> ? 0 : 7;
    IO_FIELDS(bits(high, 0, e, E));
};
} // namespace
template <>
inline constexpr io::EnumRange io::enum_range<Signed8> = {-128, 127};

TEST_CASE("enumerations on characters and bool have names too", "[names]") {
    STATIC_REQUIRE(io::try_name(Letter::a).value() == "a");
    STATIC_REQUIRE(io::try_name(Letter::comma).value() == "comma");
    STATIC_REQUIRE(io::try_name(Letter::bracket).value() == "bracket");
    STATIC_REQUIRE(io::try_name(Letter::quote).value() == "quote");
    STATIC_REQUIRE(io::try_name(Letter::back).value() == "back");
    STATIC_REQUIRE(io::try_name(Letter{'B'}).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::try_name(Letter{')'}).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::try_name(OnOff::off).value() == "off");
    STATIC_REQUIRE(io::try_name(OnOff::on).value() == "on");
    STATIC_REQUIRE(io::try_name(Utf8::comma).value() == "comma");
    STATIC_REQUIRE(io::try_name(Utf8{u8'b'}).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::try_name(Signed8::below).value() == "below");
    STATIC_REQUIRE(io::try_name(Signed8{-2}).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::try_name(Wide64::none).value() == "none");
    STATIC_REQUIRE(io::try_name(Wide64::all).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(Holder<Letter>{}.with_e(Letter::a).e() == Letter::a);
    STATIC_REQUIRE(Holder<OnOff>{}.with_e(OnOff::on).e() == OnOff::on);
    STATIC_REQUIRE(Holder<OnOff>{}.try_with_e(1).value().e() == OnOff::on);
    STATIC_REQUIRE(Holder<OnOff>{}.try_with_e(2).error() == io::Error::overflow);
    STATIC_REQUIRE(Holder<Utf8>{}.with_e(Utf8::comma).e() == Utf8::comma);
}
