// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/port_io.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/region.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;

constexpr auto top = std::numeric_limits<std::uintptr_t>::max();
constexpr auto most = std::numeric_limits<std::size_t>::max();

struct Entry {
    alignas(8) std::uint64_t address;
    std::uint32_t length, flags;
};
struct Bar : io::Region<0x40, 8> {};

template <class T>
constexpr bool cannot_be_made = !std::is_default_constructible_v<T> && !std::is_aggregate_v<T>;

template <class R>
constexpr Error error_of(const R& result) {
    return result ? Error{} : result.error();
}

} // namespace

TEST_CASE("a target has a least size and alignment", "[region]") {
    STATIC_REQUIRE(io::min_size_of<io::Region<>> == 0);
    STATIC_REQUIRE(io::min_align_of<io::Region<>> == 4);
    STATIC_REQUIRE(io::min_size_of<io::Region<42>> == 42);
    STATIC_REQUIRE(io::min_align_of<io::Region<64, 8>> == 8);
    STATIC_REQUIRE(io::min_size_of<Bar> == 0x40);
    STATIC_REQUIRE(io::min_align_of<Bar> == 8);
    STATIC_REQUIRE(io::min_size_of<Entry> == 16);
    STATIC_REQUIRE(io::min_align_of<Entry> == alignof(Entry));
    STATIC_REQUIRE(io::min_size_of<Entry[]> == 0);
    STATIC_REQUIRE(io::min_align_of<Entry[]> == alignof(Entry));
    STATIC_REQUIRE(io::min_size_of<Entry[3]> == 48);
    STATIC_REQUIRE(io::min_size_of<std::array<std::uint16_t, 5>> == 10);
    STATIC_REQUIRE(io::min_align_of<std::array<std::uint16_t, 5>> == 2);
    STATIC_REQUIRE(io::min_size_of<const std::array<std::uint16_t, 5>> == 10);
    STATIC_REQUIRE(io::min_size_of<std::uint16_t[2][3]> == 12);
    STATIC_REQUIRE(io::RegionTarget<Bar>);
    STATIC_REQUIRE(io::RegionTarget<io::Region<1, 1>>);
    STATIC_REQUIRE_FALSE(io::RegionTarget<Entry>);
    STATIC_REQUIRE_FALSE(io::RegionTarget<std::byte[]>);
}

TEST_CASE("a region is a name: no object of it exists", "[region]") {
    STATIC_REQUIRE(cannot_be_made<io::Region<>>);
    STATIC_REQUIRE(cannot_be_made<io::Region<64, 8>>);
    STATIC_REQUIRE_FALSE(std::is_default_constructible_v<Bar>);
}

TEST_CASE("an IoPtr holds what its target needs at run time and no more", "[region]") {
    STATIC_REQUIRE(sizeof(io::IoPtr<Entry>) == sizeof(std::uintptr_t));
    STATIC_REQUIRE(sizeof(io::IoPtr<Entry[4]>) == sizeof(std::uintptr_t));
    STATIC_REQUIRE(sizeof(io::IoPtr<Entry[]>) == 2 * sizeof(std::uintptr_t));
    STATIC_REQUIRE(sizeof(io::IoPtr<Bar>) == 2 * sizeof(std::uintptr_t));
    STATIC_REQUIRE(io::IoPtr<Entry>{0x10, {}}.size_bytes() == 16);
    STATIC_REQUIRE(io::IoPtr<Entry[]>{0x10, {3}}.size_bytes() == 48);
    STATIC_REQUIRE(io::IoPtr<Bar>{0x10, {0x80}}.size_bytes() == 0x80);
    STATIC_REQUIRE(io::IoPtr<Bar>{0x10, {0x80}} == io::IoPtr<Bar>{0x10, {0x80}});
    STATIC_REQUIRE(io::IoPtr<Bar>{0x10, {0x80}} != io::IoPtr<Bar>{0x10, {0x81}});
    STATIC_REQUIRE(io::IoPtr<Bar>{0x10, {0x80}} != io::IoPtr<Bar>{0x18, {0x80}});
}

