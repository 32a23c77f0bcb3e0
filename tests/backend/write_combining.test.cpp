// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// WriteCombining over memory that behaves: every method and hand-over that other views have. What
// is emitted, and where it is flushed, is looked at in the generated code.
#include <ioview/ioview.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace io = ioview;

namespace {

struct Frame {
    std::uint32_t mode;
    io::be<std::uint16_t> width;
    std::uint16_t height;
    std::uint32_t pixels[8];
    std::uint8_t bytes[8];
};
struct Mode : io::Register<Mode, std::uint32_t, io::fixed<0x0>> {
    IO_FIELDS(bit(0, on), bits(7, 4, depth));
};

template <class T>
auto of(unsigned char* bytes) {
    const auto address = reinterpret_cast<std::uintptr_t>(bytes);
    if constexpr (io::RegionTarget<T>)
        return io::WriteCombining<T>::from_raw(*io::MmioRaw<T>::region(address, 64));
    else
        return io::WriteCombining<T>::from_raw(io::MmioRaw<T>::at(address));
}

// The four bytes as a device has them, which is little-endian.
std::uint32_t word(const unsigned char* at) {
    return std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16 |
           std::uint32_t{at[3]} << 24;
}

} // namespace

TEST_CASE("write-combining memory is projected, read, written and copied", "[write_combining]") {
    alignas(8) unsigned char bytes[64]{};
    const auto frame = of<Frame>(bytes);
    IO_WRITE(frame, mode, 0x0102'0304u);
    CHECK(word(bytes) == 0x0102'0304);
    CHECK(IO_READ(frame, mode) == 0x0102'0304);
    IO_WRITE(frame, width, 0x0102);
    CHECK((bytes[4] == 1 && bytes[5] == 2));
    IO_UPDATE(frame, height, [](std::uint16_t v) { return v + 1; });
    CHECK(IO_READ(frame, height) == 1);
    for (auto pixel : IO_PROJECT(frame, pixels))
        pixel.write(0xff00'ff00);
    CHECK(word(bytes + 8 + 28) == 0xff00'ff00);
    CHECK(IO_READ(frame, pixels, try_at(8)).error() == io::Error::out_of_bounds);
    const std::uint8_t row[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    std::uint8_t back[8]{};
    const auto place = IO_PROJECT(frame, bytes).bytes();
    place.copy_from({reinterpret_cast<const std::byte*>(row), 8});
    io::wc_flush();
    place.copy_to({reinterpret_cast<std::byte*>(back), 8});
    CHECK(std::memcmp(row, back, 8) == 0);
    place.fill(std::byte{0x5a});
    CHECK(bytes[40] == 0x5a);
    CHECK(frame.as_view() == frame);
    STATIC_REQUIRE(sizeof(frame) == sizeof(void*));
}

TEST_CASE("write-combining memory has registers and offsets", "[write_combining]") {
    alignas(8) unsigned char bytes[64]{};
    const auto region = of<io::Region<64>>(bytes);
    region.write(Mode{}.with_on(true).with_depth(9));
    CHECK(word(bytes) == 0x91);
    region.update<Mode>([](Mode m) { return m.with_on(false); });
    CHECK(region.read<Mode>().depth() == 9);
    region.write16(6, 0x1234);
    CHECK(region.try_read16(6).value() == 0x1234);
    CHECK(region.try_read32(64).error() == io::Error::out_of_bounds);
}

TEST_CASE("an index in write-combining memory is handed over", "[write_combining]") {
    alignas(8) unsigned char bytes[64]{};
    const auto frame = of<Frame>(bytes);
    io::publish(IO_PROJECT(frame, mode), 7u);
    CHECK(io::observe(IO_PROJECT(frame, mode)) == 7);
    io::release_to_device(IO_PROJECT(frame, mode), 8u);
    CHECK(word(bytes) == 8);
}

TEST_CASE("doubles go over write-combining memory", "[write_combining]") {
    alignas(8) unsigned char bytes[64]{};
    io::testing::Recorder recorder{of<io::Region<64>>(bytes)};
    recorder.view<io::Region<64>>().write32(8, 5);
    CHECK(word(bytes + 8) == 5);
    CHECK(recorder.log().size() == 1);
}

TEST_CASE("write-combining memory is no other kind of memory", "[write_combining]") {
    using Wc = io::WriteCombining<Frame>;
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Wc, io::Mmio<Frame>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::Mmio<Frame>, Wc>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::IoSysMap<Frame>, Wc>);
    STATIC_REQUIRE_FALSE(std::is_default_constructible_v<Wc>);
    STATIC_REQUIRE(io::IoOf<Wc, Frame>);
    STATIC_REQUIRE(io::IoCopyable<io::WriteCombiningBackend>);
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(std::declval<Wc>(), mode)),
                                  io::WriteCombining<std::uint32_t>>);
}
