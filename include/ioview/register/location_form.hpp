// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// What the forms of locations share. A form is a file: what a register is declared with, where it
// is as a value, what is said of an access that names no element or base, and what names one.
//
//   struct array : detail::LocationNames<detail::ArrayForm, void, Block> { … };

#include <ioview/config.hpp>
#include <ioview/register/place_checks.hpp>

#include <concepts>
#include <cstddef>

namespace ioview::detail {

// Shared by all locations of one form, family and block: g++ walks a list of all aliases of void.
template <class FormType, class Family, class BlockType>
struct LocationNames {
    using Form = FormType;
    using IoFamily = Family;
    using IoBlock = BlockType;
    static constexpr bool io_is_alias = false;
};
template <class BlockType>
struct InBlock {
    using Block = BlockType;
};

template <class R>
using LocationOf = typename R::Register::Location;
template <class R>
inline constexpr Place place_of_register = LocationOf<R>::io_place;

// Bytes from the first register of an array to the end of the last.
template <class R>
inline constexpr std::size_t extent_of = place_of_register<R>.extent(sizeof(R));

struct NoIndex {
    template <class I>
    NoIndex(I value) IOVIEW_REFUSED_OF(
        value, "ioview: only a register array has at(); a relative one after of<Base>()");
};

template <class R, class Base>
struct BasedAt;

// What at(), try_at() and of() of a register return, and each of its places that its type alone
// tells. Of a form without elements.
template <class R>
struct NoElements {
    static constexpr bool is_array = false;
    using Element = NoIndex;
    using Index = NoIndex;
    template <std::integral I>
    static constexpr NoIndex* try_at(I) noexcept {
        return nullptr;
    }
    template <class Base>
    using Of = BasedAt<R, Base>;
    template <class F>
    static constexpr void for_each(const F&) {}
};

// A class, so that it is looked at where it is used: R is incomplete until then.
template <class R>
struct Locator : LocationOf<R>::Form::template Locator<R> {};

} // namespace ioview::detail
