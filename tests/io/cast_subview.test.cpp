// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same bytes as another type, and parts of a region.
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;

struct Header {
    std::uint32_t magic, length;
};
struct Wide {
    alignas(8) std::uint64_t a, b;
};
struct Closed {
    std::uint32_t word;
};
struct PteArray {
    std::uint64_t ptes[16];
};
struct Named : io::Region<16, 8> {};

} // namespace

template <>
inline constexpr bool io::enable_plain_data<Header> = true;
template <>
inline constexpr bool io::enable_plain_data<Wide> = true;
template <>
inline constexpr bool io::enable_plain_data<PteArray> = true;

namespace {

template <class U, class View, class... Args>
void refuses_part(View view, Error error, const Log& log, Args... args) {
    CHECK(view.template try_subview<U>(args...).error() == error);
    CHECK(log.empty());
}

template <class View, class U>
concept Casts = requires(View view) { view.template cast<U>(); };
template <class View, class U>
concept TriesCasts = requires(View view) { view.template try_cast<U>(); };

} // namespace

TEST_CASE("a cast is the same place as another type", "[cast_subview]") {
    Recorded<32> ram;
    const auto region = ram.view<io::Region<32, 8>>();
    const auto header = region.cast<Header>();
    STATIC_REQUIRE(std::is_same_v<decltype(header)::Target, Header>);
    CHECK(header.address() == 0);
    CHECK(header.size_bytes() == sizeof(Header));
    CHECK(IO_PROJECT(header, length).address() == 4);
    CHECK(region.cast<std::uint64_t>().read() == ram.word<std::uint64_t>(0));
    CHECK(region.cast<std::uint16_t[16]>().at(15).address() == 30);
    CHECK(region.cast<std::array<io::be<std::uint16_t>, 4>>().size() == 4);
    const auto words = header.cast<std::uint32_t[2]>();
    CHECK(words.at(1).read() == ram.word<std::uint32_t>(4));
    CHECK(words.cast<Header>().address() == 0);
    CHECK(IO_PROJECT(header, length).cast<std::uint8_t[4]>().at(3).address() == 7);
    CHECK(IO_PROJECT(header, length).cast<io::be<std::uint32_t>>().address() == 4);
    STATIC_REQUIRE(
        std::is_same_v<decltype(ram.view<const Header>().cast<const std::uint32_t>())::Target,
                       const std::uint32_t>);
    CHECK(ram.log().size() == 2);
}

TEST_CASE("a cast at run time checks size, then alignment", "[cast_subview]") {
    Recorded<64> ram;
    const auto bytes = ram.view<std::uint8_t[]>();
    CHECK(bytes.try_cast<Header>().value().address() == 0);
    CHECK(bytes.subview(0, 8).try_cast<Header>().has_value());
    CHECK(bytes.subview(0, 7).try_cast<Header>().error() == Error::out_of_bounds);
    CHECK(bytes.subview(4, 8).try_cast<Header>().has_value());
    for (std::size_t off : {1u, 2u, 3u}) {
        CHECK(bytes.subview(off, 8).try_cast<Header>().error() == Error::misaligned);
        CHECK(bytes.subview(off, 7).try_cast<Header>().error() == Error::out_of_bounds);
    }
    CHECK(bytes.subview(4, 16).try_cast<Wide>().error() == Error::misaligned);
    CHECK(bytes.subview(8, 16).try_cast<Wide>().value().address() == 8);
    CHECK(bytes.subview(64, 0).try_cast<std::uint8_t>().error() == Error::out_of_bounds);
    CHECK(ram.view<io::Region<>>().try_cast<std::uint64_t[8]>().has_value());
    CHECK(ram.view<io::Region<>>().try_cast<std::uint64_t[9]>().error() == Error::out_of_bounds);
    CHECK(ram.untouched());
}

TEST_CASE("casts need plain data on both sides", "[cast_subview]") {
    using Of = Recorded<64>;
    using View = decltype(std::declval<Of&>().view<io::Region<64, 8>>());
    STATIC_REQUIRE(Casts<View, Header>);
    STATIC_REQUIRE(TriesCasts<View, Header>);
    STATIC_REQUIRE_FALSE(Casts<View, Closed>);
    STATIC_REQUIRE_FALSE(TriesCasts<View, Closed>);
    STATIC_REQUIRE_FALSE(Casts<View, bool>);
    STATIC_REQUIRE_FALSE(Casts<View, Closed[2]>);
    using FromClosed = decltype(std::declval<Of&>().view<Closed>());
    STATIC_REQUIRE_FALSE(Casts<FromClosed, std::uint32_t>);
    STATIC_REQUIRE_FALSE(TriesCasts<FromClosed, std::uint32_t>);
}

