// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// A call of what std::invoke takes, with one argument or none, without <functional>.
//
//   call(&Packet::length, packet);   // packet.length

#include <concepts>
#include <type_traits>

namespace ioview::detail {

// std::reference_wrapper, told by its members: <functional> costs more than all of this.
template <class W>
concept RefersTo = requires(W& wrapper) {
    typename W::type;
    { wrapper.get() } noexcept -> std::same_as<typename W::type&>;
    requires std::is_convertible_v<W&, typename W::type&>;
};

// The object that a pointer to a member of C is applied to.
template <class C, class Arg>
constexpr decltype(auto) object_of(Arg&& arg) {
    using A = std::remove_cvref_t<Arg>;
    if constexpr (std::is_same_v<C, A> || std::is_base_of_v<C, A>)
        return static_cast<Arg&&>(arg);
    else if constexpr (RefersTo<A>)
        return arg.get();
    else
        return *static_cast<Arg&&>(arg);
}
template <class Member>
struct ClassOf;
template <class M, class C>
struct ClassOf<M C::*> {
    using type = C;
};

// std::invoke for one argument, without <functional>.
template <class F, class Arg>
constexpr decltype(auto) call(F&& f, Arg&& arg) {
    using Function = std::remove_cvref_t<F>;
    if constexpr (std::is_member_object_pointer_v<Function>)
        return (object_of<typename ClassOf<Function>::type>(static_cast<Arg&&>(arg)).*f);
    else if constexpr (std::is_member_function_pointer_v<Function>)
        return (object_of<typename ClassOf<Function>::type>(static_cast<Arg&&>(arg)).*f)();
    else
        return static_cast<F&&>(f)(static_cast<Arg&&>(arg));
}

// `f` of the value of `self`, of nothing when that is void.
template <class F, class Self>
constexpr decltype(auto) call_value(F&& f, Self&& self) {
    if constexpr (std::is_void_v<typename std::remove_cvref_t<Self>::value_type>)
        return static_cast<F&&>(f)();
    else
        return call(static_cast<F&&>(f), *static_cast<Self&&>(self));
}

} // namespace ioview::detail
