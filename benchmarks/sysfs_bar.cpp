// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Nanoseconds of sixteen accesses of a BAR that Linux maps, beside a raw pointer into the same
// mapping: through the view, as drivers are handed it, through the owner, and through one whose
// device may be pulled out. The BAR is a file, so that the memory is as fast as it can be and any
// instruction more counts; a device's takes a hundred times as long.
#include <ioview/linux/removable.hpp>
#include <ioview/linux/sysfs_bar.hpp>

#include "compare.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>
#include <utility>

namespace io = ioview;
using U32 = std::uint32_t;
using Bar = io::pci::SysfsBar<io::Region<0x1000>>;

namespace {

volatile U32 sink;

#define ALL_SIXTEEN(use)                                                                           \
    use(0) use(1) use(2) use(3) use(4) use(5) use(6) use(7) use(8) use(9) use(10) use(11) use(12)  \
        use(13) use(14) use(15)
#define READ(n) sink = bar.read32(4 * n);
#define WRITE(n) bar.write32(4 * n, n);
template <class View>
[[gnu::noinline]] void read(View bar) {
    ALL_SIXTEEN(READ)
}
template <class View>
[[gnu::noinline]] void write(View bar) {
    ALL_SIXTEEN(WRITE)
}

#define RAW(n) (*reinterpret_cast<volatile U32*>(base + 4ul * n))
#define RAW_READ(n) sink = RAW(n);
#define RAW_WRITE(n) RAW(n) = n;
[[gnu::noinline]] void raw_read(std::uintptr_t base) {
    ALL_SIXTEEN(RAW_READ)
}
[[gnu::noinline]] void raw_write(std::uintptr_t base){ALL_SIXTEEN(RAW_WRITE)}

// A directory that looks like that of a function.
std::string made_function() {
    char name[] = P_tmpdir "/ioview-bar-XXXXXX";
    if (::mkdtemp(name) == nullptr)
        std::abort();
    const std::string directory = name;
    std::FILE* resource = std::fopen((directory + "/resource").c_str(), "w");
    std::FILE* memory = std::fopen((directory + "/resource0").c_str(), "w");
    if (resource == nullptr || memory == nullptr)
        std::abort();
    std::fputs("0x00000000fea00000 0x00000000fea00fff 0x0000000000040200\n", resource);
    std::fputs(std::string(0x1000, ' ').c_str(), memory);
    std::fclose(resource);
    std::fclose(memory);
    return directory;
}

} // namespace

int main() {
    const std::string function = made_function();
    auto bar = Bar::map(function, 0);
    auto other = Bar::map(function, 0, {.with_owners = true});
    if (!bar || !other)
        std::abort();
    const auto removable = io::Removable<Bar>::of(std::move(*other));
    if (!removable)
        std::abort();
    const auto view = bar->view();
    const std::uintptr_t base = bar->address();
    const auto by_hand_read = [=] { raw_read(base); };
    const auto by_hand_write = [=] { raw_write(base); };
    bench::heading();
    bench::compare(
        "read", "view", 16, [=] { read(view); }, by_hand_read);
    bench::compare(
        "write", "view", 16, [=] { write(view); }, by_hand_write);
    bench::compare(
        "read", "owner", 16, [&] { read<const Bar&>(*bar); }, by_hand_read);
    bench::compare(
        "write", "owner", 16, [&] { write<const Bar&>(*bar); }, by_hand_write);
    const auto watched = removable->view();
    bench::compare(
        "read", "removable", 16, [=] { read(watched); }, by_hand_read);
    bench::compare(
        "write", "removable", 16, [=] { write(watched); }, by_hand_write);
    for (const char* each : {"/resource", "/resource0", ""})
        std::remove((function + each).c_str());
}
