// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// What bytes are copied to and from in plain memory: rows of std::byte, std::uint8_t or char.
//
//   if constexpr (is_other_out<decltype(buffer)>) with_bytes(row_of(buffer), copy);

#include <ioview/config.hpp>
#include <ioview/span.hpp>
#include <ioview/support/declared.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// Buffers of bytes under another name than std::byte.
template <class C>
concept PlainByte = sizeof(C) == 1 && std::integral<C> && !std::is_same_v<C, bool>;

template <class C, std::size_t N>
constexpr Span<C> row_of(C (&array)[N]) noexcept {
    return Span<C>(array, N);
}
template <class R>
    requires requires(R& row) { Span(row.data(), row.size()); }
constexpr auto row_of(R& row) noexcept {
    return Span(row.data(), row.size());
}
template <class R>
using ByteOf = typename decltype(row_of(declared<R&>()))::element_type;

// A buffer to copy to or from, that is no Span<std::byte> itself. In one piece each, since
// compilers print what a concept is made of.
template <class R>
inline constexpr bool is_other_out = [] {
    if constexpr (requires { typename ByteOf<R>; })
        return PlainByte<ByteOf<R>> && !std::is_const_v<ByteOf<R>>;
    else
        return false;
}();
template <class R>
inline constexpr bool is_other_in = [] {
    if constexpr (requires { typename ByteOf<R>; })
        return PlainByte<std::remove_const_t<ByteOf<R>>>;
    else
        return false;
}();
template <class R>
inline constexpr bool is_no_buffer_out =
    !std::is_convertible_v<R, Span<std::byte>> && !is_other_out<R>;
template <class R>
inline constexpr bool is_no_buffer_in =
    !std::is_convertible_v<R, Span<const std::byte>> && !is_other_in<R>;

// f(the same as bytes). In constant expressions, where a pointer to a character cannot become one
// to a byte, by way of a copy.
template <class C, class F>
IOVIEW_INLINE constexpr void with_bytes(Span<C> row, F&& f) noexcept {
    using Byte = std::conditional_t<std::is_const_v<C>, const std::byte, std::byte>;
    if (__builtin_is_constant_evaluated()) {
        auto* const bytes = new std::byte[row.size()];
        for (std::size_t i = 0; i < row.size(); ++i)
            bytes[i] = static_cast<std::byte>(row[i]);
        f(Span<Byte>(bytes, row.size()));
        if constexpr (!std::is_const_v<C>)
            for (std::size_t i = 0; i < row.size(); ++i)
                row[i] = static_cast<C>(bytes[i]);
        delete[] bytes;
    } else {
        f(Span<Byte>(reinterpret_cast<Byte*>(row.data()), row.size()));
    }
}

} // namespace ioview::detail
