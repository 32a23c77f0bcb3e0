// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's reading.view, f. returns f.view., and this one does not
#ifdef IOVIEW_FIXED
#define HOOK                                                                                       \
    template <class T, class F>                                                                    \
    static auto reading(View<T> view, F&& f) noexcept {                                            \
        return f(view);                                                                            \
    }
#else
#define HOOK                                                                                       \
    template <class T, class F>                                                                    \
    static void reading(View<T> view, F&& f) noexcept {                                            \
        f(view);                                                                                   \
    }
#endif
#include "bus.hpp"

void f(BusView<std::byte[16]> bytes, std::byte (&buffer)[16]) {
    bytes.copy_to(buffer);
}
