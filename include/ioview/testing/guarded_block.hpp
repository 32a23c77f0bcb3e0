// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/fake_dma.hpp>
// Part of <ioview/testing/fake_dma.hpp>, which is the one to include.
#pragma once
// GuardedBlock: an allocation of FakeDma: memory between two fences, garbage at first.
//
//   if (!block.front_is_whole()) …

#if !__STDC_HOSTED__
#error "ioview/testing/guarded_block.hpp needs a hosted implementation"
#endif

#include <ioview/dma/device.hpp>
#include <ioview/fwd.hpp>
#include <ioview/testing/garbage.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ioview::testing {

// Memory with a fence on both sides.
struct GuardedBlock {
    std::size_t bytes;
    DmaAttrs attrs;
    std::size_t before; // bytes in front of the block
    std::vector<std::byte> memory;
    bool is_left = false; // by leak()

    GuardedBlock(std::size_t size, DmaAttrs wishes, std::size_t alignment, DmaAddress seed)
        : bytes(size), attrs(wishes), memory(2 * alignment + size + 2 * fence_bytes, guard) {
        const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
        before = static_cast<std::size_t>(odd_multiple(address + fence_bytes, alignment)) - address;
        Garbage garbage{seed ^ default_seed};
        for (std::byte& place : std::span(data(), bytes))
            place = std::byte{garbage.next_byte()};
    }
    std::byte* data() { return memory.data() + before; }
    bool front_is_whole() {
        return std::all_of(memory.data(), data(), [](auto b) { return b == guard; });
    }
    bool back_is_whole() {
        return std::all_of(
            data() + bytes, memory.data() + memory.size(), [](auto b) { return b == guard; });
    }
    static constexpr std::size_t fence_bytes = 64;
    static constexpr std::byte guard{0xfd};
    static constexpr std::byte dead{0xdd};

    // The least odd multiple from `from` on: aligned so much, and no more.
    static constexpr DmaAddress odd_multiple(DmaAddress from, DmaAddress alignment) {
        const DmaAddress multiple = (from + alignment - 1) & ~(alignment - 1);
        return multiple | alignment;
    }
};

} // namespace ioview::testing
