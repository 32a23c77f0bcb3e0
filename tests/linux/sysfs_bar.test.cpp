// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SysfsBar on a directory of our own that looks like sysfs: BARs are files.
#include <ioview/linux/sysfs_bar.hpp>

#include "../../examples/drivers/edu.hpp"
#include "support/catch.hpp"
#include "support/death.hpp"
#include "support/fake_sysfs.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::tests::FakeSysfs;
using pci::SysfsBar;

namespace {

using Regs = io::Region<0x1000, 8>;
using Bar = SysfsBar<Regs>;
static_assert(io::IoOf<Bar, Regs>);
static_assert(!std::is_copy_constructible_v<Bar>);
static_assert(std::is_nothrow_move_constructible_v<Bar> && std::is_nothrow_move_assignable_v<Bar>);

constexpr std::uint64_t somewhere = 0xfea0'0000;

template <class Made>
void check_fails(const Made& made, Error error, int number) {
    const int left = errno;
    REQUIRE_FALSE(made);
    CHECK(made.error() == error);
    CHECK(left == number);
}

std::uint32_t word_of(const std::string& bytes, std::size_t at) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + at, 4);
    return word;
}

// Of this process' mappings, those of the file.
unsigned mappings_of(const std::string& path) {
    std::FILE* maps = std::fopen("/proc/self/maps", "r");
    REQUIRE(maps != nullptr);
    unsigned count = 0;
    char line[512];
    while (std::fgets(line, sizeof line, maps) != nullptr)
        count += std::strstr(line, path.c_str()) != nullptr ? 1 : 0;
    std::fclose(maps);
    return count;
}

} // namespace

