// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: it stands before the C library's system calls
// Each system call of each owner of linux/ fails in its turn: the error and errno are the call's,
// and nothing stays open or mapped. Each is cut short by a signal, and made again.
#include <ioview/dma/coherent.hpp>
#include <ioview/linux/dev_mem.hpp>
#include <ioview/linux/ioperm_ports.hpp>
#include <ioview/linux/removable.hpp>
#include <ioview/linux/sysfs_bar.hpp>
#include <ioview/linux/sysfs_config.hpp>
#include <ioview/linux/sysfs_enable.hpp>
#include <ioview/linux/sysfs_port_bar.hpp>
#include <ioview/linux/uio.hpp>
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>
#include <ioview/linux/vfio_interrupts.hpp>

#include "support/catch.hpp"
#include "support/fake_sysfs.hpp"
#include "support/fake_vfio.hpp"
#include "support/system_calls.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <utility>
#include <vector>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::tests::FakeSysfs;
using io::tests::SystemCalls;

namespace {

// Of an owner's making, whose n-th call fails for each n.
template <class Make>
void check_each_call(SystemCalls& calls, Make make, unsigned at_least) {
    const auto open = calls.open.size(); // before, and after each failure
    const auto mapped = calls.mapped.size();
    const auto is_as_before = [&] {
        return calls.open.size() == open && calls.mapped.size() == mapped && calls.right;
    };
    unsigned failed = 0;
    for (unsigned n = 1;; ++n) {
        calls.fail(n, EPERM); // as under lockdown
        {
            const auto made = make();
            const int number = errno;
            const bool came_through = calls.came_through();
            calls.fail(0, 0);
            if (came_through) {
                CHECK(made);
                break;
            }
            INFO("call " << n << ", " << calls.names.back());
            CHECK_FALSE(made);
            CHECK(made.error() == Error::unsupported);
            CHECK(number == EPERM);
            CHECK(is_as_before());
        }
        ++failed;
    }
    CHECK(failed >= at_least);

    calls.interrupt_each();
    {
        const auto made = make();
        CHECK(made);
    }
    calls.interrupt_each(false);
    CHECK(is_as_before());
}
template <class Make>
void check_each_call(Make make, unsigned at_least) {
    SystemCalls calls;
    check_each_call(calls, make, at_least);
}

constexpr std::uint64_t somewhere = 0xfea0'0400;

} // namespace

TEST_CASE("failing calls: SysfsBar", "[linux]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x1100);
    check_each_call([&] { return pci::SysfsBar<io::Region<0x1000>>::map(function, 0); }, 8);
    tree.file("a/resource0_wc", std::string(0x1100, '\0'));
    check_each_call(
        [&] {
            return pci::SysfsBar<io::Region<0x1000>, io::WriteCombiningBackend>::map(function, 0);
        },
        10);
    SystemCalls calls;
    CHECK(pci::SysfsBar<io::Region<0x1000>>::map(function, 0));
    CHECK(calls.names == std::vector<std::string>{
                             "open", "read", "read", "readlink", "open", "flock", "fstat", "mmap"});
    CHECK(calls.is_clean());
}

TEST_CASE("failing calls: Removable", "[linux]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x1100);
    using Bar = pci::SysfsBar<io::Region<0x1000>>;
    check_each_call(
        [&]() -> io::Result<io::Removable<Bar>> {
            auto bar = Bar::map(function, 0);
            if (!bar)
                return io::fail(bar.error());
            return io::Removable<Bar>::of(std::move(*bar));
        },
        17);
}

TEST_CASE("failing calls: SysfsPortBar and its accesses", "[linux]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", 0xc040, 0x20, 0x4'0101);
    using Ports = pci::SysfsPortBar<io::Region<0x20>>;
    check_each_call([&] { return Ports::open(function, 0); }, 7);
    const auto ports = Ports::open(function, 0);
    REQUIRE(ports);
    check_each_call([&] { return ports->try_read32(4); }, 1);
    check_each_call([&] { return ports->try_write32(4, 1); }, 1);
    SystemCalls calls;
    calls.fail(1, ENODEV);
    CHECK(ports->try_read8(0).error() == Error::no_device);
    calls.fail(1, ENODEV);
    CHECK(ports->read8(0) == 0xff);
}

