// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Bulk copies between a view and plain memory, in accesses of a stated width. Each byte of the view
// is touched exactly once, ascending, by naturally aligned accesses; the plain side may be
// unaligned. Bytes keep their order: nothing is swapped.
//
//   copy_out<Backend, Widest>(view, buffer, bytes);
//
// A backend may offer `reading(view, f)` and `writing(view, f)`, which call f with the view to copy
// by (one without a barrier at every access, say) and set their barriers around it; and
// `memory(view)`, the pointer of a view that is memory of this CPU.

#include <ioview/arch/select.hpp>
#include <ioview/concepts.hpp>
#include <ioview/detail/access.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ioview::detail {

// What a failed access of a copy does: the plain forms go on, with the all ones that a plain read
// gives; the try_ forms stop and report it.
enum class OnError : std::uint8_t { go_on, stop };

// The default width: at each address the widest that is naturally aligned and fits.
struct Widest {};

template <class B>
consteval std::size_t widest_word() noexcept {
    if constexpr (ReadsWord<B, std::uint64_t> && WritesWord<B, std::uint64_t>)
        return 8;
    else if constexpr (ReadsWord<B, std::uint32_t> && WritesWord<B, std::uint32_t>)
        return 4;
    else if constexpr (ReadsWord<B, std::uint16_t> && WritesWord<B, std::uint16_t>)
        return 2;
    else
        return 1;
}

// A word as the bytes that the medium has, in this CPU's order, and back.
template <class B, class W>
IOVIEW_INLINE constexpr W as_bytes_of(W word) noexcept {
    if constexpr (order_of<B>() == std::endian::native || sizeof(W) == 1)
        return word;
    else
        return byteswap(word);
}

template <class W>
IOVIEW_INLINE constexpr void store_plain(std::byte* to, W word) noexcept {
    if (__builtin_is_constant_evaluated()) {
        for (std::size_t i = 0; i < sizeof(W); ++i) {
            const std::size_t place =
                std::endian::native == std::endian::little ? i : sizeof(W) - 1 - i;
            to[place] = static_cast<std::byte>((word >> (8 * i)) & 0xff);
        }
    } else {
        __builtin_memcpy(to, &word, sizeof(W));
    }
}

template <class W>
IOVIEW_INLINE constexpr W load_plain(const std::byte* from) noexcept {
    W word = 0;
    if (__builtin_is_constant_evaluated()) {
        for (std::size_t i = 0; i < sizeof(W); ++i) {
            const std::size_t place =
                std::endian::native == std::endian::little ? i : sizeof(W) - 1 - i;
            word = static_cast<W>(word | static_cast<W>(static_cast<W>(from[place]) << (8 * i)));
        }
    } else {
        __builtin_memcpy(&word, from, sizeof(W));
    }
    return word;
}

// access(W{}, at) for the whole Ws of [at, end), moving at; four to a round, since the loop would
// cost as much as the accesses. Stops at the first error, which only media that can fail return.
template <class W, class Access>
IOVIEW_INLINE constexpr Error words(std::size_t& at, std::size_t end, Access& access) noexcept {
    Error error{};
    const auto next = [&] {
        if (error == Error{})
            error = access(W{}, at);
        at += sizeof(W);
    };
    while (error == Error{} && end - at >= 4 * sizeof(W)) {
        next();
        next();
        next();
        next();
    }
    while (error == Error{} && end - at >= sizeof(W))
        next();
    return error;
}

// One W at `at`, if the address has that bit and it fits.
template <class W, class Access>
IOVIEW_INLINE constexpr Error
word_at_bit(std::uintptr_t address, std::size_t& at, std::size_t end, Access& access) noexcept {
    if (((address + at) & sizeof(W)) == 0 || end - at < sizeof(W))
        return Error{};
    const Error error = access(W{}, at);
    at += sizeof(W);
    return error;
}

