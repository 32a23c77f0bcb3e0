// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// What may be copied as bytes: to and from values, and between two typed sides.
//
//   static_assert(is_returnable<Descriptor>);

#include <ioview/concepts.hpp>
#include <ioview/region.hpp>

#include <bit>
#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// What copy_read() returns and copy_write() takes: values that a function can return. No concepts,
// whose reasons compilers would repeat for each overload.
template <class T>
inline constexpr bool is_one_value = !std::is_array_v<T> && !is_region<T>;
template <class T>
inline constexpr bool is_returnable = is_one_value<T> && is_from_bytes<std::remove_const_t<T>>();
template <class T>
inline constexpr bool is_givable = is_one_value<T> && is_into_bytes<std::remove_const_t<T>>();

// Copies swap nothing: a number without an order of its own then has to have this CPU's on the
// medium too.
template <class B, class T>
inline constexpr bool keeps_order =
    bytes_of<T>().bring_order ||
    (BackendTraits<B>::order == std::endian::native && !BackendTraits<B>::mixed_order);

// Two typed sides whose numbers would have one order here and another there.
template <class T>
consteval bool brings_order() noexcept {
    if constexpr (is_plain_data<T>())
        return bytes_of<T>().bring_order;
    else
        return true;
}
template <class From, class To, class A = typename From::Backend, class B = typename To::Backend>
inline constexpr bool have_one_order =
    (BackendTraits<A>::order == BackendTraits<B>::order &&
     BackendTraits<A>::mixed_order == BackendTraits<B>::mixed_order) ||
    brings_order<typename From::Target>() || brings_order<typename To::Target>();
template <bool HaveOneOrder>
struct CheckedOrders {
    static_assert(HaveOneOrder,
                  "ioview: the two sides have different byte orders, and copies swap nothing; "
                  "declare the members le or be, or copy bytes()");
    static constexpr bool ok = true;
};

template <class T>
concept ByteTarget = (is_slice<T> || is_array<T>)&&sizeof(ElementOf<T>) == 1 && is_plain_data<T>();

template <class T>
struct ByteBuffer {
    std::byte bytes[sizeof(T)];
};

} // namespace ioview::detail
