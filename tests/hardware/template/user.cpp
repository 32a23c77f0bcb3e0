// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A program in the place of the template's main.cpp, for check.sh, which writes way.hpp.
#include "board.hpp"
#include "interrupt.hpp"
#include "way.hpp"

namespace {

namespace io = ioview;

volatile int forty = 40;
struct Global {
    int value;
    Global() : value(forty + 2) {}
    ~Global() { value = 0; }
};
Global global;

alignas(4) std::uint32_t words[4];
volatile std::size_t past_the_end = 4;

} // namespace

extern "C" [[gnu::noinline]] void goes_wrong() {
    __builtin_trap();
}

int main() {
    board::text("constructed: ");
    board::text(global.value == 42 ? "42\n" : "no\n");
    switch (WAY) {
    case 1:
        return 1;
    case 2:
        IO_WRITE(io::SysMem<std::uint32_t[4]>::from_pointer(&words), at(past_the_end), 1u);
        return 0;
    case 3:
        goes_wrong();
        return 0;
    case 4: {
        const bool kept = request_interrupt();
        board::text(kept && interrupts == 1 ? "interrupted once\n" : "not as it was\n");
        return 0;
    }
    default:
        return 0;
    }
}
