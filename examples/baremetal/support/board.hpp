// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What drivers ask of a board: time, addresses, memory for devices, and a console.

#include <ioview/ioview.hpp>

#include <cstddef>
#include <cstdint>

namespace board {

namespace io = ioview;

// [board]
// Of each board, in boards/<board>/:
[[nodiscard]] std::uint64_t microseconds() noexcept; // since some time; never goes back
extern const std::uintptr_t console_address;
void put(char c) noexcept;                    // to the console
[[noreturn]] void leave(int status) noexcept; // the end: 0 when all went well
// [/board]

// [clock]
// The time that polls are limited by, in microseconds.
struct Clock {
    [[nodiscard]] std::uint64_t now() const noexcept { return microseconds(); }
    void sleep_for(std::uint64_t us) const noexcept {
        const std::uint64_t start = microseconds();
        while (microseconds() - start < us) {
        }
    }
};
inline constexpr Clock clock{};
// [/clock]

// [mapper]
// One address space, where everything is at its physical address, and one program in it.
struct Mapper {
    io::Result<> request(const io::Resource&) noexcept { return {}; }
    void release(const io::Resource&) noexcept {}
    io::Result<std::uintptr_t> map(const io::Resource& resource) noexcept {
        if (resource.start + resource.size - 1 > static_cast<std::uintptr_t>(-1))
            return io::fail(io::Error::no_memory);
        return static_cast<std::uintptr_t>(resource.start);
    }
    void unmap(std::uintptr_t, std::size_t) noexcept {}
};
inline constinit Mapper mapper{};

// A device that is there as long as the board.
template <class T>
io::Mmio<T> mmio(std::uintptr_t address, std::size_t bytes = io::min_size_of<T>) {
    return io::Mmio<T>::from_raw(*io::MmioRaw<T>::region(address, bytes));
}
// [/mapper]

// [dma]
// Memory that devices read and write: devices see the CPU's addresses, and no cache is in between.
inline constexpr std::size_t dma_bytes = 512 << 10;
alignas(4'096) inline constinit std::byte dma_memory[dma_bytes]{};
inline constinit io::IdentityDma dma{dma_memory};
// [/dma]

// For messages.
inline void text(const char* line) noexcept {
    for (; *line != 0; ++line)
        put(*line);
}
inline void hex(std::uintptr_t value) noexcept {
    text("0x");
    bool begun = false;
    for (int shift = 8 * static_cast<int>(sizeof value) - 4; shift >= 0; shift -= 4) {
        const auto digit = value >> shift & 0xf;
        begun = begun || digit != 0 || shift == 0;
        if (begun)
            put("0123456789abcdef"[digit]);
    }
}

} // namespace board

// By start.S, when the constructors of global objects have run: the program. The board ends with
// what it returns.
int main();
