// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Included before everything else of an image: a broken contract ends the board, with its text.

extern "C" [[noreturn]] void hardware_panic(const char* what) noexcept;

#define IOVIEW_PANIC(what) ::hardware_panic(what)