// Calls access(word, at) for words that tile [0, bytes) from address on; `word` is a zero of the
// word's type. Of a named width, or the widest that are aligned and fit.
template <class Width, std::size_t Max, class Access>
IOVIEW_INLINE constexpr Error
tile(std::uintptr_t address, std::size_t bytes, Access&& access) noexcept {
    std::size_t at = 0;
    if constexpr (!std::is_same_v<Width, Widest>) {
        return words<Width>(at, bytes, access);
    } else {
        using Greatest = typename StoredWord<Max>::type;
        Error error{};
        if (!is_aligned(address, Max)) {
            if constexpr (Max > 1)
                error = word_at_bit<std::uint8_t>(address, at, bytes, access);
            if constexpr (Max > 2)
                if (error == Error{})
                    error = word_at_bit<std::uint16_t>(address, at, bytes, access);
            if constexpr (Max > 4)
                if (error == Error{})
                    error = word_at_bit<std::uint32_t>(address, at, bytes, access);
        }
        // A head that did not fit left fewer bytes than any wider word has.
        if (error == Error{})
            error = words<Greatest>(at, bytes, access);
        if (at != bytes) {
            if constexpr (Max > 4)
                if (error == Error{})
                    error = words<std::uint32_t>(at, bytes, access);
            if constexpr (Max > 2)
                if (error == Error{})
                    error = words<std::uint16_t>(at, bytes, access);
            if (error == Error{})
                error = words<std::uint8_t>(at, bytes, access);
        }
        return error;
    }
}

// f with the view that bulk reads of `view` go through.
template <class B, class V, class F>
IOVIEW_INLINE constexpr auto reading(V view, F&& f) noexcept {
    if constexpr (requires { B::reading(view, std::forward<F>(f)); })
        return B::reading(view, std::forward<F>(f));
    else
        return f(view);
}
template <class B, class V, class F>
IOVIEW_INLINE constexpr auto writing(V view, F&& f) noexcept {
    if constexpr (requires { B::writing(view, std::forward<F>(f)); })
        return B::writing(view, std::forward<F>(f));
    else
        return f(view);
}

// Memory of this CPU, copied as the library sees fit: no width is named.
template <class B, class Width, class V>
concept MovesMemory = arch::has_move_memory && std::is_same_v<Width, Widest> && !IOVIEW_TSAN &&
                      requires(V view) { B::memory(view); };

template <class B, OnError How, class W, class V>
IOVIEW_INLINE constexpr Error word_out(V source, std::size_t offset, std::byte* to) noexcept {
    if constexpr (How == OnError::stop && TriesReadWord<B, W>) {
        const auto word = try_get<B, W>(source, offset);
        if (!word)
            return word.error();
        store_plain(to, as_bytes_of<B>(*word));
    } else {
        store_plain(to, as_bytes_of<B>(get<B, W>(source, offset)));
    }
    return Error{};
}

template <class B, OnError How, class W, class V>
IOVIEW_INLINE constexpr Error word_in(V target, std::size_t offset, W word) noexcept {
    if constexpr (How == OnError::stop && TriesWriteWord<B, W>) {
        const auto done = try_put<B, W>(target, offset, as_bytes_of<B>(word));
        return done ? Error{} : done.error();
    } else {
        put<B, W>(target, offset, as_bytes_of<B>(word));
        return Error{};
    }
}

// The view's bytes from `first` on to plain memory.
template <class Bk, class Width, OnError How = OnError::go_on, class V>
constexpr Error copy_out(V view, std::size_t first, std::byte* to, std::size_t bytes) noexcept {
    return reading<Bk>(view, [=](auto source) noexcept {
        using B = typename decltype(source)::Backend;
        if constexpr (MovesMemory<B, Width, decltype(source)>) {
            arch::move_memory(to, B::memory(source) + first, bytes);
            return Error{};
        } else
            return tile<Width, widest_word<B>()>(
                B::as_ptr(source).address + first, bytes, [=](auto zero, std::size_t at) {
                    return word_out<B, How, decltype(zero)>(source, first + at, to + at);
                });
    });
}

// Plain memory to the view's bytes from `first` on.
template <class Bk, class Width, OnError How = OnError::go_on, class V>
constexpr Error
copy_in(V view, std::size_t first, const std::byte* from, std::size_t bytes) noexcept {
    return writing<Bk>(view, [=](auto target) noexcept {
        using B = typename decltype(target)::Backend;
        if constexpr (MovesMemory<B, Width, decltype(target)>) {
            arch::move_memory(B::memory(target) + first, from, bytes);
            return Error{};
        } else
            return tile<Width, widest_word<B>()>(
                B::as_ptr(target).address + first, bytes, [=](auto zero, std::size_t at) {
                    return word_in<B, How>(
                        target, first + at, load_plain<decltype(zero)>(from + at));
                });
    });
}

