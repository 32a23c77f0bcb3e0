// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's io_fence has another form
#ifdef IOVIEW_FIXED
#define HOOK                                                                                       \
    template <class T>                                                                             \
    static void io_fence(View<T>, io::Fence) noexcept;
#else
#define HOOK                                                                                       \
    template <class T>                                                                             \
    static void io_fence(View<T>, int) noexcept;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
