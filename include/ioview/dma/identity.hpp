// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IdentityDma: a DmaDevice for bare metal without an IOMMU: memory from an arena of the user's,
// where the device sees the CPU's addresses.
//
//   alignas(4096) static std::byte arena[64 << 10];     // uncached, or a coherent interconnect
//   constinit io::IdentityDma dma{arena, io::DmaMask::of<32>()};
//
// First fit between what is taken, which a table beside the arena lists: nothing here reads or
// writes memory that a device has had. Unsynchronised.

#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace ioview {

class IdentityDma {
public:
    // Sizes and places are multiples of it, so that no two owners share a cache line.
    static constexpr std::size_t granule = 64;
    static constexpr std::size_t max_alignment = 64 << 10;

    // A line of the table: a region that was given.
    struct Taken {
        std::uintptr_t address;
        std::size_t bytes; // as they were asked for
    };
    static constexpr std::size_t own_lines = 64;

    // The arena must outlive this, which gives at most own_lines regions of it at a time.
    constexpr explicit IdentityDma(Span<std::byte> arena, DmaMask mask = DmaMask::of<64>()) noexcept
        : arena_(arena), mask_(mask), table_(own_) {}
    // As many as the table has lines; it must outlive this, and be where no device writes.
    constexpr IdentityDma(Span<std::byte> arena,
                          Span<Taken> table,
                          DmaMask mask = DmaMask::of<64>()) noexcept
        : arena_(arena), mask_(mask), table_(table) {}
    IdentityDma(const IdentityDma&) = delete;
    IdentityDma& operator=(const IdentityDma&) = delete;

    // no_memory when no hole is large enough, or the table is full; invalid_argument for no bytes
    // or for an alignment that is no power of two.
    [[nodiscard]] Result<DmaRegion>
    allocate(std::size_t bytes, std::size_t alignment, DmaAttrs) noexcept {
        if (bytes == 0 || !std::has_single_bit(alignment))
            return fail(Error::invalid_argument);
        if (bytes > arena_.size() || count_ == table_.size())
            return fail(Error::no_memory);
        const std::size_t size = rounded(bytes);
        const std::size_t step = alignment < granule ? granule : alignment;
        std::uintptr_t hole = begin();
        for (std::size_t i = 0; i <= count_; ++i) {
            const std::uintptr_t next = i < count_ ? table_[i].address : end();
            const std::size_t skipped = (0 - hole) & (step - 1);
            if (detail::fits(skipped, size, next - hole)) {
                insert(i, {hole + skipped, bytes});
                return DmaRegion{arena_.data() + (hole + skipped - start()), hole + skipped};
            }
            if (i < count_)
                hole = next + rounded(table_[i].bytes);
        }
        return fail(Error::no_memory);
    }

    // Panics when the region was not allocated here with so many bytes, or is free already.
    void free(DmaRegion region, std::size_t bytes) noexcept {
        const auto address = reinterpret_cast<std::uintptr_t>(region.cpu);
        if (bytes == 0 || bytes > arena_.size() || region.dma != address || address < begin() ||
            address >= end() || !detail::is_aligned(address, granule))
            panic("ioview: IdentityDma::free: the region is not from this arena");
        std::size_t i = 0;
        while (i < count_ && table_[i].address != address)
            ++i;
        if (i == count_)
            panic("ioview: IdentityDma::free: the region is free already");
        if (table_[i].bytes != bytes)
            panic("ioview: IdentityDma::free: the region was allocated with another size");
        --count_;
        for (; i < count_; ++i)
            table_[i] = table_[i + 1];
    }

    // What the device can address, as given.
    [[nodiscard]] DmaMask mask() const noexcept { return mask_; }

    // Bytes in holes, not necessarily in one.
    [[nodiscard]] std::size_t available() const noexcept {
        std::size_t bytes = end() - begin();
        for (std::size_t i = 0; i < count_; ++i)
            bytes -= rounded(table_[i].bytes);
        return bytes;
    }
    // Regions that are not given back: in use, or let go of by leak().
    [[nodiscard]] std::size_t outstanding() const noexcept { return count_; }
    // Of these, what owners let go of by leak(): a device that did not stop may still write there.
    [[nodiscard]] std::size_t left() const noexcept { return left_; }

    // Called by owners (DmaDevice).
    void leaked(DmaRegion, std::size_t) noexcept { ++left_; }

private:
    static constexpr std::size_t rounded(std::size_t bytes) noexcept {
        return (bytes + granule - 1) & ~(granule - 1);
    }
    // All whole granules of the arena: from begin() to end().
    std::uintptr_t start() const noexcept {
        return reinterpret_cast<std::uintptr_t>(arena_.data());
    }
    std::uintptr_t begin() const noexcept {
        const std::size_t skipped = (0 - start()) & (granule - 1);
        return skipped < arena_.size() ? start() + skipped : start();
    }
    std::uintptr_t end() const noexcept {
        const std::size_t skipped = (0 - start()) & (granule - 1);
        if (skipped >= arena_.size())
            return begin();
        return begin() + ((arena_.size() - skipped) & ~(granule - 1));
    }

    // The lines are in the order of their addresses.
    void insert(std::size_t at, Taken line) noexcept {
        for (std::size_t i = count_++; i > at; --i)
            table_[i] = table_[i - 1];
        table_[at] = line;
    }

    Span<std::byte> arena_;
    DmaMask mask_;
    Taken own_[own_lines]{};
    Span<Taken> table_;
    std::size_t count_ = 0;
    std::size_t left_ = 0;
};

} // namespace ioview
