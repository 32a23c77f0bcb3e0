// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's io_read has another form
#ifdef IOVIEW_FIXED
#define READ                                                                                       \
    template <class W>                                                                             \
    static W io_read(View<W>) noexcept;                                                            \
    template <class W>                                                                             \
    static io::Result<W> try_io_read(View<W>) noexcept;
#else
#define READ                                                                                       \
    template <class W>                                                                             \
    static io::Result<W> try_io_read(View<W>) noexcept;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.address();
}
