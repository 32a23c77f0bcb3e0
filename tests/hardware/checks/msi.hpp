// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// MSI of an edu: a message is a write to memory, so one that is sent to memory of the board's shows
// there.

#include <ioview/backoff.hpp>
#include <ioview/error.hpp>
#include <ioview/wait_several.hpp>

#include "../../../examples/drivers/edu.hpp"
#include "../support/report.hpp"

#include <cstdint>

namespace hardware {

inline constexpr std::uint16_t message_data = 0xbeef;

// word: four bytes of DMA memory, which hold 0. switch_on() -> Result: from now on the function
// sends message_data there.
template <io::IoOf<edu::Edu> Bar, class Word, class Clock, class SwitchOn>
void check_edu_message(
    Report& report, const Bar& bar, const Word& word, Clock& clock, SwitchOn switch_on) {
    report.check("pci", "MSI set and enabled", [&] { return switch_on(); });
    report.check("pci", "a message arrives where it was to", [&] {
        edu::raise(bar, 0x2);
        // the message in memory, or the device's word that there is a cause, whichever comes first
        const auto held = io::wait_any(
            io::Timing{io::Backoff<std::uint64_t>{1, 1'000}, edu::give_up_after},
            clock,
            io::when(word.at(0), [](std::uint32_t now) { return now == message_data; }),
            io::when<edu::Causes>(bar, [](edu::Causes now) { return now.raw() == 0x2; }));
        return edu::take_interrupts(bar).raw() == 0x2 && held == io::Held{0b11};
    });
}

} // namespace hardware
