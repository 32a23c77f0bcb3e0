// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SysfsConfig on a directory of our own that looks like sysfs, with the faults that the real one
// shows: files that end early, are missing, or belong to what has gone.
#include <ioview/linux/sysfs_config.hpp>

#include "support/catch.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

namespace io = ioview;
namespace pci = ioview::pci;
using pci::SysfsConfig;

static_assert(io::ConfigFunction<SysfsConfig>);
static_assert(!std::is_copy_constructible_v<SysfsConfig>);
static_assert(std::is_nothrow_move_constructible_v<SysfsConfig>);

namespace {

// A directory of functions, gone at the end.
class Tree {
public:
    Tree() {
        char name[] = "/tmp/ioview-sysfs-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        root_ = name;
    }
    ~Tree() { static_cast<void>(std::system(("rm -r " + root_).c_str())); }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    [[nodiscard]] const std::string& root() const { return root_; }

    void directory(const std::string& name) const {
        REQUIRE(::mkdir((root_ + '/' + name).c_str(), 0700) == 0);
    }
    void file(const std::string& name, const std::string& text) const {
        std::FILE* out = std::fopen((root_ + '/' + name).c_str(), "w");
        REQUIRE(out != nullptr);
        CHECK(std::fwrite(text.data(), 1, text.size(), out) == text.size());
        std::fclose(out);
    }
    // A function whose byte at each offset is the offset's low byte.
    std::string function(const std::string& name, std::size_t size) const {
        directory(name);
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<char>(i & 0xff);
        file(name + "/config", bytes);
        return root_ + '/' + name;
    }

private:
    std::string root_;
};

} // namespace

