// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses as data: what a driver did, in order, and how that differs from what was expected. The
// barriers of publish(), observe() and release_to_device() stand in the log too.
//
//   const io::testing::Log expected{{read, 0x18, 4, 0x20}, {write, 0x00, 4, 'A'}};
//   CHECK(recorder.log() == expected);                 // prints both logs where they differ

#if !__STDC_HOSTED__
#error "ioview/testing/access_log.hpp needs a hosted implementation"
#endif

#include <ioview/barrier.hpp>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ioview::testing {

enum class Op : std::uint8_t { read, write, fence };
inline constexpr Op read = Op::read;
inline constexpr Op write = Op::write;
inline constexpr Op fence = Op::fence;

// One access: its address in the space that is watched, its width in bytes, and the number that
// was read or written, as the device's byte order has it. Of a fence: 0, 0 and the Fence.
struct Access {
    Op op;
    std::uint64_t address;
    std::uint8_t width;
    std::uint64_t value;

    friend constexpr bool operator==(const Access&, const Access&) noexcept = default;
};

using Log = std::vector<Access>;

// A fence as it stands in a log: Log{{write, 0x10, 4, 1}, fence_entry(Fence::dma_wmb), …}
constexpr Access fence_entry(Fence kind) noexcept {
    return {Op::fence, 0, 0, static_cast<std::uint64_t>(kind)};
}

// read32 0x18 -> 0x20, write8 0x3 <- 0xff, dma_wmb
inline std::string to_string(const Access& access) {
    if (access.op == Op::fence)
        return access.value == static_cast<std::uint64_t>(Fence::dma_rmb)   ? "dma_rmb"
               : access.value == static_cast<std::uint64_t>(Fence::dma_wmb) ? "dma_wmb"
                                                                            : "dma_mb";
    const auto hex = [](std::uint64_t number) {
        std::string digits;
        do {
            digits.insert(digits.begin(), "0123456789abcdef"[number % 16]);
            number /= 16;
        } while (number != 0);
        return "0x" + digits;
    };
    return (access.op == Op::read ? "read" : "write") + std::to_string(8 * access.width) + ' ' +
           hex(access.address) + (access.op == Op::read ? " -> " : " <- ") + hex(access.value);
}

// The two logs side by side from two steps before the first difference on; empty when equal.
inline std::string diff(const Log& expected, const Log& actual) {
    const auto line = [](const Log& log, std::size_t i) {
        return i < log.size() ? to_string(log[i]) : std::string("nothing");
    };
    const std::size_t count = expected.size() > actual.size() ? expected.size() : actual.size();
    std::size_t first = 0;
    while (first < count && line(expected, first) == line(actual, first))
        ++first;
    std::string text;
    for (std::size_t i = first < 2 ? 0 : first - 2; first < count && i < count; ++i) {
        const auto wanted = line(expected, i);
        const auto got = line(actual, i);
        text += "step " + std::to_string(i) + ": " + wanted +
                (wanted == got ? "" : ", but got " + got) + '\n';
    }
    return text;
}

inline std::ostream& operator<<(std::ostream& out, const Access& access) {
    return out << to_string(access);
}

} // namespace ioview::testing