TEST_CASE("failing calls: DevMem", "[linux]") {
    const FakeSysfs tree;
    tree.file("mem", std::string(0x2000, '\0'));
    const std::string path = tree.path("mem");
    check_each_call([&] { return io::DevMem<io::Region<8>>::map(0xffc, 8, path.c_str()); }, 2);
    SystemCalls calls;
    CHECK(io::DevMem<io::Region<8, 8>>::map(0xffc, 8, path.c_str()).error() == Error::misaligned);
    CHECK(calls.is_clean());
    CHECK(calls.open_flags == (O_RDONLY | O_SYNC | O_CLOEXEC));
    CHECK(io::DevMem<io::Region<8>, io::DevMemWrites>::map(0xffc, 8, path.c_str()));
    CHECK(calls.open_flags == (O_RDWR | O_SYNC | O_CLOEXEC));
}

TEST_CASE("failing calls: UioDevice and UioMap", "[linux]") {
    const FakeSysfs tree;
    for (const char* name : {"uio0", "uio0/maps", "uio0/maps/map0"})
        tree.directory(name);
    tree.file("uio0/maps/map0/size", "0x1000\n");
    tree.file("uio0/maps/map0/offset", "0x40\n");
    tree.directory("dev");
    tree.file("dev/uio0", std::string(0x2000, '\0'));
    const io::UioPaths paths{tree.path("dev"), tree.root()};
    check_each_call([&] { return io::UioDevice::open(0, paths); }, 1);
    const auto device = io::UioDevice::open(0, paths);
    REQUIRE(device);
    check_each_call([&] { return io::UioMap<io::Region<0x1000>>::map(*device, 0); }, 7);
    check_each_call([&] { return device->enable_interrupt(); }, 1);
    check_each_call([&] { return device->wait_for_interrupt(0); }, 2);
}

TEST_CASE("failing calls: SysfsEnable", "[linux]") {
    const FakeSysfs tree;
    tree.directory("a");
    tree.file("a/enable", "0");
    check_each_call([&] { return pci::SysfsEnable::of(tree.path("a")); }, 2);
    CHECK(tree.text("a/enable") == "0");
    {
        SystemCalls calls;
        auto on = pci::SysfsEnable::of(tree.path("a"));
        REQUIRE(on);
        calls.fail(1, EIO);
        errno = 77;
        on = io::fail(Error::busy);
        CHECK(errno == 77); // which ending it leaves alone
    }
}

TEST_CASE("failing calls: SysfsConfig", "[linux]") {
    const FakeSysfs tree;
    tree.directory("a");
    tree.file("a/config", std::string(256, '\0'));
    check_each_call([&] { return pci::SysfsConfig::open(tree.path("a")); }, 2);
    const auto config = pci::SysfsConfig::open(tree.path("a"), pci::SysfsConfig::Mode::read_write);
    REQUIRE(config);
    check_each_call([&] { return config->read<std::uint32_t>(4); }, 1);
    check_each_call([&] { return config->write<std::uint32_t>(4, 1); }, 1);
}

TEST_CASE("failing calls: VfioDevice, by its group and by its own node", "[linux]") {
    io::tests::FakeVfio vfio;
    const auto open = [&] {
        return io::VfioDevice::open(vfio.address, io::VfioWay::any, vfio.paths());
    };
    check_each_call(vfio.calls(), open, 12);
    vfio.add_cdev();
    check_each_call(vfio.calls(), open, 8);
}

TEST_CASE("failing calls: what is made of a VfioDevice", "[linux]") {
    io::tests::FakeVfio vfio;
    vfio.has_areas = true;
    vfio.areas = {{0, 0x1000}};
    const auto device = io::VfioDevice::open(vfio.address, io::VfioWay::group, vfio.paths());
    REQUIRE(device);
    auto& calls = vfio.calls();
    check_each_call(
        calls, [&] { return device->bar<io::Region<0x1000>>(0); }, 3);
    check_each_call(
        calls, [&] { return device->region(0); }, 2);
    check_each_call(
        calls, [&] { return device->read<std::uint16_t>(0); }, 1);
    check_each_call(
        calls, [&] { return device->set_bus_master(true); }, 2);
    check_each_call(
        calls, [&] { return device->reset(); }, 1);
    check_each_call(
        calls, [&] { return io::VfioInterrupts::enable(*device, io::VfioIrq::msi, 2); }, 5);
    const auto of = [&] { return io::VfioDma::of(*device, io::DmaMask::of<64>()); };
    check_each_call(calls, of, 3);
    auto dma = of();
    REQUIRE(dma);
    check_each_call(
        calls, [&] { return io::Coherent<std::uint32_t[], io::VfioDma>::zeroed(*dma, 4); }, 2);
    CHECK(vfio.mapped.empty());
}
