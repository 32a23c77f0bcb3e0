// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Bulk copies of arrays and slices of bytes. Users see them in io.hpp.
//
//   bar.bytes().copy_to(buffer);                       // std::byte, std::uint8_t, char, …
//   fifo.bytes().copy_from<std::uint32_t>(packet);     // in accesses of this width only

#include <ioview/io/common_methods.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/span.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
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
using ByteOf = typename decltype(row_of(std::declval<R&>()))::element_type;

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

namespace ioview::detail::methods {

// clang-format off

template <class Base>
struct NoCopiesOut : Base {
    template <class = Widest> void copy_to(const auto&) const = delete;     // ioview: this backend has no bulk copy of this direction; go by single accesses
    template <class = Widest> void try_copy_to(const auto&) const = delete; // ioview: this backend has no bulk copy of this direction; go by single accesses
};
template <class Base>
struct NoCopiesIn : Base {
    template <class = Widest> void copy_from(const auto&) const = delete;     // ioview: this backend has no bulk copy of this direction; go by single accesses
    template <class = Widest> void try_copy_from(const auto&) const = delete; // ioview: this backend has no bulk copy of this direction; go by single accesses
    template <class = Widest> void fill(std::byte) const = delete;            // ioview: this backend has no bulk copy of this direction; go by single accesses
};
template <class Base>
struct ReadOnlyBytes : Base {
    template <class = Widest> void copy_from(const auto&) const = delete;     // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class = Widest> void try_copy_from(const auto&) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class = Widest> void fill(std::byte) const = delete;            // ioview: the target is const, so it is read only; drop the const where the device allows writes
};
// Of arrays and slices of anything else.
template <class Base>
struct NoBytes : Base {
    template <class = Widest> void copy_to(const auto&) const = delete;       // ioview: these elements are no bytes; go by bytes(), as in bytes().copy_to(buffer)
    template <class = Widest> void try_copy_to(const auto&) const = delete;   // ioview: these elements are no bytes; go by bytes(), as in bytes().copy_to(buffer)
    template <class = Widest> void copy_from(const auto&) const = delete;     // ioview: these elements are no bytes; go by bytes(), as in bytes().copy_to(buffer)
    template <class = Widest> void try_copy_from(const auto&) const = delete; // ioview: these elements are no bytes; go by bytes(), as in bytes().copy_to(buffer)
    template <class = Widest> void fill(std::byte) const = delete;            // ioview: these elements are no bytes; go by bytes(), as in bytes().copy_to(buffer)
};

// clang-format on

// A named width is one that the backend has.
template <class Width, unsigned Widths, class Default>
consteval void check_width() noexcept {
    static_assert(std::is_same_v<Default, Widest> || std::is_same_v<Default, Width>,
                  "ioview: members of this target state how they are accessed; copy it without "
                  "naming a width");
    static_assert(std::is_same_v<Width, Widest> || !lacks_width<Width, Widths>(),
                  "ioview: this backend has no access of that width");
}

// Bytes to and from plain memory of the same length, each byte touched exactly once, ascending, by
// the backend's own copies or else the widest aligned accesses; or by exactly Width:
// copy_to<std::uint32_t>(b). The buffer is of std::byte, std::uint8_t or another character. Panics
// when the lengths differ, or when address or length are no whole accesses of Width, or of the
// narrowest that the backend has.
// The try_ forms: out_of_bounds for unequal lengths; invalid_argument when the length is no
// multiple of the width and misaligned when the address is not; else what the medium reports.
// Default is the width of copies that name none: Widest, or a byte where the elements say so.
template <class Base, class B, class Default>
struct BytesOut : Base {
    template <class Width = Default>
    IOVIEW_INLINE constexpr void copy_to(Span<std::byte> to) const noexcept {
        if (fault_out<Width>(to.size()) != Error{})
            panic("ioview: copy_to: the lengths differ, or do not fit the width");
        static_cast<void>(copy_out<B, Width>(this->view(), 0, to.data(), to.size()));
    }
    template <class Width = Default>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<> try_copy_to(Span<std::byte> to) const noexcept {
        if (auto error = fault_out<Width>(to.size()); error != Error{})
            return fail(error);
        return as_result(copy_out<B, Width, OnError::stop>(this->view(), 0, to.data(), to.size()));
    }
    template <class Width = Default, class R>
        requires is_other_out<R>
    IOVIEW_INLINE constexpr void copy_to(R&& to) const noexcept {
        with_bytes(row_of(to), [&](Span<std::byte> bytes) { copy_to<Width>(bytes); });
    }
    template <class Width = Default, class R>
        requires is_other_out<R>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<> try_copy_to(R&& to) const noexcept {
        Result<> done;
        with_bytes(row_of(to), [&](Span<std::byte> bytes) { done = try_copy_to<Width>(bytes); });
        return done;
    }

