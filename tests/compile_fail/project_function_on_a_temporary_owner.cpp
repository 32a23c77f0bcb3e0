// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner
#include <ioview/dma.hpp>
#include <ioview/project.hpp>

#include <utility>

namespace io = ioview;

struct Heap {
    io::Result<io::DmaRegion> allocate(std::size_t, std::size_t, io::DmaAttrs) noexcept;
    void free(io::DmaRegion, std::size_t) noexcept;
    io::DmaMask mask() const noexcept;
};
struct Ring {
    std::uint32_t head, entries[4];
};
using Owner = io::Coherent<Ring, Heap>;

void f(Heap& dma) {
#ifdef IOVIEW_FIXED
    const auto ring = Owner::zeroed(dma);
    io::project(*ring, &Ring::head).write(1);
#else
    io::project(*Owner::zeroed(dma), &Ring::head).write(1);
#endif
}
