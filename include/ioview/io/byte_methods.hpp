// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Bulk copies of arrays and slices of bytes. Users see them in io.hpp.
//
//   bar.bytes().copy_to(buffer);                       // std::byte, std::uint8_t, char, …
//   fifo.bytes().copy_from<std::uint32_t>(packet);     // in accesses of this width only

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/buffers.hpp>
#include <ioview/io/common_methods.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/io/tile.hpp>
#include <ioview/span.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail::methods {

template <class Width, unsigned Widths, class Default>
consteval void check_width() noexcept {
    check_named_width<std::is_same_v<Default, Widest> || std::is_same_v<Default, Width>,
                      std::is_same_v<Width, Widest> || !lacks_width<Width, Widths>()>();
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
    using Base::copy_to;
    using Base::try_copy_to;

    // Out of the view, into a buffer.
    template <class Width = Default>
    IOVIEW_INLINE constexpr void copy_to(Span<std::byte> to) const noexcept {
        if (failed(fault_out<Width>(to.size())))
            panic("ioview: copy_to: the lengths differ, or do not fit the width");
        static_cast<void>(copy_out<B, Width>(this->view(), 0, to.data(), to.size()));
    }
    template <class Width = Default>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<> try_copy_to(Span<std::byte> to) const noexcept {
        if (auto error = fault_out<Width>(to.size()); failed(error))
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

private:
    template <class Width>
    IOVIEW_INLINE constexpr Error fault_out(std::size_t length) const noexcept {
        check_width<Width, BackendTraits<B>::read_widths, Default>();
        return length != this->size_bytes()
                   ? Error::out_of_bounds
                   : fault_of_width<B, Width, BackendTraits<B>::read_widths>(this->view(), length);
    }
};
template <class Base, class B, class Default>
struct BytesIn : Base {
    using Base::copy_from;
    using Base::try_copy_from;

    // Out of a buffer, into the view.
    template <class Width = Default>
    IOVIEW_INLINE constexpr void copy_from(Span<const std::byte> from) const noexcept {
        if (failed(fault_in<Width>(from.size())))
            panic("ioview: copy_from: the lengths differ, or do not fit the width");
        static_cast<void>(copy_in<B, Width>(this->view(), 0, from.data(), from.size()));
    }
    template <class Width = Default>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<>
    try_copy_from(Span<const std::byte> from) const noexcept {
        if (auto error = fault_in<Width>(from.size()); failed(error))
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
        if (failed(fault_in<Width>(this->size_bytes())))
            panic("ioview: fill: address or length do not fit the width");
        static_cast<void>(fill_bytes<B, Width>(this->view(), this->size_bytes(), value));
    }

private:
    template <class Width>
    IOVIEW_INLINE constexpr Error fault_in(std::size_t length) const noexcept {
        check_width<Width, BackendTraits<B>::write_widths, Default>();
        return length != this->size_bytes()
                   ? Error::out_of_bounds
                   : fault_of_width<B, Width, BackendTraits<B>::write_widths>(this->view(), length);
    }
};

// What an array or slice of Ts has of these.
template <class Self, class B, class T>
consteval auto byte_methods_for() noexcept {
    if constexpr (!ByteTarget<T>) {
        return std::type_identity<NoBytes<BaseMethods<Self, B, T>>>{};
    } else {
        using Default =
            std::conditional_t<is_single<std::remove_const_t<ElementOf<T>>>, std::uint8_t, Widest>;
        using Base = NoOtherBuffers<BaseMethods<Self, B, T>, Default>;
        using Out = std::conditional_t<BackendTraits<B>::copies_out,
                                       BytesOut<Base, B, Default>,
                                       NoCopiesOut<Base>>;
        if constexpr (is_read_only<T>)
            return std::type_identity<ReadOnlyBytes<Out>>{};
        else
            return std::type_identity<std::conditional_t<BackendTraits<B>::copies_in,
                                                         BytesIn<Out, B, Default>,
                                                         NoCopiesIn<Out>>>{};
    }
}
template <class Self, class B, class T>
using ByteMethods = typename decltype(byte_methods_for<Self, B, T>())::type;

} // namespace ioview::detail::methods
