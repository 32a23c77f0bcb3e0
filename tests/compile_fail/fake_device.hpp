// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What the refusals about DMA allocate from.
#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>

#include <utility>

namespace io = ioview;

struct MyDma {
    io::Result<io::DmaRegion> allocate(std::size_t, std::size_t, io::DmaAttrs);
    void free(io::DmaRegion, std::size_t) noexcept;
    io::DmaMask mask() const noexcept;
};
struct Ring {
    std::uint32_t head, tail;
};