    // clang-format off
    template <class = Default, class R> requires is_no_buffer_out<R> void copy_to(R&&) const = delete;     // ioview: a buffer is std::byte, std::uint8_t or char in a row; where bytes go to it is not const; objects are seen by std::as_writable_bytes(std::span(x))
    template <class = Default, class R> requires is_no_buffer_out<R> void try_copy_to(R&&) const = delete; // ioview: a buffer is std::byte, std::uint8_t or char in a row; where bytes go to it is not const; objects are seen by std::as_writable_bytes(std::span(x))
    // clang-format on

private:
    template <class Width>
    IOVIEW_INLINE constexpr Error fault_out(std::size_t length) const noexcept {
        check_width<Width, read_widths<B>, Default>();
        return length != this->size_bytes()
                   ? Error::out_of_bounds
                   : fault_of_width<B, Width, read_widths<B>>(this->view(), length);
    }
};
template <class Base, class B, class Default>
struct BytesIn : Base {
    template <class Width = Default>
    IOVIEW_INLINE constexpr void copy_from(Span<const std::byte> from) const noexcept {
        if (fault_in<Width>(from.size()) != Error{})
            panic("ioview: copy_from: the lengths differ, or do not fit the width");
        static_cast<void>(copy_in<B, Width>(this->view(), 0, from.data(), from.size()));
    }
    template <class Width = Default>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<>
    try_copy_from(Span<const std::byte> from) const noexcept {
        if (auto error = fault_in<Width>(from.size()); error != Error{})
            return fail(error);
        return as_result(
            copy_in<B, Width, OnError::stop>(this->view(), 0, from.data(), from.size()));
    }
    template <class Width = Default, class R>
        requires is_other_in<R>
    IOVIEW_INLINE constexpr void copy_from(R&& from) const noexcept {
        with_bytes(row_of(from), [&](Span<const std::byte> bytes) { copy_from<Width>(bytes); });
    }
    template <class Width = Default, class R>
        requires is_other_in<R>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<> try_copy_from(R&& from) const noexcept {
        Result<> done;
        with_bytes(row_of(from),
                   [&](Span<const std::byte> bytes) { done = try_copy_from<Width>(bytes); });
        return done;
    }
    // Every byte becomes value.
    template <class Width = Default>
    IOVIEW_INLINE constexpr void fill(std::byte value) const noexcept {
        if (fault_in<Width>(this->size_bytes()) != Error{})
            panic("ioview: fill: address or length do not fit the width");
        static_cast<void>(fill_bytes<B, Width>(this->view(), this->size_bytes(), value));
    }

    // clang-format off
    template <class = Default, class R> requires is_no_buffer_in<R> void copy_from(R&&) const = delete;     // ioview: a buffer is std::byte, std::uint8_t or char in a row; objects are seen by std::as_bytes(std::span(x))
    template <class = Default, class R> requires is_no_buffer_in<R> void try_copy_from(R&&) const = delete; // ioview: a buffer is std::byte, std::uint8_t or char in a row; objects are seen by std::as_bytes(std::span(x))
    // clang-format on

private:
    template <class Width>
    IOVIEW_INLINE constexpr Error fault_in(std::size_t length) const noexcept {
        check_width<Width, write_widths<B>, Default>();
        return length != this->size_bytes()
                   ? Error::out_of_bounds
                   : fault_of_width<B, Width, write_widths<B>>(this->view(), length);
    }
};

// What an array or slice of Ts has of these.
template <class Self, class B, class T>
consteval auto byte_methods_for() noexcept {
    using Base = BaseMethods<Self, B, T>;
    if constexpr (!ByteTarget<T>) {
        return std::type_identity<NoBytes<Base>>{};
    } else {
        using Default =
            std::conditional_t<is_single<std::remove_const_t<ElementOf<T>>>, std::uint8_t, Widest>;
        using Out =
            std::conditional_t<is_copyable_out<B>, BytesOut<Base, B, Default>, NoCopiesOut<Base>>;
        if constexpr (is_read_only<T>)
            return std::type_identity<ReadOnlyBytes<Out>>{};
        else
            return std::type_identity<
                std::conditional_t<is_copyable_in<B>, BytesIn<Out, B, Default>, NoCopiesIn<Out>>>{};
    }
}
template <class Self, class B, class T>
using ByteMethods = typename decltype(byte_methods_for<Self, B, T>())::type;

} // namespace ioview::detail::methods