TEST_CASE("typed parts of a region at a constant offset", "[cast_subview]") {
    Recorded<64> ram;
    const auto region = ram.view<io::Region<64, 8>>();
    const auto word = region.subview<std::uint32_t>(60); // the last there is
    CHECK(word.address() == 60);
    CHECK(word.size_bytes() == 4);
    CHECK(word.read() == ram.word<std::uint32_t>(60));
    CHECK(region.subview<Wide>(48).address() == 48);
    CHECK(region.subview<Closed>(4).address() == 4); // no plain data needed: it is no other type
    CHECK(region.subview<std::uint16_t[4]>(56).at(3).address() == 62);
    const auto part = region.subview<io::Region<16, 8>>(32);
    STATIC_REQUIRE(std::is_same_v<decltype(part)::Target, io::Region<16, 8>>);
    CHECK(part.address() == 32);
    CHECK(part.size_bytes() == 16);
    CHECK(region.subview<Named>(48).size_bytes() == 16);
    CHECK(ram.log().size() == 1);
}

TEST_CASE("24 typed parts at a run-time offset", "[cast_subview]") {
    Recorded<64> ram;
    const auto region = ram.view<io::Region<>>();
    const auto last = region.try_subview<std::uint32_t>(60);
    CHECK(last.value().address() == 60);
    refuses_part<std::uint32_t>(region, Error::out_of_bounds, ram.log(), 61);
    refuses_part<std::uint32_t>(region, Error::out_of_bounds, ram.log(), 64);
    refuses_part<std::uint32_t>(region, Error::misaligned, ram.log(), 2);
    refuses_part<Wide>(region, Error::misaligned, ram.log(), 4);
    refuses_part<Wide>(region, Error::out_of_bounds, ram.log(), 56);
    refuses_part<Wide[4]>(region, Error::out_of_bounds, ram.log(), 8);
    CHECK(region.try_subview<Wide[4]>(0).value().size() == 4);
    for (auto bad : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{-4}})
        refuses_part<std::uint32_t>(region, Error::out_of_bounds, ram.log(), bad);
    for (std::size_t back = 0; back < 8; ++back)
        refuses_part<std::uint32_t>(region,
                                    Error::out_of_bounds,
                                    ram.log(),
                                    std::numeric_limits<std::size_t>::max() - back);
}

TEST_CASE("24 slices of a region: a count of elements", "[cast_subview]") {
    Recorded<64> ram;
    const auto region = ram.view<io::Region<>>();
    const auto words = region.try_subview<std::uint32_t[]>(16, 8).value();
    CHECK(words.size() == 8);
    CHECK(words.address() == 16);
    CHECK(words.try_at(8).error() == Error::out_of_bounds);
    CHECK(region.try_subview<std::uint32_t[]>(16, 12).value().size() == 12); // to the end
    refuses_part<std::uint32_t[]>(region, Error::out_of_bounds, ram.log(), 16, 13);
    refuses_part<std::uint32_t[]>(region, Error::misaligned, ram.log(), 18, 2);
    refuses_part<Wide[]>(region, Error::misaligned, ram.log(), 4, 1);
    refuses_part<std::uint8_t[]>(region, Error::out_of_bounds, ram.log(), 0, -1);
    refuses_part<std::uint8_t[]>(region, Error::out_of_bounds, ram.log(), -1, 1);
    refuses_part<std::uint8_t[]>(region, Error::out_of_bounds, ram.log(), -1, 0);
    // counts whose bytes overflow, to 0 and to 4
    refuses_part<std::uint32_t[]>(
        region, Error::out_of_bounds, ram.log(), 0, std::uint64_t{1} << 62);
    refuses_part<std::uint32_t[]>(
        region, Error::out_of_bounds, ram.log(), 0, (std::uint64_t{1} << 62) + 1);
    refuses_part<std::uint32_t[]>(
        region, Error::out_of_bounds, ram.log(), 4, std::numeric_limits<std::uint64_t>::max());
    // empty ones, up to the very end
    CHECK(region.try_subview<std::uint32_t[]>(0, 0).value().empty());
    CHECK(region.try_subview<std::uint32_t[]>(64, 0).value().empty());
    refuses_part<std::uint32_t[]>(region, Error::out_of_bounds, ram.log(), 68, 0);
    // an odd number of bytes, at an odd place
    CHECK(region.try_subview<std::uint8_t[]>(3, 61).value().size() == 61);
}

