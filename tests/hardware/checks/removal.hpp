// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What drivers do when their device is pulled out after each number of accesses: the device is
// there, and goes on, but nothing gets through to it.

#include <ioview/dma.hpp>
#include <ioview/testing/faulty.hpp>

#include <cstddef>
#include <cstdint>

namespace hardware {

namespace io = ioview;

// use(view) -> Result, is_fine(outcome) for those in which the device went; each of them ends.
template <class Target, io::IoBase View, class Use, class IsFine>
bool ends_at_any_access(const View& view, Use use, IsFine is_fine) {
    for (std::size_t good = 0; good < 10'000; ++good) {
        io::testing::Faulty faulty{view};
        faulty.unplug_after(good);
        const auto outcome = use(faulty.template view<Target>());
        if (faulty.accesses() <= good)
            return outcome.has_value();
        if (!is_fine(outcome))
            return false;
    }
    return false;
}
inline constexpr auto is_an_error = [](const auto& outcome) { return !outcome; };

// Keeps what is leaked until somebody has stopped the device.
template <io::DmaDevice Dma>
class LeakKeeper {
public:
    explicit LeakKeeper(Dma& dma) : dma_(&dma) {}
    io::Result<io::DmaRegion> allocate(std::size_t bytes, std::size_t align, io::DmaAttrs attrs) {
        return dma_->allocate(bytes, align, attrs);
    }
    void free(io::DmaRegion region, std::size_t bytes) noexcept { dma_->free(region, bytes); }
    io::DmaMask mask() const noexcept { return dma_->mask(); }

    // One at a time is kept.
    void leaked(io::DmaRegion region, std::size_t bytes) {
        region_ = region;
        bytes_ = bytes;
    }
    bool has_leak() const { return bytes_ != 0; }
    void give_back() {
        if (has_leak())
            dma_->free(region_, bytes_);
        bytes_ = 0;
    }

private:
    Dma* dma_;
    io::DmaRegion region_{};
    std::size_t bytes_ = 0;
};

} // namespace hardware
