// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's io_write has another form
#ifdef IOVIEW_FIXED
#define WRITE                                                                                      \
    template <class W>                                                                             \
    static void io_write(View<W>, W) noexcept;
#else
#define WRITE                                                                                      \
    template <class W>                                                                             \
    static void io_write(W, View<W>) noexcept;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.address();
}
