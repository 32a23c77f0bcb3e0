// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// How a register keeps its bits: an unsigned integer as it is, or in a stated byte order.
//
//   detail::load_bits(be<std::uint16_t>(0x0102)) == 0x0102

#include <ioview/config.hpp>
#include <ioview/endian.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// The functions here are shared by all registers, so that a setter costs the compiler one function
// of its own.
template <class T>
struct StoredBits {
    using Native = T;
};
template <class T>
struct StoredBits<le<T>> : StoredBits<T> {};
template <class T>
struct StoredBits<be<T>> : StoredBits<T> {};

// The first byte in memory is the most significant one.
template <class T>
inline constexpr bool is_big = false;
template <class T>
inline constexpr bool is_big<be<T>> = true;

template <class T>
struct CheckedStorage {
    using Native = typename StoredBits<T>::Native;
    static_assert(std::same_as<Native, std::uint8_t> || std::same_as<Native, std::uint16_t> ||
                      std::same_as<Native, std::uint32_t> || std::same_as<Native, std::uint64_t>,
                  "ioview: the storage of a register is std::uint8_t to std::uint64_t, or le<> or "
                  "be<> of these");
    static constexpr bool ok = true;
};

template <class T>
IOVIEW_INLINE constexpr typename StoredBits<T>::Native load_bits(T stored) noexcept {
    if constexpr (std::is_integral_v<T>)
        return stored;
    else
        return stored.value();
}

} // namespace ioview::detail
