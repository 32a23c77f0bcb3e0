// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/region.hpp>
// Part of <ioview/region.hpp>, which is the one to include.
#pragma once
// Integers of any type, __int128 included, and whether one fits into so many bits: the one question
// behind every index, offset, count, field and value that is given to ioview.
//
//   detail::value_fits<4>(false, 16);                  // no
//   detail::value_fits<16>(true, __int128{1} << 64);   // no

#include <ioview/config.hpp>

#include <concepts>
#include <type_traits>

namespace ioview {

template <class T, unsigned N>
class Bounded;

namespace detail {

// Wider than any integer type of the standard; std::integral only without -std=c++20's strictness.
#if defined(__SIZEOF_INT128__)
__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;
#else
using Int128 = long long;
using UInt128 = unsigned long long;
#endif

template <class T>
concept Integer = std::integral<T> || std::same_as<T, Int128> || std::same_as<T, UInt128>;

template <class T>
inline constexpr bool is_signed = std::is_signed_v<T> || std::is_same_v<T, Int128>;

// Bits that hold every value of T, the sign included.
template <class T>
inline constexpr unsigned bits_of = std::is_same_v<T, bool> ? 1 : 8 * sizeof(T);

// Whether every value of From (FromBits wide) is a value of To (ToBits wide).
template <class To, unsigned ToBits, class From, unsigned FromBits = bits_of<From>>
inline constexpr bool never_loses =
    is_signed<To> == is_signed<From> ? FromBits <= ToBits : is_signed<To> && FromBits < ToBits;

template <class T>
inline constexpr bool is_bounded = false;
template <class T, unsigned N>
inline constexpr bool is_bounded<Bounded<T, N>> = true;

// value as an N-bit integer, in two's complement where that is signed.
template <unsigned N, Integer V>
IOVIEW_INLINE constexpr bool value_fits(bool as_signed, V value) noexcept {
    constexpr unsigned bits = bits_of<V>;
    if constexpr (is_signed<V>) {
        // all bits from the sign bit on are ones
        if (value < 0)
            return as_signed && (N >= bits || (value >> (N < bits ? N - 1 : 0)) == -1);
    }
    const unsigned magnitude = as_signed ? N - 1 : N;
    return magnitude >= bits || (value >> magnitude) == 0;
}

// Conditions of the attributes below, which clang 14 asks of every type that a constructor is tried
// with, before its constraints.
template <unsigned N, class V>
constexpr bool constant_is_lost(bool as_signed, const V& value) noexcept {
    if constexpr (Integer<V>)
        return !value_fits<N>(as_signed, value);
    else
        return false;
}
template <class V>
constexpr bool constant_is_negative(bool as_signed, const V& value) noexcept {
    if constexpr (Integer<V> && is_signed<V>)
        return !as_signed && value < 0;
    else
        return false;
}
template <unsigned N, class V>
constexpr bool constant_is_lost_either_way(const V& value) noexcept {
    return constant_is_lost<N>(true, value) && constant_is_lost<N>(false, value);
}

// clang looks at the constants of a call itself.
#if defined(__clang__)
#define IOVIEW_REFUSE_CONSTANT(condition, message)                                                 \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"")          \
        __attribute__((diagnose_if(condition, message, "error"))) _Pragma("clang diagnostic pop")
#else
#define IOVIEW_REFUSE_CONSTANT(condition, message)
#endif
// The same by the name of what g++ calls, which is the message there.
#define IOVIEW_REFUSE_AS(name, condition) IOVIEW_REFUSE_CONSTANT(condition, #name)
} // namespace detail
} // namespace ioview