TEST_CASE("a raw pointer is a type, an address and a size, without accessors", "[region]") {
    constexpr auto raw = io::MmioRaw<Entry>::at(0x1000);
    STATIC_REQUIRE(raw.address() == 0x1000);
    STATIC_REQUIRE(raw.size_bytes() == sizeof(Entry));
    STATIC_REQUIRE(raw.ptr() == io::IoPtr<Entry>{0x1000, {}});
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::MmioRaw<Entry>>);
    STATIC_REQUIRE(sizeof(raw) == sizeof(void*));
    STATIC_REQUIRE_FALSE(io::IoBase<io::MmioRaw<Entry>>);
    STATIC_REQUIRE(io::MmioRaw<Entry[4]>::at(0x1000).size_bytes() == 64);
    STATIC_REQUIRE(io::MmioRaw<Entry[]>::slice(0x1000, 4).value().size_bytes() == 64);
    STATIC_REQUIRE(io::MmioRaw<Bar>::region(0x1000, 0x41).value().size_bytes() == 0x41);
}

TEST_CASE("23 a region smaller than its minimum is refused", "[region]") {
    CHECK(error_of(io::MmioRaw<Bar>::region(0x1000, 0x3f)) == Error::out_of_bounds);
    CHECK(error_of(io::MmioRaw<Bar>::region(0x1000, 0)) == Error::out_of_bounds);
    CHECK(error_of(io::MmioRaw<Bar>::region(0x1000, 0x40)) == Error{});
    CHECK(error_of(io::MmioRaw<Bar>::region(0x1000, 0x1000)) == Error{});
    CHECK(error_of(io::MmioRaw<io::Region<>>::region(0x1000, 0)) == Error{});
    // nothing of it is rounded to words
    CHECK(io::MmioRaw<io::Region<42>>::region(0x1000, 42).value().size_bytes() == 42);
    CHECK(error_of(io::MmioRaw<io::Region<42>>::region(0x1000, 41)) == Error::out_of_bounds);

    alignas(8) unsigned char bytes[0x80] = {0x5a};
    CHECK(error_of(io::SysMem<Bar>::from_bytes(bytes, 0x3f)) == Error::out_of_bounds);
    CHECK(error_of(io::SysMem<Bar>::from_bytes(bytes, 0)) == Error::out_of_bounds);
    CHECK(io::SysMem<Bar>::from_bytes(bytes, 0x40).value().size_bytes() == 0x40);
    CHECK(io::SysMem<Bar>::from_bytes(bytes, 0x80).value().size_bytes() == 0x80);
    CHECK(error_of(io::PortIo<Bar>::from_port(0x100, 0x3f)) == Error::out_of_bounds);
    CHECK(error_of(io::PortIo<Bar>::from_port(0x100, 0x40)) == Error{});
}

TEST_CASE("23 a base that its region does not allow is refused", "[region]") {
    for (std::uintptr_t off = 1; off < 8; ++off) {
        CAPTURE(off);
        CHECK(error_of(io::MmioRaw<Bar>::region(0x1000 + off, 0x40)) == Error::misaligned);
        CHECK(error_of(io::MmioRaw<Entry>::try_at(0x1000 + off)) == Error::misaligned);
        CHECK(error_of(io::MmioRaw<Entry[]>::slice(0x1000 + off, 2)) == Error::misaligned);
        CHECK(error_of(io::MmioRaw<io::Region<8, 1>>::region(0x1000 + off, 8)) == Error{});
        const auto four = off == 4 ? Error{} : Error::misaligned;
        CHECK(error_of(io::MmioRaw<io::Region<8>>::region(0x1000 + off, 8)) == four);

        alignas(8) unsigned char bytes[0x80] = {};
        CHECK(error_of(io::SysMem<Bar>::from_bytes(bytes + off, 0x40)) == Error::misaligned);
        CHECK(error_of(io::SysMem<io::Region<8>>::from_bytes(bytes + off, 0x40)) == four);
        CHECK(error_of(io::SysMem<Entry>::from_bytes(bytes + off, 0x40)) == Error::misaligned);
        CHECK(error_of(io::SysMem<io::Region<8, 1>>::from_bytes(bytes + off, 8)) == Error{});
    }
    CHECK(error_of(io::MmioRaw<Entry>::try_at(0x1000)) == Error{});
    // one cause at a time: size first, as everywhere
    CHECK(error_of(io::MmioRaw<Bar>::region(0x1001, 0x3f)) == Error::out_of_bounds);
}

