// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// FieldOptions: what is said of a field behind its name, a value type and an access kind.
//
//   detail::FieldOptions<Mode, ro>::access == Access::ro

#include <ioview/register/access_kind.hpp>

namespace ioview::detail {

// A class that only looks like an access kind is neither that nor a value type.
template <class T>
inline constexpr bool is_like_access = requires { T::io_access; };

// The type and the access kind in the options of a field, in this order, each optional.
// Type is void for a plain field, whose values are Bounded. The list is checked in field_map.hpp.
template <class... Options>
struct FieldOptions {
    using Type = void;
    static constexpr bool valid = sizeof...(Options) == 0;
    static constexpr bool stated = false;
    static constexpr Access access = Access::read_write;
};

template <class T>
struct FieldOptions<T> {
    using Type = T;
    static constexpr bool valid = !is_like_access<T>;
    static constexpr bool stated = false;
    static constexpr Access access = Access::read_write;
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
    static constexpr bool valid = !is_like_access<T>;
    static constexpr bool stated = true;
    static constexpr Access access = A::io_access;
};

} // namespace ioview::detail
