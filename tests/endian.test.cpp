// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/endian.hpp>

#include "support/catch.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

enum class Kind : std::uint16_t { none, frame = 0x0102 };
enum Plain : std::uint32_t { plain = 0x0102'0304 };

struct Descriptor {
    io::le<std::uint64_t> address;
    io::be<std::uint16_t> tag;
    io::le<Kind> kind;
    io::be<std::uint32_t> length;
    friend constexpr auto operator<=>(const Descriptor&, const Descriptor&) = default;
};

template <class T>
constexpr auto bytes_of(T value) {
    return std::bit_cast<std::array<std::uint8_t, sizeof(T)>>(value);
}

template <class T>
constexpr bool is_like(std::size_t size = sizeof(typename T::value_type)) {
    using V = typename T::value_type;
    return sizeof(T) == size && alignof(T) == alignof(V) && std::is_trivial_v<T> &&
           std::is_standard_layout_v<T> && std::is_nothrow_convertible_v<V, T> &&
           std::is_nothrow_convertible_v<T, V>;
}

// `words` that differ in every byte, and the ends.
template <class T>
constexpr bool round_trips() {
    const auto pattern = static_cast<T>(0xf1e2'd3c4'b5a6'9788u);
    for (T value :
         {T{}, T{1}, pattern, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()}) {
        if (io::le<T>(value).value() != value || io::be<T>(value).value() != value)
            return false;
        if (io::le<T>::from_stored(io::le<T>(value).stored()) != value)
            return false;
        if (io::be<T>::from_stored(io::be<T>(value).stored()) != value)
            return false;
        const auto low_first = bytes_of(io::le<T>(value));
        const auto high_first = bytes_of(io::be<T>(value));
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            const auto byte =
                static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
            if (low_first[i] != byte || high_first[sizeof(T) - 1 - i] != byte)
                return false;
        }
    }
    return true;
}

} // namespace

TEMPLATE_TEST_CASE("le and be keep values and fix bytes",
                   "[endian]",
                   std::uint8_t,
                   std::uint16_t,
                   std::uint32_t,
                   std::uint64_t,
                   std::int8_t,
                   std::int16_t,
                   std::int32_t,
                   std::int64_t,
                   long long) {
    STATIC_REQUIRE(is_like<io::le<TestType>>());
    STATIC_REQUIRE(is_like<io::be<TestType>>());
    STATIC_REQUIRE(round_trips<TestType>());
    CHECK(round_trips<TestType>());
    STATIC_REQUIRE(std::is_same_v<typename io::le<TestType>::value_type, TestType>);
}

TEST_CASE("30 a big-endian word round trips through memory", "[endian]") {
    const std::uint8_t wire[] = {0x12, 0x34, 0x56, 0x78};
    io::be<std::uint32_t> word;
    std::memcpy(&word, wire, sizeof word);
    CHECK(word == 0x1234'5678u);
    word = word + 1;
    std::uint8_t back[4];
    std::memcpy(back, &word, sizeof back);
    CHECK(back[0] == 0x12);
    CHECK(back[3] == 0x79);
}

TEST_CASE("enumerations with a fixed underlying type have a byte order too", "[endian]") {
    STATIC_REQUIRE(is_like<io::be<Kind>>(2));
    STATIC_REQUIRE(io::be<Kind>(Kind::frame) == Kind::frame);
    STATIC_REQUIRE(bytes_of(io::be<Kind>(Kind::frame)) == std::array<std::uint8_t, 2>{1, 2});
    STATIC_REQUIRE(bytes_of(io::le<Plain>(plain)) == std::array<std::uint8_t, 4>{4, 3, 2, 1});
    // a value that the enumeration lacks survives
    STATIC_REQUIRE(io::be<Kind>(static_cast<Kind>(0xbeef)).value() == static_cast<Kind>(0xbeef));
}

TEST_CASE("comparison and arithmetic are those of the number", "[endian]") {
    using Be = io::be<std::uint16_t>;
    STATIC_REQUIRE(Be(0x0100) > Be(0x00ff)); // the stored bits compare the other way round on a PC
    STATIC_REQUIRE(Be(3) == io::le<std::uint16_t>(3));
    STATIC_REQUIRE((Be(1) <=> Be(2)) < 0);
    STATIC_REQUIRE(Be(7) == 7);
    STATIC_REQUIRE(7 < Be(8));
    STATIC_REQUIRE(Be(7) + 1 == 8);
    STATIC_REQUIRE(io::be<std::int16_t>(-2) < io::be<std::int16_t>(1));
    STATIC_REQUIRE(Descriptor{1, 2, Kind::none, 4} < Descriptor{1, 3, Kind::none, 4});
    STATIC_REQUIRE(Descriptor{1, 2, Kind::frame, 4} == Descriptor{1, 2, Kind::frame, 4});
}

TEST_CASE("a struct of them is laid out as the device has it", "[endian]") {
    STATIC_REQUIRE(std::is_trivially_copyable_v<Descriptor>);
    STATIC_REQUIRE(sizeof(Descriptor) == 16);
    constexpr auto bytes = bytes_of(Descriptor{0x0102, 0x0304, Kind::frame, 4});
    CHECK(bytes[0] == 2);
    CHECK(bytes[1] == 1);
    CHECK(bytes[8] == 3);
    CHECK(bytes[9] == 4);
    CHECK(bytes[10] == 2);
    CHECK(bytes[11] == 1);
    CHECK(bytes[15] == 4);
}

TEST_CASE("stored bits are reached by name only", "[endian]") {
    constexpr std::uint32_t swapped =
        std::endian::native == std::endian::little ? 0x0403'0201u : 0x0102'0304u;
    STATIC_REQUIRE(io::be<std::uint32_t>(0x0102'0304).stored() == swapped);
    STATIC_REQUIRE(io::be<std::uint32_t>::from_stored(swapped).value() == 0x0102'0304);
    STATIC_REQUIRE(std::is_same_v<io::be<std::int32_t>::stored_type, std::uint32_t>);
}

TEST_CASE("byteswap reverses bytes of every width", "[endian]") {
    using io::detail::byteswap;
    STATIC_REQUIRE(byteswap(std::uint8_t{0x12}) == 0x12);
    STATIC_REQUIRE(byteswap(std::uint16_t{0x1234}) == 0x3412);
    STATIC_REQUIRE(byteswap(std::uint32_t{0x1234'5678}) == 0x7856'3412);
    STATIC_REQUIRE(byteswap(std::uint64_t{0x0123'4567'89ab'cdef}) == 0xefcd'ab89'6745'2301);
}
