// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// NonCoherentDma<Cache>: a StreamingDma for bare metal without an IOMMU, whose devices do not look
// into the CPU's caches. It lends any memory, by Streaming; a Coherent is in an arena that the CPU
// maps uncached.
//
//   __attribute__((section(".uncached"))) alignas(4096) static std::byte arena[64 << 10];
//   constinit io::NonCoherentDma dma{io::CortexMCacheOps{}, arena, io::DmaMask::of<32>()};
//
// The device sees the CPU's addresses. Unsynchronised.

#include <ioview/dma/cache.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/dma/identity.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/span.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview {

template <CacheOps Cache>
class NonCoherentDma {
public:
    static constexpr std::size_t max_alignment = IdentityDma::max_alignment;
    static constexpr bool allocates_uncached = true;

    // uncached outlives this; the user has mapped it so (MPU region, page attribute). Bounce
    // buffers are in it, too, and it is where the mask reaches. Without one a
    // Coherent is refused (unsupported), and so is memory that has to bounce.
    constexpr NonCoherentDma(Cache cache,
                             Span<std::byte> uncached,
                             DmaMask mask = DmaMask::of<64>()) noexcept
        : arena_(uncached, mask), cache_(cache), has_arena_(!uncached.empty()) {}
    constexpr explicit NonCoherentDma(Cache cache, DmaMask mask = DmaMask::of<64>()) noexcept
        : NonCoherentDma(cache, Span<std::byte>{}, mask) {}

    // DmaDevice, from the arena: errors as IdentityDma.
    [[nodiscard]] Result<DmaRegion>
    allocate(std::size_t bytes, std::size_t alignment, DmaAttrs attrs) noexcept {
        if (!has_arena_)
            return fail(Error::unsupported);
        return arena_.allocate(bytes, alignment, attrs);
    }
    void free(DmaRegion region, std::size_t bytes) noexcept { arena_.free(region, bytes); }
    [[nodiscard]] DmaMask mask() const noexcept { return arena_.mask(); }

    // StreamingDma. Addresses are the CPU's, so there is nothing to do.
    [[nodiscard]] Result<DmaAddress> map(const void* cpu, std::size_t, DmaDirection) noexcept {
        return reinterpret_cast<std::uintptr_t>(cpu);
    }
    void unmap(DmaAddress, std::size_t, DmaDirection) noexcept {}
    [[nodiscard]] constexpr const Cache& cache() const noexcept { return cache_; }

    // Called by owners. left() counts what they let go of by leak(), of the arena and of the
    // driver's own memory.
    void leaked(DmaRegion region, std::size_t bytes) noexcept { arena_.leaked(region, bytes); }
    [[nodiscard]] std::size_t left() const noexcept { return arena_.left(); }
    [[nodiscard]] const IdentityDma& arena() const noexcept { return arena_; }

private:
    IdentityDma arena_;
    Cache cache_;
    bool has_arena_;
};

} // namespace ioview
