// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// One typed access at a byte offset of a view: the step between a method and its backend.
//
//   auto v = detail::get<MmioBackend, std::uint32_t>(view, 0x10);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/given.hpp>
#include <ioview/support/declared.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// The view of a U at offset bytes into view; the caller has checked that it lies inside.
template <class B, class U, class V>
IOVIEW_INLINE constexpr ViewOf<B, U>
narrow(V view, std::size_t offset, Extent<U> extent = {}) noexcept {
    return B::project_view(view, IoPtr<U>{B::as_ptr(view).address + offset, extent});
}

template <class B, class V, class View>
IOVIEW_INLINE constexpr V get(View view, std::size_t offset) noexcept {
    using Word = typename Wire<V>::Word;
    return Wire<V>::decode(in_order<V, BackendTraits<B>::order>(
        B::template io_read<Word>(narrow<B, Word>(view, offset))));
}

template <class B, class V, class View>
IOVIEW_INLINE constexpr void put(View view, std::size_t offset, V value) noexcept {
    using Word = typename Wire<V>::Word;
    B::template io_write<Word>(narrow<B, Word>(view, offset),
                               in_order<V, BackendTraits<B>::order>(Wire<V>::encode(value)));
}

// As get and put, with the error of a medium that can fail.
template <class B, class V, class View>
[[nodiscard]] IOVIEW_INLINE constexpr Result<V> try_get(View view, std::size_t offset) noexcept {
    using Word = typename Wire<V>::Word;
    if constexpr (has_try_io_read<B, Word>) {
        auto word = B::template try_io_read<Word>(narrow<B, Word>(view, offset));
        if (!word)
            return fail(word.error());
        return Wire<V>::decode(in_order<V, BackendTraits<B>::order>(*word));
    } else {
        return get<B, V>(view, offset);
    }
}

template <class B, class V, class View>
[[nodiscard]] IOVIEW_INLINE constexpr Result<>
try_put(View view, std::size_t offset, V value) noexcept {
    using Word = typename Wire<V>::Word;
    if constexpr (has_try_io_write<B, Word>) {
        return B::template try_io_write<Word>(
            narrow<B, Word>(view, offset),
            in_order<V, BackendTraits<B>::order>(Wire<V>::encode(value)));
    } else {
        put<B, V>(view, offset, value);
        return {};
    }
}

// What an F makes of a V. Whoever calls updated() checks it there: one line less in the message.
template <class V, class F>
using UpdateOf = Returned<V, std::remove_cvref_t<decltype(declared<F&>()(declared<V&>()))>>;
template <class V, class F>
IOVIEW_INLINE constexpr V updated(F& f, V old) noexcept {
    using R = std::remove_cvref_t<decltype(f(old))>;
    if constexpr (!may_be_returned<V, R>())
        return old;
    else if constexpr (std::is_same_v<R, V> || !std::integral<typename NumberIn<V>::type>)
        return f(old);
    else
        return V(static_cast<typename NumberIn<V>::type>(f(old)));
}

// One read, one call of f, one write; nothing further once an access has failed.
template <class B, class V, class View, class F>
[[nodiscard]] IOVIEW_INLINE constexpr Result<>
try_modify(View view, std::size_t offset, F&& f) noexcept {
    static_assert(UpdateOf<V, F>::ok);
    auto old = try_get<B, V>(view, offset);
    if (!old)
        return fail(old.error());
    return try_put<B, V>(view, offset, updated<V>(f, *old));
}

template <class B, class V, class View, class F>
IOVIEW_INLINE constexpr void modify(View view, std::size_t offset, F&& f) noexcept {
    if constexpr (has_try_io_read<B, typename Wire<V>::Word>)
        static_cast<void>(try_modify<B, V>(view, offset, static_cast<F&&>(f)));
    else {
        static_assert(UpdateOf<V, F>::ok);
        put<B, V>(view, offset, updated<V>(f, get<B, V>(view, offset)));
    }
}

// Where an access of V at offset would go wrong, or Error{} when it would not.
template <class B, class View>
IOVIEW_INLINE constexpr Error
fault_at(View view, std::size_t offset, std::size_t bytes, std::size_t align) noexcept {
    const auto ptr = B::as_ptr(view);
    const std::size_t size = ptr.size_bytes();
    // A view has the least size of its target, so that a constant width needs no look at it.
    const bool is_wide_enough =
        (__builtin_constant_p(bytes) && bytes <= min_size_of<typename View::Target>) ||
        bytes <= size;
    if (!is_wide_enough || offset > size - bytes)
        return Error::out_of_bounds;
    if (!is_aligned(ptr.address + offset, align))
        return Error::misaligned;
    return Error{};
}

[[nodiscard]] IOVIEW_INLINE constexpr Result<> as_result(Error error) noexcept {
    if (failed(error))
        return fail(error);
    return {};
}

// try_get, try_put and try_modify at an offset that nobody has checked.
template <class B, class V, class View>
[[nodiscard]] IOVIEW_INLINE constexpr Result<V> try_get_at(View view, std::size_t offset) noexcept {
    if (auto fault = fault_at<B>(view, offset, sizeof(V), sizeof(V)); failed(fault))
        return fail(fault);
    return try_get<B, V>(view, offset);
}
template <class B, class V, class View>
[[nodiscard]] IOVIEW_INLINE constexpr Result<>
try_put_at(View view, std::size_t offset, V value) noexcept {
    if (auto fault = fault_at<B>(view, offset, sizeof(V), sizeof(V)); failed(fault))
        return fail(fault);
    return try_put<B, V>(view, offset, value);
}
template <class B, class V, class View, class F>
[[nodiscard]] IOVIEW_INLINE constexpr Result<>
try_modify_at(View view, std::size_t offset, F&& f) noexcept {
    if (auto fault = fault_at<B>(view, offset, sizeof(V), sizeof(V)); failed(fault))
        return fail(fault);
    return try_modify<B, V>(view, offset, static_cast<F&&>(f));
}

// An offset that has been refused already: nothing more is said about the access.
struct Refused {};
struct NoOffset {
    Refused value;
};
template <class B, class U, class V>
ViewOf<B, U> narrow(V, Refused, Extent<U>) noexcept;
template <class B, class V, class View>
V get(View, Refused) noexcept;
template <class B, class V, class View>
void put(View, Refused, V) noexcept;
template <class B, class V, class View, class F>
void modify(View, Refused, F&&) noexcept;
template <class B, class V, class View>
[[nodiscard]] Result<V> try_get_at(View, Refused) noexcept;
template <class B, class V, class View>
[[nodiscard]] Result<> try_put_at(View, Refused, V) noexcept;
template <class B, class V, class View, class F>
[[nodiscard]] Result<> try_modify_at(View, Refused, F&&) noexcept;

} // namespace ioview::detail
