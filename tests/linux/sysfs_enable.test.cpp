// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SysfsEnable on a file in the place of the kernel's.
#include <ioview/linux/sysfs_enable.hpp>

#include "support/catch.hpp"
#include "support/fake_sysfs.hpp"

#include <cerrno>
#include <string>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::tests::FakeSysfs;
using pci::SysfsEnable;

static_assert(!std::is_copy_constructible_v<SysfsEnable>);
static_assert(std::is_nothrow_move_constructible_v<SysfsEnable>);

TEST_CASE("sysfs enable: on while it lives, wherever it is moved", "[sysfs]") {
    const FakeSysfs tree;
    for (const char* name : {"0000:00:03.0", "b"}) {
        tree.directory(name);
        tree.file(std::string(name) + "/enable", "?");
    }
    {
        auto on = SysfsEnable::of({.bus = 0, .device = 3}, tree.root());
        REQUIRE(on);
        CHECK(tree.text("0000:00:03.0/enable") == "1");
        auto moved = std::move(*on);
        on = io::fail(Error::busy);
        CHECK(tree.text("0000:00:03.0/enable") == "1");
        auto other = SysfsEnable::of(tree.path("b"));
        REQUIRE(other);
        moved = std::move(*other);
        CHECK(tree.text("b/enable") == "1");
        other = io::fail(Error::busy); // which has the first
        CHECK(tree.text("0000:00:03.0/enable") == "0");
        CHECK(tree.text("b/enable") == "1");
    }
    CHECK(tree.text("b/enable") == "0");
}

TEST_CASE("sysfs enable: what cannot be", "[sysfs]") {
    const FakeSysfs tree;
    const auto none = SysfsEnable::of(tree.path("none"));
    const int number = errno;
    CHECK(none.error() == Error::no_device);
    CHECK(number == ENOENT);
    tree.directory("full");
    tree.link("full/enable", "/dev/full");
    const auto full = SysfsEnable::of(tree.path("full"));
    const int other = errno;
    CHECK(full.error() == Error::io_error);
    CHECK(other == ENOSPC);
}
