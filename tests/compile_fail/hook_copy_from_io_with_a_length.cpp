// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's copy_from_io has another form
#ifdef IOVIEW_FIXED
#define HOOK static void copy_from_io(View<std::byte[]>, std::byte*) noexcept;
#else
#define HOOK static void copy_from_io(View<std::byte[]>, std::byte*, std::size_t) noexcept;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