TEST_CASE("sysfs bar: accesses reach the file, and the mapping ends with its owner", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("0000:00:03.0", somewhere, 0x2000);
    const std::string file = function + "/resource0";
    {
        auto made = Bar::map({.bus = 0, .device = 3}, 0, {}, tree.root());
        REQUIRE(made);
        CHECK(made->size_bytes() == 0x2000);
        CHECK(mappings_of(file) == 1);
        made->write32(0x10, 0x1122'3344);
        CHECK(made->try_write32(0x1ffc, 0x5566'7788));
        CHECK(made->try_write32(0x2000, 1).error() == Error::out_of_bounds);
        CHECK(made->read8(0x10) == 0x44);
        Bar moved = std::move(*made);
        CHECK(moved.view().read32(0x10) == 0x1122'3344u);
        CHECK(mappings_of(file) == 1);
        auto other = Bar::map(tree.function("b", somewhere, 0x1000), 0);
        REQUIRE(other);
        moved = std::move(*other);
        CHECK(mappings_of(file) == 0);
        CHECK(mappings_of(tree.path("b/resource0")) == 1);
    }
    CHECK(mappings_of(tree.root()) == 0);
    const std::string bytes = tree.text("0000:00:03.0/resource0");
    CHECK(word_of(bytes, 0x10) == io::le<std::uint32_t>(0x1122'3344).stored());
    CHECK(word_of(bytes, 0x1ffc) == io::le<std::uint32_t>(0x5566'7788).stored());
}

TEST_CASE("sysfs bar: objects, slices and write-combining", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x1002, 0x4'2208);
    auto slice = SysfsBar<std::uint32_t[]>::map(function, 0);
    REQUIRE(slice);
    CHECK(slice->size() == 0x400); // what is whole
    slice->at(1).write(7);
    slice = io::fail(Error::busy);

    using Combined = SysfsBar<std::uint32_t[2], io::WriteCombiningBackend>;
    check_fails(Combined::map(function, 0), Error::unsupported, ENOENT);
    tree.file("a/resource0_wc", std::string(0x1001, '\0'));
    check_fails(Combined::map(function, 0), Error::out_of_bounds, ERANGE);
    tree.file("a/resource0_wc", std::string(0x1002, '\0'));
    {
        auto combined = Combined::map(function, 0);
        REQUIRE(combined);
        combined->at(1).write(io::le<std::uint32_t>(0x0a0b'0c0d).value());
        io::wc_flush();
        check_fails(Bar::map(function, 0), Error::busy, EAGAIN); // one lock for both
    }
    CHECK(word_of(tree.text("a/resource0_wc"), 4) == io::le<std::uint32_t>(0x0a0b'0c0d).stored());
    CHECK(word_of(tree.text("a/resource0"), 4) == io::le<std::uint32_t>(7).stored());
}

TEST_CASE("sysfs bar: one that is less than a page, anywhere in it", "[sysfs]") {
    const FakeSysfs tree;
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::string function = tree.function("a", somewhere * page + 0x400, 0x100);
    tree.file("a/resource0", std::string(page, '\0')); // the page that the kernel maps
    {
        auto bar = SysfsBar<io::Region<0x100>>::map(function, 0);
        REQUIRE(bar);
        CHECK(bar->size_bytes() == 0x100);
        CHECK(bar->address() % page == 0x400);
        bar->write32(0xfc, 0x0102'0304);
        CHECK(bar->try_read32(0x100).error() == Error::out_of_bounds);
    }
    CHECK(word_of(tree.text("a/resource0"), 0x4fc) == io::le<std::uint32_t>(0x0102'0304).stored());
    CHECK(mappings_of(tree.root()) == 0);
}

TEST_CASE("sysfs bar: what is no BAR of memory, or no T", "[sysfs]") {
    const FakeSysfs tree;
    check_fails(Bar::map(tree.path("none"), 0), Error::no_device, ENOENT);
    const std::string function = tree.function("a", somewhere, 0x1000);
    check_fails(Bar::map(function, 6), Error::invalid_argument, EINVAL);
    check_fails(Bar::map(function, 1), Error::no_memory, ENXIO); // of length 0
    check_fails(Bar::map(tree.function("b", 0, 0x1000), 0), Error::no_memory, ENXIO);
    check_fails(Bar::map(tree.function("c", somewhere, 0x1000, 0x2004'0200), 0),
                Error::no_memory,
                ENXIO); // without an address
    check_fails(
        Bar::map(tree.function("d", 0xc000, 0x1000, 0x101), 0), Error::unsupported, EOPNOTSUPP);
    check_fails(SysfsBar<io::Region<0x2000>>::map(function, 0), Error::out_of_bounds, ERANGE);
    check_fails(SysfsBar<io::Region<4, 0x100>>::map(tree.function("e", somewhere + 0x80, 0x80), 0),
                Error::misaligned,
                EINVAL);
    tree.file("a/resource0", std::string(0xfff, '\0'));
    check_fails(Bar::map(function, 0), Error::out_of_bounds, ERANGE); // shorter than the BAR
    tree.remove("a/resource0");
    check_fails(Bar::map(function, 0), Error::no_device, ENOENT);
    tree.file("a/resource", "0x0\n");
    check_fails(Bar::map(function, 0), Error::io_error, EIO);
    tree.file("a/resource", "");
    check_fails(Bar::map(function, 0), Error::io_error, EIO);
    CHECK(mappings_of(tree.root()) == 0);
}

TEST_CASE("sysfs bar: a driver that is bound has it, unless that is known", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x1000);
    tree.link("a/driver", "../../../bus/pci/drivers/nvme");
    check_fails(Bar::map(function, 0), Error::busy, EBUSY);
    CHECK(Bar::map(function, 0, {.with_driver = true}));
    tree.remove("a/driver");
    tree.link("a/driver", "../../../bus/pci/drivers/uio_pci_generic");
    CHECK(Bar::map(function, 0));
}

TEST_CASE("sysfs bar: of two owners the second is told, also in another process", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x1000);
    auto bar = Bar::map(function, 0);
    REQUIRE(bar);
    check_fails(Bar::map(function, 0), Error::busy, EAGAIN);
    CHECK(Bar::map(function, 0, {.with_owners = true}));
    bar->write32(0, 1);

    const ::pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto second = Bar::map(function, 0);
        bool right = !second && second.error() == Error::busy && bar->read32(0) == 1;
        bar->write32(0, 2); // a child has the mapping too
        bar = io::fail(Error::no_device);
        ::_exit(right ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(bar->read32(0) == 2u); // and its end has not taken it from here
    check_fails(Bar::map(function, 0), Error::busy, EAGAIN);
    bar = io::fail(Error::no_device);
    CHECK(Bar::map(function, 0));
}

TEST_CASE("sysfs bar: without permission", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x1000);
    REQUIRE(::chmod((function + "/resource0").c_str(), 0400) == 0);
    if (::access((function + "/resource0").c_str(), W_OK) == 0)
        return; // this user may all
    check_fails(Bar::map(function, 0), Error::unsupported, EACCES);
}

TEST_CASE("sysfs bar: used after it was moved from", "[sysfs]") {
    const FakeSysfs tree;
    auto bar = Bar::map(tree.function("a", somewhere, 0x1000), 0);
    REQUIRE(bar);
    const Bar taken = std::move(*bar);
    const Death death = death_of([&] { static_cast<void>(bar->read32(0)); });
    CHECK(death.signal != 0);
}

TEST_CASE("sysfs bar: the driver of edu runs on it", "[sysfs]") {
    const FakeSysfs tree;
    const std::string function = tree.function("a", somewhere, 0x10'0000);
    auto bar = SysfsBar<edu::Edu>::map(function, edu::bar_number);
    REQUIRE(bar);
    CHECK(edu::identify(*bar).error() == Error::no_device);
    const auto id = io::le<std::uint32_t>(0x0100'00ed).stored();
    const int file = ::open((function + "/resource0").c_str(), O_WRONLY);
    CHECK(::pwrite(file, &id, 4, 0) == 4);
    ::close(file);
    const auto found = edu::identify(bar->view());
    REQUIRE(found);
    CHECK(found->major() == 1u);
    CHECK(edu::check_alive(*bar, 5).error() == Error::io_error); // memory complements nothing
    edu::raise(*bar, 0x101);
    CHECK(word_of(tree.text("a/resource0"), 0x60) == io::le<std::uint32_t>(0x101).stored());
}
