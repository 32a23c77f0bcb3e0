// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Access: one access as data, in logs and in the messages of doubles.
//
//   constexpr io::testing::Access first{io::testing::read, 0x18, 4, 0x20, "uart"};

#include <ioview/barrier.hpp>
#include <ioview/register/names.hpp>

#include <cstdint>

namespace ioview::testing {

// What was done; also io::testing::read, write and fence.
enum class Op : std::uint8_t { read, write, fence };
inline constexpr Op read = Op::read;
inline constexpr Op write = Op::write;
inline constexpr Op fence = Op::fence;

// One access: its address in the space that is watched, its width in bytes, the number that was
// read or written, as the device's byte order has it, and the name of the space where a log has
// several. Of a fence: 0, 0 and the Fence.
struct Access {
    Op op;
    std::uint64_t address;
    std::uint8_t width;
    std::uint64_t value;
    Text space{};

    friend constexpr bool operator==(const Access&, const Access&) noexcept = default;
};

// A fence as it stands in a log: Log{{write, 0x10, 4, 1}, fence_entry(Fence::dma_wmb), …}
constexpr Access fence_entry(Fence kind, Text space = {}) noexcept {
    return {Op::fence, 0, 0, static_cast<std::uint64_t>(kind), space};
}

// One transfer of so many bytes, a backend's own bulk copy, as it stands in a log: its width is 0.
constexpr Access
burst_entry(Op op, std::uint64_t address, std::uint64_t bytes, Text space = {}) noexcept {
    return {op, address, 0, bytes, space};
}

} // namespace ioview::testing
