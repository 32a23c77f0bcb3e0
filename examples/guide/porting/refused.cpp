// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What old code lets through and ioview does not: each line below a `refused:` is a mistake that is
// compiled alone, and has to be refused in those words (tests/readme/refused.py).

#include <ioview/ioview.hpp>

#include "timer.hpp"

#include <cstdint>

namespace io = ioview;
using namespace ported;

struct Uart : io::Region<0x20> {};

void mistakes([[maybe_unused]] io::Mmio<Timer> timer,
              [[maybe_unused]] io::Mmio<Uart> uart,
              [[maybe_unused]] std::uint32_t ticks,
              [[maybe_unused]] std::uint64_t dma_address,
              [[maybe_unused]] unsigned i) {
    // [macros]
    // refused: offset_is_past_the_end_of_the_region
    timer.write32(0x20, 1);
    // refused: offset_is_misaligned_for_this_width
    timer.write32(0x06, 1);
    // refused: the_constant_is_too_wide_for_its_bits
    timer.write(Control{}.with_prescaler(9));
    // refused: ioview: an address is no view
    io::Mmio<Timer> other = 0x4000'0000;
    // [/macros]

    // [structs]
    // refused: ioview: this register is read only (io::ro)
    timer.write(Value{}.with_ticks(0));
    // refused: is of io::w1c or its like as a whole
    IO_MODIFY(timer, Status, expired(true));
    // [/structs]

    // [cmsis]
    // refused: ioview: this field takes its own enumeration only
    timer.write(Control{}.with_clock(1));
    // refused: no member named 'with_expired'
    timer.write(Control{}.with_expired(true));
    // refused: IoOf<
    start(uart, ticks);
    // [/cmsis]

    // [linux]
    // refused: run_time_values_wider_than_the_access_need_a_static_cast
    timer.write32(0x04, dma_address);
    // refused: the_offset_is_no_constant_expression
    timer.write32(ticks, 0x04);
    // [/linux]

    // [rust]
    // refused: the_index_is_past_the_count_of_the_register_array
    timer.write(Compare::at(4), Compare{}.with_ticks(1));
    // refused: run_time_indices_go_through_try_at
    timer.write(Compare::at(i), Compare{}.with_ticks(1));
    // refused: run_time_values_go_through_try_with_x_or_Bounded_masked
    timer.write(Control{}.with_prescaler(i));
    // [/rust]
}
