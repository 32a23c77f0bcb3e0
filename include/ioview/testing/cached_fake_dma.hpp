// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// CachedFakeDma: a FakeDma whose device does not look into the CPU's cache. Memory that a driver
// lends is what the CPU's cache holds; the device has other memory behind it, garbage at first, and
// only cache maintenance, or an eviction, carries bytes from the one to the other: who does not
// sync sees stale data.
//
//   io::testing::CachedFakeDma dma;
//   auto mine = io::stream_from_device(dma, buffer);
//   auto lent = std::move(*mine).sync_for_device();
//   dma.device_write(lent.dma_address(), "data", 4);            // by a fake device
//   dma.evict();                                                // what a cache may do at any time
//
// Faults, as FakeDma's: memory that shares a line, or is mapped twice; maintenance of what is not
// mapped; what the CPU stored while the device had the memory; what the device stored where it was
// only to read. For one thread.

#if !__STDC_HOSTED__
#error "ioview/testing/cached_fake_dma.hpp needs a hosted implementation"
#endif

#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/testing/fake_dma.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ioview::testing {

class CachedFakeDma : public FakeDma {
public:
    static constexpr std::size_t line = 64;
    static constexpr bool allocates_uncached = true;

    // CacheOps. Of whole lines, as hardware does it.
    class Cache {
    public:
        static constexpr std::size_t known_line_size = line;
        [[nodiscard]] static constexpr std::size_t line_size() noexcept { return line; }
        void clean(const void* first, std::size_t bytes) const noexcept {
            dma_->maintain(first, bytes, true, false);
        }
        void invalidate(const void* first, std::size_t bytes) const noexcept {
            dma_->maintain(first, bytes, false, true);
        }
        void clean_and_invalidate(const void* first, std::size_t bytes) const noexcept {
            dma_->maintain(first, bytes, true, true);
        }

    private:
        friend CachedFakeDma;
        explicit Cache(CachedFakeDma& dma) noexcept : dma_(&dma) {}
        CachedFakeDma* dma_;
    };

    using FakeDma::FakeDma;

    // StreamingDma. A mapping is a request and an allocation of FakeDma's: fail_request,
    // place_next_at, outstanding and its detectors are of both.
    [[nodiscard]] Result<DmaAddress>
    map(const void* cpu, std::size_t bytes, DmaDirection direction) {
        const auto begin = reinterpret_cast<std::uintptr_t>(cpu);
        if ((begin & (line - 1)) != 0) {
            fault("mapped, but it shares a cache line with what is in front of it");
            return fail(Error::misaligned);
        }
        if (find(begin, bytes == 0 ? 1 : rounded(bytes)) != nullptr) {
            fault("mapped twice");
            return fail(Error::busy);
        }
        const Result<DmaRegion> region = allocate(bytes, line, {});
        if (!region)
            return fail(region.error());
        auto* const memory = static_cast<std::byte*>(region->cpu);
        // the driver's type may be const; the cache is not
        auto* const cached = static_cast<std::byte*>(const_cast<void*>(cpu));
        mappings_.emplace(
            region->dma,
            Mapping{cached, memory, bytes, direction, std::vector(memory, memory + bytes)});
        return region->dma;
    }
    void unmap(DmaAddress address, std::size_t bytes, DmaDirection direction) noexcept {
        const auto found = mappings_.find(address);
        if (found == mappings_.end())
            return fault("unmapped, but not mapped: " + text(address, bytes));
        const Mapping& mapping = found->second;
        if (mapping.bytes != bytes || mapping.direction != direction)
            fault("unmapped with another size or direction than mapped: " + text(address, bytes));
        check_only_read(address, mapping);
        free(DmaRegion{mapping.memory, address}, mapping.bytes);
        mappings_.erase(found);
    }
    [[nodiscard]] Cache cache() const noexcept { return Cache{const_cast<CachedFakeDma&>(*this)}; }

    // The driver keeps what it let go of, and the cache no longer knows of it.
    void leaked(DmaRegion region, std::size_t bytes) noexcept {
        if (const auto found = mappings_.find(region.dma); found != mappings_.end()) {
            region.cpu = found->second.memory;
            mappings_.erase(found);
        }
        FakeDma::leaked(region, bytes);
    }

    // What a cache may do at any time: lines with stores of the CPU's are written to memory, the
    // others are fetched from it again.
    void evict() {
        for (auto& [address, mapping] : mappings_) {
            check_only_read(address, mapping);
            for (std::size_t at = 0; at < mapping.bytes; at += line) {
                if (mapping.is_dirty(at))
                    mapping.write_back(at);
                else
                    mapping.fetch(at);
            }
        }
    }
    // Mappings at present; not what was allocated.
    [[nodiscard]] std::size_t mapped() const { return mappings_.size(); }

private:
    struct Mapping {
        std::byte* cached; // what the CPU sees
        std::byte* memory; // what the device sees
        std::size_t bytes;
        DmaDirection direction;
        std::vector<std::byte> known; // memory, as the cache last wrote or fetched it

        std::size_t length(std::size_t at) const { return (std::min)(line, bytes - at); }
        bool is_dirty(std::size_t at) const {
            return std::memcmp(cached + at, known.data() + at, length(at)) != 0;
        }
        void write_back(std::size_t at) {
            std::memcpy(memory + at, cached + at, length(at));
            std::memcpy(known.data() + at, cached + at, length(at));
        }
        void fetch(std::size_t at) {
            if (std::memcmp(cached + at, memory + at, length(at)) != 0) // it may be really const
                std::memcpy(cached + at, memory + at, length(at));
            std::memcpy(known.data() + at, memory + at, length(at));
        }
    };

    static std::size_t rounded(std::size_t bytes) { return (bytes + line - 1) & ~(line - 1); }

    // The mapping that has a line of these.
    std::pair<const DmaAddress, Mapping>* find(std::uintptr_t begin, std::size_t bytes) {
        for (auto& entry : mappings_) {
            const auto other = reinterpret_cast<std::uintptr_t>(entry.second.cached);
            if (begin < other + rounded(entry.second.bytes) && other < begin + bytes)
                return &entry;
        }
        return nullptr;
    }

    void maintain(const void* first, std::size_t bytes, bool cleans, bool invalidates) noexcept {
        const auto begin = reinterpret_cast<std::uintptr_t>(first);
        auto* const found = find(begin, bytes);
        if (found == nullptr)
            return fault("cache maintenance of memory that is not mapped");
        auto& [address, mapping] = *found;
        const std::uintptr_t start = begin & ~(line - 1);
        const std::uintptr_t end = begin + bytes;
        for (std::size_t at = 0; at < mapping.bytes; at += line) {
            const std::uintptr_t place = reinterpret_cast<std::uintptr_t>(mapping.cached) + at;
            if (place < start || place >= end)
                continue;
            if (cleans && mapping.is_dirty(at))
                mapping.write_back(at);
            else if (invalidates && mapping.is_dirty(at))
                fault("stored by the CPU while the device had it, and lost: " +
                      text(address + at, mapping.length(at)));
            if (invalidates)
                mapping.fetch(at);
        }
    }

    void check_only_read(DmaAddress address, const Mapping& mapping) {
        if (mapping.direction == DmaDirection::to_device &&
            std::memcmp(mapping.memory, mapping.known.data(), mapping.bytes) != 0)
            fault("stored by the device, which was only to read: " + text(address, mapping.bytes));
    }

    std::map<DmaAddress, Mapping> mappings_;
};

} // namespace ioview::testing
