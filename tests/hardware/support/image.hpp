// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What every image has: the board of the template for bare metal, and the last of the checks.

#include <ioview/ioview.hpp>
#include <ioview/pci.hpp>

#include "../../../examples/baremetal/support/board.hpp"
#include "report.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

using board::clock;
using board::dma;
using board::Mapper;
using board::mmio;

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
