// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What panics, as text. The hook is a macro, so a file that includes this, before anything else,
// looks at a copy of the library under another name, which all such files share; with other macros
// of configuration it says `#define ioview …` before.
//
//   CHECK(panic_of([&] { view.at(8); }) == "ioview: …");

#ifndef ioview
#define ioview ioview_with_a_hook
#endif
#define IOVIEW_PANIC(what) ::panic_hook(what)

#include <csetjmp>
#include <string>

inline std::jmp_buf panic_escape;
inline const char* panicked_with = nullptr;

[[noreturn]] inline void panic_hook(const char* what) {
    panicked_with = what;
    std::longjmp(panic_escape, 1);
}

// Out of line: what it keeps in registers is none of the function that is jumped back to.
template <class Body>
[[gnu::noinline]] void run_until_panic(const Body& body) {
    body();
}

// What body panics with, empty when it does not.
template <class Body>
std::string panic_of(const Body& body) {
    panicked_with = "";
    if (setjmp(panic_escape) == 0)
        run_until_panic(body);
    return panicked_with;
}
