// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// StreamingDma: a DmaDevice that also lends the driver's own memory, and says by which CacheOps.
//
//   struct MyDma {                                              // besides what a DmaDevice has
//       io::Result<io::DmaAddress> map(const void* cpu, std::size_t bytes, io::DmaDirection);
//       void unmap(io::DmaAddress, std::size_t bytes, io::DmaDirection) noexcept;
//       io::Arm64CacheOps cache() const noexcept { return {}; }
//       static constexpr bool allocates_uncached = true;        // so that it can have a Coherent
//   };

#include <ioview/dma/cache.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview {

// D also maps memory that it has not allocated.
// Semantics: map gives the address at which the device sees bytes at cpu, contiguous there, until
// unmap gets the same address, bytes and direction, once; an error otherwise. It needs not look at
// the mask, and does not maintain caches: cache() says how that is done.
template <class D>
concept StreamingDma = DmaDevice<D> && requires(D& dma,
                                                const D& same,
                                                const void* cpu,
                                                std::size_t bytes,
                                                DmaAddress address,
                                                DmaDirection direction) {
    { dma.map(cpu, bytes, direction) } -> std::same_as<Result<DmaAddress>>;
    { dma.unmap(address, bytes, direction) } noexcept;
    { same.cache() } noexcept;
    requires CacheOps<std::remove_cvref_t<decltype(same.cache())>>;
};

} // namespace ioview
