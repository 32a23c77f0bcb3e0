// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The checks of the goldfish devices, in either byte order.

#include <ioview/dma.hpp>

#include "../../../examples/drivers/goldfish.hpp"
#include "../support/report.hpp"
#include "removal.hpp"

#include <cstdint>

namespace hardware {

template <class Word, io::IoOf<goldfish::Rtc<Word>> View>
void check_goldfish_rtc(Report& report, const View& rtc) {
    report.check("goldfish-rtc", "later than 2020, and moving", [&] {
        const std::uint64_t first = goldfish::now<Word>(rtc).value_or(0);
        std::uint64_t later = first;
        for (unsigned i = 0; i < 1'000'000 && later == first; ++i)
            later = goldfish::now<Word>(rtc).value_or(0);
        return first > 1'577'836'800'000'000'000u && later > first;
    });
    report.check("goldfish-rtc", "the time that was set, both halves", [&] {
        constexpr std::uint64_t wanted = 0x1122'3344'0000'0000;
        goldfish::set_time<Word>(rtc, wanted);
        const std::uint64_t now = goldfish::now<Word>(rtc).value_or(0);
        return now >= wanted && now < wanted + 4'000'000'000;
    });
    report.check("goldfish-rtc", "an alarm set, and cleared", [&] {
        const std::uint64_t now = goldfish::now<Word>(rtc).value_or(0);
        goldfish::set_alarm<Word>(rtc, now + (std::uint64_t{1} << 40));
        const auto set = goldfish::alarm_is_set<Word>(rtc);
        goldfish::clear_alarm<Word>(rtc);
        return set == true && goldfish::alarm_is_set<Word>(rtc) == false;
    });
}

template <class Word, io::IoOf<goldfish::Rtc<Word>> View>
void check_goldfish_rtc_removal(Report& report, const View& rtc) {
    report.check("goldfish-rtc", "pulled out at any access", [&] {
        const auto use = [](const auto& faulty) {
            const auto now = goldfish::now<Word>(faulty);
            return now ? goldfish::alarm_is_set<Word>(faulty) : io::fail(now.error());
        };
        return ends_at_any_access<goldfish::Rtc<Word>>(rtc, use, is_an_error);
    });
}

template <class Word, io::IoOf<goldfish::Tty<Word>> View, io::DmaDevice Dma>
void check_goldfish_tty(Report& report, const View& tty, Dma& dma) {
    report.check("goldfish-tty", "identified", [&] { return goldfish::identify<Word>(tty); });
    report.check("goldfish-tty", "nothing to receive", [&] {
        return tty.template read<goldfish::BytesReady<Word>>().raw() == 0;
    });
    report.check("goldfish-tty", "a text that it fetches itself", [&] {
        constexpr char text[] = "<fetched> ";
        const auto memory = io::Coherent<std::uint8_t[], Dma>::zeroed(dma, sizeof text - 1);
        if (!memory)
            return false;
        for (unsigned i = 0; i < sizeof text - 1; ++i)
            memory->at(i).write(static_cast<std::uint8_t>(text[i]));
        return goldfish::put_all<Word>(tty, *memory).has_value();
    });
}

} // namespace hardware
