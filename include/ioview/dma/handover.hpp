// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Handing shared memory over by an index, with the barrier on its right side: publish, observe,
// release_to_device. The index is any view one access wide.
//
//   entry.copy_write(message);                                  // producer
//   io::publish(IO_PROJECT(queue, write_ptr), next);
//
//   auto end = io::observe(IO_PROJECT(queue, write_ptr));       // consumer
//   auto message = entry.copy_read();
//   io::release_to_device(IO_PROJECT(queue, read_ptr), next);
//
// The index is stored or loaded once; a Mmio index, which orders much by itself, costs a second
// barrier on some machines. ThreadSanitizer sees them as a release and an acquire.

#include <ioview/concepts.hpp>
#include <ioview/detail/fence.hpp>

#include <type_traits>

namespace ioview {

namespace detail {

template <class V>
concept IndexView = IoBase<V> && OneAccess<typename std::remove_cvref_t<V>::Target>;
template <class V>
concept StoredIndexView = IndexView<V> && !std::is_const_v<typename std::remove_cvref_t<V>::Target>;
template <class V>
concept NoIndexView = !IndexView<V>;
template <class V>
concept NoStoredIndexView = !StoredIndexView<V>;

template <class V>
using IndexValue = std::remove_const_t<typename std::remove_cvref_t<V>::Target>;

} // namespace detail

// Stores value to index after all earlier stores to shared memory: dma_wmb, then the store.
template <detail::StoredIndexView V>
IOVIEW_INLINE constexpr void publish(const V& index,
                                     std::type_identity_t<detail::IndexValue<V>> value) noexcept {
    detail::fence(Fence::dma_wmb, index);
    index.as_view().write(value);
}

// Loads index before all later loads from shared memory: the load, then dma_rmb.
template <detail::IndexView V>
[[nodiscard]] IOVIEW_INLINE constexpr detail::IndexValue<V> observe(const V& index) noexcept {
    const detail::IndexValue<V> value = index.as_view().read();
    detail::fence(Fence::dma_rmb, index);
    return value;
}

// Stores value to index after all earlier loads and stores: dma_mb, then the store. For giving back
// what has been read: the device may overwrite it once it sees the index.
template <detail::StoredIndexView V>
IOVIEW_INLINE constexpr void
release_to_device(const V& index, std::type_identity_t<detail::IndexValue<V>> value) noexcept {
    detail::fence(Fence::dma_mb, index);
    index.as_view().write(value);
}

// clang-format off
template <detail::NoStoredIndexView V, class T> void publish(const V&, const T&) = delete;           // ioview: an index is a view of one value that is not const, as wide as one access: IO_PROJECT(queue, write_ptr)
template <detail::NoIndexView V> void observe(const V&) = delete;                                    // ioview: an index is a view of one value, as wide as one access: IO_PROJECT(queue, write_ptr)
template <detail::NoStoredIndexView V, class T> void release_to_device(const V&, const T&) = delete; // ioview: an index is a view of one value that is not const, as wide as one access: IO_PROJECT(queue, read_ptr)
// clang-format on

} // namespace ioview
