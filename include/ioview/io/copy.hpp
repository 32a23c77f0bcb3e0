// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Bulk copies between a view and plain memory, in accesses of a stated width. Each byte of the view
// is touched exactly once, ascending, by naturally aligned accesses; the plain side may be
// unaligned. Bytes keep their order: nothing is swapped.
//
//   copy_out<Backend, Widest>(view, buffer, bytes);
//
// A backend joins by its hooks (concepts.hpp): the view to copy by, bursts, memory of this CPU.

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

// The medium does not have the width, or no width at all, which has been refused already.
template <class Width, unsigned Widths>
consteval bool lacks_width() noexcept {
    if constexpr (std::is_same_v<Width, Widest>)
        return Widths == 0;
    else
        return !std::unsigned_integral<Width> || (Widths & sizeof(Width)) == 0;
}

// The view's bytes from `first` on to plain memory; at most Most.
template <class Bk,
          class Width,
          OnError How = OnError::go_on,
          std::size_t Most = any_length,
          class V>
constexpr Error copy_out(V view, std::size_t first, std::byte* to, std::size_t bytes) noexcept {
    return reading<Bk>(view, [=](auto source) noexcept {
        using B = typename decltype(source)::Backend;
        if constexpr (BurstsOut<B, Width, How>) {
            return burst_out<B, How>(source, first, to, bytes);
        } else if constexpr (lacks_width<Width, BackendTraits<B>::read_widths>()) {
            return Error::unsupported;
        } else if constexpr (MovesMemory<B, Width, decltype(source)>) {
            arch::move_memory(to, B::memory(source) + first, bytes);
            return Error{};
        } else
            return tile<Width, BackendTraits<B>::read_widths, Most>(
                B::as_ptr(source).address + first, bytes, [=](auto zero, std::size_t at) {
                    return word_out<B, How, decltype(zero)>(source, first + at, to + at);
                });
    });
}

// Plain memory to the view's bytes from `first` on.
template <class Bk,
          class Width,
          OnError How = OnError::go_on,
          std::size_t Most = any_length,
          class V>
constexpr Error
copy_in(V view, std::size_t first, const std::byte* from, std::size_t bytes) noexcept {
    return writing<Bk>(view, [=](auto target) noexcept {
        using B = typename decltype(target)::Backend;
        if constexpr (BurstsIn<B, Width, How>) {
            return burst_in<B, How>(target, first, from, bytes);
        } else if constexpr (lacks_width<Width, BackendTraits<B>::write_widths>()) {
            return Error::unsupported;
        } else if constexpr (MovesMemory<B, Width, decltype(target)>) {
            arch::move_memory(B::memory(target) + first, from, bytes);
            return Error{};
        } else
            return tile<Width, BackendTraits<B>::write_widths, Most>(
                B::as_ptr(target).address + first, bytes, [=](auto zero, std::size_t at) {
                    return word_in<B, How>(
                        target, first + at, load_plain<decltype(zero)>(from + at));
                });
    });
}

// Of a buffer of the library's own, in bytes: what passes between two views, and what fills.
inline constexpr std::size_t copy_chunk = 64;

