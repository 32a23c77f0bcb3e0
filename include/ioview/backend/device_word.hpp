// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/backend/mmio.hpp>
// Part of <ioview/backend/mmio.hpp>, which is the one to include.
#pragma once
// What backends share whose views are an address and nothing else: Mmio, RelaxedMmio,
// WriteCombining and PortIo. What one access does stands in each.
//
//   struct PortIoBackend : detail::by_address::Backend<PortIo> { … io_read, io_write … };
//   template <class T>
//   class PortIo : public detail::by_address::View<PortIo, PortIoBackend, T> { … };

#include <ioview/arch/select.hpp>
#include <ioview/config.hpp>
#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/io/kept_sum.hpp>
#include <ioview/region.hpp>

#include <bit>
#include <concepts>

namespace ioview::detail {

// Widths that the CPU has one access for: 8, 16 and 32 bits, 64 on 64-bit targets.
template <class W>
concept DeviceWord = std::unsigned_integral<W> && sizeof(W) <= arch::widest_access;

// A little-endian device's word as a number, and back.
template <class W>
IOVIEW_INLINE constexpr W from_little(W word) noexcept {
    if constexpr (std::endian::native == std::endian::big && sizeof(W) > 1)
        return byteswap(word);
    else
        return word;
}

// A namespace of their own: that of a base is searched for the user's unqualified calls.
namespace by_address {

// The tag: all that there is to moving an address. V<T> is made of an IoPtr<T>, by this friend.
template <template <class> class V>
struct Backend {
    template <class T>
    using View = V<T>;
    static constexpr std::endian order = std::endian::little;

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(V<T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr V<U> project_view(V<T>, IoPtr<U> ptr) noexcept {
        return V<U>{ptr};
    }
    template <class T>
    IOVIEW_INLINE static constexpr V<T> keep_sum(V<T> view) noexcept {
        return V<T>{IoPtr<T>{kept_sum(view.ptr_.address), view.ptr_.extent}};
    }
};

// The view.
template <template <class> class V, class B, class T>
class View : public Io<V<T>, B, T> {
public:
    [[nodiscard]] IOVIEW_INLINE constexpr V<T> as_view() const noexcept {
        return static_cast<const V<T>&>(*this);
    }

    // The same place.
    friend constexpr bool operator==(V<T> a, V<T> b) noexcept {
        return B::as_ptr(a) == B::as_ptr(b);
    }

protected:
    IOVIEW_INLINE constexpr explicit View(IoPtr<T> ptr) noexcept : ptr_(ptr) {}

    IoPtr<T> ptr_;

private:
    friend Backend<V>;
};

} // namespace by_address

} // namespace ioview::detail
