// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Removable<Owner>: a mapping whose device may go while the program runs. What then is SIGBUS, and
// the end of the process, is no_device of a try_ access and all ones of a plain read.
//
//   auto bar = io::pci::SysfsBar<Regs>::map(address, 0);
//   if (!bar) return io::fail(bar.error());
//   auto regs = io::Removable<io::pci::SysfsBar<Regs>>::of(std::move(*bar));
//   auto status = regs->try_read<Status>();                 // no_device once it has gone
//
// A link that is down gives all ones without a signal, as ever (presence.hpp). An access costs a
// load of memory and a branch more. docs/linux.md says how SIGBUS is shared with other handlers.

#if !__STDC_HOSTED__
#error "ioview/linux/removable.hpp needs a hosted implementation"
#endif

#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/linux/sigbus_guard.hpp>
#include <ioview/region.hpp>

#include <bit>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace ioview {

template <class B, class T>
class RemovableView;

namespace detail {

template <class B>
struct RemovableFences {};
template <class B>
    requires(BackendTraits<B>::has_io_fence)
struct RemovableFences<B> {
    template <class T>
    IOVIEW_INLINE static void io_fence(RemovableView<B, T> view, Fence kind) noexcept {
        B::io_fence(view.template inner<std::uint32_t>(), kind);
    }
};

} // namespace detail

// As B, the backend of what is mapped; each access then looks whether it has raised SIGBUS.
template <class B>
struct RemovableBackend : detail::RemovableFences<B> {
    template <class T>
    using View = RemovableView<B, T>;
    using Space = detail::CpuAddresses;
    static constexpr std::endian order = detail::BackendTraits<B>::order;
    static constexpr bool ordered = detail::BackendTraits<B>::ordered;
    static constexpr bool gathers = detail::BackendTraits<B>::gathers;

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(RemovableView<B, T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr RemovableView<B, U> project_view(RemovableView<B, T> view,
                                                                    IoPtr<U> ptr) noexcept {
        return RemovableView<B, U>{view.gone_, ptr};
    }

    template <class W>
        requires(detail::has_io_read<B, W>)
    [[nodiscard]] IOVIEW_INLINE static Result<W> try_io_read(RemovableView<B, W> view) noexcept {
        const W word = B::template io_read<W>(view.template inner<W>());
        if (view.has_gone()) [[unlikely]]
            return detail::fail_as(Error::no_device, ENODEV);
        return word;
    }
    // A write is posted: one that the device no longer takes may be told of by the next access.
    template <class W>
        requires(detail::has_io_write<B, W>)
    [[nodiscard]] IOVIEW_INLINE static Result<> try_io_write(RemovableView<B, W> view,
                                                             W word) noexcept {
        B::template io_write<W>(view.template inner<W>(), word);
        if (view.has_gone()) [[unlikely]]
            return detail::fail_as(Error::no_device, ENODEV);
        return {};
    }
    template <class W>
        requires(detail::has_io_read<B, W>)
    IOVIEW_INLINE static W io_read(RemovableView<B, W> view) noexcept {
        const W word = B::template io_read<W>(view.template inner<W>());
        return view.has_gone() ? static_cast<W>(~W{0}) : word;
    }
    template <class W>
        requires(detail::has_io_write<B, W>)
    IOVIEW_INLINE static void io_write(RemovableView<B, W> view, W word) noexcept {
        B::template io_write<W>(view.template inner<W>(), word);
    }
};

// An address, and where it is seen that nothing is there any longer.
template <class B, class T>
class RemovableView : public Io<RemovableView<B, T>, RemovableBackend<B>, T> {
public:
    [[nodiscard]] IOVIEW_INLINE constexpr RemovableView as_view() const noexcept { return *this; }

    friend constexpr bool operator==(RemovableView a, RemovableView b) noexcept {
        return a.ptr_ == b.ptr_;
    }

private:
    friend RemovableBackend<B>;
    friend detail::RemovableFences<B>;
    template <class Owner>
    friend class Removable;
    IOVIEW_INLINE constexpr RemovableView(const bool* gone, IoPtr<T> ptr) noexcept
        : gone_(gone), ptr_(ptr) {}

    template <class W>
    IOVIEW_INLINE typename B::template View<W> inner() const noexcept {
        return B::template View<W>::from_raw(MmioRaw<W>::at(ptr_.address));
    }
    IOVIEW_INLINE bool has_gone() const noexcept {
        // The access comes first: its signal is what sets it.
        __atomic_signal_fence(__ATOMIC_SEQ_CST);
        return __atomic_load_n(gone_, __ATOMIC_ACQUIRE);
    }

    const bool* gone_;
    IoPtr<T> ptr_;
};

// The owner of a mapping (VfioBar, SysfsBar, UioMap, DevMem), guarded as long as it lives.
template <class Owner>
class Removable : public Io<Removable<Owner>,
                            RemovableBackend<typename Owner::Backend>,
                            typename Owner::Target> {
    using B = typename Owner::Backend;
    using T = typename Owner::Target;
    static constexpr bool is_mapped =
        requires(MmioRaw<std::uint32_t> raw) { B::template View<std::uint32_t>::from_raw(raw); };
    static_assert(is_mapped,
                  "ioview: SIGBUS is raised by mapped memory; this owner makes a call for each "
                  "access, which reports no_device by itself");

public:
    using Io<Removable<Owner>, RemovableBackend<B>, T>::as_view;
    using Io<Removable<Owner>, RemovableBackend<B>, T>::view;

    // Of what a process has 128 at a time: no_memory (ENOSPC) past that, or what memfd_create() and
    // sigaction() say. The owner ends with an error.
    [[nodiscard]] static Result<Removable> of(Owner owner) {
        auto guard = detail::SigbusGuard::of(owner.address(), owner.size_bytes());
        if (!guard)
            return fail(guard.error());
        return Removable{std::move(owner), std::move(*guard)};
    }

    Removable( // ioview: what a Removable guards has one owner; std::move it, or pass .view()
        const Removable&) = delete;
    Removable(Removable&&) noexcept = default;
    Removable& operator=(Removable other) noexcept {
        std::swap(guard_, other.guard_);
        std::swap(owner_, other.owner_);
        return *this;
    }
    ~Removable() = default;

    // The whole mapping; valid while it has an owner. A panic of one that was moved from.
    [[nodiscard]] IOVIEW_INLINE RemovableView<B, T> as_view() const& noexcept {
        if (guard_.empty())
            panic("ioview: an owner of a mapping is used after it was moved from");
        return {guard_.gone(), B::as_ptr(owner_.view())};
    }
    [[nodiscard]] RemovableView<B, T> view() const& noexcept { return as_view(); }

    // An access has raised SIGBUS. It stays so: a device that comes back is mapped anew.
    [[nodiscard]] bool has_gone() const noexcept { return view().has_gone(); }

private:
    Removable(Owner owner, detail::SigbusGuard guard) noexcept
        : owner_(std::move(owner)), guard_(std::move(guard)) {}

    Owner owner_;
    detail::SigbusGuard guard_; // ends while it is still mapped
};

} // namespace ioview
