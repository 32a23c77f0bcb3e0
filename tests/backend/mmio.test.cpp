// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Mmio and RelaxedMmio, over memory that behaves: the instructions are the real ones.
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/relaxed_mmio.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;

struct Pl011 {
    std::uint32_t dr, rsr, pad0[4], fr, pad1[2], ibrd, fbrd, lcr_h, cr;
};
struct Mixed {
    std::uint8_t byte, more[3];
    io::le<std::uint16_t> little;
    io::be<std::uint16_t> big;
    std::uint32_t word;
    std::uint32_t pad;
    std::uint64_t wide;
};

// A device made of bytes, garbage at first.
template <std::size_t N>
struct Device {
    Device() {
        for (std::size_t i = 0; i < N; ++i)
            bytes[i] = static_cast<unsigned char>(0xa5 + 37 * i);
    }
    std::uintptr_t address() { return reinterpret_cast<std::uintptr_t>(bytes); }
    template <class T>
    io::Mmio<T> mmio() {
        if constexpr (io::RegionTarget<T>)
            return io::Mmio<T>::from_raw(io::MmioRaw<T>::region(address(), N).value());
        else
            return io::Mmio<T>::from_raw(io::MmioRaw<T>::at(address()));
    }
    template <class W>
    W word(std::size_t offset) const { // as the device has it: little-endian
        W word = 0;
        for (std::size_t i = sizeof(W); i-- > 0;)
            word = static_cast<W>(static_cast<W>(word << 4 << 4) | bytes[offset + i]);
        return word;
    }
    alignas(16) unsigned char bytes[N];
};

