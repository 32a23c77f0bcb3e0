// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a backend's writing has another form
#ifdef IOVIEW_FIXED
#define HOOK                                                                                       \
    template <class T, class F>                                                                    \
    static auto writing(View<T> view, F&& f) noexcept {                                            \
        return f(view);                                                                            \
    }
#else
#define HOOK                                                                                       \
    struct writing {};
#endif
#include "bus.hpp"

auto f(BusView<io::Region<0x10>> bar) {
    return bar.try_read32(0);
}
