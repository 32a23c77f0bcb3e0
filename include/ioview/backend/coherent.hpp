// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// CoherentView<T>: memory shared with a device, by its CPU address and its DMA address. Accesses
// are those of SysMem; projecting moves both addresses.
//
//   auto entry = IO_PROJECT(ring, entries, at(2));
//   IO_WRITE(device, descriptor, entry.dma_address());

#include <ioview/backend/sys_mem.hpp>
#include <ioview/config.hpp>
#include <ioview/fwd.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview {

// The tag of CoherentView: accesses as SysMem's, at the CPU address.
struct CoherentBackend {
    template <class T>
    using View = CoherentView<T>;

    template <class T>
    IOVIEW_INLINE static IoPtr<T> as_ptr(CoherentView<T> view) noexcept {
        return SysMemBackend::as_ptr(view.memory_);
    }
    template <class T, class U>
    IOVIEW_INLINE static CoherentView<U> project_view(CoherentView<T> view, IoPtr<U> ptr) noexcept {
        const auto moved =
            static_cast<std::intptr_t>(ptr.address - SysMemBackend::as_ptr(view.memory_).address);
        return CoherentView<U>{SysMemBackend::project_view(view.memory_, ptr),
                               view.dma_ + static_cast<DmaAddress>(moved)};
    }

    template <class W>
        requires detail::has_io_read<SysMemBackend, W>
    IOVIEW_INLINE static W io_read(CoherentView<W> view) noexcept {
        return SysMemBackend::io_read<W>(view.memory_);
    }
    template <class W>
        requires detail::has_io_write<SysMemBackend, W>
    IOVIEW_INLINE static void io_write(CoherentView<W> view, W word) noexcept {
        SysMemBackend::io_write<W>(view.memory_, word);
    }

    // Bulk copies are those of SysMem.
    using Space = SysMemBackend::Space;
    template <class T>
    IOVIEW_INLINE static std::byte* memory(CoherentView<T> view) noexcept {
        return SysMemBackend::memory(view.memory_);
    }

#if IOVIEW_TSAN
    template <class T>
    static void io_fence(CoherentView<T> view, Fence kind) noexcept {
        SysMemBackend::io_fence(view.memory_, kind);
    }
#endif
};

template <class T>
class CoherentView : public Io<CoherentView<T>, CoherentBackend, T> {
public:
    // For memory that was not allocated here. The caller promises that the device sees memory at
    // dma, all of it, as long as the view is used.
    [[nodiscard]] static constexpr CoherentView from_raw(SysMem<T> memory,
                                                         DmaAddress dma) noexcept {
        return CoherentView{memory, dma};
    }

    [[nodiscard]] IOVIEW_INLINE constexpr CoherentView as_view() const noexcept { return *this; }

    // Where the device sees the target.
    [[nodiscard]] IOVIEW_INLINE constexpr DmaAddress dma_address() const noexcept { return dma_; }

    // The same memory for code that knows no device.
    [[nodiscard]] IOVIEW_INLINE constexpr SysMem<T> as_sys_mem() const noexcept { return memory_; }

    friend bool operator==(CoherentView a, CoherentView b) noexcept {
        return a.memory_ == b.memory_ && a.dma_ == b.dma_;
    }

private:
    friend CoherentBackend;
    IOVIEW_INLINE constexpr CoherentView(SysMem<T> memory, DmaAddress dma) noexcept
        : memory_(memory), dma_(dma) {}

    SysMem<T> memory_;
    DmaAddress dma_;
};

} // namespace ioview
