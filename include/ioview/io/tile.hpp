// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// A range of bytes as accesses of the widths that a medium has, ascending and each byte once.
//
//   tile<Widest, 7, any_length>(address, bytes, [](auto zero, std::size_t at) { … });

#include <ioview/config.hpp>
#include <ioview/endian.hpp>
#include <ioview/error.hpp>
#include <ioview/region.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// The default width: at each address the widest that is naturally aligned and fits.
struct Widest {};

// Of the widths that a medium has, as a sum: the least, and the next above `width`; or 0.
constexpr std::size_t next_width(unsigned widths, std::size_t width = 0) noexcept {
    for (std::size_t next = 1; next <= 8; next *= 2)
        if (next > width && (widths & next) != 0)
            return next;
    return 0;
}
// A range of bytes is whole accesses of this width. What has bursts only takes any range.
constexpr std::size_t least_width(unsigned widths) noexcept {
    return widths == 0 ? 1 : next_width(widths);
}

// Of a range whose length is known at run time only.
inline constexpr std::size_t any_length = static_cast<std::size_t>(-1);

// access(W{}, at) for the whole Ws of [at, end), moving at; four to a round, since the loop would
// cost as much as the accesses: where that many fit, or compilers look at what would lie behind the
// object (g++ 14 warns). Stops at the first error, which only media that can fail return.
template <class W, std::size_t Most, class Access>
IOVIEW_INLINE constexpr Error words(std::size_t& at, std::size_t end, Access& access) noexcept {
    Error error{};
    const auto next = [&] {
        if (!failed(error))
            error = access(W{}, at);
        at += sizeof(W);
    };
    if constexpr (Most >= 4 * sizeof(W))
        while (!failed(error) && end - at >= 4 * sizeof(W)) {
            next();
            next();
            next();
            next();
        }
    while (!failed(error) && end - at >= sizeof(W))
        next();
    return error;
}

// Ws from `at` on until the address is aligned to Next, or the range is too short for one more.
template <class W, std::size_t Next, class Access>
IOVIEW_INLINE constexpr Error
words_before(std::uintptr_t address, std::size_t& at, std::size_t end, Access& access) noexcept {
    Error error{};
    const auto one = [&] {
        error = access(W{}, at);
        at += sizeof(W);
    };
    if constexpr (Next == 2 * sizeof(W)) {
        if (!is_aligned(address + at, Next) && end - at >= sizeof(W))
            one();
    } else {
        while (!failed(error) && !is_aligned(address + at, Next) && end - at >= sizeof(W))
            one();
    }
    return error;
}

// The head of a range, narrow accesses first, then its tail, from Width down.
template <unsigned Widths, std::size_t Width, class Access>
IOVIEW_INLINE constexpr Error
tile_head(std::uintptr_t address, std::size_t& at, std::size_t end, Access& access) noexcept {
    constexpr std::size_t next = next_width(Widths, Width);
    if constexpr (next == 0) {
        return Error{};
    } else {
        using W = typename StoredWord<Width>::type;
        const Error error = words_before<W, next>(address, at, end, access);
        return failed(error) ? error : tile_head<Widths, next>(address, at, end, access);
    }
}
template <unsigned Widths, std::size_t Width, std::size_t Most, class Access>
IOVIEW_INLINE constexpr Error tile_tail(std::size_t& at, std::size_t end, Access& access) noexcept {
    Error error{};
    if constexpr ((Widths & Width) != 0) {
        using W = typename StoredWord<Width>::type;
        if constexpr ((Widths & (2 * Width)) == 0) {
            error = words<W, Most>(at, end, access);
        } else if (end - at >= Width) { // less than two are left
            error = access(W{}, at);
            at += Width;
        }
    }
    if constexpr (next_width(Widths) < Width)
        if (!failed(error))
            error = tile_tail<Widths, Width / 2, Most>(at, end, access);
    return error;
}

// Calls access(word, at) for words that tile [0, bytes) from address on; `word` is a zero of the
// word's type. Of a named width, or the widest of Widths that are aligned and fit. The range is
// whole accesses of the width, or of the least one.
template <class Width, unsigned Widths, std::size_t Most, class Access>
IOVIEW_INLINE constexpr Error
tile(std::uintptr_t address, std::size_t bytes, Access&& access) noexcept {
    std::size_t at = 0;
    if constexpr (!std::is_same_v<Width, Widest>) {
        return words<Width, Most>(at, bytes, access);
    } else {
        // Those wider than all there is are no use, and g++ 14 would look at what lies behind it.
        constexpr unsigned narrow = Most < 8 ? Widths & (2 * std::bit_floor(Most) - 1) : 0;
        constexpr unsigned widths = narrow != 0 ? narrow : Widths;
        constexpr std::size_t least = next_width(widths);
        constexpr std::size_t greatest = widths >= 8 ? 8 : widths >= 4 ? 4 : widths >= 2 ? 2 : 1;
        Error error{};
        if (!is_aligned(address, greatest))
            error = tile_head<widths, least>(address, at, bytes, access);
        // A head that did not fit left fewer bytes than any wider word has.
        if (!failed(error))
            error = words<typename StoredWord<greatest>::type, Most>(at, bytes, access);
        if constexpr (least < greatest)
            if (!failed(error) && at != bytes)
                error = tile_tail<widths, greatest / 2, Most>(at, bytes, access);
        return error;
    }
}

} // namespace ioview::detail
