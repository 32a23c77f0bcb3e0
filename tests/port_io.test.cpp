// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Types and bounds of ports; no port is touched, which would need privilege.
#include <ioview/backend/port_io.hpp>
#include <ioview/project.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <type_traits>

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
