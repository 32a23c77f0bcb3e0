// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/memory.hpp>
// Part of <ioview/testing/memory.hpp>, which is the one to include.
#pragma once
// Garbage: what doubles hold before anybody has written it, the same for the same seed.
//
//   Garbage garbage{seed};
//   byte = garbage.next_byte();

#include <cstdint>

namespace ioview::testing {

// The fixed seed of memories that name none, so that failures repeat.
inline constexpr std::uint64_t default_seed = 0x9e37'79b9'7f4a'7c15;

// From any seed but 0, which gives zeros.
class Garbage {
public:
    constexpr explicit Garbage(std::uint64_t seed) noexcept : state_(seed) {}

    constexpr unsigned char next_byte() noexcept {
        return static_cast<unsigned char>(advance() >> 32 & 0xff);
    }
    constexpr std::uint64_t next_word() noexcept {
        const std::uint64_t number = advance() * 0x2545'f491'4f6c'dd1d; // its low bits are poor
        return number ^ number >> 32;
    }

private:
    constexpr std::uint64_t advance() noexcept {
        state_ ^= state_ << 13; // xorshift64 (Marsaglia, 2003)
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_;
    }

    std::uint64_t state_;
};

} // namespace ioview::testing
