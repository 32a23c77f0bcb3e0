// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IoSysMap<T>: a mapping that is device memory or system memory, known at run time only (a frame
// buffer in VRAM or in RAM). Each access goes to the one it is.
//
//   io::IoSysMap<Header> map = in_vram ? io::IoSysMap<Header>{mmio} : io::IoSysMap<Header>{ram};
//
// On big-endian CPUs the two would read plain integers differently, so only le, be and bytes have
// accesses there.

#include <ioview/backend/device_word.hpp>
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>

#include <bit>

namespace ioview {

// The tag of IoSysMap: an access is Mmio's or SysMem's, told apart at run time.
struct IoSysMapBackend {
    template <class T>
    using View = IoSysMap<T>;
    using Space = detail::CpuAddresses;
    static constexpr std::endian order = std::endian::little;
    static constexpr bool mixed_order = std::endian::native != std::endian::little;

    template <class T>
    IOVIEW_INLINE static IoPtr<T> as_ptr(IoSysMap<T> view) noexcept {
        return view.is_io_ ? MmioBackend::as_ptr(view.io_) : SysMemBackend::as_ptr(view.sys_);
    }
    template <class T, class U>
    IOVIEW_INLINE static IoSysMap<U> project_view(IoSysMap<T> view, IoPtr<U> ptr) noexcept {
        return view.is_io_ ? IoSysMap<U>{MmioBackend::project_view(view.io_, ptr)}
                           : IoSysMap<U>{SysMemBackend::project_view(view.sys_, ptr)};
    }

    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static W io_read(IoSysMap<W> view) noexcept {
        return view.is_io_ ? MmioBackend::io_read<W>(view.io_)
                           : detail::from_little(SysMemBackend::io_read<W>(view.sys_));
    }
    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static void io_write(IoSysMap<W> view, W word) noexcept {
        if (view.is_io_)
            MmioBackend::io_write<W>(view.io_, word);
        else
            SysMemBackend::io_write<W>(view.sys_, detail::from_little(word));
    }
#if IOVIEW_TSAN
    template <class T>
    static void io_fence(IoSysMap<T> view, Fence kind) noexcept {
        view.is_io_ ? (detail::barrier)(kind) : SysMemBackend::io_fence(view.sys_, kind);
    }
#endif

    // Bulk accesses ask once.
    template <class T, class F>
    IOVIEW_INLINE static auto reading(IoSysMap<T> view, F&& f) noexcept {
        return view.is_io_ ? MmioBackend::reading(view.io_, f) : f(view.sys_);
    }
    template <class T, class F>
    IOVIEW_INLINE static auto writing(IoSysMap<T> view, F&& f) noexcept {
        return view.is_io_ ? MmioBackend::writing(view.io_, f) : f(view.sys_);
    }
};

template <class T>
class IoSysMap : public Io<IoSysMap<T>, IoSysMapBackend, T> {
public:
    IOVIEW_INLINE constexpr IoSysMap(Mmio<T> view) noexcept : io_(view), is_io_(true) {}
    IOVIEW_INLINE constexpr IoSysMap(SysMem<T> view) noexcept : sys_(view), is_io_(false) {}

    [[nodiscard]] IOVIEW_INLINE constexpr IoSysMap as_view() const noexcept { return *this; }

    // Device memory, not system memory.
    [[nodiscard]] constexpr bool is_io() const noexcept { return is_io_; }

    // f(Mmio<T>) or f(SysMem<T>), whichever it is; both return the same type.
    template <class F>
    constexpr decltype(auto) visit(F&& f) const {
        return is_io_ ? static_cast<F&&>(f)(io_) : static_cast<F&&>(f)(sys_);
    }

    // Maps of different kinds are never equal, whatever their addresses.
    friend constexpr bool operator==(IoSysMap a, IoSysMap b) noexcept {
        return a.is_io_ == b.is_io_ && (a.is_io_ ? a.io_ == b.io_ : a.sys_ == b.sys_);
    }

private:
    friend IoSysMapBackend;

    union {
        Mmio<T> io_;
        SysMem<T> sys_;
    };
    bool is_io_;
};

} // namespace ioview
