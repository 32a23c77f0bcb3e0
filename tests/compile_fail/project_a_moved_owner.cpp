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

void f(Owner ring) {
#ifdef IOVIEW_FIXED
    const auto entry = IO_PROJECT(ring, entries, try_at(1));
#else
    const auto entry = IO_PROJECT(std::move(ring), entries, try_at(1));
#endif
    if (entry)
        entry->write(1);
}
