// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/io_sys_map.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <bit>
#include <cstdint>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;

struct Frame {
    io::le<std::uint32_t> width, height;
    std::uint8_t bytes[8];
    io::be<std::uint16_t> tags[4];
    io::le<std::uint64_t> base;
};

template <class T>
io::Mmio<T> device_at(T& object) {
    return io::Mmio<T>::from_raw(io::MmioRaw<T>::at(reinterpret_cast<std::uintptr_t>(&object)));
}

// One driver for all of them.
template <io::IoOf<Frame> View>
std::uint32_t area(View frame) {
    IO_UPDATE(frame, height, [](auto h) { return h + 1; });
    IO_WRITE(frame, tags, at(1), 0x0102);
    return IO_READ(frame, width) * IO_READ(frame, height);
}

} // namespace

TEST_CASE("27 one driver runs over a device, memory, either, and a mock", "[io_sys_map]") {
    const auto run = [](auto make) {
        Frame frame{6, 6, {}, {}, 0};
        const auto result = area(make(frame));
        CHECK(frame.height == 7u);
        CHECK(frame.tags[1] == 0x0102);
        CHECK(frame.tags[0] == 0);
        return result;
    };
    CHECK(run([](Frame& f) { return device_at(f); }) == 42);
    CHECK(run([](Frame& f) { return device_at(f).relaxed(); }) == 42);
    CHECK(run([](Frame& f) { return io::SysMem<Frame>::from_pointer(&f); }) == 42);
    CHECK(run([](Frame& f) { return io::IoSysMap<Frame>{device_at(f)}; }) == 42);
    CHECK(run([](Frame& f) { return io::IoSysMap<Frame>{io::SysMem<Frame>::from_pointer(&f)}; }) ==
          42);
    Recorded<sizeof(Frame), std::endian::big> ram;
    const auto mock = ram.view<Frame>();
    IO_WRITE(mock, width, 6u);
    IO_WRITE(mock, height, 6u);
    CHECK(area(mock) == 42);
}

TEST_CASE("27 maps in different spaces are never equal", "[io_sys_map]") {
    Frame frame{};
    Frame other{};
    const io::IoSysMap<Frame> device{device_at(frame)};
    const io::IoSysMap<Frame> memory{io::SysMem<Frame>::from_pointer(&frame)};
    CHECK(device.address() == memory.address());
    CHECK(device != memory);
    CHECK(device == io::IoSysMap<Frame>{device_at(frame)});
    CHECK(memory == io::IoSysMap<Frame>{io::SysMem<Frame>::from_pointer(&frame)});
    CHECK(device != io::IoSysMap<Frame>{device_at(other)});
    CHECK(memory != io::IoSysMap<Frame>{io::SysMem<Frame>::from_pointer(&other)});
    CHECK(device.is_io());
    CHECK_FALSE(memory.is_io());
}

TEMPLATE_TEST_CASE("a map projects, casts and reads as what it is",
                   "[io_sys_map]",
                   std::true_type,
                   std::false_type) {
    Frame frame{1, 2, {1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 3, 4}, 9};
    const auto map = TestType::value ? io::IoSysMap<Frame>{device_at(frame)}
                                     : io::IoSysMap<Frame>{io::SysMem<Frame>::from_pointer(&frame)};
    const auto base = reinterpret_cast<std::uintptr_t>(&frame);
    CHECK(map.size_bytes() == sizeof(Frame));
    const auto tag = IO_PROJECT(map, tags, at(2));
    CHECK(tag.is_io() == TestType::value);
    CHECK(tag.address() == base + offsetof(Frame, tags) + 4);
    CHECK(tag.read() == 3);
    tag.write(0x0a0b);
    CHECK(frame.tags[2] == 0x0a0b);
    CHECK(IO_READ(map, tags, try_at(4)).error() == Error::out_of_bounds);
    const auto bytes = IO_PROJECT(map, bytes);
    CHECK(bytes.at(7).read() == 8);
    CHECK(bytes.is_io() == TestType::value);
    std::uint8_t sum = 0;
    for (auto byte : bytes)
        sum = static_cast<std::uint8_t>(sum + byte.read());
    CHECK(sum == 36);
    CHECK(bytes.try_subview(6, 3).error() == Error::out_of_bounds);
    CHECK(bytes.template try_cast<io::le<std::uint16_t>[4]>().value().at(1).read() == 0x0403);
    if constexpr (io::IoCapable<io::IoSysMapBackend, io::le<std::uint64_t>>) {
        IO_UPDATE(map, base, [](auto v) { return v + 1; });
        CHECK(frame.base == 10u);
    }
    const bool visited = map.visit([&](auto view) {
        return std::is_same_v<decltype(view), io::Mmio<Frame>> == TestType::value &&
               view.address() == base;
    });
    CHECK(visited);
}

