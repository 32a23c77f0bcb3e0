// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// What an expected may be made of.
//
//   static_assert(Payload<int> && !Payload<int&>);

#include <ioview/support/expected_slot.hpp>
#include <ioview/support/unexpected.hpp>

#include <type_traits>

namespace ioview::detail {

// Anything of `W` fits into `T`: then a converting constructor would have two ways to go.
template <class T, class W>
concept FitsWhole =
    __is_constructible(T, W&) || __is_constructible(T, W) || __is_constructible(T, const W&) ||
    __is_constructible(T, const W) || std::is_convertible_v<W&, T> || std::is_convertible_v<W, T> ||
    std::is_convertible_v<const W&, T> || std::is_convertible_v<const W, T>;

template <class E, class W>
concept FitsError =
    __is_constructible(unexpected<E>, W&) || __is_constructible(unexpected<E>, W) ||
    __is_constructible(unexpected<E>, const W&) || __is_constructible(unexpected<E>, const W);

// `expected<T, E>` can be made of an `expected` of another kind whose value and error are seen as
// `U` and `G`.
template <class T, class E, class U, class G, class W>
concept ConvertsFrom = __is_constructible(T, U) && __is_constructible(E, G) && !FitsError<E, W> &&
                       (std::is_same_v<std::remove_cv_t<T>, bool> || !FitsWhole<T, W>);

// `U` is to become the value of `expected<T, E>`, and is no expected, unexpected or tag itself.
template <class X, class T, class U>
concept ValueFor =
    __is_constructible(T, U) && !InPlaceTag<std::remove_cvref_t<U>> &&
    !std::is_same_v<std::remove_cvref_t<U>, X> &&
    !std::is_same_v<std::remove_cvref_t<U>, unexpect_t> && !is_unexpected<std::remove_cvref_t<U>> &&
    (!std::is_same_v<std::remove_cv_t<T>, bool> || !is_expected<std::remove_cvref_t<U>>);

// What a value can be: an object, and no array, tag or `unexpected`. The library is asked about the
// few that are neither class nor enumeration.
template <class T>
inline constexpr bool is_reserved = is_unexpected<T> || InPlaceTag<T>;
template <>
inline constexpr bool is_reserved<unexpect_t> = true;

template <class T>
concept Payload =
    (is_compound<T> || __is_enum(T) || (std::is_object_v<T> && !std::is_array_v<T>)) &&
    !is_reserved<std::remove_cv_t<T>>;

// The same where it is asserted: compilers say in one line that it is false.
template <class T>
inline constexpr bool is_payload = Payload<T>;

} // namespace ioview::detail
