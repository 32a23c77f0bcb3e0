// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IdentityDma: a DmaDevice for bare metal without an IOMMU: memory from an arena of the user's,
// where the device sees the CPU's addresses.
//
//   alignas(4096) static std::byte arena[64 << 10];     // uncached, or a coherent interconnect
//   constinit io::IdentityDma dma{arena, io::DmaMask::of<32>()};
//
// First fit over a list of holes, which lie in the arena itself. Unsynchronised.

#include <ioview/dma/device.hpp>
#include <ioview/span.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>

namespace ioview {

class IdentityDma {
public:
    // Sizes and places are multiples of it, so that no two owners share a cache line.
    static constexpr std::size_t granule = 64;
    static constexpr std::size_t max_alignment = 64 << 10;

    // The arena must outlive this, and is written from the first allocation on.
    constexpr explicit IdentityDma(Span<std::byte> arena, DmaMask mask = DmaMask::of<64>()) noexcept
        : arena_(arena), mask_(mask) {}
    IdentityDma(const IdentityDma&) = delete;
    IdentityDma& operator=(const IdentityDma&) = delete;

    // no_memory when no hole is large enough; invalid_argument for no bytes or for an alignment
    // that is no power of two.
    [[nodiscard]] Result<DmaRegion>
    allocate(std::size_t bytes, std::size_t alignment, DmaAttrs) noexcept {
        if (bytes == 0 || !std::has_single_bit(alignment))
            return fail(Error::invalid_argument);
        if (bytes > arena_.size())
            return fail(Error::no_memory);
        prepare();
        const std::size_t size = rounded(bytes);
        for (Hole** link = &holes_; *link != nullptr; link = &(*link)->next) {
            const std::size_t skipped = to_alignment(*link, alignment);
            if (!detail::fits(skipped, size, (*link)->bytes))
                continue;
            std::byte* const place = take(link, skipped, size);
            available_ -= size;
            return DmaRegion{place, reinterpret_cast<std::uintptr_t>(place)};
        }
        return fail(Error::no_memory);
    }

    // Panics when the region was not allocated here with so many bytes, or is free already.
    void free(DmaRegion region, std::size_t bytes) noexcept {
        const auto address = reinterpret_cast<std::uintptr_t>(region.cpu);
        const auto start = reinterpret_cast<std::uintptr_t>(arena_.data());
        if (bytes == 0 || bytes > arena_.size() || region.dma != address || address < start ||
            !detail::fits(address - start, rounded(bytes), arena_.size()) ||
            !detail::is_aligned(address, granule))
            panic("ioview: IdentityDma::free: the region is not from this arena");
        give_back(static_cast<std::byte*>(region.cpu), rounded(bytes));
        available_ += rounded(bytes);
    }

    [[nodiscard]] DmaMask mask() const noexcept { return mask_; }

    // Bytes in holes, not necessarily in one.
    [[nodiscard]] std::size_t available() noexcept {
        prepare();
        return available_;
    }

private:
    // A stretch of free granules, in ascending order, never next to another.
    struct Hole {
        std::size_t bytes;
        Hole* next;

        std::byte* begin() noexcept { return reinterpret_cast<std::byte*>(this); }
        std::byte* end() noexcept { return begin() + bytes; }
    };
    static_assert(sizeof(Hole) <= granule);

    static constexpr std::size_t rounded(std::size_t bytes) noexcept {
        return (bytes + granule - 1) & ~(granule - 1);
    }
    static std::size_t to_alignment(const void* place, std::size_t alignment) noexcept {
        const auto address = reinterpret_cast<std::uintptr_t>(place);
        return (0 - address) & (alignment - 1);
    }
    static Hole* make_hole(std::byte* place, std::size_t bytes, Hole* next) noexcept {
        return ::new (static_cast<void*>(place)) Hole{bytes, next};
    }

    // The first hole: all whole granules of the arena. Not done by the constructor, which can run
    // in the compiler then.
    void prepare() noexcept {
        if (prepared_)
            return;
        prepared_ = true;
        const std::size_t skipped = to_alignment(arena_.data(), granule);
        if (skipped >= arena_.size())
            return;
        available_ = (arena_.size() - skipped) & ~(granule - 1);
        if (available_ != 0)
            holes_ = make_hole(arena_.data() + skipped, available_, nullptr);
    }

    // Cuts size bytes out of the hole at *link, skipped bytes into it.
    std::byte* take(Hole** link, std::size_t skipped, std::size_t size) noexcept {
        Hole* const hole = *link;
        std::byte* const place = hole->begin() + skipped;
        const std::size_t behind = hole->bytes - skipped - size;
        Hole* rest = hole->next;
        if (behind != 0)
            rest = make_hole(place + size, behind, rest);
        if (skipped != 0) {
            hole->bytes = skipped;
            hole->next = rest;
        } else {
            *link = rest;
        }
        return place;
    }

    void give_back(std::byte* place, std::size_t size) noexcept {
        Hole* before = nullptr;
        Hole* after = holes_;
        while (after != nullptr && after->begin() < place) {
            before = after;
            after = after->next;
        }
        if ((before != nullptr && before->end() > place) ||
            (after != nullptr && place + size > after->begin()))
            panic("ioview: IdentityDma::free: the region is free already");
        Hole* next = after;
        if (after != nullptr && place + size == after->begin()) {
            size += after->bytes;
            next = after->next;
        }
        if (before != nullptr && before->end() == place) {
            before->bytes += size;
            before->next = next;
        } else {
            (before != nullptr ? before->next : holes_) = make_hole(place, size, next);
        }
    }

    Span<std::byte> arena_;
    DmaMask mask_;
    Hole* holes_ = nullptr;
    std::size_t available_ = 0;
    bool prepared_ = false;
};

} // namespace ioview
