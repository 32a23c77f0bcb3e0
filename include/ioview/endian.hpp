// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Integers whose stored byte order is part of their type: `le<T>` and `be<T>`.
//
//   struct Descriptor { io::le<std::uint64_t> address; io::be<std::uint16_t> tag; };
//   descriptor.tag = 0x0102;              // bytes 01 02 on every machine
//   std::uint16_t tag = descriptor.tag;   // 0x0102 on every machine

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
namespace detail {

// The bytes of an unsigned integer of 8 to 64 bits in reverse order.
template <class U>
[[nodiscard]] constexpr U byteswap(U value) noexcept {
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

} // namespace detail

// A `T` stored in byte order `Order`. It has the size and alignment of `T`, is trivially copyable
// and of standard layout, and every bit pattern is a valid one. `le<T>` and `be<T>` below are what
// programs name.
//
// Conversions from and to `T` are implicit because they preserve the value, whatever the machine;
// only the stored bits are another matter, and those have names: `stored()` and `from_stored()`.
// Comparison (==, <=>) and arithmetic are those of `T`, by that conversion; operators of our own
// would be ambiguous with the built-in ones.
template <class T, std::endian Order>
class Endian {
    static_assert(
        detail::has_byte_order<T>,
        "ioview: le/be hold an integer of 8 to 64 bits or an enumeration with a fixed underlying type; "
        "store the unsigned integer of that size instead and convert where it is used");

public:
    using value_type = T;
    using stored_type = typename detail::StoredWord<sizeof(T)>::type; // unsigned, as wide as `T`

    static constexpr std::endian order = Order;

    Endian() = default; // as for `T`: zero with braces, indeterminate without
    constexpr Endian(T value) noexcept : stored_(swapped(static_cast<stored_type>(value))) {}

    // The number in the order of this machine.
    [[nodiscard]] constexpr T value() const noexcept { return static_cast<T>(swapped(stored_)); }
    constexpr operator T() const noexcept { return value(); }

    // The bits as memory holds them, read as an integer of this machine. For backends and
    // checksums.
    [[nodiscard]] constexpr stored_type stored() const noexcept { return stored_; }
    [[nodiscard]] static constexpr Endian from_stored(stored_type stored) noexcept {
        Endian made{};
        made.stored_ = stored;
        return made;
    }

private:
    static constexpr stored_type swapped(stored_type word) noexcept {
        if constexpr (Order == std::endian::native)
            return word;
        else
            return detail::byteswap(word);
    }

    // A 64-bit integer inside a struct is aligned to 4 on some 32-bit ABIs: `alignof` reports just
    // that.
    alignas(T) stored_type stored_;
};

// Least significant byte first: PCI, USB, NVMe, virtio and most devices of today.
template <class T>
using le = Endian<T, std::endian::little>;

// Most significant byte first: network headers, flattened device trees, many older buses.
template <class T>
using be = Endian<T, std::endian::big>;

namespace detail {
template <class T>
inline constexpr bool is_endian = false;
template <class T, std::endian Order>
inline constexpr bool is_endian<Endian<T, Order>> = true;
} // namespace detail

} // namespace ioview
