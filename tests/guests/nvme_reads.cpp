// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads per second of an nvme by its driver and by a twin of that in C. What the host does besides
// is in both, and changes: they take turns, each short, and what is said is the median of what each
// pair of turns says.
#include "support/nvme_both.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

constexpr std::uint32_t turn = 25; // reads
constexpr unsigned pairs = 400;

// Microseconds of a turn; 0 when a read failed.
template <class Read>
double time_of(Read read) {
    const auto start = guest::Clock::now();
    for (std::uint32_t i = 0; i < turn; ++i) {
        if (!read(std::uint64_t{i} * 8))
            return 0;
    }
    return static_cast<double>(std::max<std::uint64_t>(guest::Clock::now() - start, 1));
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

int main() {
    return guest::run([](guest::Report& report) {
        guest::with_both<guest::Clock>(report, [&](auto by_ioview, auto by_twin) {
            std::vector<double> ours;
            std::vector<double> theirs;
            std::vector<double> ratios;
            report.check("nvme", "the same reads by both", [&] {
                for (unsigned i = 0; i < pairs; ++i) { // each is first in every other pair
                    const bool is_first = i % 2 == 0;
                    const double first = is_first ? time_of(by_ioview) : time_of(by_twin);
                    const double second = is_first ? time_of(by_twin) : time_of(by_ioview);
                    if (first == 0 || second == 0)
                        return false;
                    ours.push_back(is_first ? first : second);
                    theirs.push_back(is_first ? second : first);
                    ratios.push_back(theirs.back() / ours.back());
                }
                return true;
            });
            if (ratios.size() != pairs)
                return;
            std::printf(
                "figure: nvme, reads of 4 KiB a second, one at a time: %.0f by ioview, %.0f "
                "by a twin in C; in the median of %u pairs of turns, %.2f of the twin's\n",
                turn * 1e6 / median(ours),
                turn * 1e6 / median(theirs),
                pairs,
                median(ratios));
        });
    });
}
