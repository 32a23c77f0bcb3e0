// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/sys_mem.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace io = ioview;

namespace {

using io::Error;

struct Ring {
    std::uint32_t head, tail;
    io::le<std::uint64_t> base;
    io::be<std::uint32_t> tag;
    std::uint32_t entries[4];
};

template <class R>
Error error_of(const R& result) {
    return result ? Error{} : result.error();
}

} // namespace

TEST_CASE("a view of an object reads and writes the object", "[sys_mem]") {
    Ring ring{1, 2, 3, 4, {5, 6, 7, 8}};
    const auto view = io::SysMem<Ring>::from_pointer(&ring);
    CHECK(view.address() == reinterpret_cast<std::uintptr_t>(&ring));
    CHECK(view.size_bytes() == sizeof(Ring));
    CHECK(IO_READ(view, tail) == 2);
    CHECK(IO_PROJECT(view, base).copy_read() == 3);
    CHECK(IO_READ(view, tag) == 4);
    IO_WRITE(view, head, 9u);
    IO_WRITE(view, tag, 0x0102'0304u);
    IO_UPDATE(view, entries, at(3), [](auto v) { return v * 2; });
    CHECK(ring.head == 9);
    CHECK(ring.tag == 0x0102'0304u);
    CHECK(ring.entries[3] == 16);
    CHECK(ring.entries[2] == 7);
}

TEST_CASE("plain integers are the machine's, le and be are what they say", "[sys_mem]") {
    alignas(8) unsigned char bytes[24] = {};
    const auto region = io::SysMem<io::Region<24, 8>>::from_bytes(bytes, sizeof bytes).value();
    region.write<io::le<std::uint32_t>>(0, 0x0102'0304u);
    region.write<io::be<std::uint32_t>>(4, 0x0102'0304u);
    region.write32(8, 0x0102'0304u);
    CHECK(bytes[0] == 4);
    CHECK(bytes[4] == 1);
    CHECK(bytes[8] == (std::endian::native == std::endian::little ? 4 : 1));
    CHECK(region.read<io::le<std::uint32_t>>(0) == 0x0102'0304u);
    CHECK(region.read<io::be<std::uint32_t>>(4) == 0x0102'0304u);
    CHECK(region.read32(8) == 0x0102'0304u);
    region.write8(12, 0xff);
    region.write16(14, 0x1234);
    CHECK(region.read16(14) == 0x1234);
#if __SIZEOF_POINTER__ == 8
    region.write64(16, 0x0123'4567'89ab'cdef);
    CHECK(region.read64(16) == 0x0123'4567'89ab'cdef);
#endif
    CHECK(bytes[13] == 0);
}

TEST_CASE("a slice comes from a span", "[sys_mem]") {
    std::vector<std::uint32_t> words{1, 2, 3, 4};
    const auto view = io::SysMem<std::uint32_t[]>::from_span(words);
    CHECK(view.size() == 4);
    view.at(2).write(9);
    CHECK(words[2] == 9);
    CHECK(view.try_at(4).error() == Error::out_of_bounds);
    CHECK(view.subview(2, 1).at(0).read() == 9);
    const std::array<std::uint16_t, 3> fixed{7, 8, 9};
    const auto frozen = io::SysMem<const std::uint16_t[]>::from_span(fixed);
    CHECK(frozen.at(1).read() == 8);
    CHECK(io::SysMem<std::uint32_t[]>::from_span({}).empty());
    std::uint32_t grid[2][3] = {{1, 2, 3}, {4, 5, 6}};
    CHECK(io::SysMem<std::uint32_t[2][3]>::from_pointer(&grid).at(1).at(2).read() == 6);
}

TEST_CASE("23 bytes that do not make a region are refused, and untouched", "[sys_mem]") {
    alignas(16) unsigned char bytes[64];
    for (unsigned char& byte : bytes)
        byte = 0x5a;
    using Small = io::SysMem<io::Region<16>>;
    CHECK(error_of(Small::from_bytes(bytes, 15)) == Error::out_of_bounds);
    CHECK(error_of(Small::from_bytes(bytes, 0)) == Error::out_of_bounds);
    CHECK(error_of(Small::from_bytes(bytes, 16)) == Error{});
    CHECK(error_of(Small::from_bytes(nullptr, 15)) == Error::out_of_bounds);
    for (std::size_t off = 1; off < 16; ++off) {
        CAPTURE(off);
        const auto ok = [&](std::size_t align) {
            return off % align == 0 ? Error{} : Error::misaligned;
        };
        unsigned char* const base = bytes + off;
        CHECK(error_of(io::SysMem<io::Region<16, 1>>::from_bytes(base, 16)) == ok(1));
        CHECK(error_of(io::SysMem<io::Region<16, 2>>::from_bytes(base, 16)) == ok(2));
        CHECK(error_of(io::SysMem<io::Region<16, 4>>::from_bytes(base, 16)) == ok(4));
        CHECK(error_of(io::SysMem<io::Region<16, 8>>::from_bytes(base, 16)) == ok(8));
        CHECK(error_of(io::SysMem<io::Region<16, 16>>::from_bytes(base, 16)) == ok(16));
        CHECK(error_of(Small::from_bytes(base, 15)) == Error::out_of_bounds);
    }
    for (unsigned char byte : bytes)
        CHECK(byte == 0x5a);
}

TEST_CASE("25 an unaligned base: each access is checked where it really is", "[sys_mem]") {
    alignas(8) unsigned char bytes[64] = {};
    const auto odd = io::SysMem<io::Region<32, 1>>::from_bytes(bytes + 3, 32).value();
    io::testing::Recorder recorder{odd};
    const auto view = recorder.view<io::Region<0, 1>>();
    CHECK(view.try_read16(0).error() == Error::misaligned);
    CHECK(view.try_write32(4, 1).error() == Error::misaligned);
    CHECK(view.try_update<std::uint32_t>(0, [](auto v) { return v; }).error() == Error::misaligned);
    CHECK(view.try_cast<std::uint32_t>().error() == Error::misaligned);
    CHECK(view.try_subview<std::uint32_t[]>(0, 2).error() == Error::misaligned);
    CHECK(recorder.log().empty());
    CHECK(view.try_write32(1, 0x0101'0101).has_value());
    CHECK(bytes[4] == 1);
    CHECK(bytes[3] == 0);
    CHECK(recorder.log() == Log{{wr, 1, 4, 0x0101'0101}});
}

TEST_CASE("24 no access outside what was given", "[sys_mem]") {
    alignas(8) unsigned char bytes[64] = {};
    io::testing::Recorder recorder{io::SysMem<io::Region<>>::from_bytes(bytes, 10).value()};
    const auto view = recorder.view<io::Region<>>();
    CHECK(view.size_bytes() == 10);
    CHECK(view.try_read8(9).has_value());
    CHECK(view.try_read16(8).has_value());
    recorder.clear();
    CHECK(view.try_read32(8).error() == Error::out_of_bounds);
    CHECK(view.try_read8(10).error() == Error::out_of_bounds);
    CHECK(view.try_write32(8, 0).error() == Error::out_of_bounds);
    CHECK(recorder.log().empty());
}

TEST_CASE("each access is made, even when nothing seems to change", "[sys_mem]") {
    volatile std::uint32_t word = 1;
    std::uint32_t plain = 1;
    const auto view = io::SysMem<std::uint32_t>::from_pointer(&plain);
    for (int i = 0; i < 3; ++i)
        view.write(view.read() + word);
    CHECK(plain == 4);
    CHECK(view == io::SysMem<std::uint32_t>::from_pointer(&plain));
    std::uint32_t other = 0;
    CHECK(view != io::SysMem<std::uint32_t>::from_pointer(&other));
}

TEST_CASE("the target's type is no alias of the object's", "[sys_mem]") {
    // objects of other types are read as what they are stored as, under any optimisation
    float value = 1.0f;
    const auto view = io::SysMem<io::Region<4>>::from_bytes(&value, sizeof value).value();
    CHECK(view.read32(0) == 0x3f80'0000);
    view.write32(0, 0x4000'0000);
    CHECK(value == 2.0f);
}

TEST_CASE("a view of memory gives its pointer back, const where the target is", "[sys_mem]") {
    Ring ring{};
    const auto object = io::SysMem<Ring>::from_pointer(&ring);
    CHECK(object.as_ptr() == &ring);
    const auto read_only = io::SysMem<const Ring>::from_pointer(&ring);
    STATIC_REQUIRE(std::is_same_v<decltype(read_only.as_ptr()), const Ring*>);
    CHECK(read_only.as_ptr() == &ring);

    std::uint32_t words[4] = {1, 2, 3, 4};
    const auto array = io::SysMem<std::uint32_t[4]>::from_pointer(&words);
    CHECK(array.as_ptr() == &words);
    CHECK(array.at(2).as_ptr() == words + 2);
    const auto slice = array.subview(1, 3);
    STATIC_REQUIRE(std::is_same_v<decltype(slice.as_ptr()), std::uint32_t*>);
    CHECK(slice.as_ptr() == words + 1);
    CHECK(std::span(slice.as_ptr(), slice.size())[2] == 4);
    const auto fixed = io::SysMem<const std::uint32_t[]>::from_span(words);
    STATIC_REQUIRE(std::is_same_v<decltype(fixed.as_ptr()), const std::uint32_t*>);

    const auto region = io::SysMem<io::Region<8>>::from_bytes(words, 16).value();
    STATIC_REQUIRE(std::is_same_v<decltype(region.as_ptr()), std::byte*>);
    CHECK(static_cast<void*>(region.as_ptr()) == words);
    const std::uint32_t rom[2] = {5, 6};
    const auto read_only_region = io::SysMem<const io::Region<8>>::from_bytes(rom, 8).value();
    STATIC_REQUIRE(std::is_same_v<decltype(read_only_region.as_ptr()), const std::byte*>);
    CHECK(read_only_region.read32(4) == 6);
    CHECK(read_only_region.subview<std::uint32_t>(4).as_ptr() == rom + 1);
}
