// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/concepts.hpp>
// Part of <ioview/concepts.hpp>, which is the one to include.
#pragma once
// How a value travels in one access: the word of its size, and whose byte order it has.
//
//   static_assert(std::is_same_v<Wire<be<std::int16_t>>::Word, std::uint16_t>);

#include <ioview/config.hpp>
#include <ioview/endian.hpp>
#include <ioview/fwd.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

enum class WireOrder : std::uint8_t { backend, little, big };

// Left undefined for what is not one access wide.
template <class V>
struct Wire;

template <class V>
    requires requires { typename Wire<V>::Word; }
struct Wire<const V> : Wire<V> {};

// Integers and enumerations: their own bits.
template <class V>
struct PlainWire {
    using Word = typename StoredWord<sizeof(V)>::type;
    static constexpr WireOrder order = WireOrder::backend;
    IOVIEW_INLINE static constexpr Word encode(V value) noexcept {
        return static_cast<Word>(value);
    }
    IOVIEW_INLINE static constexpr V decode(Word word) noexcept { return static_cast<V>(word); }
};

// One by one, all but bool, and no constraint: g++ 12 now and then (one file in some hundred) takes
// a satisfied one for none here, and no type is asked more often.
// clang-format off
template <> struct Wire<char> : PlainWire<char> {};
template <> struct Wire<signed char> : PlainWire<signed char> {};
template <> struct Wire<unsigned char> : PlainWire<unsigned char> {};
template <> struct Wire<char8_t> : PlainWire<char8_t> {};
template <> struct Wire<char16_t> : PlainWire<char16_t> {};
template <> struct Wire<char32_t> : PlainWire<char32_t> {};
template <> struct Wire<wchar_t> : PlainWire<wchar_t> {};
template <> struct Wire<short> : PlainWire<short> {};
template <> struct Wire<unsigned short> : PlainWire<unsigned short> {};
template <> struct Wire<int> : PlainWire<int> {};
template <> struct Wire<unsigned> : PlainWire<unsigned> {};
template <> struct Wire<long> : PlainWire<long> {};
template <> struct Wire<unsigned long> : PlainWire<unsigned long> {};
template <> struct Wire<long long> : PlainWire<long long> {};
template <> struct Wire<unsigned long long> : PlainWire<unsigned long long> {};
// clang-format on

template <class V>
    requires(FixedEnum<V> && !std::same_as<std::underlying_type_t<V>, bool>)
struct Wire<V> : PlainWire<V> {};

template <class V>
struct Wire<le<V>> {
    using Word = typename StoredWord<sizeof(V)>::type;
    static constexpr WireOrder order = WireOrder::little;
    IOVIEW_INLINE static constexpr Word encode(le<V> value) noexcept {
        return static_cast<Word>(value.value());
    }
    IOVIEW_INLINE static constexpr le<V> decode(Word word) noexcept {
        return le<V>{static_cast<V>(word)};
    }
};

template <class V>
struct Wire<be<V>> {
    using Word = typename StoredWord<sizeof(V)>::type;
    static constexpr WireOrder order = WireOrder::big;
    IOVIEW_INLINE static constexpr Word encode(be<V> value) noexcept {
        return static_cast<Word>(value.value());
    }
    IOVIEW_INLINE static constexpr be<V> decode(Word word) noexcept {
        return be<V>{static_cast<V>(word)};
    }
};

// Types of stated.hpp: one access of its own, and two of half the width.
template <class T>
inline constexpr bool is_single = false;
template <class T>
inline constexpr bool is_single<single<T>> = true;
template <class T>
inline constexpr bool is_split = false;
template <class T>
inline constexpr bool is_split<lo_hi<T>> = true;
template <class T>
inline constexpr bool is_split<hi_lo<T>> = true;

// Register types (register.hpp) travel as what they are stored as.
template <class R>
    requires requires { typename R::IsIoRegister; }
struct Wire<R> {
    using Stored = Wire<typename R::StoredAs>;
    using Word = typename Stored::Word;
    static constexpr WireOrder order = Stored::order;
    IOVIEW_INLINE static constexpr Word encode(R value) noexcept {
        return static_cast<Word>(value.R::Register::raw());
    }
    IOVIEW_INLINE static constexpr R decode(Word word) noexcept {
        return R::Register::from_raw(word);
    }
};

template <class V>
concept OneAccess = requires { typename Wire<std::remove_const_t<V>>::Word; };

// A word as a backend of byte order Medium has it, from or to its number.
template <class V, std::endian Medium, class W>
IOVIEW_INLINE constexpr W in_order(W word) noexcept {
    constexpr auto order = Wire<V>::order;
    constexpr bool swapped = (order == WireOrder::little && Medium == std::endian::big) ||
                             (order == WireOrder::big && Medium == std::endian::little);
    if constexpr (swapped && sizeof(W) > 1)
        return byteswap(word);
    else
        return word;
}

} // namespace ioview::detail
