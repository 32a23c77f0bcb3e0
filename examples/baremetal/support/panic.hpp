// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Included by the compiler before everything else (-include), so that all files agree: a broken
// contract of ioview, an index out of range say, ends the board with its text.

extern "C" [[noreturn]] void board_panic(const char* what) noexcept;

#define IOVIEW_PANIC(what) ::board_panic(what)
