// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Mmio<T>: memory-mapped device registers, accessed in order with memory and with each other
// (Linux readl/writel class). The device is little-endian; be<T> members say otherwise.
//
//   auto uart = io::Mmio<Pl011>::from_raw(io::MmioRaw<Pl011>::at(0x0900'0000));
//   IO_WRITE(uart, dr, 'A');

#include <ioview/arch/select.hpp>
#include <ioview/backend/device_word.hpp>
#include <ioview/backend/relaxed_mmio.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>

#include <concepts>

namespace ioview {

// The tag of Mmio: ordered accesses of 8, 16 and 32 bits, of 64 where the CPU has them.
struct MmioBackend : detail::by_address::Backend<Mmio> {
    using Space = detail::CpuAddresses;
    static constexpr bool ordered = true;

    // A load after earlier accesses of the device, then what keeps later memory reads and delays
    // behind it.
    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static W io_read(Mmio<W> view) noexcept {
        arch::before_device_load();
        W word = arch::load<W>(as_ptr(view).address);
        arch::after_device_load(word);
        return detail::from_little(word);
    }
    // What keeps earlier memory writes before it, then a store.
    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static void io_write(Mmio<W> view, W word) noexcept {
        arch::before_device_store();
        arch::store<W>(as_ptr(view).address, detail::from_little(word));
    }

    // Bulk accesses are relaxed; the barriers of one access stand around all of them.
    template <class T, class F>
    IOVIEW_INLINE static auto reading(Mmio<T> view, F&& f) noexcept {
        arch::before_device_load();
        const auto result = f(view.relaxed());
        arch::after_device_loads();
        return result;
    }
    template <class T, class F>
    IOVIEW_INLINE static auto writing(Mmio<T> view, F&& f) noexcept {
        arch::before_device_store();
        return f(view.relaxed());
    }
};

template <class T>
class Mmio : public detail::by_address::View<Mmio, MmioBackend, T> {
public:
    // The caller promises that raw is mapped, and stays so while the view and its projections are
    // used; owners (resource.hpp, pci.hpp) keep that promise themselves.
    [[nodiscard]] IOVIEW_INLINE static constexpr Mmio from_raw(MmioRaw<T> raw) noexcept {
        return Mmio{raw.ptr()};
    }

    template <std::integral I>
    Mmio(I value) IOVIEW_REFUSED_OF(
        value, "ioview: an address is no view; Mmio<T>::from_raw(MmioRaw<T>::at(address))");
    template <std::integral I>
    static Mmio from_raw(I)
        IOVIEW_REFUSED("ioview: an address has no type; from_raw(MmioRaw<T>::at(address))");
    static Mmio from_raw(const volatile void*)
        IOVIEW_REFUSED("ioview: a pointer is to memory; SysMem<T>::from_pointer(pointer)");

    // The same place without barriers. There is no way back.
    [[nodiscard]] IOVIEW_INLINE constexpr RelaxedMmio<T> relaxed() const noexcept {
        return RelaxedMmio<T>{this->ptr_};
    }

private:
    friend detail::by_address::Backend<Mmio>;
    IOVIEW_INLINE constexpr explicit Mmio(IoPtr<T> ptr) noexcept
        : detail::by_address::View<Mmio, MmioBackend, T>(ptr) {}
};

} // namespace ioview
