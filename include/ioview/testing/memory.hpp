// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Memory<N>: simulated memory that works in constant expressions too. It starts as garbage, so that
// a bit that was never written, or was lost, shows.
//
//   io::testing::Memory<sizeof(Pl011)> mem;
//   auto uart = mem.view<Pl011>();
//   put(uart, 'A');

#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/testing/garbage.hpp> // IWYU pragma: export

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

template <std::endian Order, class T>
class MemoryView;

// Reads and writes the bytes of a Memory in byte order Order. Addresses are offsets into it.
template <std::endian Order>
struct MemoryBackend {
    template <class T>
    using View = MemoryView<Order, T>;
    static constexpr std::endian order = Order;
    static constexpr bool ordered = true;

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(MemoryView<Order, T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr MemoryView<Order, U> project_view(MemoryView<Order, T> view,
                                                                     IoPtr<U> ptr) noexcept {
        return MemoryView<Order, U>{view.bytes_, ptr};
    }

    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    IOVIEW_INLINE static constexpr W io_read(MemoryView<Order, W> view) noexcept {
        const unsigned char* place = view.bytes_ + view.ptr_.address;
        if (__builtin_is_constant_evaluated()) {
            W word = 0;
            for (std::size_t i = 0; i < sizeof(W); ++i)
                word = static_cast<W>(word | static_cast<W>(W{place[i]} << shift<W>(i)));
            return word;
        }
        W word;
        __builtin_memcpy(&word, place, sizeof(W));
        return in_memory_order(word);
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    IOVIEW_INLINE static constexpr void io_write(MemoryView<Order, W> view, W word) noexcept {
        unsigned char* place = view.bytes_ + view.ptr_.address;
        if (__builtin_is_constant_evaluated()) {
            for (std::size_t i = 0; i < sizeof(W); ++i)
                place[i] = static_cast<unsigned char>((word >> shift<W>(i)) & 0xff);
            return;
        }
        const W stored = in_memory_order(word);
        __builtin_memcpy(place, &stored, sizeof(W));
    }

private:
    template <class W>
    static constexpr unsigned shift(std::size_t byte) noexcept {
        return static_cast<unsigned>(8 *
                                     (Order == std::endian::little ? byte : sizeof(W) - 1 - byte));
    }
    template <class W>
    IOVIEW_INLINE static constexpr W in_memory_order(W word) noexcept {
        return Order == std::endian::native ? word : detail::byteswap(word);
    }
};

// What the methods of Memory give: a view into it, of its byte order.
template <std::endian Order, class T>
class MemoryView : public Io<MemoryView<Order, T>, MemoryBackend<Order>, T> {
public:
    [[nodiscard]] IOVIEW_INLINE constexpr MemoryView as_view() const noexcept { return *this; }

    friend constexpr bool operator==(MemoryView a, MemoryView b) noexcept {
        return a.bytes_ == b.bytes_ && a.ptr_ == b.ptr_;
    }

private:
    friend MemoryBackend<Order>;
    template <std::size_t, std::endian>
    friend class Memory;
    IOVIEW_INLINE constexpr MemoryView(unsigned char* bytes, IoPtr<T> ptr) noexcept
        : bytes_(bytes), ptr_(ptr) {}

    unsigned char* bytes_;
    IoPtr<T> ptr_;
};

// N bytes. Views hold a pointer to them: the Memory stays where it is while they are used.
template <std::size_t N, std::endian Order = std::endian::little>
class Memory : ioview::detail::methods::NoTypedViewsOfATemporary {
public:
    using ioview::detail::methods::NoTypedViewsOfATemporary::view;
    using Backend = MemoryBackend<Order>;

    // Garbage, the same for the same seed.
    constexpr explicit Memory(std::uint64_t seed = default_seed) noexcept : seed_(seed) {
        Garbage garbage{seed};
        for (unsigned char& byte : bytes_)
            byte = garbage.next_byte();
    }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    // What a failing test prints to repeat itself.
    [[nodiscard]] constexpr std::uint64_t seed() const noexcept { return seed_; }
    [[nodiscard]] static constexpr std::size_t size_bytes() noexcept { return N; }

    // The memory as a T: an object or array at its start, a slice of all the elements that fit, a
    // region of all of it.
    template <class T>
    [[nodiscard]] constexpr MemoryView<Order, T> view() & noexcept {
        static_assert(min_size_of<T> <= N, "ioview: the Memory is smaller than the target");
        return {bytes_, {0, detail::extent_for<T>(N)}};
    }

    // The bytes themselves, to look at or to prepare behind a driver's back.
    [[nodiscard]] constexpr unsigned char& operator[](std::size_t i) noexcept { return bytes_[i]; }
    [[nodiscard]] constexpr unsigned char operator[](std::size_t i) const noexcept {
        return bytes_[i];
    }

private:
    alignas(16) unsigned char bytes_[N]{};
    std::uint64_t seed_;
};

} // namespace ioview::testing
