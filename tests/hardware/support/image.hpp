// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What every image has: memory for devices, a mapper where addresses are what they are, and the end
// of a board that went wrong.

#include <ioview/ioview.hpp>
#include <ioview/pci.hpp>

#include "report.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

inline constexpr std::size_t arena_bytes = 512 << 10;
alignas(4'096) inline constinit std::byte arena[arena_bytes]{};
using Dma = io::IdentityDma;
inline constinit Dma dma{arena};

// One address space, and nobody else in it.
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

// A region that is there as long as the board.
template <class T>
io::Mmio<T> mmio(std::uintptr_t address, std::size_t bytes = io::min_size_of<T>) {
    return io::Mmio<T>::from_raw(*io::MmioRaw<T>::region(address, bytes));
}

// Passes by looks: for boards without a counter that needs no driver. Each sleep takes some time.
struct LooksClock {
    std::uint64_t us = 0;
    [[nodiscard]] std::uint64_t now() const noexcept { return us; }
    void sleep_for(std::uint64_t how_long) noexcept {
        for (std::uint64_t i = 0; i < 20 * how_long; ++i)
            asm volatile("" ::: "memory");
        us += how_long;
    }
};

// now() in microseconds by a counter of the board's.
template <std::uint64_t (*Now)()>
struct CounterClock {
    [[nodiscard]] std::uint64_t now() const noexcept { return Now(); }
    void sleep_for(std::uint64_t us) const noexcept {
        const std::uint64_t start = Now();
        while (Now() - start < us) {
        }
    }
};

void put(char c);
[[noreturn]] void leave(int status) noexcept;

// For run.py, which knows what they are on each instruction set.
extern "C" [[gnu::noinline]] inline void every_barrier() noexcept {
    io::mb();
    io::rmb();
    io::wmb();
    io::dma_mb();
    io::dma_rmb();
    io::dma_wmb();
}

// Where the barriers are for the compiler alone: without them, these lines would have no
// access of their own.
extern "C" [[gnu::noinline]] inline void stores_stay_before(io::Mmio<std::uint32_t> device,
                                                            int* memory) noexcept {
    *memory = 1; // stays
    device.write(0);
    *memory = 2; // stays
}
extern "C" [[gnu::noinline]] inline int loads_stay_after(io::Mmio<std::uint32_t> device,
                                                         const int* memory) noexcept {
    const int before = *memory; // stays
    static_cast<void>(device.read());
    return before + *memory; // stays
}
inline constinit int plain_memory = 0;
alignas(4) inline constinit std::uint32_t device_memory = 0;

// The last of all checks.
inline bool keeps_order() noexcept {
    every_barrier();
    using Device = io::MmioRaw<std::uint32_t>;
    const auto device = io::Mmio<std::uint32_t>::from_raw(
        Device::at(reinterpret_cast<std::uintptr_t>(&device_memory)));
    stores_stay_before(device, &plain_memory);
    return loads_stay_after(device, &plain_memory) == 4;
}

} // namespace hardware

// By the start-up code: all checks, then the end.
extern "C" void kmain() noexcept;

extern "C" [[noreturn]] void hardware_panic(const char* what) noexcept {
    const hardware::Report report{hardware::put};
    report.text("\npanic: ");
    report.text(what);
    report.text("\n");
    hardware::leave(3);
}
extern "C" [[noreturn]] void trap() noexcept {
    hardware_panic("an exception of the CPU");
}
