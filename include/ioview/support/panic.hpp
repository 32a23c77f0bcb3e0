// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// Where a broken precondition ends: one hook for the whole library.
//
//   #define IOVIEW_PANIC(what) my_crash_screen(what)   // the same in every file
//   #include <ioview/ioview.hpp>                       // any ioview header, after it

#include <ioview/config.hpp>

// What panic() does first, with the reason as a text: IOVIEW_PANIC(what), the same in every file.
// It ends in a trap all the same, also where nobody defines this.
#ifndef IOVIEW_PANIC
#define IOVIEW_PANIC(what) __builtin_trap()
#endif

namespace ioview {

// Ends the program: a caller broke a contract, and no access was made. `what` says which, in one
// line that begins with "ioview: ". In constant evaluation reaching it is a compile error, because
// it is not constexpr; the call that the compiler then prints shows the text. A hook that returns
// traps all the same; one that throws terminates.
IOVIEW_INLINE [[noreturn, gnu::cold]] inline void panic(const char* what) noexcept {
    static_cast<void>(what);
    IOVIEW_PANIC(what);
    __builtin_trap();
}

} // namespace ioview
