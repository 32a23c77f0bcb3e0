// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of an edu whose BAR is mapped.

#include <ioview/dma.hpp>

#include "../../../examples/drivers/edu.hpp"
#include "../support/report.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

template <io::IoOf<edu::Edu> Bar, io::DmaDevice Dma, class Clock>
void check_edu(Report& report, const Bar& bar, Dma& dma, Clock& clock) {
    report.check("edu", "identified", [&] {
        const auto id = edu::identify(bar);
        return id && id->major() == 1u;
    });
    report.check("edu", "alive", [&] { return edu::check_alive(bar, 0x1234'5678); });
    report.check(
        "edu", "factorial of 5, waited for", [&] { return edu::factorial(bar, 5, clock) == 120u; });
    report.check(
        "edu", "factorial of 12", [&] { return edu::factorial(bar, 12, clock) == 479'001'600u; });
    report.refuses("edu", "a factorial too large", io::Error::overflow, [&] {
        return edu::factorial(bar, 13, clock);
    });
    report.check("edu", "an interrupt raised and acknowledged", [&] {
        edu::raise(bar, 0x100);
        const auto causes = edu::take_interrupts(bar);
        return causes.dma_done() && edu::take_interrupts(bar).raw() == 0;
    });
    report.refuses("edu", "a wait for what never comes", io::Error::timed_out, [&] {
        return io::wait_until<edu::Causes>(
            bar,
            [](const edu::Causes& now) { return now.computed(); },
            io::Timing{std::uint64_t{100}, std::uint64_t{2'000}},
            clock);
    });

    using Words = io::Coherent<std::uint32_t[], Dma>;
    const auto from = Words::zeroed(dma, 64);
    const auto to = Words::zeroed(dma, 64);
    report.check("edu", "DMA into the device", [&] {
        if (!from || !to)
            return false;
        for (unsigned i = 0; i < 64; ++i)
            from->at(i).write(0x0101'0101u * i);
        return edu::copy_to_device(bar, *from, 0x100, clock).has_value();
    });
    report.check("edu", "DMA back, and the same", [&] {
        if (!edu::copy_from_device(bar, 0x100, *to, clock))
            return false;
        for (unsigned i = 0; i < 64; ++i) {
            if (to->at(i).read() != 0x0101'0101u * i)
                return false;
        }
        return true;
    });
    report.refuses("edu", "DMA past the device's buffer", io::Error::out_of_bounds, [&] {
        return edu::copy_to_device(bar, *from, edu::buffer_bytes - 8, clock);
    });
}

} // namespace hardware