// The same for both kinds.
template <class Region, class Log>
void accesses_of(Region view, Device<64>& device, const Log& log) {
    CHECK(view.read8(1) == device.word<std::uint8_t>(1));
    CHECK(view.read16(2) == device.template word<std::uint16_t>(2));
    CHECK(view.read32(4) == device.template word<std::uint32_t>(4));
    CHECK(view.try_read32(60).value() == device.template word<std::uint32_t>(60));
    const auto before = device.bytes[12];
    view.write8(13, 0x11);
    view.write16(14, 0x2233);
    view.write32(16, 0x4455'6677);
    CHECK(device.bytes[12] == before);
    CHECK(device.bytes[13] == 0x11);
    CHECK(device.template word<std::uint16_t>(14) == 0x2233);
    CHECK(device.template word<std::uint32_t>(16) == 0x4455'6677);
    CHECK(log.size() == 7);
    if constexpr (io::IoCapable<io::MmioBackend, std::uint64_t>) {
        CHECK(view.read64(8) == device.template word<std::uint64_t>(8));
        view.write64(24, 0x0123'4567'89ab'cdef);
        CHECK(device.template word<std::uint64_t>(24) == 0x0123'4567'89ab'cdef);
    }
}

} // namespace

TEST_CASE("Mmio reads and writes each width", "[mmio]") {
    Device<64> device;
    io::testing::Recorder recorder{device.mmio<io::Region<64, 8>>()};
    accesses_of(recorder.view<io::Region<64, 8>>(), device, recorder.log());
}

TEST_CASE("RelaxedMmio reads and writes each width", "[mmio]") {
    Device<64> device;
    io::testing::Recorder recorder{device.mmio<io::Region<64, 8>>().relaxed()};
    accesses_of(recorder.view<io::Region<64, 8>>(), device, recorder.log());
}

TEST_CASE("a relaxed view is of the same place, and there is no way back", "[mmio]") {
    Device<sizeof(Pl011)> device;
    const auto uart = device.mmio<Pl011>();
    const auto relaxed = uart.relaxed();
    STATIC_REQUIRE(std::is_same_v<decltype(relaxed), const io::RelaxedMmio<Pl011>>);
    CHECK(relaxed.address() == uart.address());
    CHECK(relaxed.size_bytes() == sizeof(Pl011));
    IO_WRITE(relaxed, cr, 0x301u);
    CHECK(IO_READ(uart, cr) == 0x301);
    IO_UPDATE(uart, cr, [](auto v) { return v | 0x80; });
    CHECK(IO_READ(relaxed, cr) == 0x381);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<io::RelaxedMmio<Pl011>, io::Mmio<Pl011>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::Mmio<Pl011>, io::RelaxedMmio<Pl011>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::Mmio<Pl011>, std::uintptr_t>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::Mmio<Pl011>, Pl011*>);
    STATIC_REQUIRE_FALSE(std::is_default_constructible_v<io::Mmio<Pl011>>);
}

TEST_CASE("members of any width and byte order", "[mmio]") {
    Device<sizeof(Mixed)> device;
    const auto mixed = device.mmio<Mixed>();
    IO_WRITE(mixed, byte, std::uint8_t{0x80});
    IO_WRITE(mixed, little, 0x0102);
    IO_WRITE(mixed, big, 0x0102);
    IO_WRITE(mixed, word, 0x0102'0304u);
    CHECK(device.bytes[0] == 0x80);
    CHECK(device.bytes[4] == 2);
    CHECK(device.bytes[6] == 1);
    CHECK(device.bytes[8] == 4); // devices are little-endian
    CHECK(IO_READ(mixed, little) == 0x0102);
    CHECK(IO_READ(mixed, big) == 0x0102);
    CHECK(IO_READ(mixed, more, at(2)) == device.bytes[3]);
    for (auto byte : IO_PROJECT(mixed, more))
        byte.write(0);
    CHECK(device.word<std::uint32_t>(0) == 0x80);
}

TEST_CASE("23 a region of a device ends where it was said to", "[mmio]") {
    Device<64> device;
    io::testing::Recorder recorder{io::Mmio<io::Region<16>>::from_raw(
        io::MmioRaw<io::Region<16>>::region(device.address(), 20).value())};
    const auto view = recorder.view<io::Region<16>>();
    CHECK(view.size_bytes() == 20);
    CHECK(view.try_read32(16).has_value());
    recorder.clear();
    CHECK(view.try_read32(17).error() == Error::out_of_bounds);
    CHECK(view.try_read32(20).error() == Error::out_of_bounds);
    CHECK(view.try_write8(20, 0).error() == Error::out_of_bounds);
    CHECK(view.try_read32(-4).error() == Error::out_of_bounds);
    CHECK(view.try_read32(2).error() == Error::misaligned);
    CHECK(recorder.log().empty());
}

#if __SIZEOF_POINTER__ == 8 // others have no such access
TEST_CASE("25 a device at 4 only: no 8-byte access, and not by its offset", "[mmio]") {
    Device<64> device;
    io::testing::Recorder recorder{io::Mmio<io::Region<>>::from_raw(
        io::MmioRaw<io::Region<>>::region(device.address() + 4, 32).value())};
    const auto view = recorder.view<io::Region<>>();
    CHECK(view.try_read<std::uint64_t>(0).error() == Error::misaligned);
    CHECK(view.try_write<std::uint64_t>(8, 0).error() == Error::misaligned);
    CHECK(recorder.log().empty());
    CHECK(view.try_read<std::uint64_t>(4).value() == device.word<std::uint64_t>(8));
}
#endif

TEST_CASE("views of one place are equal", "[mmio]") {
    Device<64> device;
    const auto whole = device.mmio<io::Region<>>();
    CHECK(whole == device.mmio<io::Region<>>());
    CHECK(whole.try_subview<std::uint32_t>(4).value() ==
          whole.try_subview<std::uint32_t>(4).value());
    CHECK(whole.try_subview<std::uint32_t>(4).value() !=
          whole.try_subview<std::uint32_t>(8).value());
    CHECK(whole.try_subview<io::Region<>>(0, 8).value() != whole);
    CHECK(whole.relaxed() == whole.relaxed());
}

TEST_CASE("slices of a device", "[mmio]") {
    Device<64> device;
    const auto words = io::Mmio<std::uint32_t[]>::from_raw(
        io::MmioRaw<std::uint32_t[]>::slice(device.address(), 16).value());
    CHECK(words.size() == 16);
    std::uint32_t n = 0;
    for (auto word : words.relaxed())
        word.write(n++);
    CHECK(words.at(15).read() == 15);
    CHECK(words.try_at(16).error() == Error::out_of_bounds);
}
