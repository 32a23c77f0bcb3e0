// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// What an expected may be made of.
//
//   static_assert(is_payload<int> && !is_payload<int&>);

#include <ioview/support/expected_slot.hpp>
#include <ioview/support/unexpected.hpp>

#include <type_traits>
#include <utility>

namespace ioview::detail {

// Anything of `W` fits into `T`: then a converting constructor would have two ways to go.
template <class T, class W>
concept FitsWhole = std::is_constructible_v<T, W&> || std::is_constructible_v<T, W> ||
                    std::is_constructible_v<T, const W&> || std::is_constructible_v<T, const W> ||
                    std::is_convertible_v<W&, T> || std::is_convertible_v<W, T> ||
                    std::is_convertible_v<const W&, T> || std::is_convertible_v<const W, T>;

template <class E, class W>
concept FitsError =
    std::is_constructible_v<unexpected<E>, W&> || std::is_constructible_v<unexpected<E>, W> ||
    std::is_constructible_v<unexpected<E>, const W&> ||
    std::is_constructible_v<unexpected<E>, const W>;

// `expected<T, E>` can be made of an `expected` of another kind whose value and error are seen as
// `U` and `G`.
template <class T, class E, class U, class G, class W>
concept ConvertsFrom =
    std::is_constructible_v<T, U> && std::is_constructible_v<E, G> && !FitsError<E, W> &&
    (std::is_same_v<std::remove_cv_t<T>, bool> || !FitsWhole<T, W>);

// `U` is to become the value of `expected<T, E>`, and is no expected, unexpected or tag itself.
template <class X, class T, class U>
concept ValueFor =
    std::is_constructible_v<T, U> && !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
    !std::is_same_v<std::remove_cvref_t<U>, X> &&
    !std::is_same_v<std::remove_cvref_t<U>, unexpect_t> && !is_unexpected<std::remove_cvref_t<U>> &&
    (!std::is_same_v<std::remove_cv_t<T>, bool> || !is_expected<std::remove_cvref_t<U>>);

// What a value can be: an object, and no array, tag or `unexpected`.
template <class T>
inline constexpr bool is_payload =
    std::is_object_v<T> && !std::is_array_v<T> && !is_unexpected<std::remove_cv_t<T>> &&
    !std::is_same_v<std::remove_cv_t<T>, std::in_place_t> &&
    !std::is_same_v<std::remove_cv_t<T>, unexpect_t>;

} // namespace ioview::detail