TEST_CASE("24 regions and slices keep their bounds in a map", "[io_sys_map]") {
    alignas(8) unsigned char ram[64] = {};
    const io::IoSysMap<io::Region<>> memory{
        io::SysMem<io::Region<>>::from_bytes(ram, sizeof ram).value()};
    const io::IoSysMap<io::Region<>> device{io::Mmio<io::Region<>>::from_raw(
        io::MmioRaw<io::Region<>>::region(reinterpret_cast<std::uintptr_t>(ram), 64).value())};
    for (const auto& map : {memory, device}) {
        io::testing::Recorder recorder{map};
        const auto view = recorder.view<io::Region<>>();
        CHECK(view.size_bytes() == 64);
        CHECK(view.try_read8(64).error() == Error::out_of_bounds);
        CHECK(view.try_read<io::le<std::uint32_t>>(62).error() == Error::out_of_bounds);
        CHECK(view.try_read<io::le<std::uint32_t>>(2).error() == Error::misaligned);
        CHECK(view.try_subview<std::uint8_t[]>(60, 5).error() == Error::out_of_bounds);
        CHECK(recorder.log().empty());
        CHECK(view.try_write<io::le<std::uint32_t>>(60, 0x0102'0304u).has_value());
        CHECK(ram[60] == 4);
        CHECK(recorder.log() == Log{{wr, 60, 4, 0x0102'0304}});
        CHECK(view.try_subview<std::uint8_t[]>(60, 4).value().at(3).read() == 1);
    }
}

TEST_CASE("plain integers where both sides agree on them", "[io_sys_map]") {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    std::uint32_t word = 0;
    const io::IoSysMap<std::uint32_t> memory{io::SysMem<std::uint32_t>::from_pointer(&word)};
    memory.write(5);
    CHECK(word == 5);
    CHECK(io::IoSysMap<std::uint32_t>{device_at(word)}.read() == 5);
#endif
    STATIC_REQUIRE(io::IoCapable<io::IoSysMapBackend, std::uint8_t>);
    STATIC_REQUIRE(io::IoCapable<io::IoSysMapBackend, io::le<std::uint32_t>>);
    STATIC_REQUIRE(io::IoCapable<io::IoSysMapBackend, io::be<std::uint32_t>>);
    STATIC_REQUIRE(io::IoCapable<io::IoSysMapBackend, std::uint32_t> ==
                   (std::endian::native == std::endian::little));
}

TEST_CASE("a map is made of views only", "[io_sys_map]") {
    STATIC_REQUIRE(std::is_convertible_v<io::Mmio<Frame>, io::IoSysMap<Frame>>);
    STATIC_REQUIRE(std::is_convertible_v<io::SysMem<Frame>, io::IoSysMap<Frame>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::IoSysMap<Frame>, Frame*>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::IoSysMap<Frame>, io::RelaxedMmio<Frame>>);
    STATIC_REQUIRE_FALSE(std::is_default_constructible_v<io::IoSysMap<Frame>>);
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::IoSysMap<Frame>>);
}