TEST_CASE("reads are little-endian, of each width", "[sysfs]") {
    const Tree tree;
    const auto function = SysfsConfig::open(tree.function("a", 256));
    REQUIRE(function);
    CHECK(function->size() == 256);
    CHECK(function->read<std::uint8_t>(0x41) == 0x41u);
    CHECK(function->read<std::uint16_t>(0x42) == 0x4342u);
    CHECK(function->read<std::uint32_t>(0xfc) == 0xfffe'fdfcu);
}

TEST_CASE("the size is 256 or 4096", "[sysfs]") {
    const Tree tree;
    CHECK(SysfsConfig::open(tree.function("a", 4'096))->size() == 4'096);
    CHECK(SysfsConfig::open(tree.function("b", 4'095))->size() == 256);
    CHECK(SysfsConfig::open(tree.function("c", 256))->size() == 256);
    CHECK(SysfsConfig::open(tree.function("d", 255)).error() == io::Error::out_of_bounds);
    CHECK(SysfsConfig::open(tree.function("e", 0)).error() == io::Error::out_of_bounds);

    const auto extended = SysfsConfig::open(tree.root() + "/a");
    CHECK(io::ConfigSpace<SysfsConfig>::of(*extended));
    const auto normal = SysfsConfig::open(tree.root() + "/c");
    CHECK(io::ConfigSpace<SysfsConfig>::of(*normal).error() == io::Error::out_of_bounds);
    CHECK(io::ConfigSpace<SysfsConfig, pci::Normal>::of(*normal));
}

TEST_CASE("an access outside or misaligned is refused before the file sees it", "[sysfs]") {
    const Tree tree;
    const auto function = SysfsConfig::open(tree.function("a", 256), SysfsConfig::Mode::read_write);
    REQUIRE(function);
    CHECK(function->read<std::uint8_t>(256).error() == io::Error::out_of_bounds);
    CHECK(function->read<std::uint32_t>(254).error() == io::Error::out_of_bounds);
    CHECK(function->read<std::uint32_t>(0xffff).error() == io::Error::out_of_bounds);
    CHECK(function->read<std::uint16_t>(1).error() == io::Error::misaligned);
    CHECK(function->read<std::uint32_t>(0x42).error() == io::Error::misaligned);
    CHECK(function->write<std::uint32_t>(256, 0).error() == io::Error::out_of_bounds);
    CHECK(function->write<std::uint16_t>(0x41, 0).error() == io::Error::misaligned);
    CHECK(function->read<std::uint32_t>(0x40) == 0x4342'4140u);
}

TEST_CASE("writes need read_write, and reach the bytes they name", "[sysfs]") {
    const Tree tree;
    const std::string directory = tree.function("a", 256);
    const auto reader = SysfsConfig::open(directory);
    CHECK(reader->write<std::uint8_t>(0x40, 1).error() == io::Error::unsupported);
    const auto writer = SysfsConfig::open(directory, SysfsConfig::Mode::read_write);
    REQUIRE(writer);
    CHECK(writer->write<std::uint8_t>(0x43, 0xaa));
    CHECK(writer->write<std::uint16_t>(0x44, 0x1122));
    CHECK(writer->write<std::uint32_t>(0x48, 0x5566'7788));
    CHECK(reader->read<std::uint32_t>(0x40) == 0xaa42'4140u);
    CHECK(reader->read<std::uint32_t>(0x44) == 0x4746'1122u);
    CHECK(reader->read<std::uint32_t>(0x48) == 0x5566'7788u);
}

TEST_CASE("a file that is cut off while in use gives io_error, and all ones unasked", "[sysfs]") {
    const Tree tree;
    const std::string directory = tree.function("a", 256);
    const auto function = SysfsConfig::open(directory);
    const auto cfg = io::ConfigSpace<SysfsConfig, pci::Normal>::of(*function);
    REQUIRE(cfg);
    REQUIRE(::truncate((directory + "/config").c_str(), 66) == 0);
    CHECK(cfg->try_read32(0x3c) == 0x3f3e'3d3cu);
    CHECK(cfg->try_read16(0x40) == 0x4140u);
    CHECK(cfg->try_read32(0x40).error() == io::Error::io_error); // half of it is there
    CHECK(cfg->try_read8(0x42).error() == io::Error::io_error);
    CHECK(cfg->try_read32(0xfc).error() == io::Error::io_error);
    CHECK(cfg->read32(0x40) == 0xffff'ffff);
    REQUIRE(::truncate((directory + "/config").c_str(), 0) == 0);
    CHECK(cfg->try_read32(0).error() == io::Error::io_error);
}

TEST_CASE("a function that goes away is no_device", "[sysfs]") {
    const Tree tree;
    CHECK(SysfsConfig::open(tree.root() + "/none").error() == io::Error::no_device);
    tree.directory("empty");
    CHECK(SysfsConfig::open(tree.root() + "/empty").error() == io::Error::no_device);

    // Seen in the list, and gone when opened.
    tree.function("0000:00:03.0", 256);
    const auto seen = pci::sysfs_functions(tree.root());
    REQUIRE(seen);
    REQUIRE(seen->size() == 1);
    REQUIRE(std::system(("rm -r " + tree.root() + "/0000:00:03.0").c_str()) == 0);
    CHECK(SysfsConfig::open(seen->front(), SysfsConfig::Mode::read_only, tree.root()).error() ==
          io::Error::no_device);
}

TEST_CASE("a file that vanishes while it is open is no_device", "[sysfs]") {
    // A file whose reading fails by itself: that of a process which has ended.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::pause();
        ::_exit(0);
    }
    const Tree tree;
    const auto function = SysfsConfig::open(tree.function("a", 256));
    REQUIRE(function);
    const int file = ::open(("/proc/" + std::to_string(child) + "/stat").c_str(), O_RDONLY);
    REQUIRE(file >= 0);
    REQUIRE(::dup2(file, function->native_handle()) >= 0);
    ::close(file);
    CHECK(function->read<std::uint8_t>(0));
    REQUIRE(::kill(child, SIGKILL) == 0);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    CHECK(function->read<std::uint8_t>(0).error() == io::Error::no_device);
}

TEST_CASE("errors of the system have one meaning each", "[sysfs]") {
    CHECK(pci::sysfs_error(ENODEV) == io::Error::no_device);
    CHECK(pci::sysfs_error(ENXIO) == io::Error::no_device);
    CHECK(pci::sysfs_error(ENOENT) == io::Error::no_device);
    CHECK(pci::sysfs_error(ENOTDIR) == io::Error::no_device);
    CHECK(pci::sysfs_error(ESRCH) == io::Error::no_device);
    CHECK(pci::sysfs_error(EROFS) == io::Error::unsupported);
    CHECK(pci::sysfs_error(ENOMEM) == io::Error::no_memory);
    CHECK(pci::sysfs_error(ENFILE) == io::Error::no_memory);
    CHECK(pci::sysfs_error(EACCES) == io::Error::unsupported);
    CHECK(pci::sysfs_error(EPERM) == io::Error::unsupported);
    CHECK(pci::sysfs_error(EBUSY) == io::Error::busy);
    CHECK(pci::sysfs_error(EMFILE) == io::Error::no_memory);
    CHECK(pci::sysfs_error(EIO) == io::Error::io_error);
    CHECK(pci::sysfs_error(EISDIR) == io::Error::io_error);
}

TEST_CASE("moving hands the file over", "[sysfs]") {
    const Tree tree;
    auto first = SysfsConfig::open(tree.function("a", 256)).value();
    const int file = first.native_handle();
    auto second = std::move(first);
    CHECK(second.native_handle() == file);
    CHECK(first.native_handle() == -1);
    CHECK(second.read<std::uint8_t>(5) == 5u);
    auto third = SysfsConfig::open(tree.function("b", 4'096)).value();
    third = std::move(second);
    CHECK(third.size() == 256);
    CHECK(third.read<std::uint8_t>(5) == 5u);
    CHECK(::fcntl(file, F_GETFD) >= 0);
    {
        const auto last = std::move(third);
        CHECK(last.native_handle() == file);
    }
    CHECK(::fcntl(file, F_GETFD) == -1); // closed, once
}

TEST_CASE("functions are listed in order of their addresses", "[sysfs]") {
    const Tree tree;
    for (const char* name : {"0000:0a:00.0",
                             "0000:00:1f.3",
                             "10000:00:00.0",
                             "0000:00:02.0",
                             "0001:00:00.0",
                             "0000:00:1f.2",
                             // no addresses
                             "0000:00:20.0",
                             "0000:00:02.8",
                             "0000:00:02.0x",
                             "0000:0:02.0",
                             "pci0000:00"})
        tree.directory(name);
    const auto found = pci::sysfs_functions(tree.root());
    REQUIRE(found);
    std::vector<std::string> names;
    for (const auto& address : *found)
        names.push_back(to_string(address));
    CHECK(names == std::vector<std::string>{"0000:00:02.0",
                                            "0000:00:1f.2",
                                            "0000:00:1f.3",
                                            "0000:0a:00.0",
                                            "0001:00:00.0",
                                            "10000:00:00.0"});
    CHECK(pci::sysfs_functions(tree.root() + "/none").error() == io::Error::no_device);
    const Tree empty;
    CHECK(pci::sysfs_functions(empty.root()).value().empty());
}

TEST_CASE("resources are the kernel's sizes", "[sysfs]") {
    const Tree tree;
    tree.directory("a");
    tree.file("a/resource",
              "0x0000004000000000 0x000000400007ffff 0x0000000000140204\n"
              "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
              "0x000000000000c040 0x000000000000c05f 0x0000000000040101\n");
    const auto resources = pci::sysfs_resources(tree.root() + "/a");
    REQUIRE(resources);
    REQUIRE(resources->size() == 3);
    CHECK((*resources)[0].start == 0x40'0000'0000);
    CHECK((*resources)[0].size() == 0x8'0000);
    CHECK((*resources)[1].size() == 0);
    CHECK((*resources)[2].size() == 32);

    tree.file("a/resource", "0x0 0x0 0x0\nnonsense\n");
    CHECK(pci::sysfs_resources(tree.root() + "/a").error() == io::Error::io_error);
    CHECK(pci::sysfs_resources(tree.root() + "/none").error() == io::Error::no_device);
}
