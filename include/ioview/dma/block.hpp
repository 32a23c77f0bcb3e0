// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/dma/coherent.hpp>
// Part of <ioview/dma/coherent.hpp>, which is the one to include.
#pragma once
// One allocation of a DmaDevice: owned by exactly one block, given back once.
//
//   auto block = detail::DmaBlock<MyDma>::allocate(dma, 4096, 64, {});   // Result

#include <ioview/config.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/region.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ioview::detail {

template <DmaDevice Dma>
class DmaBlock {
public:
    // What the device refuses stays its error. no_memory when it gives none, out_of_bounds beyond
    // its mask, misaligned when it does not keep its word; nothing is kept then.
    [[nodiscard]] static Result<DmaBlock>
    allocate(Dma& dma, std::size_t bytes, std::size_t align, DmaAttrs attrs) noexcept {
        if (bytes == 0)
            return fail(Error::invalid_argument);
        if (bytes > static_cast<std::size_t>(PTRDIFF_MAX))
            return fail(Error::no_memory);
        Result<DmaRegion> region = dma.allocate(bytes, align, attrs);
        if (!region)
            return fail(region.error());
        if (attrs.wants_cpu_mapping() && region->cpu == nullptr)
            return fail(Error::no_memory);
        DmaBlock block{dma, *region, bytes, attrs}; // from here on it is given back
        if (!dma.mask().contains(region->dma, bytes))
            return fail(Error::out_of_bounds);
        if ((attrs.wants_cpu_mapping() &&
             !is_aligned(reinterpret_cast<std::uintptr_t>(region->cpu), align)) ||
            (region->dma & (align - 1)) != 0)
            return fail(Error::misaligned);
        return Result<DmaBlock>{std::move(block)};
    }

    DmaBlock() noexcept : dma_(nullptr), region_{nullptr, 0}, bytes_(0) {} // empty
    DmaBlock(DmaBlock&& other) noexcept
        : dma_(std::exchange(other.dma_, nullptr)),
          region_(std::exchange(other.region_, DmaRegion{nullptr, 0})),
          bytes_(std::exchange(other.bytes_, 0)),
          attrs_(other.attrs_) {}
    DmaBlock& operator=(DmaBlock&& other) noexcept {
        DmaBlock taken{std::move(other)}; // first, so that assigning to itself keeps the memory
        std::swap(dma_, taken.dma_);
        std::swap(region_, taken.region_);
        std::swap(bytes_, taken.bytes_);
        std::swap(attrs_, taken.attrs_);
        return *this;
    }
    ~DmaBlock() {
        if (dma_ == nullptr)
            return;
        if constexpr (FreesWithAttrs<Dma>)
            dma_->free(region_, bytes_, attrs_);
        else
            dma_->free(region_, bytes_);
    }

    // Lets go of the memory without giving it back; where it was.
    DmaRegion leak() noexcept {
        if (dma_ == nullptr)
            return region_;
        if constexpr (HearsOfLeaks<Dma>)
            dma_->leaked(region_, bytes_);
        dma_ = nullptr;
        bytes_ = 0;
        return std::exchange(region_, DmaRegion{nullptr, 0});
    }

    // Without memory: moved from.
    [[nodiscard]] IOVIEW_INLINE bool empty() const noexcept { return dma_ == nullptr; }
    [[nodiscard]] IOVIEW_INLINE std::byte* cpu() const noexcept {
        return static_cast<std::byte*>(region_.cpu);
    }
    [[nodiscard]] IOVIEW_INLINE DmaAddress dma_address() const noexcept { return region_.dma; }
    [[nodiscard]] IOVIEW_INLINE std::size_t bytes() const noexcept { return bytes_; }

private:
    DmaBlock(Dma& dma, DmaRegion region, std::size_t bytes, DmaAttrs attrs) noexcept
        : dma_(&dma), region_(region), bytes_(bytes), attrs_(attrs) {}

    Dma* dma_;
    DmaRegion region_;
    std::size_t bytes_;
    DmaAttrs attrs_;
};

} // namespace ioview::detail
