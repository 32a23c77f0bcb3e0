// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's try_io_write has another form
#ifdef IOVIEW_FIXED
#define HOOK                                                                                       \
    template <class W>                                                                             \
    static io::Result<> try_io_write(View<W>, W) noexcept;
#else
#define HOOK                                                                                       \
    template <class W>                                                                             \
    static io::Result<int> try_io_write(View<W>, W) noexcept;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
