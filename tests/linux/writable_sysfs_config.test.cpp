// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// native: it stands before the C library's system calls
// WritableSysfsConfig on a file of our own; and that a SysfsConfig asks for no write.
#include <ioview/linux/writable_sysfs_config.hpp>
#include <ioview/pci/read_only.hpp>

#include "support/catch.hpp"
#include "support/fake_sysfs.hpp"
#include "support/system_calls.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <type_traits>
#include <utility>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::tests::FakeSysfs;
using io::tests::SystemCalls;
using pci::SysfsConfig;
using pci::WritableSysfsConfig;

static_assert(io::ConfigFunction<WritableSysfsConfig>);
static_assert(!std::is_copy_constructible_v<WritableSysfsConfig>);
static_assert(std::is_nothrow_move_constructible_v<WritableSysfsConfig>);
// One does not become the other.
static_assert(!std::is_constructible_v<WritableSysfsConfig, SysfsConfig>);
static_assert(!std::is_convertible_v<SysfsConfig, WritableSysfsConfig>);

TEST_CASE("writable sysfs config: what is written is in the file", "[sysfs]") {
    const FakeSysfs tree;
    tree.directory("0000:00:03.0");
    tree.file("0000:00:03.0/config", std::string(4'096, '\0'));
    auto function = WritableSysfsConfig::open({.bus = 0, .device = 3}, tree.root());
    REQUIRE(function);
    const auto cfg = io::ConfigSpace<WritableSysfsConfig>::of(*function);
    REQUIRE(cfg);
    cfg->write16(0x4, 0x0406);
    CHECK(cfg->try_write32(0xffc, 0x0102'0304));
    CHECK(cfg->read16(0x4) == 0x0406u);
    const std::string bytes = tree.text("0000:00:03.0/config");
    CHECK(bytes[4] == 6);
    CHECK(bytes[5] == 4);
    CHECK(bytes[0xfff] == 1);
    CHECK(function->size() == 4'096);

    const pci::ReadOnly shown{*function};
    CHECK(shown.write<std::uint32_t>(4, 0).error() == Error::unsupported);
    CHECK(shown.read<std::uint16_t>(4) == std::uint16_t{0x0406});

    const int file = function->native_handle();
    const auto moved = std::move(*function);
    CHECK(moved.native_handle() == file);
    CHECK(WritableSysfsConfig::open(tree.path("none")).error() == Error::no_device);
}

TEST_CASE("writable sysfs config: without the type, no write is asked of the kernel", "[sysfs]") {
    const FakeSysfs tree;
    tree.directory("a");
    tree.file("a/config", std::string(256, '\0'));
    const auto reader = SysfsConfig::open(tree.path("a"));
    REQUIRE(reader);
    CHECK((::fcntl(reader->native_handle(), F_GETFL) & O_ACCMODE) == O_RDONLY);
    const auto cfg = io::ConfigSpace<SysfsConfig, pci::Normal>::of(*reader);
    SystemCalls calls;
    CHECK(cfg->try_write32(4, 1).error() == Error::unsupported);
    CHECK(errno == EBADF);
    cfg->write32(4, 1);
    CHECK(calls.names.empty());

    calls.fail(1, EACCES);
    CHECK(WritableSysfsConfig::open(tree.path("a")).error() == Error::unsupported);
    CHECK(errno == EACCES);
    const auto writer = WritableSysfsConfig::open(tree.path("a"));
    REQUIRE(writer);
    calls.fail(1, EPERM); // lockdown
    CHECK(writer->write<std::uint32_t>(4, 1).error() == Error::unsupported);
    CHECK(errno == EPERM);
}
