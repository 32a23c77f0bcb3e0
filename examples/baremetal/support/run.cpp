// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Between the start-up code and the program: how it begins, and the three ways in which it ends.
#include "board.hpp"

// By link.ld: the constructors of global objects that the compiler could not do away with.
using Constructor = void (*)();
extern "C" const Constructor init_array_start[];
extern "C" const Constructor init_array_end[];

// [run]
// By start.S, on a stack, with zeroed memory.
extern "C" [[noreturn]] void run() noexcept {
    for (const Constructor* each = init_array_start; each != init_array_end; ++each)
        (*each)();
    board::leave(main());
}
// [/run]

// By ioview, for a contract that the program has broken.
extern "C" [[noreturn]] void board_panic(const char* what) noexcept {
    board::text("\npanic: ");
    board::text(what);
    board::text("\n");
    board::leave(3);
}

// By start.S, for an exception: what the CPU gives as the cause, and the instruction's address.
extern "C" [[noreturn]] void trap(std::uintptr_t cause, std::uintptr_t at) noexcept {
    board::text("\nexception: cause ");
    board::hex(cause);
    board::text(" at ");
    board::hex(at);
    board::text("\n");
    board::leave(4);
}
