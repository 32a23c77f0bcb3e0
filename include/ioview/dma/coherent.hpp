// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Coherent<T, Dma>: owns memory shared with a device, and is a view of it. T is an object, an array
// or a slice; Dma is any DmaDevice, held by reference.
//
//   auto ring = io::Coherent<Ring, MyDma>::zeroed(dma);              // Result
//   auto list = io::Coherent<Entry[], MyDma>::zeroed(dma, 64);
//   bar.write(RingBase{}.with_address(ring->dma_address()));
//   io::publish(IO_PROJECT(*ring, head), 1u);
//
// The device must have stopped using the memory before the owner goes; where nobody can tell that
// it has, the memory is leaked: std::move(*ring).leak().

#include <ioview/backend/coherent.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/config.hpp>
#include <ioview/dma/block.hpp>
#include <ioview/dma/borrow.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/dma/factories.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/io.hpp>

#include <cstddef>
#include <utility>

namespace ioview {

template <class T, DmaDevice Dma>
class Coherent : public Io<Coherent<T, Dma>, CoherentBackend, T>,
                 public detail::DmaFactories<Coherent<T, Dma>, T, Dma> {
public:
    using Io<Coherent<T, Dma>, CoherentBackend, T>::as_view;
    using Io<Coherent<T, Dma>, CoherentBackend, T>::view;

    Coherent( // ioview: memory shared with a device has one owner; std::move it, or pass .view()
        const Coherent&) = delete;
    // What was moved from is empty: a slice without elements; other targets panic when accessed.
    Coherent(Coherent&&) noexcept = default;
    Coherent& operator=(Coherent other) noexcept {
        lent_ = std::move(other.lent_);
        block_ = std::move(other.block_);
        return *this;
    }
    ~Coherent() { lent_.must_be_free(); }

    // A view of all of it, valid as long as the memory has an owner.
    [[nodiscard]] IOVIEW_INLINE CoherentView<T> as_view() const& noexcept {
        if constexpr (detail::is_slice<T>) {
            return CoherentView<T>::from_raw(SysMem<T>::from_span({first(), count()}),
                                             block_.dma_address());
        } else {
            require_memory();
            return CoherentView<T>::from_raw(
                SysMem<T>::from_pointer(reinterpret_cast<T*>(aligned())), block_.dma_address());
        }
    }
    [[nodiscard]] CoherentView<T> view() const& noexcept { return as_view(); }

    // Where the device sees it.
    [[nodiscard]] DmaAddress dma_address() const noexcept {
        require_memory();
        return block_.dma_address();
    }

    // The same memory for code that knows no device.
    [[nodiscard]] SysMem<T> as_sys_mem() const& noexcept { return as_view().as_sys_mem(); }
    void as_sys_mem() const&& IOVIEW_REFUSED(
        "ioview: the memory would end before its view; give the memory a name");

    // A guard through which this is plain memory. The caller promises what the argument says.
    [[nodiscard]] Borrowed<T> borrow(DeviceIsIdle) & noexcept {
        require_memory();
        return Borrowed<T>{block_.cpu(), block_.bytes(), lent_};
    }
    void borrow() & IOVIEW_REFUSED("ioview: say what you promise: borrow(io::device_is_idle)");

    // Ends the ownership without giving the memory back, because a device may still write it: one
    // that does not confirm that it has stopped. A Dma with leaked() is told (dma/device.hpp).
    // Where the memory is comes back, for who frees it later, or never; nulls once moved from.
    DmaRegion leak() && noexcept { return block_.leak(); }
    void leak() & IOVIEW_REFUSED("ioview: leaking ends the owner; write std::move(memory).leak()");

private:
    friend detail::DmaFactories<Coherent, T, Dma>;
    template <class, DmaDevice>
    friend class CoherentBox;
    using Element = detail::DmaElementOf<T>;

    explicit Coherent(detail::DmaBlock<Dma> block) noexcept : block_(std::move(block)) {}

    // As it was allocated; said again, so that nobody has to look.
    IOVIEW_INLINE std::byte* aligned() const noexcept {
        return static_cast<std::byte*>(__builtin_assume_aligned(block_.cpu(), alignof(Element)));
    }
    Element* first() const noexcept { return reinterpret_cast<Element*>(aligned()); }
    std::size_t count() const noexcept { return block_.bytes() / sizeof(Element); }

    IOVIEW_INLINE void require_memory() const noexcept {
        if (block_.empty())
            panic("ioview: a Coherent that was moved from is used");
    }

    IOVIEW_NO_UNIQUE_ADDRESS detail::Lent lent_{}; // first, so that it is asked first
    detail::DmaBlock<Dma> block_;
};

} // namespace ioview
