// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Instructions of a read of an nvme by its driver and by a twin of that in C, on a machine whose
// time stamp counter counts instructions (-icount). The wait for the device is not counted: it ends
// before either looks for its answer. The least of many reads is what the driver itself takes; in
// others the kernel did something besides, or the device was late.
#include "support/nvme_both.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <x86intrin.h>

namespace {

std::uint64_t waited = 0; // instructions

// The first that either asks for is the time at which it has rung its doorbell.
struct Clock {
    [[gnu::noinline]] static std::uint64_t now() noexcept {
        const std::uint64_t start = __rdtsc();
        guest::Clock::sleep_for(200);
        const std::uint64_t time = guest::Clock::now();
        waited += __rdtsc() - start;
        return time;
    }
    static void sleep_for(std::uint64_t us) { guest::Clock::sleep_for(us); }
};

constexpr unsigned reads = 300;
constexpr std::uint64_t none = ~std::uint64_t{0};

// None when a read failed.
template <class Read>
std::uint64_t least_of(Read read) {
    std::uint64_t least = none;
    for (unsigned i = 0; i < reads; ++i) {
        waited = 0;
        const std::uint64_t start = __rdtsc();
        const bool good = read(std::uint64_t{i % 100} * 8);
        const std::uint64_t all = __rdtsc() - start;
        if (!good)
            return none;
        least = std::min(least, all - waited);
    }
    return least;
}

} // namespace

int main() {
    return guest::run([](guest::Report& report) {
        guest::with_both<Clock>(report, [&](auto by_ioview, auto by_twin) {
            const std::uint64_t nothing = least_of([](std::uint64_t) { return true; });
            const std::uint64_t ours = least_of(by_ioview);
            const std::uint64_t theirs = least_of(by_twin);
            const std::uint64_t again = least_of(by_ioview);
            report.check("nvme", "the same reads by both, and as often as they are counted", [&] {
                return ours != none && theirs != none && ours == again;
            });
            const auto net = [&](std::uint64_t count) {
                return static_cast<unsigned>(count - nothing);
            };
            // what is more is bounds of places in the queues, and errors that have a type
            report.check("nvme", "at most a quarter more than in C", [&] {
                return net(ours) <= net(theirs) * 5 / 4;
            });
            std::printf("figure: nvme, instructions of a read of 4 KiB without the wait for it: %u "
                        "by ioview, %u by a twin in C (%.2f)\n",
                        net(ours),
                        net(theirs),
                        static_cast<double>(net(ours)) / static_cast<double>(net(theirs)));
        });
    });
}
