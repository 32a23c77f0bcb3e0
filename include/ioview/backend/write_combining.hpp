// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// WriteCombining<T>: a device's memory that is mapped write-combining: a prefetchable BAR, a frame
// buffer. Stores are gathered and reach the device in any order until io::wc_flush().
//
//   auto frame = io::WriteCombining<std::uint32_t[]>::from_raw(raw);   // mapped by ioremap_wc
//   frame.copy_from(pixels);
//   io::wc_flush();                                                    // before the doorbell
//   IO_WRITE(device, show, 1u);
//
// The processor may also read ahead, and reads are slow. The device is little-endian, as for Mmio.
//
//   x86       WC memory type: a store of a Mmio view may pass it, wc_flush is sfence
//   AArch64   Normal non-cacheable: wc_flush is dsb st; so is Armv7's
//   RISC-V    Svpbmt NC, else as a device's: wc_flush is fence ow,ow
//   PowerPC   caching inhibited, not guarded: wc_flush is sync

#include <ioview/arch/select.hpp>
#include <ioview/backend/device_word.hpp>
#include <ioview/barrier.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>

namespace ioview {

// The tag of WriteCombining: stores that may be gathered until wc_flush().
struct WriteCombiningBackend : detail::by_address::Backend<WriteCombining> {
    using Space = detail::CpuAddresses;

    // The compiler neither drops nor reorders them; the processor may gather and reorder stores.
    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static W io_read(WriteCombining<W> view) noexcept {
        return detail::from_little(arch::load<W>(as_ptr(view).address));
    }
    template <class W>
        requires detail::DeviceWord<W>
    IOVIEW_INLINE static void io_write(WriteCombining<W> view, W word) noexcept {
        arch::store<W>(as_ptr(view).address, detail::from_little(word));
    }

    // An index in such memory is handed over after what was gathered before it.
    template <class T>
    IOVIEW_INLINE static constexpr void io_fence(WriteCombining<T>, Fence kind) noexcept {
        (detail::barrier)(detail::mandatory(kind));
    }
    static constexpr bool gathers = true;
};

template <class T>
class WriteCombining : public detail::by_address::View<WriteCombining, WriteCombiningBackend, T> {
public:
    // The caller promises that raw is mapped so, and stays so while the view is used.
    [[nodiscard]] IOVIEW_INLINE static constexpr WriteCombining from_raw(MmioRaw<T> raw) noexcept {
        return WriteCombining{raw.ptr()};
    }

private:
    friend detail::by_address::Backend<WriteCombining>;
    IOVIEW_INLINE constexpr explicit WriteCombining(IoPtr<T> ptr) noexcept
        : detail::by_address::View<WriteCombining, WriteCombiningBackend, T>(ptr) {}
};

} // namespace ioview
