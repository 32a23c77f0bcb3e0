// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// unlocated: no location, for registers that are only members of register-block structs.
//
//   struct Flags : io::Register<Flags, std::uint32_t> { … };

#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>

namespace ioview {
namespace detail {

struct UnlocatedForm {
    template <bool HasOne>
    struct OnePlace {
        static_assert(HasOne,
                      "ioview: this register has no location; give it one, io::fixed<offset>, or "
                      "use it as a member of a register-block struct");
        static constexpr bool ok = true;
    };
    template <class R>
    using Locator = NoElements<R>;
};

} // namespace detail

struct unlocated : detail::LocationNames<detail::UnlocatedForm, void, void> {
    static constexpr detail::Place io_place{};
};

} // namespace ioview
