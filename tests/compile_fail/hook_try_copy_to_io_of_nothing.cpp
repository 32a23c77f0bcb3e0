// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's try_copy_to_io has another form
#ifdef IOVIEW_FIXED
#define HOOK static io::Result<> try_copy_to_io(View<std::byte[]>, const std::byte*) noexcept;
#else
#define HOOK static void try_copy_to_io(View<std::byte[]>, const std::byte*) noexcept;
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
