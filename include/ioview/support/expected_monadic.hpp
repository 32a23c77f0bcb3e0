// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// and_then, or_else, transform and transform_error: a body each, for an expected of a value and of
// none, and a macro of the four members that call it.
//
//   return read(device).and_then(decode).transform(&Packet::length);

#include <ioview/support/call.hpp>
#include <ioview/support/expected_slot.hpp>
#include <ioview/support/unexpected.hpp>

#include <type_traits>

namespace ioview::detail {

// What transform(f) holds. A pointer to a data member gives a reference, which is copied out: no
// caller means it to be held.
template <class F, class R>
using Transformed = std::conditional_t<std::is_member_object_pointer_v<std::remove_cvref_t<F>>,
                                       std::remove_cvref_t<R>,
                                       std::remove_cv_t<R>>;

// The four monadic operations on an `expected` of any value category, one body each.
template <class Self, class F>
constexpr auto and_then(Self&& self, F&& f) {
    using Next =
        std::remove_cvref_t<decltype(call_value(static_cast<F&&>(f), static_cast<Self&&>(self)))>;
    static_assert(is_expected<Next>, "ioview: the function given to and_then must return a Result");
    if (self.has_value())
        return Next(call_value(static_cast<F&&>(f), static_cast<Self&&>(self)));
    return Next(unexpect, static_cast<Self&&>(self).error());
}

template <class Self, class F>
constexpr auto or_else(Self&& self, F&& f) {
    using Next =
        std::remove_cvref_t<decltype(call(static_cast<F&&>(f), static_cast<Self&&>(self).error()))>;
    static_assert(is_expected<Next>, "ioview: the function given to or_else must return a Result");
    if (!self.has_value())
        return Next(call(static_cast<F&&>(f), static_cast<Self&&>(self).error()));
    if constexpr (std::is_void_v<typename Next::value_type>)
        return Next();
    else
        return Next(in_place_value, *static_cast<Self&&>(self));
}

template <class Self, class F>
constexpr auto transform(Self&& self, F&& f) {
    using E = typename std::remove_cvref_t<Self>::error_type;
    using U = Transformed<F, decltype(call_value(static_cast<F&&>(f), static_cast<Self&&>(self)))>;
    using Next = expected<U, E>;
    if (!self.has_value())
        return Next(unexpect, static_cast<Self&&>(self).error());
    if constexpr (std::is_void_v<U>) {
        call_value(static_cast<F&&>(f), static_cast<Self&&>(self));
        return Next();
    } else {
        return Next(in_place_call, [&]() -> U {
            return call_value(static_cast<F&&>(f), static_cast<Self&&>(self));
        });
    }
}

template <class Self, class F>
constexpr auto transform_error(Self&& self, F&& f) {
    using T = typename std::remove_cvref_t<Self>::value_type;
    using G =
        Transformed<F, decltype(call(static_cast<F&&>(f), static_cast<Self&&>(self).error()))>;
    using Next = expected<T, G>;
    if (!self.has_value())
        return Next(unexpect_call, [&]() -> G {
            return call(static_cast<F&&>(f), static_cast<Self&&>(self).error());
        });
    if constexpr (std::is_void_v<T>)
        return Next();
    else
        return Next(in_place_value, *static_cast<Self&&>(self));
}

} // namespace ioview::detail

// The member of an expected of any value category.
#define IOVIEW_DETAIL_MONADIC(name)                                                                \
    template <class F>                                                                             \
    constexpr auto name(F&& f)& {                                                                  \
        return detail::name(*this, static_cast<F&&>(f));                                           \
    }                                                                                              \
    template <class F>                                                                             \
    constexpr auto name(F&& f) const& {                                                            \
        return detail::name(*this, static_cast<F&&>(f));                                           \
    }                                                                                              \
    template <class F>                                                                             \
    constexpr auto name(F&& f)&& {                                                                 \
        return detail::name(static_cast<expected&&>(*this), static_cast<F&&>(f));                  \
    }                                                                                              \
    template <class F>                                                                             \
    constexpr auto name(F&& f) const&& {                                                           \
        return detail::name(static_cast<const expected&&>(*this), static_cast<F&&>(f));            \
    }
