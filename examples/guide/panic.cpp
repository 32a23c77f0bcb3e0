// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a broken contract says: IOVIEW_PANIC of the program's own.

// [hook]
#include <cstdio>
#include <cstdlib>

[[noreturn]] inline void crash_screen(const char* what) {
    std::puts(what);
    std::exit(0); // a firmware resets here
}
#define IOVIEW_PANIC(what) crash_screen(what) // before the first header, the same in every file
#include <ioview/ioview.hpp>
// [/hook]

#include <ioview/testing.hpp>

#include <cstddef>
#include <cstdint>

namespace io = ioview;

namespace {

// [index]
struct Ring {
    std::uint32_t entries[8];
};

io::Result<> fill(io::IoOf<Ring> auto ring, std::size_t from_the_device, std::size_t of_ours) {
    // not ours to trust: a Result
    if (auto written = IO_WRITE(ring, entries, try_at(from_the_device), 1u); !written)
        return written;
    // ours: a wrong one is a bug of the driver's, and ends it before the access
    IO_WRITE(ring, entries, at(of_ours), 2u);
    return {};
}
// [/index]

} // namespace

int main() {
    io::testing::Memory<sizeof(Ring)> memory;
    const auto ring = memory.view<Ring>();
    std::printf("try_at(8): %s\n", io::to_string(fill(ring, 8, 0).error()));
    std::printf("at(8): ");
    static_cast<void>(fill(ring, 0, 8));
    return 1;
}
