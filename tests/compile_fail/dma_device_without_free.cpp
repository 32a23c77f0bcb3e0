// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: DmaDevice
// The concepts on the way to the one that fails, and the includes on the way to them:
// lines: 24
#include "fake_device.hpp"

struct Leaky {
    io::Result<io::DmaRegion> allocate(std::size_t, std::size_t, io::DmaAttrs);
    io::DmaMask mask() const noexcept;
#ifdef IOVIEW_FIXED
    void free(io::DmaRegion, std::size_t) noexcept;
#else
    void free(io::DmaRegion, std::size_t); // may throw
#endif
};
auto f(Leaky& dma) {
    return io::Coherent<Ring, Leaky>::zeroed(dma);
}