TEST_CASE("24 smaller regions keep the reduced bound", "[cast_subview]") {
    Recorded<64> ram;
    const auto region = ram.view<io::Region<>>();
    const auto part = region.try_subview<io::Region<>>(16, 8).value();
    CHECK(part.address() == 16);
    CHECK(part.size_bytes() == 8);
    CHECK(part.try_read32(4).value() == ram.word<std::uint32_t>(20));
    ram.recorder.clear();
    CHECK(part.try_read32(8).error() == Error::out_of_bounds);
    CHECK(part.try_subview<io::Region<>>(0, 9).error() == Error::out_of_bounds);
    CHECK(part.try_subview<std::uint32_t>(8).error() == Error::out_of_bounds);
    CHECK(part.try_subview<io::Region<>>(4).value().size_bytes() == 4);
    CHECK(part.try_subview<io::Region<>>(8).value().size_bytes() == 0);
    refuses_part<io::Region<>>(part, Error::out_of_bounds, ram.log(), 12);
    refuses_part<io::Region<>>(part, Error::out_of_bounds, ram.log(), -4);
    refuses_part<io::Region<>>(part, Error::misaligned, ram.log(), 2);
    refuses_part<io::Region<>>(part, Error::misaligned, ram.log(), 2, 2);
    refuses_part<io::Region<0, 8>>(region, Error::misaligned, ram.log(), 20, 8);
    // its minimum counts, of the rest as of a count
    CHECK(region.try_subview<io::Region<16>>(48).value().size_bytes() == 16);
    refuses_part<io::Region<16>>(region, Error::out_of_bounds, ram.log(), 52);
    refuses_part<io::Region<16>>(region, Error::out_of_bounds, ram.log(), 0, 15);
    refuses_part<io::Region<16>>(region, Error::out_of_bounds, ram.log(), 64);
    CHECK(region.try_subview<io::Region<16>>(0, 20).value().size_bytes() == 20);
    // a constant one ends with its minimum
    const auto fixed = ram.view<io::Region<64>>().subview<io::Region<8>>(8);
    CHECK(fixed.try_read32(4).value() == ram.word<std::uint32_t>(12));
    ram.recorder.clear();
    CHECK(fixed.try_read32(8).error() == Error::out_of_bounds);
    CHECK(ram.untouched());
}

TEST_CASE("from a run-time size to a typed table in three steps", "[cast_subview]") {
    Recorded<0x100> ram;
    const auto log_buffer = ram.view<std::uint8_t[]>();
    const auto table = IO_PROJECT(log_buffer, try_from(8), try_first(128)).and_then([](auto bytes) {
        return bytes.template try_cast<PteArray>();
    });
    CHECK(table.value().address() == 8);
    IO_WRITE(*table, ptes, at(15), 0x1234u);
    CHECK(ram.log() == Log{{wr, 128, 8, 0x1234}});
    CHECK(IO_PROJECT(log_buffer, try_from(9), try_first(128))
              .and_then([](auto bytes) { return bytes.template try_cast<PteArray>(); })
              .error() == Error::misaligned);
}

TEST_CASE("casts and parts work in the compiler", "[cast_subview]") {
    STATIC_REQUIRE([] {
        io::testing::Memory<32> memory;
        const auto region = memory.view<io::Region<32>>();
        region.subview<std::uint32_t>(4).write(0x0102'0304);
        return region.cast<std::uint8_t[8]>().at(4).read() == 4 &&
               region.try_subview<std::uint16_t[]>(4, 2)->at(1).read() == 0x0102 &&
               region.try_subview<io::Region<>>(33).error() == Error::out_of_bounds &&
               !region.try_cast<std::uint64_t[5]>();
    }());
}
