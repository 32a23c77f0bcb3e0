// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Types and bounds of ports, and the instructions: this program has no privilege for them, so that
// each one ends in a signal, whose handler plays the device.
#include <ioview/backend/port_io.hpp>
#include <ioview/project.hpp>

#include "support/catch.hpp"
#include "support/ports.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace io = ioview;

namespace {

using io::Error;

struct Ns16550 {
    std::uint8_t thr, ier, iir, lcr, mcr, lsr, msr, scr;
};

} // namespace

template <>
inline constexpr bool io::enable_plain_data<Ns16550> = true;

namespace {

template <class R>
constexpr Error error_of(const R& result) {
    return result ? Error{} : result.error();
}

constexpr auto com1 = io::PortIo<Ns16550>::from_port(0x3f8);
static_assert(com1.address() == 0x3f8);
static_assert(com1.size_bytes() == 8);
static_assert(IO_PROJECT(com1, lsr).address() == 0x3fd);
static_assert(io::project(com1, &Ns16550::scr).address() == 0x3ff);

} // namespace

TEST_CASE("ports have addresses of their own", "[port_io]") {
    CHECK(IO_PROJECT(com1, lsr).address() == 0x3fd);
    CHECK(com1 == io::PortIo<Ns16550>::from_port(0x3f8));
    CHECK(com1 != io::PortIo<Ns16550>::from_port(0x2f8));
    const auto region = io::PortIo<io::Region<8, 8>>::from_port(0x3f8);
    CHECK(region.size_bytes() == 8);
    CHECK(region.subview<std::uint16_t>(6).address() == 0x3fe);
    STATIC_REQUIRE(sizeof(com1) == sizeof(void*));
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::PortIo<Ns16550>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::uint16_t, io::PortIo<Ns16550>>);
}

