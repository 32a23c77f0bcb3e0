// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/register/bounded.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Bounded;
using io::Error;
using U4 = Bounded<std::uint32_t, 4>;
using S4 = Bounded<std::int32_t, 4>;

} // namespace

TEST_CASE("a Bounded is as small as its type", "[bounded]") {
    STATIC_REQUIRE(sizeof(Bounded<std::uint8_t, 3>) == 1);
    STATIC_REQUIRE(sizeof(Bounded<std::uint64_t, 3>) == 8);
    STATIC_REQUIRE(std::is_trivially_copyable_v<U4>);
    STATIC_REQUIRE(U4{} == 0);
}

TEST_CASE("constants are checked when they are compiled", "[bounded]") {
    constexpr U4 greatest = 15;
    STATIC_REQUIRE(greatest.get() == 15);
    STATIC_REQUIRE(U4::constant<7>() == 7);
    STATIC_REQUIRE(S4(-8) == -8);
    STATIC_REQUIRE(S4(7) == 7);
    STATIC_REQUIRE(Bounded<std::uint64_t, 64>(~0ull) == ~0ull);
    STATIC_REQUIRE(Bounded<std::int64_t, 64>(std::numeric_limits<std::int64_t>::min()) ==
                   std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("types that have no more bits need no check", "[bounded]") {
    std::uint8_t byte = 255;
    bool flag = true;
    CHECK((Bounded<std::uint32_t, 8>(byte)) == 255);
    CHECK((Bounded<std::uint32_t, 1>(flag)) == 1);
    std::int8_t small = -128;
    CHECK((Bounded<std::int32_t, 8>(small)) == -128);
    CHECK((Bounded<std::int32_t, 9>(byte)) == 255);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Bounded<std::uint32_t, 16>, float>);
}

TEST_CASE("try_new refuses what needs more bits", "[bounded]") {
    CHECK(U4::try_new(15u).value() == 15);
    CHECK(U4::try_new(16u).error() == Error::overflow);
    CHECK(U4::try_new(-1).error() == Error::overflow);
    CHECK(U4::try_new(std::numeric_limits<std::uint64_t>::max()).error() == Error::overflow);
    CHECK(S4::try_new(7).value() == 7);
    CHECK(S4::try_new(8).error() == Error::overflow);
    CHECK(S4::try_new(-8).value() == -8);
    CHECK(S4::try_new(-9).error() == Error::overflow);
    CHECK(S4::try_new(0xffff'fff8u).error() == Error::overflow);
    CHECK((Bounded<std::uint64_t, 64>::try_new(~0ull)).value() == ~0ull);
    CHECK((Bounded<std::int64_t, 64>::try_new(~0ull)).error() == Error::overflow);
    CHECK((Bounded<std::int64_t, 64>::try_new(-1)).value() == -1);
}

TEST_CASE("masked keeps the low bits, with their sign", "[bounded]") {
    CHECK(U4::masked(0x1234u) == 4);
    CHECK(U4::masked(-1) == 15);
    CHECK(S4::masked(0xf) == -1);
    CHECK(S4::masked(0x8) == -8);
    CHECK(S4::masked(0x17) == 7);
    CHECK((Bounded<std::int8_t, 8>::masked(0x80)) == -128);
    CHECK((Bounded<std::uint8_t, 8>::masked(0x1ff)) == 255);
    CHECK((Bounded<bool, 1>::masked(3)) == true);
    CHECK((Bounded<std::int64_t, 33>::masked(0x1'0000'0000ll)) == -0x1'0000'0000ll);
}

TEST_CASE("widths and types change where no bit can be lost", "[bounded]") {
    const U4 four = 9;
    const Bounded<std::uint32_t, 7> seven = four;
    CHECK(seven == 9);
    const Bounded<std::uint8_t, 4> byte = four;
    CHECK(byte == 9);
    const Bounded<std::int32_t, 5> with_sign = four;
    CHECK(with_sign == 9);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<Bounded<std::uint32_t, 5>, U4>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<U4, S4>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<S4, U4>);

    CHECK(four.extend<12>().get() == 9);
    CHECK(four.try_shrink<4>().value() == 9);
    CHECK(four.try_shrink<3>().error() == Error::overflow);
    CHECK(four.cast<std::uint8_t>() == 9);
    CHECK(S4(-3).extend<8>() == -3);
    CHECK(S4(-3).try_shrink<3>().value() == -3);
    CHECK(S4(-5).try_shrink<3>().error() == Error::overflow);
    CHECK(S4(-3).cast<std::int8_t>() == -3);
}

TEST_CASE("shifts keep count of the bits", "[bounded]") {
    const Bounded<std::uint32_t, 8> byte = 0xa4;
    CHECK(byte.shr<4>() == 0xa);
    STATIC_REQUIRE(std::is_same_v<decltype(byte.shr<4>()), Bounded<std::uint32_t, 4>>);
    STATIC_REQUIRE(std::is_same_v<decltype(byte.shr<4, 6>()), Bounded<std::uint32_t, 6>>);
    STATIC_REQUIRE(std::is_same_v<decltype(byte.shl<4>()), Bounded<std::uint32_t, 12>>);
    CHECK(byte.shl<4>() == 0xa40);
    CHECK((byte.shl<4, 20>()) == 0xa40);
    CHECK(byte.shr_exact<2>().value() == 0x29);
    CHECK(byte.shr_exact<3>().error() == Error::overflow);
    CHECK(S4(-4).shr<1>() == -2);
    CHECK(S4(-4).shl<2>() == -16);
    CHECK(S4(-4).shr_exact<2>().value() == -1);
    CHECK(S4(-3).shr_exact<1>().error() == Error::overflow);
    constexpr auto least = Bounded<std::int32_t, 32>(std::numeric_limits<std::int32_t>::min());
    STATIC_REQUIRE(least.shr_exact<31>()->get() == -1);
    STATIC_REQUIRE(least.shr_exact<30>()->get() == -2);
    STATIC_REQUIRE(Bounded<std::int64_t, 64>(std::numeric_limits<std::int64_t>::min())
                       .shr_exact<63>()
                       ->get() == -1);
    STATIC_REQUIRE(!Bounded<std::int8_t, 8>(-127).shr_exact<7>());
    STATIC_REQUIRE(Bounded<bool, 1>(true).shl<0>().get());
    CHECK((Bounded<std::uint64_t, 32>(0xffff'ffffu).shl<32>()) == 0xffff'ffff'0000'0000u);
}

TEST_CASE("arithmetic and comparison are those of the plain type", "[bounded]") {
    const U4 a = 9;
    const U4 b = 8;
    STATIC_REQUIRE(std::is_same_v<decltype(a + b), std::uint32_t>);
    STATIC_REQUIRE(std::is_same_v<decltype(a + std::uint32_t{1}), std::uint32_t>);
    STATIC_REQUIRE(std::is_same_v<decltype(a << 1), std::uint32_t>);
    CHECK(a + b == 17);
    CHECK(a * b == 72);
    CHECK((a & b) == 8);
    CHECK(a > b);
    CHECK(a != b);
    CHECK(a == Bounded<std::uint32_t, 6>(9));
    CHECK(*a == 9);
    std::uint32_t sum = 1;
    sum += a;
    CHECK(sum == 10);
}

#ifdef __SIZEOF_INT128__ // 64-bit processors
namespace {
// Also where they are no integers to the library's traits: without the GNU extensions.
__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;
} // namespace

TEST_CASE("integers of 128 bits are judged by all of their bits", "[bounded]") {
    const Wide two_to_64 = Wide{1} << 64;
    const Wide least = -two_to_64 * (two_to_64 >> 1);
    struct Row {
        Wide value;
        bool u4, s4, u64, s64;
    };
    const Row rows[] = {
        {0, true, true, true, true},
        {7, true, true, true, true},
        {15, true, false, true, true},
        {16, false, false, true, true},
        {-8, false, true, false, true},
        {-9, false, false, false, true},
        {two_to_64 - 1, false, false, true, false},
        {two_to_64, false, false, false, false},
        {two_to_64 + 3, false, false, false, false},
        {-two_to_64, false, false, false, false},
        {-two_to_64 + 3, false, false, false, false},
        {least, false, false, false, false},
    };
    for (const Row& row : rows) {
        CAPTURE(static_cast<long long>(row.value >> 64), static_cast<long long>(row.value));
        CHECK(U4::try_new(row.value).has_value() == row.u4);
        CHECK(S4::try_new(row.value).has_value() == row.s4);
        CHECK(Bounded<std::uint64_t, 64>::try_new(row.value).has_value() == row.u64);
        CHECK(Bounded<std::int64_t, 64>::try_new(row.value).has_value() == row.s64);
        if (row.value >= 0) {
            CHECK(U4::try_new(static_cast<UnsignedWide>(row.value)).has_value() == row.u4);
        }
    }
    CHECK(!U4::try_new(~UnsignedWide{0}));
    STATIC_REQUIRE(U4(Wide{7}) == 7);
    CHECK(U4::masked(two_to_64 + 3) == 3);
}
#endif
