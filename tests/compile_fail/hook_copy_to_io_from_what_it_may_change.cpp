// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's copy_to_io has another form
#ifdef IOVIEW_FIXED
#define HOOK                                                                                       \
    template <class T>                                                                             \
    static void copy_to_io(View<T>, const std::byte*) noexcept;
#else
#define HOOK                                                                                       \
    template <class T>                                                                             \
    static void copy_to_io(View<T>, std::byte*) noexcept;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
