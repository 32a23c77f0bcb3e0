// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The index arithmetic of queues. It holds no entries and touches no memory.
//
//   Ring<N>          N slots, one of which always stays empty: write == read means empty
//   Ring<>           the same of a size known at run time
//   CountingRing<N>  indices that run free, as virtio's do: all N slots, a power of two, are usable
//   CountingRing<>   the same of a size known at run time
//
//   using Slots = io::Ring<63>;
//   const Slots slots{.write = mine, .read = Slots::wrap(io::observe(IO_PROJECT(peer, read_ptr)))};
//   const auto room = slots.writable();      // [first, last) twice, the second after a wrap
//   auto part = IO_PROJECT(queue, entries, range(room.first.first, room.first.last));
//   io::publish(IO_PROJECT(queue, write_ptr), Slots::advance(mine, n).value());
//
// An Index is below N by construction, so no value of a peer, however hostile, gives a span outside
// the queue: wrap() reduces it modulo N, check() refuses it. Nor does a counter: a CountingRing is
// made of two that are at most N apart.

#include <ioview/config.hpp>
#include <ioview/error.hpp>

#include <concepts>
#include <cstdint>

namespace ioview {

// Stands for the number of slots of Ring<> and CountingRing<>.
inline constexpr std::uint32_t run_time_slots = 0xffff'ffff;

// Slots [first, last).
struct RingSpan {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    // Slots in it.
    [[nodiscard]] constexpr std::uint32_t size() const noexcept { return last - first; }
    [[nodiscard]] constexpr bool empty() const noexcept { return first == last; }
    friend constexpr bool operator==(RingSpan, RingSpan) = default;
};

// Slots in order: first, then second, which starts at slot 0 or is empty.
struct RingSpans {
    RingSpan first{};
    RingSpan second{};

