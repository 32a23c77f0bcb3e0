// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of an edu whose BAR is mapped.

#include <ioview/dma.hpp>

#include "../../../examples/drivers/edu.hpp"
#include "../support/report.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {

// The least and the greatest, and what comes in the wrong order.
template <io::IoOf<edu::Edu> Bar, io::DmaDevice Dma, class Clock>
void check_edu_extremes(Report& report, const Bar& bar, Dma& dma, Clock& clock) {
    report.check("edu", "factorial of 0", [&] { return edu::factorial(bar, 0, clock) == 1u; });
    using Bytes = io::Coherent<std::uint8_t[], Dma>;
    constexpr std::size_t most = edu::buffer_bytes - 1; // see edu::check_transfer()
    const auto memory = Bytes::zeroed(dma, edu::buffer_bytes);
    if (!memory)
        return;
    report.refuses("edu", "DMA of no bytes", io::Error::invalid_argument, [&] {
        return edu::copy_to_device(bar, memory->subview(0, 0), 0, clock);
    });
    report.refuses("edu", "DMA of one byte more than there is", io::Error::out_of_bounds, [&] {
        return edu::copy_to_device(bar, memory->view(), 1, clock);
    });
    report.check("edu", "DMA of the whole buffer", [&] {
        for (std::size_t i = 0; i < most; ++i)
            memory->at(i).write(static_cast<std::uint8_t>(i * 7 + 1));
        return edu::copy_to_device(bar, memory->subview(0, most), 0, clock).has_value();
    });
    report.check("edu", "DMA back of all of it, by 1 byte and the others", [&] {
        for (std::size_t i = 0; i < most; ++i)
            memory->at(i).write(0);
        if (!edu::copy_from_device(bar, most - 1, memory->subview(most - 1, 1), clock) ||
            !edu::copy_from_device(bar, 0, memory->subview(0, most - 1), clock))
            return false;
        for (std::size_t i = 0; i < most; ++i) {
            if (memory->at(i).read() != static_cast<std::uint8_t>(i * 7 + 1))
                return false;
        }
        return true;
    });
    report.check("edu", "acknowledged before it is raised, and all causes at once", [&] {
        bar.write(edu::Acknowledge{}.with_causes(0xffff'ffff));
        edu::raise(bar, 0x7fff'ffff);
        return edu::take_interrupts(bar).raw() == 0x7fff'ffff &&
               edu::take_interrupts(bar).raw() == 0;
    });
}

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
    check_edu_extremes(report, bar, dma, clock);
}

} // namespace hardware
