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
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/tile.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// The medium does not have the width, or no width at all, which has been refused already.
template <class Width, unsigned Widths>
consteval bool lacks_width() noexcept {
    if constexpr (std::is_same_v<Width, Widest>)
        return Widths == 0;
    else
        return !std::unsigned_integral<Width> || (Widths & sizeof(Width)) == 0;
}

// The view's bytes from `first` on to plain memory; at most Most. `inline` is a hint: clang 19
// looks at what a constant length leaves of it only then.
template <class Bk,
          class Width,
          OnError How = OnError::go_on,
          std::size_t Most = any_length,
          class V>
// NOLINTNEXTLINE(readability-redundant-inline-specifier)
inline constexpr Error
copy_out(V view, std::size_t first, std::byte* to, std::size_t bytes) noexcept {
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
// NOLINTNEXTLINE(readability-redundant-inline-specifier)
inline constexpr Error
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
            for (std::size_t at = 0; !failed(error) && at < bytes; at += copy_chunk)
                error = burst_in<B, How>(
                    target, at, buffer, bytes - at < copy_chunk ? bytes - at : copy_chunk);
            return error;
        } else if constexpr (lacks_width<Width, BackendTraits<B>::write_widths>()) {
            return Error::unsupported;
        } else if constexpr (MovesMemory<B, Width, decltype(target)>) {
            arch::fill_memory(B::memory(target), value, bytes);
            return Error{};
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

} // namespace ioview::detail
