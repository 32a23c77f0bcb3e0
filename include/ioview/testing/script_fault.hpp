// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/script.hpp>
// Part of <ioview/testing/script.hpp>, which is the one to include.
#pragma once
// ScriptFault: how an access is not the next step, and how the compiler says so in a constant
// expression.
//
//   differs_in_some_step(3, ScriptFault::width, got);

#include <ioview/testing/access.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::detail {

// Not constexpr: in constant expressions the names are the messages, and the compilers print the
// arguments of their caller.
inline void the_script_expects_no_further_access() {}
inline void the_script_expects_a_read_or_write_in_another_place() {}
inline void the_script_expects_another_width() {}
inline void the_script_expects_another_value_to_be_written() {}
inline void the_script_expects_a_barrier_here_or_none() {}
inline void steps_of_the_script_are_left_over() {}
inline void the_next_step_of_the_script_can_never_be_reached() {}
inline void a_step_of_the_script_is_misaligned_for_its_width() {}

enum class ScriptFault : std::uint8_t { none, no_further, place, width, value, barrier };

constexpr void differs_in_constant(
    ScriptFault fault, testing::Op op, std::uint64_t address, unsigned width, std::uint64_t value) {
    static_cast<void>(op), static_cast<void>(address);
    static_cast<void>(width), static_cast<void>(value);
    if (fault == ScriptFault::no_further)
        the_script_expects_no_further_access();
    if (fault == ScriptFault::place)
        the_script_expects_a_read_or_write_in_another_place();
    if (fault == ScriptFault::width)
        the_script_expects_another_width();
    if (fault == ScriptFault::value)
        the_script_expects_another_value_to_be_written();
    if (fault == ScriptFault::barrier)
        the_script_expects_a_barrier_here_or_none();
}

// g++ prints the arguments of templates, and of functions only their names: so that the step's
// number shows, it is one. 0 is a later step.
template <std::size_t Step>
constexpr void differs_in_step(ScriptFault fault, const testing::Access& got) {
    differs_in_constant(fault, got.op, got.address, got.width, got.value);
}
constexpr void
differs_in_some_step(std::size_t step, ScriptFault fault, const testing::Access& got) {
    // clang-format off
    switch (step) {
    case 1: return differs_in_step<1>(fault, got);
    case 2: return differs_in_step<2>(fault, got);
    case 3: return differs_in_step<3>(fault, got);
    case 4: return differs_in_step<4>(fault, got);
    case 5: return differs_in_step<5>(fault, got);
    case 6: return differs_in_step<6>(fault, got);
    case 7: return differs_in_step<7>(fault, got);
    case 8: return differs_in_step<8>(fault, got);
    case 9: return differs_in_step<9>(fault, got);
    case 10: return differs_in_step<10>(fault, got);
    case 11: return differs_in_step<11>(fault, got);
    case 12: return differs_in_step<12>(fault, got);
    case 13: return differs_in_step<13>(fault, got);
    case 14: return differs_in_step<14>(fault, got);
    case 15: return differs_in_step<15>(fault, got);
    case 16: return differs_in_step<16>(fault, got);
    default: return differs_in_step<0>(fault, got);
    }
    // clang-format on
}

} // namespace ioview::detail
