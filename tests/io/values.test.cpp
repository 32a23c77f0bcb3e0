// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What every write takes as its value. What it refuses is in compile_fail/.
#include <ioview/ioview.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>

// The conversion of a run-time int to 16 bits is the caller's on g++, which tells of it as
// everywhere.
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wconversion"
#endif

namespace io = ioview;

namespace {

struct Words {
    std::uint64_t u64;
    std::uint32_t u32;
    std::uint16_t u16;
    std::uint8_t u8;
    std::int8_t i8;
    std::int32_t i32;
    io::le<std::uint16_t> le16;
    io::be<std::int16_t> be16;
};
enum Plain : std::uint32_t { plain = 0x80, plain_wide = 0x1'0000 };
enum Wide : std::uint64_t { wide = 7 };
struct Handle {
    std::uint32_t value;
    constexpr operator std::uint32_t() const noexcept { return value; }
};

std::uint64_t last(const Log& log) {
    return log[log.size() - 1].value;
}

} // namespace

TEST_CASE("constants that fit are written, signed or unsigned", "[values]") {
    Recorded<64> ram;
    auto words = ram.view<Words>();
    auto bar = ram.view<io::Region<64>>();
    constexpr std::size_t local = 4;
    IO_WRITE(words, u16, 0xffff);
    CHECK(last(ram.log()) == 0xffff);
    IO_WRITE(words, u16, -1);
    CHECK(last(ram.log()) == 0xffff);
    IO_WRITE(words, u16, ~0x20);
    CHECK(last(ram.log()) == 0xffdf);
    IO_WRITE(words, u16, -0x8000);
    CHECK(last(ram.log()) == 0x8000);
    IO_WRITE(words, u16, 0xffffull);
    CHECK(last(ram.log()) == 0xffff);
    IO_WRITE(words, u16, -1ll);
    CHECK(last(ram.log()) == 0xffff);
    IO_WRITE(words, u16, sizeof(Words));
    CHECK(last(ram.log()) == sizeof(Words));
    IO_WRITE(words, u16, local);
    CHECK(last(ram.log()) == 4);
    IO_WRITE(words, u8, 'x');
    CHECK(last(ram.log()) == 'x');
    IO_WRITE(words, u8, true);
    CHECK(last(ram.log()) == 1);
    IO_WRITE(words, u8, plain);
    CHECK(last(ram.log()) == 0x80);
    IO_WRITE(words, u8, wide);
    CHECK(last(ram.log()) == 7);
    IO_WRITE(words, i8, 0xff);
    CHECK(last(ram.log()) == 0xff);
    IO_WRITE(words, i32, 0xffff'ffff);
    CHECK(last(ram.log()) == 0xffff'ffff);
    IO_WRITE(words, u64, -1);
    CHECK(last(ram.log()) == ~0ull);
    IO_WRITE(words, le16, 0x102);
    CHECK(last(ram.log()) == 0x102);
    IO_WRITE(words, be16, -2);
    CHECK(last(ram.log()) == 0xfeff);
    bar.write32(0x10, 0xffff'ffffull);
    CHECK(last(ram.log()) == 0xffff'ffff);
    bar.write8(0x10, ~0x20);
    CHECK(last(ram.log()) == 0xdf);
    bar.write<io::be<std::uint16_t>>(0x10, 0x102);
    CHECK(last(ram.log()) == 0x201);
    REQUIRE(bar.try_write16(0x10, local));
    CHECK(last(ram.log()) == 4);
}

TEST_CASE("constants are judged after a try_ step too", "[values]") {
    Recorded<64> ram;
    auto words = ram.view<Words[1]>();
    constexpr std::size_t local = 4;
    static constexpr std::uint64_t global = 5;
    int i = 0;
    REQUIRE(IO_WRITE(words, try_at(i), u16, ~0x20));
    CHECK(last(ram.log()) == 0xffdf);
    REQUIRE(IO_WRITE(words, try_at(i), u16, sizeof(Words)));
    CHECK(last(ram.log()) == sizeof(Words));
    REQUIRE(IO_WRITE(words, try_at(i), u16, local));
    CHECK(last(ram.log()) == 4);
    REQUIRE(IO_WRITE(words, try_at(i), u8, global));
    CHECK(last(ram.log()) == 5);
    REQUIRE(IO_WRITE(words, try_at(i), le16, i + 3));
    CHECK(last(ram.log()) == 3);
}

TEST_CASE("run-time values pass where promotion made them wider, and classes by their bits",
          "[values]") {
    Recorded<64> ram;
    auto words = ram.view<Words>();
    volatile int number = 0x1234;
    volatile unsigned bits = 0xff;
    volatile short small = -2;
    std::uint16_t half = 0x12;
    std::uint8_t byte = 0x34;
    IO_WRITE(words, u8, number);
    CHECK(last(ram.log()) == 0x34);
    IO_WRITE(words, u16, half << 8 | byte);
    CHECK(last(ram.log()) == 0x1234);
    IO_WRITE(words, u8, bits);
    CHECK(last(ram.log()) == 0xff);
    IO_WRITE(words, u8, small);
    CHECK(last(ram.log()) == 0xfe);
    IO_WRITE(words, u32, small);
    CHECK(last(ram.log()) == 0xffff'fffe);
    IO_WRITE(words, le16, half + 1);
    CHECK(last(ram.log()) == 0x13);
    using Byte = io::Bounded<std::uint32_t, 8>;
    IO_WRITE(words, u8, Byte::masked(number));
    CHECK(last(ram.log()) == 0x34);
    IO_WRITE(words, u32, Handle{5});
    CHECK(last(ram.log()) == 5);
    IO_WRITE(words, u16, Handle{6});
    CHECK(last(ram.log()) == 6);
    IO_WRITE(words, u32, io::be<std::uint16_t>(7));
    CHECK(last(ram.log()) == 7);
    IO_WRITE(words, le16, io::le<std::uint16_t>(8));
    CHECK(last(ram.log()) == 8);
    IO_WRITE(words, u32, plain_wide);
    CHECK(last(ram.log()) == 0x1'0000);
    io::publish(IO_PROJECT(words, u16), half + 1);
    CHECK(last(ram.log()) == 0x13);
}

TEST_CASE("what an update returns is taken by the same rule", "[values]") {
    Recorded<64> ram;
    auto words = ram.view<Words>();
    using Eight = io::Bounded<std::uint32_t, 8>;
    IO_WRITE(words, u16, 0xfffe);
    IO_UPDATE(words, u16, [](auto old) { return old + 3; });
    CHECK(last(ram.log()) == 1);
    IO_UPDATE(words, le16, [](auto old) { return old | 0x100; });
    IO_UPDATE(words, be16, [](auto) { return io::be<std::int16_t>(0x102); });
    CHECK(last(ram.log()) == 0x201);
    IO_UPDATE(words, u8, [](auto) { return Eight(9); });
    CHECK(last(ram.log()) == 9);
    IO_UPDATE(words, u64, [](auto) { return -1; });
    CHECK(last(ram.log()) == ~0ull);
    REQUIRE(ram.view<io::Region<64>>().try_update<std::uint16_t>(8, [](auto) { return 5; }));
    CHECK(last(ram.log()) == 5);
}

TEST_CASE("a write of a constant is a constant expression", "[values]") {
    constexpr bool is_right = [] {
        Recorded<64> ram;
        auto words = ram.view<Words>();
        IO_WRITE(words, u16, ~0x20);
        IO_WRITE(words, u8, sizeof(Words));
        return ram.log().size() == 2 && IO_READ(words, u16) == 0xffdf;
    }();
    STATIC_REQUIRE(is_right);
}
