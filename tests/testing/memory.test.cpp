// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/memory.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace io = ioview;
namespace testing = ioview::testing;

namespace {

struct Block {
    std::uint8_t byte, pad;
    std::uint16_t half;
    std::uint32_t word;
    std::uint64_t wide;
};

} // namespace

TEST_CASE("memory starts as garbage, the same for the same seed", "[memory]") {
    const testing::Memory<256> a;
    const testing::Memory<256> b;
    const testing::Memory<256> c{1};
    std::size_t differing = 0;
    std::size_t zeros = 0;
    std::size_t repeated = 0;
    for (std::size_t i = 0; i < 256; ++i) {
        CHECK(a[i] == b[i]);
        differing += a[i] != c[i] ? 1 : 0;
        zeros += a[i] == 0 ? 1 : 0;
        repeated += i != 0 && a[i] == a[i - 1] ? 1 : 0;
    }
    CHECK(differing > 240);
    CHECK(zeros < 8);
    CHECK(repeated < 8);
    CHECK(a.seed() == testing::default_seed);
    CHECK(c.seed() == 1);
    STATIC_REQUIRE(testing::Memory<256>::size_bytes() == 256);
    STATIC_REQUIRE(testing::Memory<8>{}[0] != testing::Memory<8>{7}[0]);
    CHECK(testing::Memory<8>{}[5] == [] {
        constexpr testing::Memory<8> constant;
        return constant[5];
    }());
}

TEST_CASE("every byte order, at run time and in the compiler alike", "[memory]") {
    const auto stored = []<std::endian E>(Order<E>) {
        testing::Memory<16, E> memory;
        const auto block = memory.template view<Block>();
        IO_WRITE(block, byte, std::uint8_t{0x12});
        IO_WRITE(block, half, std::uint16_t{0x3456});
        IO_WRITE(block, word, 0x789a'bcdeu);
        IO_WRITE(block, wide, std::uint64_t{0x0123'4567'89ab'cdef});
        std::array<unsigned char, 16> bytes{};
        for (std::size_t i = 0; i < 16; ++i)
            bytes[i] = memory[i];
        const bool reads = IO_READ(block, byte) == 0x12 && IO_READ(block, half) == 0x3456 &&
                           IO_READ(block, word) == 0x789a'bcde &&
                           IO_READ(block, wide) == 0x0123'4567'89ab'cdef;
        return std::pair{bytes, reads};
    };
    const unsigned char pad = testing::Memory<16>{}[1];
    const std::array<unsigned char, 16> little{0x12,
                                               pad,
                                               0x56,
                                               0x34,
                                               0xde,
                                               0xbc,
                                               0x9a,
                                               0x78,
                                               0xef,
                                               0xcd,
                                               0xab,
                                               0x89,
                                               0x67,
                                               0x45,
                                               0x23,
                                               0x01};
    const std::array<unsigned char, 16> big{0x12,
                                            pad,
                                            0x34,
                                            0x56,
                                            0x78,
                                            0x9a,
                                            0xbc,
                                            0xde,
                                            0x01,
                                            0x23,
                                            0x45,
                                            0x67,
                                            0x89,
                                            0xab,
                                            0xcd,
                                            0xef};
    constexpr auto little_constant = stored(Little{});
    constexpr auto big_constant = stored(Big{});
    CHECK(little_constant == std::pair{little, true});
    CHECK(big_constant == std::pair{big, true});
    CHECK(stored(Little{}) == std::pair{little, true});
    CHECK(stored(Big{}) == std::pair{big, true});
}

TEST_CASE("memory is viewed as any target", "[memory]") {
    testing::Memory<40> memory;
    CHECK(memory.view<Block>().size_bytes() == sizeof(Block));
    CHECK(memory.view<Block[2]>().size() == 2);
    CHECK(memory.view<Block[]>().size() == 2); // what fits
    CHECK(memory.view<io::Region<40>>().size_bytes() == 40);
    CHECK(memory.view<io::Region<8>>().size_bytes() == 40);
    CHECK(memory.view<std::uint8_t[]>().size() == 40);
    CHECK(memory.view<Block>() == memory.view<Block>());
    testing::Memory<40> other;
    CHECK(memory.view<Block>() != other.view<Block>());
    CHECK(memory.view<io::Region<>>().try_read8(40).error() == io::Error::out_of_bounds);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<testing::Memory<40>>);
    STATIC_REQUIRE_FALSE(std::is_move_constructible_v<testing::Memory<40>>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(memory.view<Block>())::Backend, testing::Memory<40>::Backend>);
}

TEST_CASE("bytes are looked at and prepared behind a driver's back", "[memory]") {
    testing::Memory<4> memory;
    const auto word = memory.view<io::le<std::uint32_t>>();
    memory[0] = 0x11;
    memory[1] = memory[2] = memory[3] = 0;
    CHECK(word.read() == 0x11u);
    word.write(0x2233);
    const auto& constant = memory;
    CHECK(constant[0] == 0x33);
    CHECK(constant[1] == 0x22);
}
