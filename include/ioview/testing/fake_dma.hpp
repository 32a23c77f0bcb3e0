// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// FakeDma: a DmaDevice for tests. DMA addresses are far from CPU addresses, so that mixing them up
// shows; memory starts as garbage; leaks, double and wrong frees, overlaps and writes past either
// end are faults, which end the program unless a test asks to see them.
//
//   io::testing::FakeDma dma;
//   dma.fail_request(2);                                       // no_memory for the second from now
//   auto ring = io::Coherent<Ring, io::testing::FakeDma>::zeroed(dma);
//   std::byte* seen = dma.device_pointer(ring->dma_address(), sizeof(Ring));   // by a fake device

#if !__STDC_HOSTED__
#error "ioview/testing/fake_dma.hpp needs a hosted implementation"
#endif

#include <ioview/dma/device.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace ioview::testing {

// May be used by several threads. Owners hold a reference: it stays where it is, and outlives them.
class FakeDma {
public:
    static constexpr std::size_t max_alignment = 64 << 10;

    explicit FakeDma(DmaMask mask = DmaMask::of<64>()) : mask_(mask), next_(base_of(mask)) {}
    FakeDma(const FakeDma&) = delete;
    FakeDma& operator=(const FakeDma&) = delete;

    // What is still allocated now has leaked.
    ~FakeDma() {
        for (auto& [address, block] : blocks_) {
            check_fences(address, block);
            fault("leaked " + text(address, block.bytes));
        }
    }

    // Set-up. The n-th request from now (1 is the next) fails; one such wish at a time.
    void fail_request(std::size_t n, Error error = Error::no_memory) {
        const std::lock_guard lock(mutex_);
        failing_ = n == 0 ? 0 : requests_ + n;
        failure_ = error;
    }
    // The device sees the next allocation at address, inside its mask or not, aligned or not.
    void place_next_at(DmaAddress address) {
        const std::lock_guard lock(mutex_);
        place_ = address;
        placed_ = true;
    }
    void set_mask(DmaMask mask) { mask_ = mask; }
    // f gets the text of each fault instead of the program's end.
    void on_fault(std::function<void(const std::string&)> f) { on_fault_ = std::move(f); }

    // What a test looks at.
    [[nodiscard]] std::size_t outstanding() const {
        const std::lock_guard lock(mutex_);
        return blocks_.size();
    }
    [[nodiscard]] std::size_t outstanding_bytes() const {
        const std::lock_guard lock(mutex_);
        std::size_t sum = 0;
        for (const auto& entry : blocks_)
            sum += entry.second.bytes;
        return sum;
    }
    // Requests so far, failed ones included.
    [[nodiscard]] std::size_t requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    // The memory behind a DMA address, for device doubles; null unless all of bytes lies in one
    // allocation, as an IOMMU would have it.
    [[nodiscard]] std::byte* device_pointer(DmaAddress address, std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        auto after = blocks_.upper_bound(address);
        if (after == blocks_.begin())
            return nullptr;
        auto& [start, block] = *std::prev(after);
        if (address - start > block.bytes || bytes > block.bytes - (address - start))
            return nullptr;
        return block.data() + (address - start);
    }

    // DmaDevice.
    [[nodiscard]] Result<DmaRegion>
    allocate(std::size_t bytes, std::size_t alignment, DmaAttrs attrs) {
        const std::lock_guard lock(mutex_);
        ++requests_;
        if (requests_ == failing_)
            return fail(failure_);
        if (bytes == 0 || !std::has_single_bit(alignment))
            return fail(Error::invalid_argument);
        if (bytes > most)
            return fail(Error::no_memory);
        const DmaAddress step = std::max<DmaAddress>(alignment, page);
        const DmaAddress start =
            placed_ ? std::exchange(place_, 0) : (next_ + step - 1) & ~(step - 1);
        if (!std::exchange(placed_, false))
            next_ = start + ((bytes + page - 1) & ~(page - 1)) + page; // a page that nobody has
        if (overlaps(start, bytes)) {
            fault("overlap at " + text(start, bytes));
            return fail(Error::busy);
        }
        Block block{bytes, attrs, alignment};
        std::byte* const cpu = attrs.wants_cpu_mapping() ? block.data() : nullptr;
        blocks_.emplace(start, std::move(block));
        std::erase(freed_, start);
        return DmaRegion{cpu, start};
    }

    void free(DmaRegion region, std::size_t bytes) noexcept { take_back(region, bytes, nullptr); }
    void free(DmaRegion region, std::size_t bytes, DmaAttrs attrs) noexcept {
        take_back(region, bytes, &attrs);
    }

