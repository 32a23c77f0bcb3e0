// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: it stands before the C library's system calls
// VfioDevice, its BARs and its configuration space on a VFIO that is not the kernel's; on the
// kernel's they are tests/guests/vfio_*.cpp.
#include <ioview/backend/bus.hpp>
#include <ioview/backend/config_space.hpp>
#include <ioview/linux/vfio.hpp>

#include "support/catch.hpp"
#include "support/fake_vfio.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using io::Error;
using io::VfioDevice;
using io::VfioWay;
using io::tests::FakeVfio;

namespace {

static_assert(io::ConfigFunction<VfioDevice>);
static_assert(io::RegisterBus<io::VfioRegion>);
static_assert(!std::is_copy_constructible_v<VfioDevice>);
static_assert(!std::is_copy_constructible_v<io::VfioBar<io::Region<4>>>);
static_assert(std::is_nothrow_move_constructible_v<VfioDevice>);
static_assert(io::IoOf<io::VfioBar<io::Region<4>>, io::Region<4>>);

io::Result<VfioDevice> open(const FakeVfio& vfio, VfioWay way = VfioWay::any) {
    return VfioDevice::open(vfio.address, way, vfio.paths());
}

// What is not success, with errno.
void check_refused(const auto& outcome, Error error, int number) {
    const int said = errno;
    CHECK_FALSE(outcome);
    if (!outcome)
        CHECK(outcome.error() == error);
    CHECK(said == number);
}

std::uint8_t byte_at(std::uint64_t offset) {
    return static_cast<std::uint8_t>(offset * 7 + 3);
}

} // namespace

