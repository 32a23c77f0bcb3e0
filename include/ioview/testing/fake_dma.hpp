// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// FakeDma: a DmaDevice for tests. DMA addresses are far from CPU addresses, so that mixing them up
// shows; both are aligned as asked for and not to twice that, so that a missing alignas shows;
// memory starts as garbage. Leaks, double and wrong frees, overlaps, writes past either end, and a
// device that reaches for memory which is not, or no longer, allocated are faults, which end the
// program unless a test asks to see them.
//
//   io::testing::FakeDma dma;
//   dma.fail_request(2);                                       // no_memory for the second from now
//   auto ring = io::Coherent<Ring, io::testing::FakeDma>::zeroed(dma);
//   dma.device_write(ring->dma_address(), &entry, sizeof entry);               // by a fake device

#if !__STDC_HOSTED__
#error "ioview/testing/fake_dma.hpp needs a hosted implementation"
#endif

#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/testing/guarded_block.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iterator>
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

    // What is still allocated now has leaked, unless leaked() said so before.
    ~FakeDma() {
        for (auto& [address, block] : blocks_) {
            check_fences(address, block);
            if (!block.is_left)
                fault("leaked " + text(address, block.bytes));
        }
        for (auto& [address, block] : freed_)
            check_freed(address, block);
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
    // Of these, what owners let go of by leak().
    [[nodiscard]] std::size_t left() const {
        const std::lock_guard lock(mutex_);
        return static_cast<std::size_t>(
            std::count_if(blocks_.begin(), blocks_.end(), [](const auto& entry) {
                return entry.second.is_left;
            }));
    }
    // Requests so far, failed ones included.
    [[nodiscard]] std::size_t requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    // What a device does, by DMA address. All of the bytes must lie in one block that is allocated
    // and that the mask reaches; else nothing is copied, which is a fault, and false. No bytes are
    // no access: true, wherever.
    bool device_read(DmaAddress address, void* to, std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        const std::byte* const from = reach("device read: ", address, bytes);
        if (from != nullptr)
            std::memcpy(to, from, bytes);
        return from != nullptr || bytes == 0;
    }
    bool device_write(DmaAddress address, const void* from, std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        std::byte* const to = reach("device write: ", address, bytes);
        if (to != nullptr)
            std::memcpy(to, from, bytes);
        return to != nullptr || bytes == 0;
    }

    // The memory behind a DMA address, for a look at it; null unless all of bytes lies in one
    // allocation. Devices go by the two above: nothing checks what a kept pointer is used for.
    [[nodiscard]] std::byte* device_pointer(DmaAddress address, std::size_t bytes) {
        const std::lock_guard lock(mutex_);
        auto* const found = find(blocks_, address);
        if (found == nullptr || !is_inside(*found, address, bytes))
            return nullptr;
        return found->second.data() + (address - found->first);
    }

    // DmaDevice. Addresses are used once: no_memory when the mask reaches no more of them.
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
        const DmaAddress start =
            placed_ ? std::exchange(place_, 0) : Block::odd_multiple(next_, alignment);
        if (!std::exchange(placed_, false)) {
            if (!mask_.contains(start, bytes))
                return fail(Error::no_memory);
            next_ = start + bytes + page; // so that a page lies between that nobody has
        }
        if (overlaps(start, bytes)) {
            fault("overlap at " + text(start, bytes));
            return fail(Error::busy);
        }
        Block block{bytes, attrs, alignment, start};
        std::byte* const cpu = attrs.wants_cpu_mapping() ? block.data() : nullptr;
        blocks_.emplace(start, std::move(block));
        if (const auto before = freed_.find(start); before != freed_.end()) {
            check_freed(start, before->second);
            freed_.erase(before);
        }
        return DmaRegion{cpu, start};
    }

    // What is asked of a DmaDevice. A region that is not allocated, or of another size, is a fault.
    void free(DmaRegion region, std::size_t bytes) noexcept { take_back(region, bytes, nullptr); }
    void free(DmaRegion region, std::size_t bytes, DmaAttrs attrs) noexcept {
        take_back(region, bytes, &attrs);
    }

    // An owner lets go of it: a device that did not confirm that it has stopped may still write it.
    void leaked(DmaRegion region, std::size_t bytes) noexcept {
        const std::lock_guard lock(mutex_);
        const auto found = blocks_.find(region.dma);
        if (found == blocks_.end() || found->second.bytes != bytes)
            return fault("let go of, but not allocated: " + text(region.dma, bytes));
        if (found->second.is_left)
            return fault("let go of twice: " + text(region.dma, bytes));
        found->second.is_left = true;
    }

    // What the device can address, as given.
    [[nodiscard]] DmaMask mask() const noexcept { return mask_; }

protected:
    // For doubles that find more.
    void fault(const std::string& what) {
        if (on_fault_)
            return on_fault_(what);
        std::fprintf(stderr, "FakeDma: %s\n", what.c_str());
        std::abort();
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

private:
    static constexpr std::size_t page = 4'096;
    static constexpr std::size_t most = std::size_t{1} << 30;

    using Block = GuardedBlock;
    using Blocks = std::map<DmaAddress, Block>;

    // The block that has the address, or begins nearest below it.
    static Blocks::value_type* find(Blocks& blocks, DmaAddress address) {
        auto after = blocks.upper_bound(address);
        return after == blocks.begin() ? nullptr : &*std::prev(after);
    }
    static bool is_inside(const Blocks::value_type& block, DmaAddress address, std::size_t bytes) {
        const DmaAddress offset = address - block.first;
        return offset <= block.second.bytes && bytes <= block.second.bytes - offset;
    }
    // Where a device's access goes; null, and a fault, where it goes to nothing.
    std::byte* reach(const char* access, DmaAddress address, std::size_t bytes) {
        if (bytes == 0)
            return nullptr;
        auto* const found = find(blocks_, address);
        const bool is_begun = found != nullptr && is_inside(*found, address, 1);
        if (is_begun && is_inside(*found, address, bytes) && mask_.contains(address, bytes))
            return found->second.data() + (address - found->first);
        auto* const freed = find(freed_, address);
        const char* const why = is_begun && is_inside(*found, address, bytes) ? "beyond the mask: "
                                : is_begun ? "past the end of an allocation: "
                                : freed != nullptr && is_inside(*freed, address, 1)
                                    ? "after it was freed: "
                                    : "nothing is allocated there: ";
        fault(access + (why + text(address, bytes)));
        return nullptr;
    }

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
            fault((freed_.contains(region.dma)   ? "freed twice: "
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
        std::fill(block.memory.begin(), block.memory.end(), Block::dead);
        freed_.insert(blocks_.extract(found));
    }
    // Freed memory is kept, and its addresses: whoever writes it, by either, is found.
    void check_freed(DmaAddress address, Block& block) {
        if (!std::all_of(
                block.memory.begin(), block.memory.end(), [](auto b) { return b == Block::dead; }))
            fault("written after it was freed: " + text(address, block.bytes));
    }

    void check_fences(DmaAddress address, Block& block) {
        if (!block.front_is_whole())
            fault("written in front of " + text(address, block.bytes));
        if (!block.back_is_whole())
            fault("written past the end of " + text(address, block.bytes));
    }

    mutable std::recursive_mutex mutex_;
    DmaMask mask_;
    DmaAddress next_;
    DmaAddress place_ = 0;
    bool placed_ = false;
    std::size_t requests_ = 0;
    std::size_t failing_ = 0;
    Error failure_ = Error::no_memory;
    Blocks blocks_;
    Blocks freed_;
    std::function<void(const std::string&)> on_fault_;
};

} // namespace ioview::testing