    [[nodiscard]] DmaMask mask() const noexcept { return mask_; }

private:
    static constexpr std::size_t page = 4'096;
    static constexpr std::size_t most = std::size_t{1} << 30;
    static constexpr std::size_t fence_bytes = 64;

    // Memory with a fence on both sides.
    struct Block {
        std::size_t bytes;
        DmaAttrs attrs;
        std::size_t before; // bytes in front of the block, a multiple of its alignment
        std::vector<std::byte> memory;
        std::size_t shift; // to where the alignment is

        Block(std::size_t size, DmaAttrs wishes, std::size_t alignment)
            : bytes(size),
              attrs(wishes),
              before(std::max(alignment, fence_bytes)),
              memory(before + alignment + size + fence_bytes) {
            std::uint64_t seed = 0x9e37'79b9'7f4a'7c15;
            for (std::byte& place : memory) {
                seed ^= seed << 13; // xorshift64 (Marsaglia, 2003)
                seed ^= seed >> 7;
                seed ^= seed << 17;
                place = static_cast<std::byte>(seed >> 32);
            }
            const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
            shift = (0 - address) & (alignment - 1);
            fill_fences();
        }
        std::byte* data() { return memory.data() + before + shift; }
        void fill_fences() {
            std::fill_n(data() - fence_bytes, fence_bytes, guard);
            std::fill_n(data() + bytes, fence_bytes, guard);
        }
        bool front_is_whole() {
            return std::all_of(data() - fence_bytes, data(), [](auto b) { return b == guard; });
        }
        bool back_is_whole() {
            return std::all_of(
                data() + bytes, data() + bytes + fence_bytes, [](auto b) { return b == guard; });
        }
        static constexpr std::byte guard{0xfd};
    };

    // Far from what a CPU of today maps, and within the mask.
    static DmaAddress base_of(DmaMask mask) {
        for (const DmaAddress base : {0x00d0'a000'0000'0000ULL, 0xd000'0000ULL, 0x00d0'0000ULL}) {
            if (mask.contains(base, 0x0020'0000))
                return base;
        }
        return page;
    }

    bool overlaps(DmaAddress start, std::size_t bytes) const {
        return std::any_of(blocks_.begin(), blocks_.end(), [&](const auto& entry) {
            const auto& [other, block] = entry;
            return start < other + block.bytes && other < start + bytes;
        });
    }

    void take_back(DmaRegion region, std::size_t bytes, const DmaAttrs* attrs) noexcept {
        const std::lock_guard lock(mutex_);
        const auto found = blocks_.find(region.dma);
        if (found == blocks_.end()) {
            const bool twice = std::find(freed_.begin(), freed_.end(), region.dma) != freed_.end();
            fault((twice                         ? "freed twice: "
                   : overlaps(region.dma, bytes) ? "freed from its middle: "
                                                 : "freed but never allocated: ") +
                  text(region.dma, bytes));
            return;
        }
        Block& block = found->second;
        if (block.bytes != bytes)
            fault("freed with another size than allocated: " + text(region.dma, bytes));
        if (attrs != nullptr && *attrs != block.attrs)
            fault("freed with other attributes than allocated: " + text(region.dma, bytes));
        if (region.cpu != (block.attrs.wants_cpu_mapping() ? block.data() : nullptr))
            fault("freed with another CPU address than allocated: " + text(region.dma, bytes));
        check_fences(region.dma, block);
        freed_.push_back(region.dma);
        blocks_.erase(found);
    }

    void check_fences(DmaAddress address, Block& block) {
        if (!block.front_is_whole())
            fault("written in front of " + text(address, block.bytes));
        if (!block.back_is_whole())
            fault("written past the end of " + text(address, block.bytes));
    }

    static std::string text(DmaAddress address, std::size_t bytes) {
        char line[64];
        std::snprintf(line,
                      sizeof line,
                      "%zu bytes at DMA address 0x%llx",
                      bytes,
                      static_cast<unsigned long long>(address));
        return line;
    }

    void fault(const std::string& what) {
        if (on_fault_)
            return on_fault_(what);
        std::fprintf(stderr, "FakeDma: %s\n", what.c_str());
        std::abort();
    }

    mutable std::recursive_mutex mutex_;
    DmaMask mask_;
    DmaAddress next_;
    DmaAddress place_ = 0;
    bool placed_ = false;
    std::size_t requests_ = 0;
    std::size_t failing_ = 0;
    Error failure_ = Error::no_memory;
    std::map<DmaAddress, Block> blocks_;
    std::vector<DmaAddress> freed_;
    std::function<void(const std::string&)> on_fault_;
};

} // namespace ioview::testing