    // Slots in both.
    [[nodiscard]] constexpr std::uint32_t size() const noexcept {
        return first.size() + second.size();
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return size() == 0; }
    friend constexpr bool operator==(const RingSpans&, const RingSpans&) = default;
};

namespace detail {

// count of n slots from first on; first is below n, count is n at most.
IOVIEW_INLINE constexpr RingSpans
ring_spans(std::uint32_t first, std::uint32_t count, std::uint32_t n) noexcept {
    const std::uint32_t last = first + count;
    return last <= n ? RingSpans{{first, last}, {}} : RingSpans{{first, n}, {0, last - n}};
}

} // namespace detail

// The two indices of a queue of N slots, of which one stays empty, so that equal indices mean
// empty. N is 2 to 2^31; Ring<> has it at run time.
template <std::uint32_t N = run_time_slots>
struct Ring {
    static_assert(N >= 2, "ioview: a Ring has at least two slots, of which one stays empty");
    static_assert(N <= 0x8000'0000, "ioview: the slots of a Ring are counted in 31 bits");

    static constexpr std::uint32_t slots = N;
    static constexpr std::uint32_t capacity = N - 1;

    // A slot number, always below N. Starts at 0.
    class Index {
    public:
        constexpr Index() noexcept = default;
        // The slot, less than N.
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

// As Ring<N>; only that the slots are counted by the object, and that an Index of a larger ring
// than the one that it is given to is a panic.
template <>
struct Ring<run_time_slots> {
    // A slot number. Starts at 0.
    class Index {
    public:
        constexpr Index() noexcept = default;
        // The slot, less than the number of slots.
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

    // An empty ring: invalid_argument for less than 2 slots or more than 1 << 31.
    [[nodiscard]] static constexpr Result<Ring> of(std::uint32_t slots) noexcept {
        if (slots < 2 || slots > 0x8000'0000)
            return fail(Error::invalid_argument);
        return Ring{slots};
    }
    // The ring of that size with these indices.
    [[nodiscard]] constexpr Ring with(Index new_write, Index new_read) const noexcept {
        Ring ring{slots_};
        ring.write = new_write;
        ring.read = new_read;
        return ring;
    }

    // Slots there are, and how many may be used at once: one less.
    [[nodiscard]] constexpr std::uint32_t slots() const noexcept { return slots_; }
    [[nodiscard]] constexpr std::uint32_t capacity() const noexcept { return slots_ - 1; }

    // An index from a number of the driver's or the device's: the remainder, or out_of_bounds.
    [[nodiscard]] IOVIEW_INLINE constexpr Index wrap(std::uint32_t value) const noexcept {
        return Index{value % slots_};
    }
    [[nodiscard]] constexpr Result<Index> check(std::uint32_t value) const noexcept {
        if (value >= slots_)
            return fail(Error::out_of_bounds);
        return Index{value};
    }
    [[nodiscard]] IOVIEW_INLINE constexpr Index advance(Index index,
                                                        std::uint32_t count) const noexcept {
        const std::uint32_t left = slots_ - slot(index);
        if (count >= slots_) [[unlikely]]
            count %= slots_;
        return Index{count >= left ? count - left : index.value_ + count};
    }

    // Slots that are filled, and those that may be.
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint32_t used() const noexcept {
        const std::uint32_t w = slot(write);
        const std::uint32_t r = slot(read);
        return w >= r ? w - r : w + (slots_ - r);
    }
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint32_t free() const noexcept {
        return capacity() - used();
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return write == read; }
    [[nodiscard]] constexpr bool full() const noexcept { return free() == 0; }

    // The slots to fill next and the slots to take next, in order.
    [[nodiscard]] constexpr RingSpans writable() const noexcept {
        return detail::ring_spans(slot(write), free(), slots_);
    }
    [[nodiscard]] constexpr RingSpans readable() const noexcept {
        return detail::ring_spans(slot(read), used(), slots_);
    }

    friend constexpr bool operator==(const Ring&, const Ring&) noexcept = default;

private:
    constexpr explicit Ring(std::uint32_t slots) noexcept : slots_(slots) {}
    IOVIEW_INLINE constexpr std::uint32_t slot(Index index) const noexcept {
        if (index.value_ >= slots_) [[unlikely]]
            panic("ioview: an index of a larger Ring than this one");
        return index.value_;
    }

    std::uint32_t slots_;
};

// A queue whose two indices count on past its slots and wrap with their type, as virtio's do: write
// - read is the number of slots in use, so none has to stay empty.
//
//   auto ring = io::CountingRing<io::run_time_slots, std::uint16_t>::of(size, mine, peers);
//   if (!ring) return io::fail(ring.error());        // a peer that lies
//   const auto room = ring->writable();
template <std::uint32_t N = run_time_slots, std::unsigned_integral Counter = std::uint32_t>
class CountingRing {
    static constexpr std::uint32_t most =
        sizeof(Counter) >= 4 ? 0x8000'0000 : std::uint32_t{1} << (sizeof(Counter) * 8 - 1) % 32;
    static constexpr bool is_dynamic = N == run_time_slots;
    // As many slots as the counters can tell apart from none, and as their wrapping divides by.
    static constexpr bool fits(std::uint32_t slots) noexcept {
        return slots != 0 && slots <= most && (slots & (slots - 1)) == 0;
    }
    static_assert(is_dynamic || fits(N),
                  "ioview: a CountingRing has a power of two of slots, at most half of what its "
                  "counters count; Ring takes any number");

public:
    // invalid_argument when slots is no power of two, 0, or more than half of what a Counter
    // counts; out_of_bounds when write is more than that many slots ahead of read.
    [[nodiscard]] static constexpr Result<CountingRing>
    of(std::uint32_t slots, Counter write, Counter read) noexcept
        requires is_dynamic
    {
        return fits(slots) ? made(slots, write, read) : fail(Error::invalid_argument);
    }
    [[nodiscard]] static constexpr Result<CountingRing> of(Counter write, Counter read) noexcept
        requires(!is_dynamic)
    {
        return made(N, write, read);
    }

    // The counters, and one of them so many slots further.
    [[nodiscard]] constexpr Counter write() const noexcept { return write_; }
    [[nodiscard]] constexpr Counter read() const noexcept { return read_; }
    [[nodiscard]] static constexpr Counter advance(Counter counter, std::uint32_t count) noexcept {
        return static_cast<Counter>(counter + count);
    }

    // Slots in all; the one that a counter stands at; those that hold something, and those that may
    // be filled.
    [[nodiscard]] constexpr std::uint32_t slots() const noexcept { return mask_ + 1; }
    [[nodiscard]] constexpr std::uint32_t slot(Counter counter) const noexcept {
        return static_cast<std::uint32_t>(counter) & mask_;
    }
    [[nodiscard]] constexpr std::uint32_t used() const noexcept {
        return static_cast<std::uint32_t>(static_cast<Counter>(write_ - read_));
    }
    [[nodiscard]] constexpr std::uint32_t free() const noexcept { return slots() - used(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return write_ == read_; }
    [[nodiscard]] constexpr bool full() const noexcept { return free() == 0; }

    // The slots that may be filled, from write on, and those that hold something, from read on.
    [[nodiscard]] constexpr RingSpans writable() const noexcept {
        return detail::ring_spans(slot(write_), free(), slots());
    }
    [[nodiscard]] constexpr RingSpans readable() const noexcept {
        return detail::ring_spans(slot(read_), used(), slots());
    }

    friend constexpr bool operator==(const CountingRing&, const CountingRing&) noexcept = default;

private:
    constexpr CountingRing(std::uint32_t slots, Counter write, Counter read) noexcept
        : write_(write), read_(read), mask_(slots - 1) {}
    [[nodiscard]] static constexpr Result<CountingRing>
    made(std::uint32_t slots, Counter write, Counter read) noexcept {
        if (static_cast<Counter>(write - read) > slots)
            return fail(Error::out_of_bounds);
        return CountingRing{slots, write, read};
    }

    Counter write_;
    Counter read_;
    std::uint32_t mask_;
};

} // namespace ioview