template <class Bk, class Width, OnError How = OnError::go_on, class V>
constexpr Error fill_bytes(V view, std::size_t bytes, std::byte value) noexcept {
    return writing<Bk>(view, [=](auto target) noexcept {
        using B = typename decltype(target)::Backend;
        return tile<Width, widest_word<B>()>(
            B::as_ptr(target).address, bytes, [=](auto zero, std::size_t at) {
                using W = decltype(zero);
                constexpr auto ones = static_cast<W>(static_cast<W>(~W{0}) / 0xff); // 0x01…01
                return word_in<B, How>(target, at, static_cast<W>(ones * static_cast<W>(value)));
            });
    });
}

// The values that one register gives or takes in turn, each as read() or write() has it.
template <class Bk, OnError How = OnError::go_on, class V, class View>
constexpr Error fifo_out(View view, V* to, std::size_t count) noexcept {
    return reading<Bk>(view, [=](auto source) noexcept {
        using B = typename decltype(source)::Backend;
        Error error{};
        for (std::size_t i = 0; error == Error{} && i < count; ++i) {
            if constexpr (How == OnError::stop) {
                if (auto value = try_get<B, V>(source, 0))
                    to[i] = *value;
                else
                    error = value.error();
            } else {
                to[i] = get<B, V>(source, 0);
            }
        }
        return error;
    });
}
template <class Bk, OnError How = OnError::go_on, class V, class View>
constexpr Error fifo_in(View view, const V* from, std::size_t count) noexcept {
    return writing<Bk>(view, [=](auto target) noexcept {
        using B = typename decltype(target)::Backend;
        Error error{};
        for (std::size_t i = 0; error == Error{} && i < count; ++i) {
            if constexpr (How == OnError::stop) {
                const auto done = try_put<B, V>(target, 0, from[i]);
                error = done ? Error{} : done.error();
            } else {
                put<B, V>(target, 0, from[i]);
            }
        }
        return error;
    });
}

// Whether `bytes` bytes from the view's start are whole accesses of exactly Width.
template <class B, class Width, class V>
constexpr Error fault_of_width(V view, std::size_t bytes) noexcept {
    if constexpr (!std::is_same_v<Width, Widest>) {
        if (bytes % sizeof(Width) != 0)
            return Error::invalid_argument;
        if (!is_aligned(B::as_ptr(view).address, sizeof(Width)))
            return Error::misaligned;
    }
    return Error{};
}

// What copy_read() returns: plain data that a function can return.
template <class T>
concept Returnable = !std::is_array_v<T> && kind_of<T> != Kind::region && is_plain_data<T>();

template <class T>
concept ByteTarget = (kind_of<T> == Kind::slice || kind_of<T> == Kind::array) &&
                     sizeof(ElementOf<T>) == 1 && is_plain_data<T>();

template <class T>
struct ByteBuffer {
    std::byte bytes[sizeof(T)];
};

// Two ranges of one address space; a backend says so by a common `Space`, else it is its own.
template <class B>
consteval auto space_of() noexcept {
    if constexpr (requires { typename B::Space; })
        return std::type_identity<typename B::Space>{};
    else
        return std::type_identity<B>{};
}
template <class A, class B>
inline constexpr bool same_space = std::is_same_v<decltype(space_of<A>()), decltype(space_of<B>())>;

// Byte slices of equal size, by way of a buffer: whole chunks are read before they are written,
// from the end on where the target overlaps the source from above.
template <OnError How, class From, class To>
constexpr Error copy_across(From from, To to) noexcept {
    using A = typename From::Backend;
    using B = typename To::Backend;
    constexpr std::size_t chunk = 64;
    const std::size_t bytes = from.size();
    const auto source = A::as_ptr(from).address;
    const auto target = B::as_ptr(to).address;
    const bool downwards = same_space<A, B> && target > source && target - source < bytes;
    std::byte buffer[chunk]{};
    for (std::size_t done = 0; done < bytes;) {
        const std::size_t left = bytes - done;
        // Cut where the source is aligned, so that whole chunks take the widest accesses.
        const std::size_t edge =
            downwards ? (source + left) % chunk : chunk - (source + done) % chunk;
        const std::size_t part = left < chunk ? left : edge == 0 ? chunk : edge;
        const std::size_t at = downwards ? left - part : done;
        if (auto error = copy_out<A, Widest, How>(from, at, buffer, part); error != Error{})
            return error;
        if (auto error = copy_in<B, Widest, How>(to, at, buffer, part); error != Error{})
            return error;
        done += part;
    }
    return Error{};
}

} // namespace ioview::detail
