// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// A result on its way to who asked for it, as project/notice.hpp spells it.
//
//   (outcome(io.read()) ->* "member")

#include <ioview/config.hpp>

// g++ 14 takes a view for a reference, and this for a function that returns one to its temporary,
// in `for (auto element : IO_PROJECT(block, many))`.
#if __has_cpp_attribute(gnu::no_dangling)
#define IOVIEW_NO_DANGLING [[gnu::no_dangling]]
#else
#define IOVIEW_NO_DANGLING
#endif

namespace ioview::detail {

template <class T>
struct Outcome {
    T result;
    IOVIEW_NO_DANGLING [[nodiscard]] IOVIEW_INLINE constexpr T
    operator->*(const char*) && noexcept {
        return static_cast<T&&>(result);
    }
};
template <class T>
IOVIEW_INLINE constexpr Outcome<T> outcome(T&& result) noexcept {
    return {static_cast<T&&>(result)};
}

} // namespace ioview::detail
