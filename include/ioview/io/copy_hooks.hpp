// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// What a backend has of its own for copies: the view to copy by, memory of this CPU, bursts.
//
//   bulk_read<B>(view, [&](auto fast) { return words_out<B, OnError::stop, W>(fast, …); });

#include <ioview/arch/select.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/endian.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/tile.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// What a failed access of a copy does: the plain forms go on, with the all ones that a plain read
// gives; the try_ forms stop and report it.
enum class OnError : std::uint8_t { go_on, stop };

// A word as the bytes that the medium has, in this CPU's order, and back.
template <class B, class W>
IOVIEW_INLINE constexpr W as_bytes_of(W word) noexcept {
    if constexpr (BackendTraits<B>::order == std::endian::native || sizeof(W) == 1)
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

// f with the view that bulk reads of `view` go through.
template <class B, class V, class F>
IOVIEW_INLINE constexpr Error reading(V view, F&& f) noexcept {
    if constexpr (BackendTraits<B>::has_reading) {
        constexpr bool returns_what_f_does = requires {
            { B::reading(view, f) } -> std::same_as<Error>;
        };
        static_assert(
            returns_what_f_does,
            "ioview: a backend's reading(view, f) returns f(view), and this one does not");
        if constexpr (returns_what_f_does)
            return B::reading(view, f);
        else
            return f(view);
    } else {
        return f(view);
    }
}
template <class B, class V, class F>
IOVIEW_INLINE constexpr Error writing(V view, F&& f) noexcept {
    if constexpr (BackendTraits<B>::has_writing) {
        constexpr bool returns_what_f_does = requires {
            { B::writing(view, f) } -> std::same_as<Error>;
        };
        static_assert(
            returns_what_f_does,
            "ioview: a backend's writing(view, f) returns f(view), and this one does not");
        if constexpr (returns_what_f_does)
            return B::writing(view, f);
        else
            return f(view);
    } else {
        return f(view);
    }
}

// Memory of this CPU, copied as the library sees fit: no width is named.
template <class B, class Width, class V>
concept MovesMemory = arch::has_move_memory && std::is_same_v<Width, Widest> && !IOVIEW_TSAN &&
                      requires(V view) { B::memory(view); };

template <class B, OnError How, class W, class V>
IOVIEW_INLINE constexpr Error word_out(V source, std::size_t offset, std::byte* to) noexcept {
    if constexpr (How == OnError::stop && has_try_io_read<B, W>) {
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
    if constexpr (How == OnError::stop && has_try_io_write<B, W>) {
        const auto done = try_put<B, W>(target, offset, as_bytes_of<B>(word));
        return done ? Error{} : done.error();
    } else {
        put<B, W>(target, offset, as_bytes_of<B>(word));
        return Error{};
    }
}

// The backend's own copies, where no width is named. Those of a medium that can fail serve the try_
// forms only where they can tell.
template <class B, class Width, OnError How>
concept BurstsOut = std::is_same_v<Width, Widest> &&
                    (BackendTraits<B>::has_try_copy_from_io ||
                     (BackendTraits<B>::has_copy_from_io &&
                      (How == OnError::go_on || BackendTraits<B>::try_read_widths == 0)));
template <class B, class Width, OnError How>
concept BurstsIn = std::is_same_v<Width, Widest> &&
                   (BackendTraits<B>::has_try_copy_to_io ||
                    (BackendTraits<B>::has_copy_to_io &&
                     (How == OnError::go_on || BackendTraits<B>::try_write_widths == 0)));

template <class B, OnError How, class V>
constexpr Error burst_out(V source, std::size_t first, std::byte* to, std::size_t bytes) noexcept {
    if (bytes == 0)
        return Error{};
    const auto view = narrow<B, std::byte[]>(source, first, Extent<std::byte[]>{bytes});
    if constexpr (BackendTraits<B>::has_try_copy_from_io &&
                  (How == OnError::stop || !BackendTraits<B>::has_copy_from_io)) {
        const auto done = B::try_copy_from_io(view, to);
        if (done)
            return Error{};
        if constexpr (How == OnError::stop)
            return done.error();
        for (std::size_t i = 0; i < bytes; ++i)
            to[i] = std::byte{0xff};
    } else {
        B::copy_from_io(view, to);
    }
    return Error{};
}
template <class B, OnError How, class V>
constexpr Error
burst_in(V target, std::size_t first, const std::byte* from, std::size_t bytes) noexcept {
    if (bytes == 0)
        return Error{};
    const auto view = narrow<B, std::byte[]>(target, first, Extent<std::byte[]>{bytes});
    if constexpr (BackendTraits<B>::has_try_copy_to_io &&
                  (How == OnError::stop || !BackendTraits<B>::has_copy_to_io)) {
        const auto done = B::try_copy_to_io(view, from);
        return done || How == OnError::go_on ? Error{} : done.error();
    } else {
        B::copy_to_io(view, from);
        return Error{};
    }
}

} // namespace ioview::detail
