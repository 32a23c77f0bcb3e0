// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// MSI of an edu: a message is a write to memory, so one that is sent to memory of the board's shows
// there.

#include <ioview/error.hpp>

#include "../../../examples/drivers/edu.hpp"
#include "../support/report.hpp"

#include <cstdint>

namespace hardware {

inline constexpr std::uint16_t message_data = 0xbeef;

// word: four bytes of DMA memory, which hold 0. switch_on() -> Result: from now on the function
// sends message_data there.
template <io::IoOf<edu::Edu> Bar, class Word, class SwitchOn>
void check_edu_message(Report& report, const Bar& bar, const Word& word, SwitchOn switch_on) {
    report.check("pci", "MSI set and enabled", [&] { return switch_on(); });
    report.check("pci", "a message arrives where it was to", [&] {
        edu::raise(bar, 0x2);
        const bool arrived = word.at(0).read() == message_data;
        return edu::take_interrupts(bar).raw() == 0x2 && arrived;
    });
}

} // namespace hardware