TEST_CASE("23 ports end at 0xffff", "[port_io]") {
    using Any = io::PortIo<io::Region<>>;
    CHECK(error_of(Any::from_port(0xfffc, 4)) == Error{});
    CHECK(error_of(Any::from_port(0xfffc, 5)) == Error::out_of_bounds);
    CHECK(error_of(Any::from_port(0xfff8, 0x1'0000)) == Error::out_of_bounds);
    CHECK(error_of(Any::from_port(0, 0x1'0000)) == Error{});
    CHECK(error_of(Any::from_port(0, 0x1'0001)) == Error::out_of_bounds);
    CHECK(error_of(Any::from_port(4, static_cast<std::size_t>(-1))) == Error::out_of_bounds);
    CHECK(error_of(io::PortIo<io::Region<16>>::from_port(0x100, 15)) == Error::out_of_bounds);
    CHECK(error_of(io::PortIo<io::Region<16>>::from_port(0x100, 16)) == Error{});
    CHECK(error_of(Any::from_port(0x101, 4)) == Error::misaligned);
    CHECK(error_of(Any::from_port(0x102, 4)) == Error::misaligned);
    CHECK(error_of(io::PortIo<io::Region<0, 1>>::from_port(0x101, 4)) == Error{});
    CHECK(io::PortIo<std::uint32_t>::from_port(0xfffc).address() == 0xfffc);
}

TEST_CASE("23 a bad offset into ports is refused before any port is touched", "[port_io]") {
    // were one touched, this unprivileged program would end
    const auto region = io::PortIo<io::Region<8>>::from_port(0x3f8, 8).value();
    CHECK(region.try_subview<std::uint8_t>(8).error() == Error::out_of_bounds);
    CHECK(region.try_subview<std::uint16_t>(7).error() == Error::out_of_bounds);
    CHECK(region.try_subview<std::uint16_t>(1).error() == Error::misaligned);
#if IOVIEW_ARCH_X86
    CHECK(region.try_read8(8).error() == Error::out_of_bounds);
    CHECK(region.try_read8(-1).error() == Error::out_of_bounds);
    CHECK(region.try_read8(0x1'0000 - 0x3f8).error() == Error::out_of_bounds);
    CHECK(region.try_read16(1).error() == Error::misaligned);
    CHECK(region.try_read32(2).error() == Error::misaligned);
    CHECK(region.try_write32(6, 0).error() == Error::out_of_bounds);
    CHECK(region.try_update<std::uint8_t>(8, [](auto v) { return v; }).error() ==
          Error::out_of_bounds);
    const auto bytes = com1.cast<std::uint8_t[8]>();
    CHECK(IO_READ(bytes, try_at(8)).error() == Error::out_of_bounds);
    CHECK(IO_WRITE(bytes, try_at(-1), std::uint8_t{0}).error() == Error::out_of_bounds);
#endif
}

TEST_CASE("26 ports have 8, 16 and 32 bits, on x86 only", "[port_io]") {
    STATIC_REQUIRE(io::IoCapable<io::PortIoBackend, std::uint8_t> == (IOVIEW_ARCH_X86 == 1));
    STATIC_REQUIRE(io::IoCapable<io::PortIoBackend, std::uint16_t> == (IOVIEW_ARCH_X86 == 1));
    STATIC_REQUIRE(io::IoCapable<io::PortIoBackend, std::uint32_t> == (IOVIEW_ARCH_X86 == 1));
    STATIC_REQUIRE_FALSE(io::IoCapable<io::PortIoBackend, std::uint64_t>);
    STATIC_REQUIRE(std::is_same_v<io::PortIo<Ns16550>::Backend, io::PortIoBackend>);
    STATIC_REQUIRE(io::IoBase<io::PortIo<Ns16550>>);
}

#if HAS_PORTS_BY_SIGNAL
TEST_CASE("each access to a port is one instruction of its width", "[port_io]") {
    PortsBySignal ports;
    ports.set(0xfe08, {0xd4, 0xc3, 0xb2, 0xa1, 0x01, 0x02, 0x03, 0x04});
    const auto region = io::PortIo<io::Region<8, 4>>::from_port(0xfe08);
    CHECK(region.read8(7) == 0x04);
    CHECK(region.read16(6) == 0x0403);
    CHECK(region.read32(0) == 0xa1b2'c3d4);
    region.write8(1, 0x11);
    region.write16(2, 0x2233);
    region.write32(4, 0x4455'6677);
    CHECK(region.try_update<std::uint8_t>(3, [](auto byte) { return std::uint8_t(byte | 1); }));
    CHECK(ports.accesses() == std::vector<PortAccess>{{false, 0xfe0f, 1, 0x04},
                                                      {false, 0xfe0e, 2, 0x0403},
                                                      {false, 0xfe08, 4, 0xa1b2'c3d4},
                                                      {true, 0xfe09, 1, 0x11},
                                                      {true, 0xfe0a, 2, 0x2233},
                                                      {true, 0xfe0c, 4, 0x4455'6677},
                                                      {false, 0xfe0b, 1, 0x22},
                                                      {true, 0xfe0b, 1, 0x23}});
}

TEST_CASE("bytes to and from ports go in ascending order", "[port_io]") {
    PortsBySignal ports;
    ports.set(0xfe01, {0x9a, 0x9b, 0x9c});
    const auto bytes = io::PortIo<std::byte[3]>::from_port(0xfe01);
    std::byte plain[3]{};
    bytes.copy_to<std::uint8_t>(plain);
    CHECK(plain[0] == std::byte{0x9a});
    CHECK(plain[2] == std::byte{0x9c});
    bytes.fill<std::uint8_t>(std::byte{0x5c});
    CHECK(ports.accesses() == std::vector<PortAccess>{{false, 0xfe01, 1, 0x9a},
                                                      {false, 0xfe02, 1, 0x9b},
                                                      {false, 0xfe03, 1, 0x9c},
                                                      {true, 0xfe01, 1, 0x5c},
                                                      {true, 0xfe02, 1, 0x5c},
                                                      {true, 0xfe03, 1, 0x5c}});
}
#endif
