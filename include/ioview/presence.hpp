// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Telling a device that has gone from a value: a read that nothing answers gives all ones, without
// an error, on PCI Express and on most other buses.
//
//   auto status = io::check_present(bar.read32(0x1c));   // no_device when all bits are ones
//   if (!status) return io::fail(status.error());
//
// All ones may be legal: of a counter, of a mask, of a data port. So nothing here is done unasked.
// A register that never holds them says so, and every poll of it ends with no_device:
//
//   struct Csts : io::Register<Csts, std::uint32_t, io::fixed<0x1c>, io::ro> {
//       static constexpr bool never_all_ones = true;
//       IO_FIELDS(bit(0, ready), bit(1, fatal));
//   };

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/wire.hpp>

namespace ioview {
// All bits of the value are ones: of an integer, enumeration, le<>, be<> or register. In Linux:
// PCI_POSSIBLE_ERROR.
template <detail::OneAccess T>
[[nodiscard]] IOVIEW_INLINE constexpr bool is_gone(T value) noexcept {
    using Wire = detail::Wire<T>;
    return Wire::encode(value) == static_cast<typename Wire::Word>(~typename Wire::Word{0});
}
bool is_gone(bool) = delete; // ioview: a flag may well be one; look at its register

// The value, or no_device when all its bits are ones. Of what can fail, its error is passed on.
template <detail::OneAccess T>
[[nodiscard]] IOVIEW_INLINE constexpr Result<T> check_present(T value) noexcept {
    if (is_gone(value)) [[unlikely]]
        return fail(Error::no_device);
    return value;
}
template <detail::OneAccess T>
[[nodiscard]] IOVIEW_INLINE constexpr Result<T> check_present(const Result<T>& read) noexcept {
    return read ? check_present(*read) : read;
}
void check_present(bool) =
    delete; // ioview: a flag says nothing of its device; look at its register

namespace detail {

// All ones of what says of itself that it never holds them.
template <class T>
IOVIEW_INLINE constexpr bool has_gone(const T& value) noexcept {
    if constexpr (requires { requires T::never_all_ones; })
        return is_gone(value);
    else
        return false;
}

} // namespace detail
} // namespace ioview
