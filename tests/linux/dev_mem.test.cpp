// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// DevMem on a file in the place of /dev/mem.
#include <ioview/linux/dev_mem.hpp>

#include "support/catch.hpp"
#include "support/fake_sysfs.hpp"

#include <cerrno>
#include <cstdint>
#include <string>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace io = ioview;
using io::DevMem;
using io::DevMemWrites;
using io::Error;
using io::tests::FakeSysfs;

namespace {

using Regs = io::Region<0x20>;
static_assert(io::IoOf<DevMem<Regs>, const Regs>); // whose views have no method that writes
static_assert(io::IoOf<DevMem<Regs, DevMemWrites>, Regs>);
static_assert(!std::is_copy_constructible_v<DevMem<Regs>>);
static_assert(std::is_nothrow_move_constructible_v<DevMem<Regs>>);

template <class Made>
void check_fails(const Made& made, Error error, int number) {
    const int left = errno;
    REQUIRE_FALSE(made);
    CHECK(made.error() == error);
    CHECK(left == number);
}

} // namespace

TEST_CASE("dev mem: the bytes at an address, wherever they are in a page", "[linux]") {
    const FakeSysfs tree;
    tree.file("mem", std::string(0x2'0000, '\0'));
    const std::string path = tree.path("mem");
    auto writer = DevMem<Regs, DevMemWrites>::map(0x1'0ff0, 0x20, path.c_str());
    REQUIRE(writer);
    CHECK(writer->size_bytes() == 0x20);
    writer->write32(0x1c, io::le<std::uint32_t>(0x0403'0201).value());
    const std::string bytes = tree.text("mem");
    CHECK(bytes[0x1'100c] != 0);
    CHECK(bytes.find_first_not_of('\0') == 0x1'100c);

    auto reader = DevMem<Regs>::map(0x1'0ff0, 0x20, path.c_str());
    REQUIRE(reader);
    CHECK(reader->read32(0x1c) == writer->read32(0x1c));
    const auto moved = std::move(*reader);
    CHECK(moved.view().read32(0x18) == 0u);
    CHECK(moved.try_read32(0x20).error() == Error::out_of_bounds);
}

TEST_CASE("dev mem: to read is all it asks for, unless its type says more", "[linux]") {
    const FakeSysfs tree;
    tree.file("mem", std::string(0x1000, '\0'));
    const std::string path = tree.path("mem");
    const auto reader = DevMem<Regs>::map(0x100, 0x20, path.c_str());
    REQUIRE(reader);
    std::FILE* maps = std::fopen("/proc/self/maps", "r");
    REQUIRE(maps != nullptr);
    char line[512];
    unsigned found = 0;
    while (std::fgets(line, sizeof line, maps) != nullptr) {
        const std::string text = line;
        if (text.find(path) == std::string::npos)
            continue;
        ++found;
        CHECK(text.find(" r--s ") != std::string::npos);
    }
    std::fclose(maps);
    CHECK(found == 1);
}

TEST_CASE("dev mem: what cannot be mapped", "[linux]") {
    const FakeSysfs tree;
    tree.file("mem", std::string(0x1000, '\0'));
    const std::string file = tree.path("mem");
    const char* path = file.c_str();
    check_fails(DevMem<Regs>::map(0x100, 0, path), Error::invalid_argument, EINVAL);
    check_fails(
        DevMem<Regs>::map(~std::uint64_t{0} - 30, 0x20, path), Error::invalid_argument, EINVAL);
    check_fails(DevMem<Regs>::map(0x100, 0x1f, path), Error::out_of_bounds, ERANGE);
    check_fails(DevMem<Regs>::map(0x102, 0x20, path), Error::misaligned, EINVAL);
    check_fails(
        DevMem<Regs>::map(0x100, 0x20, tree.path("none").c_str()), Error::no_device, ENOENT);
    // Past what a file's offset can say.
    check_fails(
        DevMem<Regs>::map(~std::uint64_t{0} - 0xfff, 0x20, path), Error::out_of_bounds, EOVERFLOW);
    check_fails(DevMem<io::Region<>>::map(0x100, ~std::uint64_t{0} - 0x1000, path),
                Error::no_memory,
                ENOMEM);
    // A file that has no memory to map.
    tree.directory("d");
    CHECK_FALSE(DevMem<Regs>::map(0x100, 0x20, tree.path("d").c_str()));
}

TEST_CASE("dev mem: an object has its size", "[linux]") {
    // Where there is no /dev/mem, or no permission: an error that says which.
    const auto word = DevMem<std::uint32_t>::map(0x3);
    if (!word)
        CHECK((word.error() == Error::no_device || word.error() == Error::unsupported ||
               word.error() == Error::misaligned));
}
