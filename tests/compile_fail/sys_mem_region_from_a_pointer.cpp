// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: .*from_bytes
#include <ioview/ioview.hpp>

namespace io = ioview;

auto f(void* base, [[maybe_unused]] std::size_t size) {
#ifdef IOVIEW_FIXED
    return io::SysMem<io::Region<64>>::from_bytes(base, size);
#else
    return io::SysMem<io::Region<64>>::from_pointer(base);
#endif
}