template <class Bk, class Width, OnError How = OnError::go_on, class V>
constexpr Error fill_bytes(V view, std::size_t bytes, std::byte value) noexcept {
    return writing<Bk>(view, [=](auto target) noexcept {
        using B = typename decltype(target)::Backend;
        if constexpr (BurstsIn<B, Width, How>) {
            std::byte buffer[copy_chunk]{};
            for (std::byte& byte : buffer)
                byte = value;
            Error error{};
            for (std::size_t at = 0; error == Error{} && at < bytes; at += copy_chunk)
                error = burst_in<B, How>(
                    target, at, buffer, bytes - at < copy_chunk ? bytes - at : copy_chunk);
            return error;
        } else if constexpr (lacks_width<Width, BackendTraits<B>::write_widths>()) {
            return Error::unsupported;
        } else
            return tile<Width, BackendTraits<B>::write_widths, any_length>(
                B::as_ptr(target).address, bytes, [=](auto zero, std::size_t at) {
                    using W = decltype(zero);
                    constexpr auto ones = static_cast<W>(static_cast<W>(~W{0}) / 0xff); // 0x01…01
                    return word_in<B, How>(
                        target, at, static_cast<W>(ones * static_cast<W>(value)));
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

// Whether `bytes` bytes from the view's start are whole accesses of exactly Width, or of the least
// width that the medium has for the direction.
template <class B, class Width, unsigned Widths, class V>
constexpr Error fault_of_width(V view, std::size_t bytes) noexcept {
    constexpr std::size_t width = [] {
        if constexpr (std::is_same_v<Width, Widest>)
            return least_width(Widths);
        else
            return sizeof(Width);
    }();
    if constexpr (width > 1) {
        if (bytes % width != 0)
            return Error::invalid_argument;
        if (!is_aligned(B::as_ptr(view).address, width))
            return Error::misaligned;
    }
    return Error{};
}

// What copy_read() returns and copy_write() takes: values that a function can return. No concepts,
// whose reasons compilers would repeat for each overload.
template <class T>
inline constexpr bool is_one_value = !std::is_array_v<T> && kind_of<T> != Kind::region;
template <class T>
inline constexpr bool is_returnable = is_one_value<T> && is_from_bytes<std::remove_const_t<T>>();
template <class T>
inline constexpr bool is_givable = is_one_value<T> && is_into_bytes<std::remove_const_t<T>>();

// Copies swap nothing: a number without an order of its own then has to have this CPU's on the
// medium too.
template <class B, class T>
inline constexpr bool keeps_order =
    bytes_of<T>().bring_order ||
    (BackendTraits<B>::order == std::endian::native && !BackendTraits<B>::mixed_order);

// Two typed sides whose numbers would have one order here and another there.
template <class T>
consteval bool brings_order() noexcept {
    if constexpr (is_plain_data<T>())
        return bytes_of<T>().bring_order;
    else
        return true;
}
template <class From, class To, class A = typename From::Backend, class B = typename To::Backend>
inline constexpr bool have_one_order =
    (BackendTraits<A>::order == BackendTraits<B>::order &&
     BackendTraits<A>::mixed_order == BackendTraits<B>::mixed_order) ||
    brings_order<typename From::Target>() || brings_order<typename To::Target>();
template <bool HaveOneOrder>
struct CheckedOrders {
    static_assert(HaveOneOrder,
                  "ioview: the two sides have different byte orders, and copies swap nothing; "
                  "declare the members le or be, or copy bytes()");
    static constexpr bool ok = true;
};

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
    static_assert(BackendTraits<A>::copies_out && BackendTraits<B>::copies_in,
                  "ioview: this backend has no bulk copy of this direction; go by single accesses");
    constexpr std::size_t chunk = copy_chunk;
    const std::size_t bytes = A::as_ptr(from).size_bytes();
    if (auto error = fault_of_width<A, Widest, BackendTraits<A>::read_widths>(from, bytes);
        error != Error{})
        return error;
    if (auto error = fault_of_width<B, Widest, BackendTraits<B>::write_widths>(to, bytes);
        error != Error{})
        return error;
    const auto source = A::as_ptr(from).address;
    const auto target = B::as_ptr(to).address;
    const bool downwards = same_space<A, B> && target > source && target - source < bytes;
    // Cut where the source is aligned, so that whole chunks take the widest accesses; or the
    // target, where only that needs it.
    constexpr bool cut_at_target =
        least_width(BackendTraits<B>::write_widths) > least_width(BackendTraits<A>::read_widths);
    const auto cut = cut_at_target ? target : source;
    std::byte buffer[chunk]{};
    for (std::size_t done = 0; done < bytes;) {
        const std::size_t left = bytes - done;
        const std::size_t edge = downwards ? (cut + left) % chunk : chunk - (cut + done) % chunk;
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
