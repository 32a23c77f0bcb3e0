// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Ring<N>: the index arithmetic of a queue of N slots, one of which always stays empty: write ==
// read means empty. It holds no entries and touches no memory.
//
//   using Slots = io::Ring<63>;
//   const Slots slots{.write = mine, .read = Slots::wrap(io::observe(IO_PROJECT(peer, read_ptr)))};
//   const auto room = slots.writable();      // [first, last) twice, the second after a wrap
//   auto part = IO_PROJECT(queue, entries, range(room.first.first, room.first.last));
//   io::publish(IO_PROJECT(queue, write_ptr), Slots::advance(mine, n).value());
//
// An Index is below N by construction, so no value of a peer, however hostile, gives a span outside
// the queue: wrap() reduces it modulo N, check() refuses it.

#include <ioview/config.hpp>
#include <ioview/error.hpp>

#include <cstdint>

namespace ioview {

// Slots [first, last).
struct RingSpan {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    [[nodiscard]] constexpr std::uint32_t size() const noexcept { return last - first; }
    [[nodiscard]] constexpr bool empty() const noexcept { return first == last; }
    friend constexpr bool operator==(RingSpan, RingSpan) = default;
};

// Slots in order: first, then second, which starts at slot 0 or is empty.
struct RingSpans {
    RingSpan first{};
    RingSpan second{};

    [[nodiscard]] constexpr std::uint32_t size() const noexcept {
        return first.size() + second.size();
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return size() == 0; }
    friend constexpr bool operator==(const RingSpans&, const RingSpans&) = default;
};

template <std::uint32_t N>
struct Ring {
    static_assert(N >= 2, "ioview: a Ring has at least two slots, of which one stays empty");
    static_assert(N <= 0x8000'0000, "ioview: the slots of a Ring are counted in 31 bits");

    static constexpr std::uint32_t slots = N;
    static constexpr std::uint32_t capacity = N - 1;

    // A slot number, always below N. Starts at 0.
    class Index {
    public:
        constexpr Index() noexcept = default;
        [[nodiscard]] IOVIEW_INLINE constexpr std::uint32_t value() const noexcept {
            return value_;
        }
        friend constexpr bool operator==(Index, Index) = default;

    private:
        friend Ring;
        IOVIEW_INLINE constexpr explicit Index(std::uint32_t value) noexcept : value_(value) {}
        std::uint32_t value_ = 0;
    };

    Index write{}; // the next slot to be filled
    Index read{};  // the next slot to be emptied

    // value modulo N: for peers that count on, and for those that lie.
    [[nodiscard]] IOVIEW_INLINE static constexpr Index wrap(std::uint32_t value) noexcept {
        return Index{value % N};
    }
    // value as it is: out_of_bounds when it is no slot.
    [[nodiscard]] static constexpr Result<Index> check(std::uint32_t value) noexcept {
        if (value >= N)
            return fail(Error::out_of_bounds);
        return Index{value};
    }
    // count slots further, around the end as often as it takes.
    [[nodiscard]] IOVIEW_INLINE static constexpr Index advance(Index index,
                                                               std::uint32_t count) noexcept {
        if constexpr ((N & (N - 1)) == 0)
            return Index{(index.value_ + count) & (N - 1)};
        if (count > N) [[unlikely]]
            count %= N;
        const std::uint32_t sum = index.value_ + count;
        return Index{sum >= N ? sum - N : sum};
    }

    // Slots that hold something, and slots that may be filled; together N - 1.
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint32_t used() const noexcept {
        const std::uint32_t w = write.value_;
        const std::uint32_t r = read.value_;
        if constexpr ((N & (N - 1)) == 0)
            return (w - r) & (N - 1);
        return w >= r ? w - r : w + (N - r);
    }
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint32_t free() const noexcept {
        return capacity - used();
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return write == read; }
    [[nodiscard]] constexpr bool full() const noexcept { return free() == 0; }

    // The slots that may be filled, from write on.
    [[nodiscard]] constexpr RingSpans writable() const noexcept {
        const std::uint32_t w = write.value_;
        const std::uint32_t r = read.value_;
        const bool wraps = r != 0 && r <= w;
        const std::uint32_t end = (r == 0 ? N : r) - 1;
        return {{w, wraps ? N : end}, {0, wraps ? end : 0}};
    }
    // The slots that hold something, from read on.
    [[nodiscard]] constexpr RingSpans readable() const noexcept {
        const std::uint32_t w = write.value_;
        const std::uint32_t r = read.value_;
        const bool wraps = r > w;
        return {{r, wraps ? N : w}, {0, wraps ? w : 0}};
    }

    friend constexpr bool operator==(const Ring&, const Ring&) = default;
};

} // namespace ioview
