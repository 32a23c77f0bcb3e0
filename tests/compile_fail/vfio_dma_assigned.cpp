// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: owners of its memory know where a VfioDma is
#include <ioview/linux/vfio_dma.hpp>

#include <utility>

namespace io = ioview;

void f(io::VfioDma& dma, io::VfioDma other) {
#ifdef IOVIEW_FIXED
    const io::VfioDma moved{std::move(other)};
    static_cast<void>(dma.mask());
#else
    dma = std::move(other);
#endif
}
