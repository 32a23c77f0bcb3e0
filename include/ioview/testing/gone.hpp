// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing.hpp>
// Part of <ioview/testing.hpp>, which is the one to include.
#pragma once
// What a medium says of a device that is gone, for the doubles that pull devices out.
//
//   static constexpr Error error_when_gone = Error{};   // in a backend that can fail, of other
//   things

#include <ioview/error.hpp>
#include <ioview/io/backend_traits.hpp>

namespace ioview::testing {

template <class B>
inline constexpr bool can_fail =
    (detail::BackendTraits<B>::try_read_widths | detail::BackendTraits<B>::try_write_widths) != 0 ||
    detail::BackendTraits<B>::has_try_copy_from_io || detail::BackendTraits<B>::has_try_copy_to_io;

// The constant of that name, where B has it; else no_device where B can fail. Error{} is no error:
// a CPU's load from where nothing answers any more is all ones, and nothing tells.
template <class B>
constexpr Error error_when_gone() noexcept {
    if constexpr (requires { B::error_when_gone; })
        return B::error_when_gone;
    else
        return can_fail<B> ? Error::no_device : Error{};
}

} // namespace ioview::testing