TEST_CASE("23 what would run past the top of the address space is refused", "[region]") {
    using Any = io::MmioRaw<io::Region<>>;
    CHECK(error_of(Any::region(top - 3, 4)) == Error{}); // the last word there is
    CHECK(error_of(Any::region(top - 3, 5)) == Error::out_of_bounds);
    CHECK(error_of(Any::region(top - 3, most)) == Error::out_of_bounds);
    CHECK(error_of(Any::region(4, most)) == Error::out_of_bounds);
    CHECK(error_of(Any::region(0, most)) == Error{});
    CHECK(error_of(Any::region(top - 3, 0)) == Error{});

    CHECK(error_of(io::MmioRaw<std::uint32_t>::try_at(top - 3)) == Error{});
    CHECK(error_of(io::MmioRaw<std::uint32_t>::try_at(top - 2)) == Error::out_of_bounds);
    CHECK(error_of(io::MmioRaw<Entry>::try_at(top - 7)) == Error::out_of_bounds);

    using Words = io::MmioRaw<std::uint32_t[]>;
    CHECK(error_of(Words::slice(top - 7, 2)) == Error{});
    CHECK(error_of(Words::slice(top - 7, 3)) == Error::out_of_bounds);
    CHECK(error_of(Words::slice(0x1000, most)) == Error::out_of_bounds);         // bytes overflow
    CHECK(error_of(Words::slice(0x1000, most / 4 + 2)) == Error::out_of_bounds); // to a few bytes
    CHECK(Words::slice(0x1000, 0).value().size_bytes() == 0);

    unsigned char byte = 0;
    CHECK(error_of(io::SysMem<io::Region<0, 1>>::from_bytes(&byte, most)) == Error::out_of_bounds);
}

TEST_CASE("23 a refused construction is refused in the compiler too", "[region]") {
    STATIC_REQUIRE(error_of(io::MmioRaw<Bar>::region(0x1000, 0x3f)) == Error::out_of_bounds);
    STATIC_REQUIRE(error_of(io::MmioRaw<Bar>::region(0x1004, 0x40)) == Error::misaligned);
    STATIC_REQUIRE(error_of(io::MmioRaw<Bar>::region(top - 7, 0x40)) == Error::out_of_bounds);
}

TEST_CASE("indices and offsets of any integer type become sizes, or past every end", "[region]") {
    using io::detail::to_size;
    STATIC_REQUIRE(to_size(3) == 3);
    STATIC_REQUIRE(to_size(std::uint8_t{255}) == 255);
    STATIC_REQUIRE(to_size('\x7f') == 127);
    STATIC_REQUIRE(to_size(true) == 1);
    STATIC_REQUIRE(to_size(-1) == most);
    STATIC_REQUIRE(to_size(std::int8_t{-128}) == most);
    STATIC_REQUIRE(to_size(std::numeric_limits<std::int64_t>::min()) == most);
    STATIC_REQUIRE(to_size(std::numeric_limits<std::uint64_t>::max()) == most);
#ifndef __STRICT_ANSI__
    __extension__ using wide = __int128;
    STATIC_REQUIRE(to_size(wide{1} << 64) == most);
    STATIC_REQUIRE(to_size(-(wide{1} << 64)) == most);
    STATIC_REQUIRE(to_size((wide{1} << 64) + 1) == most); // its low half is a small number
    STATIC_REQUIRE(to_size(wide{7}) == 7);
#endif
}

TEST_CASE("fits is exact and never overflows", "[region]") {
    using io::detail::fits;
    STATIC_REQUIRE(fits(0, 0, 0));
    STATIC_REQUIRE(fits(4, 4, 8));
    STATIC_REQUIRE_FALSE(fits(5, 4, 8));
    STATIC_REQUIRE_FALSE(fits(0, 1, 0));
    STATIC_REQUIRE(fits(8, 0, 8));
    STATIC_REQUIRE_FALSE(fits(9, 0, 8));
    STATIC_REQUIRE_FALSE(fits(most, 1, 8));
    STATIC_REQUIRE_FALSE(fits(most - 2, 4, 8)); // the end would be 1
    STATIC_REQUIRE_FALSE(fits(1, most, most));
    STATIC_REQUIRE(fits(0, most, most));
}
