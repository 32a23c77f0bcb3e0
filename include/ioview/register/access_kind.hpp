// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Access kinds: what a read or a write of a bit does, as the manual's access column says it.
//
//   bit(1, overrun, io::w1c)                                      // one field
//   struct Id : io::Register<Id, std::uint32_t, io::fixed<0>, io::ro> { … };   // a whole register

#include <cstdint>

namespace ioview {

// The access kind as a value, for tools: FieldInfo::access.
enum class Access : std::uint8_t { rw, ro, wo, w1c, w1s, w0c, rc, rsvdz, rsvdo };

// clang-format off
struct rw    { static constexpr Access io_access = Access::rw; };    // read and write; the default
struct ro    { static constexpr Access io_access = Access::ro; };    // writes are ignored
struct wo    { static constexpr Access io_access = Access::wo; };    // reads mean nothing
struct w1c   { static constexpr Access io_access = Access::w1c; };   // writing 1 clears; identity 0
struct w1s   { static constexpr Access io_access = Access::w1s; };   // writing 1 sets; identity 0
struct w0c   { static constexpr Access io_access = Access::w0c; };   // writing 0 clears; identity 1
struct rc    { static constexpr Access io_access = Access::rc; };    // reading clears
struct rsvdz { static constexpr Access io_access = Access::rsvdz; }; // reserved, written as zero
struct rsvdo { static constexpr Access io_access = Access::rsvdo; }; // reserved, written as one
// clang-format on

namespace detail {

template <class T>
inline constexpr bool is_access = false;
template <>
inline constexpr bool is_access<rw> = true;
template <>
inline constexpr bool is_access<ro> = true;
template <>
inline constexpr bool is_access<wo> = true;
template <>
inline constexpr bool is_access<w1c> = true;
template <>
inline constexpr bool is_access<w1s> = true;
template <>
inline constexpr bool is_access<w0c> = true;
template <>
inline constexpr bool is_access<rc> = true;
template <>
inline constexpr bool is_access<rsvdz> = true;
template <>
inline constexpr bool is_access<rsvdo> = true;

// The type and the access kind in the options of a field, in this order, each optional.
// Type is void for a plain field, whose values are Bounded. The list is checked in field_map.hpp.
template <class... Options>
struct FieldOptions {
    using Type = void;
    static constexpr bool valid = sizeof...(Options) == 0;
    static constexpr bool stated = false;
    static constexpr Access access = Access::rw;
};

template <class T>
struct FieldOptions<T> {
    using Type = T;
    static constexpr bool valid = true;
    static constexpr bool stated = false;
    static constexpr Access access = Access::rw;
};

template <class A>
    requires is_access<A>
struct FieldOptions<A> {
    using Type = void;
    static constexpr bool valid = true;
    static constexpr bool stated = true;
    static constexpr Access access = A::io_access;
};

template <class T, class A>
    requires is_access<A>
struct FieldOptions<T, A> {
    using Type = T;
    static constexpr bool valid = !is_access<T>;
    static constexpr bool stated = true;
    static constexpr Access access = A::io_access;
};

} // namespace detail
} // namespace ioview
