// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SysfsPortBar on a file in the place of the kernel's, whose bytes are the ports.
#include <ioview/linux/sysfs_port_bar.hpp>

#include "../../examples/drivers/ns16550.hpp"
#include "support/catch.hpp"
#include "support/death.hpp"
#include "support/fake_sysfs.hpp"

#include <cerrno>
#include <cstdint>
#include <string>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::tests::FakeSysfs;
using pci::SysfsPortBar;

namespace {

using Ports = io::Region<0x20>;
static_assert(io::OrderedIoOf<SysfsPortBar<Ports>, Ports>);
static_assert(!std::is_copy_constructible_v<SysfsPortBar<Ports>>);
static_assert(std::is_nothrow_move_constructible_v<SysfsPortBar<Ports>>);
static_assert(!io::IoCapable<pci::SysfsPortBackend, std::uint64_t>);

constexpr unsigned io_flags = 0x4'0101;

template <class Made>
void check_fails(const Made& made, Error error, int number) {
    const int left = errno;
    REQUIRE_FALSE(made);
    CHECK(made.error() == error);
    CHECK(left == number);
}

} // namespace

TEST_CASE("sysfs ports: accesses of each width reach the file", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("0000:00:02.0", 0xc040, 0x20, io_flags);
    auto ports = SysfsPortBar<Ports>::open({.device = 2}, 0, {}, tree.root());
    REQUIRE(ports);
    CHECK(ports->size_bytes() == 0x20);
    ports->write8(0, 0x11);
    ports->write16(2, 0x2233);
    CHECK(ports->try_write32(4, 0x4455'6677));
    CHECK(ports->read8(0) == 0x11u);
    CHECK(ports->try_read16(2) == std::uint16_t{0x2233});
    CHECK(ports->view().read32(4) == 0x4455'6677u);
    CHECK(ports->try_read32(0x20).error() == Error::out_of_bounds);
    CHECK(ports->try_read16(1).error() == Error::misaligned);
    const std::string bytes = tree.text("0000:00:02.0/resource0");
    CHECK(bytes[0] == 0x11);
    CHECK(bytes.find_first_not_of('\0', 8) == std::string::npos);
    CHECK(ports->view() == ports->as_view());
}

TEST_CASE("sysfs ports: a BAR that goes", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", 0xc040, 0x20, io_flags);
    auto ports = SysfsPortBar<Ports>::open(function, 0);
    REQUIRE(ports);
    REQUIRE(::truncate((function + "/resource0").c_str(), 0x12) == 0);
    check_fails(ports->try_read32(0x10), Error::io_error, EIO); // half of it
    check_fails(ports->try_read32(0x14), Error::io_error, EIO);
    CHECK(ports->read16(0x14) == 0xffffu);
    const int full = ::open("/dev/full", O_RDWR);
    REQUIRE(full >= 0);
    REQUIRE(::dup2(full, ports->native_handle()) >= 0);
    ::close(full);
    check_fails(ports->try_write32(4, 1), Error::io_error, ENOSPC);
    ports->write32(4, 1); // which says nothing
}

TEST_CASE("sysfs ports: what is no BAR of ports", "[sysfs]") {
    const FakeSysfs tree;
    check_fails(SysfsPortBar<Ports>::open(tree.path("none"), 0), Error::no_device, ENOENT);
    check_fails(SysfsPortBar<Ports>::open(tree.function("a", 0xfe00'0000, 0x1000), 0),
                Error::unsupported,
                EOPNOTSUPP);
    const std::string function = tree.function("b", 0xc040, 0x20, io_flags);
    check_fails(SysfsPortBar<io::Region<0x21>>::open(function, 0), Error::out_of_bounds, ERANGE);
    {
        const auto first = SysfsPortBar<Ports>::open(function, 0);
        REQUIRE(first);
        check_fails(SysfsPortBar<Ports>::open(function, 0), Error::busy, EAGAIN);
    }
    auto ports = SysfsPortBar<Ports>::open(function, 0);
    REQUIRE(ports);
    const auto taken = std::move(*ports);
    CHECK(death_of([&] { static_cast<void>(ports->read8(0)); }).signal != 0);
    CHECK(taken.read8(0) == 0u);
}

TEST_CASE("sysfs ports: the driver of the NS16550 runs on them", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", 0x3f8, 8, io_flags);
    auto ports = SysfsPortBar<::Ns16550>::open(function, 0);
    REQUIRE(ports);
    struct {
        unsigned time = 0;
        unsigned now() const { return time; }
        void sleep_for(unsigned much) { time += much; }
    } clock;
    const ns16550::Driver com1{ports->view(), clock, io::Timing{1u, 10u}};
    REQUIRE(com1.init(1'843'200, 115'200));
    CHECK(com1.put('A').error() == Error::timed_out); // the file never says that there is room
    CHECK(com1.get().error() == Error::busy);
    ports->write8(5, 0x60);
    CHECK(com1.put('A'));
    CHECK(com1.flush());
    CHECK(tree.text("a/resource0") == std::string("A\0\xc7\x03\x03\x60\0\x5a", 8));
    REQUIRE(::truncate((function + "/resource0").c_str(), 0) == 0);
    CHECK(com1.put('A').error() == Error::io_error);
}
