// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A backend for the refusals of hooks and widths: HOOK is one more member of its tag, WIDTHS says
// which Ws it has, READ and WRITE stand for its io_read and io_write.

#include <ioview/ioview.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace io = ioview;

#ifndef HOOK
#define HOOK
#endif
#ifndef WIDTHS
#define WIDTHS true
#endif
#ifndef READ
#define READ                                                                                       \
    template <class W>                                                                             \
        requires WIDTHS                                                                            \
    static W io_read(View<W> view) noexcept {                                                      \
        return static_cast<W>(view.ptr.address);                                                   \
    }
#endif
#ifndef WRITE
#define WRITE                                                                                      \
    template <class W>                                                                             \
        requires WIDTHS                                                                            \
    static void io_write(View<W>, W) noexcept {}
#endif
#ifndef AS_PTR
#define AS_PTR                                                                                     \
    template <class T>                                                                             \
    static io::IoPtr<T> as_ptr(View<T> view) noexcept {                                            \
        return view.ptr;                                                                           \
    }
#endif
#ifndef PROJECT_VIEW
#define PROJECT_VIEW                                                                               \
    template <class T, class U>                                                                    \
    static View<U> project_view(View<T>, io::IoPtr<U> ptr) noexcept {                              \
        return View<U>{ptr};                                                                       \
    }
#endif
#ifndef TAG
#define TAG Bus
#endif

template <class T>
class BusView;
struct TAG {
    template <class T>
    using View = BusView<T>;
    AS_PTR PROJECT_VIEW READ WRITE HOOK
};
template <class T>
class BusView : public io::Io<BusView<T>, Bus, T> {
public:
    explicit BusView(io::IoPtr<T> p) noexcept : ptr(p) {}
    BusView as_view() const noexcept { return *this; }
    io::IoPtr<T> ptr;
};
