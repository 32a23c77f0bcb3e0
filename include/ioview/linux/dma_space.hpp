// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/vfio_dma.hpp>
// Part of <ioview/linux/vfio_dma.hpp>, which is the one to include.
#pragma once
// DmaSpace: the addresses that a device can be given, and which of them are taken.
//
//   detail::DmaSpace space;
//   space.add(0x1000, 0xfedf'ffff);
//   auto at = space.take(bytes, 0x1000, mask, {cpu, bytes});   // first fit
//   space.drop(*at);

#if !__STDC_HOSTED__
#error "ioview/linux/dma_space.hpp needs a hosted implementation"
#endif

#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/linux/device_file.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <vector>

namespace ioview::detail {

class DmaSpace {
public:
    struct Taken {
        DmaAddress first;
        DmaAddress last;
        void* cpu;         // what was allocated, or null
        std::size_t bytes; // as they were asked for
    };

    // All from first to last.
    void add(DmaAddress first, DmaAddress last) {
        const Range range{first, last};
        ranges_.insert(std::upper_bound(ranges_.begin(),
                                        ranges_.end(),
                                        range,
                                        [](Range a, Range b) { return a.first < b.first; }),
                       range);
    }

    // size bytes (not 0) at a multiple of step (a power of two), which the mask reaches: the lowest
    // that are free. no_memory (ENOSPC) when there are none.
    [[nodiscard]] Result<DmaAddress>
    take(std::size_t size, DmaAddress step, DmaMask mask, void* cpu, std::size_t bytes) {
        auto next = taken_.begin();
        for (const Range& range : ranges_) {
            const DmaAddress end = std::min(range.last, mask.value());
            DmaAddress at = range.first;
            for (;;) {
                const DmaAddress skipped = (0 - at) & (step - 1);
                if (at > end || skipped > end - at || size - 1 > end - at - skipped)
                    break; // no room in this range any more
                const DmaAddress first = at + skipped;
                const DmaAddress last = first + (size - 1);
                while (next != taken_.end() && next->last < first)
                    ++next;
                if (next == taken_.end() || next->first > last) {
                    taken_.insert(next, Taken{first, last, cpu, bytes});
                    return first;
                }
                if (next->last == ~DmaAddress{0})
                    break;
                at = next->last + 1;
            }
        }
        return fail_as(Error::no_memory, ENOSPC);
    }

    // What holds address, or null.
    [[nodiscard]] const Taken* find(DmaAddress address) const noexcept {
        const auto found = std::lower_bound(
            taken_.begin(), taken_.end(), address, [](const Taken& a, DmaAddress to) {
                return a.last < to;
            });
        return found != taken_.end() && found->first <= address ? &*found : nullptr;
    }
    // What find() gave.
    void drop(const Taken* taken) noexcept {
        taken_.erase(taken_.begin() + (taken - taken_.data()));
    }

    [[nodiscard]] const std::vector<Taken>& taken() const noexcept { return taken_; }

private:
    struct Range {
        DmaAddress first;
        DmaAddress last;
    };

    std::vector<Range> ranges_; // both in the order of their addresses
    std::vector<Taken> taken_;
};

} // namespace ioview::detail
