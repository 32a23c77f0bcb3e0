// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What is on disks: the host has written the first MiB by pattern_at(first_seed); afterwards it
// finds the second by pattern_at(second_seed) (emulated.py).

#include <cstdint>

namespace hardware {

inline constexpr std::uint32_t first_seed = 0x10f1'e5d0;
inline constexpr std::uint32_t second_seed = 0x0bad'cafe;
inline constexpr std::uint32_t half_bytes = 1 << 20;
inline constexpr std::uint32_t chunk_bytes = 64 << 10;

// Word i of a half, kept least significant byte first.
constexpr std::uint32_t pattern_at(std::uint32_t seed, std::uint32_t i) {
    return (i + seed) * 2'654'435'761u;
}

} // namespace hardware
