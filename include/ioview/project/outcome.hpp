// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// A result on its way to who asked for it, as project/notice.hpp spells it.
//
//   (outcome(io.read()) ->* "member")

#include <ioview/config.hpp>

namespace ioview::detail {

template <class T>
struct Outcome {
    T result;
    [[nodiscard]] IOVIEW_INLINE constexpr T operator->*(const char*) && noexcept {
        return static_cast<T&&>(result);
    }
};
template <class T>
IOVIEW_INLINE constexpr Outcome<T> outcome(T&& result) noexcept {
    return {static_cast<T&&>(result)};
}

} // namespace ioview::detail