TEST_CASE("vfio: a function is opened by its group", "[linux]") {
    FakeVfio vfio;
    {
        auto device = open(vfio);
        REQUIRE(device);
        CHECK(vfio.chosen == "0000:00:03.0");
        CHECK(device->native_handle() >= 0);
        CHECK(device->container_handle() >= 0);
        CHECK(vfio.calls().open.size() == 3);
        auto moved = std::move(*device);
        CHECK(vfio.calls().open.size() == 3);
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: a function is opened by its own node where the kernel has it", "[linux]") {
    FakeVfio vfio;
    vfio.add_cdev();
    {
        const auto device = open(vfio);
        REQUIRE(device);
        CHECK(vfio.chosen == "cdev");
        CHECK(vfio.calls().open.size() == 2);
        CHECK(device->read<std::uint16_t>(0) == 0x1234);
    }
    CHECK(vfio.is_clean());
    {
        REQUIRE(open(vfio, VfioWay::group));
        CHECK(vfio.chosen == "0000:00:03.0");
    }
    // the directory without the node, as of a kernel that was built without nodes
    vfio.tree.remove("dev/vfio/devices/vfio4");
    REQUIRE(open(vfio));
    CHECK(vfio.chosen == "0000:00:03.0");
    check_refused(open(vfio, VfioWay::cdev), Error::unsupported, ENOSYS);
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: what stands in the way has a name", "[linux]") {
    FakeVfio vfio;
    check_refused(
        VfioDevice::open({.device = 4}, VfioWay::any, vfio.paths()), Error::no_device, ENOENT);
    check_refused(open(vfio, VfioWay::cdev), Error::unsupported, ENOSYS);
    vfio.viable = false;
    check_refused(open(vfio), Error::busy, EBUSY);
    vfio.viable = true;
    vfio.version = 1;
    check_refused(open(vfio), Error::unsupported, EOPNOTSUPP);
    vfio.version = VFIO_API_VERSION;
    vfio.has_type1v2 = 0;
    check_refused(open(vfio), Error::unsupported, EOPNOTSUPP);
    vfio.has_type1v2 = 1;
    vfio.flags = VFIO_DEVICE_FLAGS_PLATFORM;
    check_refused(open(vfio), Error::no_device, ENODEV);
    vfio.tree.remove("dev/vfio/7");
    check_refused(open(vfio), Error::no_device, ENOENT);
    vfio.tree.remove("devices/0000:00:03.0/iommu_group");
    check_refused(open(vfio), Error::unsupported, ENODEV);
    vfio.tree.remove("devices/0000:00:03.0/driver");
    vfio.tree.link("devices/0000:00:03.0/driver", "../../drivers/nvme");
    check_refused(open(vfio), Error::busy, EBUSY);
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: configuration space", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = open(vfio);
        REQUIRE(device);
        CHECK(device->size() == 4'096);
        const auto config = io::ConfigSpace<VfioDevice, io::pci::Extended>::of(*device);
        REQUIRE(config);
        CHECK(config->read16(0) == 0x1234);
        CHECK(config->read32(0) == 0x11e8'1234);
        CHECK(config->read8(0xfff) == byte_at(FakeVfio::config + 0xfff));
        config->write32(0x10, 0xfee0'0010);
        CHECK(config->read8(0x13) == 0xfe);
        check_refused(device->read<std::uint32_t>(0x1000), Error::out_of_bounds, EINVAL);
        check_refused(device->read<std::uint32_t>(0x02), Error::misaligned, EINVAL);
        check_refused(device->write<std::uint16_t>(0x01, 0), Error::misaligned, EINVAL);

        // the command alone, 16 bits, and the other bits of it stay
        REQUIRE(device->set_bus_master(true));
        CHECK(config->read32(0x04) ==
              (0x0105u | std::uint32_t{byte_at(FakeVfio::config + 6)} << 16 |
               std::uint32_t{byte_at(FakeVfio::config + 7)} << 24));
        REQUIRE(device->set_bus_master(false));
        CHECK(config->read16(0x04) == 0x0101);
    }
    vfio.config_bytes = 0x100;
    CHECK(open(vfio)->size() == 256);
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: a reset, where the function has one", "[linux]") {
    FakeVfio vfio;
    CHECK(open(vfio)->reset());
    CHECK(vfio.resets == 1);
    vfio.flags = VFIO_DEVICE_FLAGS_PCI;
    const auto device = open(vfio);
    check_refused(device->reset(), Error::unsupported, ENOTTY);
    CHECK(vfio.resets == 1);
}

TEST_CASE("vfio: a BAR is mapped, from any byte of it on", "[linux]") {
    FakeVfio vfio;
    {
        auto device = open(vfio);
        REQUIRE(device);
        auto whole = device->bar<io::Region<0x8000>>(0);
        REQUIRE(whole);
        CHECK(whole->size_bytes() == 0x8000);
        CHECK(whole->read8(0x7fff) == byte_at(0x7fff));
        whole->write32(0x40, 0x1234'5678);
        const auto part = device->bar<io::Region<0x10>>(0, 0x40);
        REQUIRE(part);
        CHECK(part->read32(0) == 0x1234'5678);
        CHECK(part->size_bytes() == 0x8000 - 0x40);
        auto moved = std::move(*whole);
        CHECK(moved.view().read32(0x40) == 0x1234'5678);
        CHECK(vfio.calls().mapped.size() == 2);

        check_refused(device->bar<io::Region<0x8001>>(0), Error::out_of_bounds, ERANGE);
        check_refused(device->bar<io::Region<4>>(0, 0x7ffd), Error::out_of_bounds, ERANGE);
        check_refused(device->bar<io::Region<4>>(0, 0x8001), Error::out_of_bounds, ERANGE);
        check_refused(device->bar<io::Region<0>>(0, 0x8000), Error::out_of_bounds, ERANGE);
        check_refused(device->bar<std::uint32_t>(0, 2), Error::misaligned, EINVAL);
        check_refused(device->bar<io::Region<4>>(6), Error::invalid_argument, EINVAL);
        check_refused(device->bar<io::Region<4>>(1), Error::no_memory, ENXIO);
        check_refused(device->bar<io::Region<4>>(2), Error::unsupported, EOPNOTSUPP);
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: a hole in a BAR is an error, and no fault", "[linux]") {
    FakeVfio vfio;
    vfio.has_areas = true;
    // not in order, two that touch, one behind the end, one empty
    vfio.areas = {{0x4000, 0x1000}, {0x1000, 0x1000}, {0x2000, 0x1000}, {0x7000, 0x9000}, {0, 0}};
    {
        const auto device = open(vfio);
        REQUIRE(device);
        check_refused(device->bar<io::Region<4>>(0), Error::unsupported, EOPNOTSUPP);
        check_refused(device->bar<io::Region<4>>(0, 0x3000), Error::unsupported, EOPNOTSUPP);
        check_refused(device->bar<io::Region<0x2001>>(0, 0x1000), Error::unsupported, EOPNOTSUPP);
        const auto both = device->bar<io::Region<0x2000>>(0, 0x1000);
        REQUIRE(both);
        CHECK(both->size_bytes() == 0x2000);
        CHECK(both->read8(0x1fff) == byte_at(0x2fff));
        CHECK(both->try_read32(0x2000).error() == Error::out_of_bounds);
        CHECK(device->bar<io::Region<4>>(0, 0x7000)->size_bytes() == 0x1000);

        // by calls of the kernel there is no hole
        auto region = device->region(0);
        REQUIRE(region);
        const auto all = io::on_bus<io::Region<0x8000>, io::vfio_format>(*region);
        CHECK(all.try_read8(0x3000) == byte_at(0x3000));
    }
    vfio.areas.clear();
    check_refused(open(vfio)->bar<io::Region<4>>(0), Error::unsupported, EOPNOTSUPP);
    vfio.areas_said = 3; // of which none is there
    check_refused(open(vfio)->bar<io::Region<4>>(0), Error::io_error, EIO);
    vfio.grows = true;
    check_refused(open(vfio)->bar<io::Region<4>>(0), Error::io_error, EIO);
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: a BAR that is only read is mapped to be read", "[linux]") {
    FakeVfio vfio;
    vfio.bar0_flags = VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_MMAP;
    const auto device = open(vfio);
    const auto bar = device->bar<const io::Region<4>>(0);
    REQUIRE(bar);
    CHECK(bar->read8(1) == byte_at(1));
}

TEST_CASE("vfio: what offsets of files do not reach", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = open(vfio);
        REQUIRE(device);
        vfio.bar2_offset = 0x7fff'ffff'ffff'ffc0; // its last byte is one too far
        check_refused(device->region(2), Error::out_of_bounds, EOVERFLOW);
        vfio.bar2_offset = 0x8000'0000'0000'0000;
        check_refused(device->region(2), Error::out_of_bounds, EOVERFLOW);
        vfio.config_offset = 0x8000'0000'0000'0000;
        check_refused(open(vfio), Error::out_of_bounds, EOVERFLOW);
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: a region by calls of the kernel", "[linux]") {
    FakeVfio vfio;
    {
        const auto device = open(vfio);
        auto region = device->region(2);
        REQUIRE(region);
        CHECK(region->size() == 0x40);
        const auto regs = io::on_bus<io::Region<0x40>, io::vfio_format>(*region);
        CHECK(regs.try_read16(0x3e) ==
              (byte_at(FakeVfio::bar2 + 0x3e) | byte_at(FakeVfio::bar2 + 0x3f) << 8));
        vfio.calls().names.clear();
        REQUIRE(regs.try_write32(0x10, 0x0102'0304));
        CHECK(vfio.calls().names == std::vector<std::string>{"pwrite"});
        CHECK(regs.try_read8(0x10) == 0x04);
        const auto past = io::on_bus<io::Region<0x80>, io::vfio_format>(*region);
        check_refused(past.try_read32(0x40), Error::out_of_bounds, ERANGE);
        check_refused(past.try_write32(0x3e, 1), Error::misaligned, errno);
        check_refused(past.try_write32(0x40, 1), Error::out_of_bounds, ERANGE);
        check_refused(device->region(1), Error::no_memory, ENXIO);
        check_refused(device->region(6), Error::invalid_argument, EINVAL);
        // a file that ends early
        REQUIRE(::truncate(vfio.tree.path("function").c_str(), FakeVfio::bar2 + 0x22) == 0);
        check_refused(regs.try_read32(0x20), Error::io_error, EIO);
        check_refused(device->read<std::uint32_t>(0), Error::io_error, EIO);
    }
    CHECK(vfio.is_clean());
}

TEST_CASE("vfio: a chain of capabilities that leads out of what was said, or around, ends",
          "[linux]") {
    const auto at = [](std::vector<std::uint16_t> words, std::size_t first, std::uint16_t id) {
        std::vector<std::byte> bytes(words.size() * 2);
        std::memcpy(bytes.data(), words.data(), bytes.size());
        return io::detail::vfio_capability(bytes, first, id);
    };
    // id, version, and where the next one is, as 32 bits in the order of this machine
    const auto next = [](std::uint32_t to, bool high) {
        std::uint16_t halves[2];
        std::memcpy(halves, &to, sizeof to);
        return halves[high ? 1 : 0];
    };
    const std::vector<std::uint16_t> two{
        0, 0, 0, 0, 5, 1, next(16, false), next(16, true), 7, 1, 0, 0};
    CHECK(at(two, 8, 5) == 8);
    CHECK(at(two, 8, 7) == 16);
    CHECK(at(two, 8, 6) == 0);
    CHECK(at(two, 0, 5) == 0);
    CHECK(at(two, 20, 7) == 0); // half of one
    CHECK(at(two, 1'000, 7) == 0);
    const std::vector<std::uint16_t> around{0, 0, 0, 0, 5, 1, next(8, false), next(8, true)};
    CHECK(at(around, 8, 5) == 8);
    CHECK(at(around, 8, 7) == 0);
}
