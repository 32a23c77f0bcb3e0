// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Integers whose stored byte order is part of their type: `le<T>` and `be<T>`.
//
//   struct Descriptor { io::le<std::uint64_t> address; io::be<std::uint16_t> tag; };
//   descriptor.tag = 0x0102;              // bytes 01 02 on every machine
//   std::uint16_t tag = descriptor.tag;   // 0x0102 on every machine

#include <ioview/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
namespace detail {

// The bytes of an unsigned integer of 8 to 64 bits in reverse order.
template <class U>
[[nodiscard]] IOVIEW_INLINE constexpr U byteswap(U value) noexcept {
    static_assert(std::is_unsigned_v<U> && sizeof(U) <= 8,
                  "ioview: only unsigned integers are swapped");
    if constexpr (sizeof(U) == 1)
        return value;
    else if constexpr (sizeof(U) == 2)
        return static_cast<U>(__builtin_bswap16(value));
    else if constexpr (sizeof(U) == 4)
        return static_cast<U>(__builtin_bswap32(value));
    else
        return static_cast<U>(__builtin_bswap64(value));
}

// The unsigned integer of so many bytes; a byte for sizes that have none, so that one message
// remains.
template <std::size_t Bytes>
struct StoredWord {
    using type = std::uint8_t;
};
template <>
struct StoredWord<2> {
    using type = std::uint16_t;
};
template <>
struct StoredWord<4> {
    using type = std::uint32_t;
};
template <>
struct StoredWord<8> {
    using type = std::uint64_t;
};

// An enumeration whose underlying type is fixed: exactly those can be made of an integer by braces.
template <class T>
concept FixedEnum = std::is_enum_v<T> && requires { T{std::underlying_type_t<T>{}}; };

template <class T>
inline constexpr bool has_byte_order =
    std::is_same_v<T, std::remove_cv_t<T>> && !std::is_same_v<T, bool> && sizeof(T) <= 8 &&
    (std::is_integral_v<T> || FixedEnum<T>);

// What `le` and `be` share. `Self` is one of them. They have constructors of their own, because
// an inherited one is always inlined, too, but to g++ 14 not in general registers alone.
template <class Self, class T, std::endian Order>
class StoredIn {
    static_assert(
        has_byte_order<T>,
        "ioview: le/be hold an integer of 8 to 64 bits or an enumeration with a fixed underlying "
        "type; store the unsigned integer of that size instead and convert where it is used");

public:
    using value_type = T;
    using stored_type = typename StoredWord<sizeof(T)>::type; // unsigned, as wide as `T`

    static constexpr std::endian order = Order;

    StoredIn() = default;
    IOVIEW_INLINE constexpr StoredIn(T value) noexcept
        : stored_(swapped(static_cast<stored_type>(value))) {}

    // The number, in the order of this machine.
    [[nodiscard]] IOVIEW_INLINE constexpr T value() const noexcept {
        return static_cast<T>(swapped(stored_));
    }
    IOVIEW_INLINE constexpr operator T() const noexcept { return value(); }

    // The bits as memory holds them, read as an integer of this machine: for backends and
    // checksums.
    [[nodiscard]] IOVIEW_INLINE constexpr stored_type stored() const noexcept { return stored_; }
    [[nodiscard]] static constexpr Self from_stored(stored_type stored) noexcept {
        return Self(static_cast<T>(swapped(stored)));
    }

private:
    IOVIEW_INLINE static constexpr stored_type swapped(stored_type word) noexcept {
        if constexpr (Order == std::endian::native)
            return word;
        else
            return byteswap(word);
    }

    alignas(T) stored_type stored_;
};

} // namespace detail

// A `T` stored least significant byte first: PCI, USB, NVMe, virtio and most devices of today.
//
// It has the size and alignment of `T`, is trivial and of standard layout, and every bit pattern is
// a valid one; without an initialiser it is as indeterminate as a `T`. Conversions from and to `T`
// are implicit because they preserve the value on every machine; only the stored bits are another
// matter, and those have names: `stored()` and `from_stored()`. Comparison (==, <=>) and arithmetic
// are those of `T`, by that conversion; operators of our own would be ambiguous with the built-in
// ones.
template <class T>
class le : public detail::StoredIn<le<T>, T, std::endian::little> {
public:
    le() = default;
    IOVIEW_INLINE constexpr le(T value) noexcept
        : detail::StoredIn<le<T>, T, std::endian::little>(value) {}
};

// A `T` stored most significant byte first: network headers, flattened device trees, many older
// buses. Otherwise as `le`.
template <class T>
class be : public detail::StoredIn<be<T>, T, std::endian::big> {
public:
    be() = default;
    IOVIEW_INLINE constexpr be(T value) noexcept
        : detail::StoredIn<be<T>, T, std::endian::big>(value) {}
};

} // namespace ioview
