// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// CoherentHandle<Dma>: memory for a device that the CPU never maps (firmware's own work area).
//
//   auto area = io::CoherentHandle<MyDma>::allocate(dma, 1 << 20);   // Result
//   bar.write(WorkArea{}.with_address(area->dma_address()));

#include <ioview/config.hpp>
#include <ioview/dma/block.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/region.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace ioview {

template <DmaDevice Dma>
class CoherentHandle {
public:
    // invalid_argument for no bytes, no_memory for more than there can be, out_of_bounds beyond
    // the mask, or what the device refuses with. Aligned to a page, as far as the device can.
    template <std::integral N>
    [[nodiscard]] static Result<CoherentHandle>
    allocate(Dma& dma, N bytes, DmaAttrs attrs = {}) noexcept {
        constexpr std::size_t most = detail::max_dma_alignment<Dma>();
        auto block = detail::DmaBlock<Dma>::allocate(dma,
                                                     detail::to_size(bytes),
                                                     most < 4'096 ? most : 4'096,
                                                     detail::HandleAttrs::without_mapping(attrs));
        if (!block)
            return fail(block.error());
        return Result<CoherentHandle>{CoherentHandle{*std::move(block)}};
    }

    CoherentHandle( // ioview: memory by its handle has one owner; std::move it
        const CoherentHandle&) = delete;
    CoherentHandle(CoherentHandle&&) noexcept = default;
    CoherentHandle& operator=(CoherentHandle other) noexcept {
        block_ = std::move(other.block_);
        return *this;
    }
    ~CoherentHandle() = default;

    // Bytes, 0 once moved from; a moved-from handle has no address, asking is a panic.
    [[nodiscard]] std::size_t size() const noexcept { return block_.bytes(); }
    [[nodiscard]] DmaAddress dma_address() const noexcept {
        if (block_.empty())
            panic("ioview: a CoherentHandle that was moved from is used");
        return block_.dma_address();
    }

    // As Coherent::leak(): for a device that does not confirm that it has stopped.
    DmaRegion leak() && noexcept { return block_.leak(); }
    void leak() & IOVIEW_REFUSED("ioview: leaking ends the owner; write std::move(handle).leak()");

private:
    explicit CoherentHandle(detail::DmaBlock<Dma> block) noexcept : block_(std::move(block)) {}

    detail::DmaBlock<Dma> block_;
};

} // namespace ioview
