// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

#ifdef IOVIEW_FIXED
void f(io::SysMem<const std::byte[]> from, io::SysMem<std::byte[]> to) {
#else
void f(io::SysMem<std::byte[]> from, io::SysMem<const std::byte[]> to) {
#endif
    io::copy(from, to);
}
