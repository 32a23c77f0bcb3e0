// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Handing shared memory over by an index, with the barrier on its right side: publish, observe,
// release_to_device, publish_and_observe. The index is any view one access wide: of memory, or a
// register of the device, such as a doorbell, ordered or relaxed.
//
//   entry.copy_write(message);                                  // producer
//   io::publish(IO_PROJECT(queue, write_ptr), next);
//
//   auto end = io::observe(IO_PROJECT(queue, write_ptr));       // consumer
//   auto message = entry.copy_read();
//   io::release_to_device(IO_PROJECT(queue, read_ptr), next);
//
// The index is stored or loaded once. Where the access itself does what the barrier would, as on
// Mmio, there is no second one. ThreadSanitizer sees them as a release and an acquire. What they
// are on each architecture: docs/ordering.md.

#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/io/given.hpp>

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
                                     detail::GivenFor<detail::IndexValue<V>> value) noexcept {
    detail::handover_fence(Fence::dma_wmb, index);
    index.as_view().write(value);
}

// Loads index before all later loads from shared memory: the load, then dma_rmb.
template <detail::IndexView V>
[[nodiscard]] IOVIEW_INLINE constexpr detail::IndexValue<V> observe(const V& index) noexcept {
    const detail::IndexValue<V> value = index.as_view().read();
    detail::handover_fence(Fence::dma_rmb, index);
    return value;
}

// Stores value to index after all earlier loads and stores: dma_mb, then the store. For giving back
// what has been read: the device may overwrite it once it sees the index.
template <detail::StoredIndexView V>
IOVIEW_INLINE constexpr void
release_to_device(const V& index, detail::GivenFor<detail::IndexValue<V>> value) noexcept {
    // The relaxed store where there is one: dma_mb is more than an ordered store has before it.
    if constexpr (detail::HasRelaxed<decltype(index.as_view())>) {
        const auto relaxed = index.as_view().relaxed();
        detail::fence(Fence::dma_mb, relaxed);
        relaxed.write(value);
    } else {
        detail::fence(Fence::dma_mb, index);
        index.as_view().write(value);
    }
}

// Publishes value by index, and only then observes event, what the device says of its attention:
// publish, dma_mb, observe. Of two sides that each store their own and then look at the other's, at
// least one sees the other's store (virtio 1.2, 2.7.13.4; Linux virtqueue_kick_prepare() and
// nvme_dbbuf_update_and_check_event()). The same lets a consumer ask to be told of more, and then
// look whether there is more already.
//
//   const auto event = io::publish_and_observe(IO_PROJECT(queue, available.index), next,
//                                              IO_PROJECT(queue, available_event));
//   if (passes(event, before, next))
//       io::publish(doorbell, …);
template <detail::StoredIndexView V, detail::IndexView E>
[[nodiscard]] IOVIEW_INLINE constexpr detail::IndexValue<E> publish_and_observe(
    const V& index, detail::GivenFor<detail::IndexValue<V>> value, const E& event) noexcept {
    publish(index, value);
    detail::fence(Fence::dma_mb, index);
    return observe(event);
}

// The barriers of barrier.hpp where the accesses go through a view or owner: its doubles log them,
// and towards a device's registers they are never weaker than those without a view.
// clang-format off
template <IoBase V>
IOVIEW_INLINE constexpr void (mb)(const V& io) noexcept { detail::fence(Fence::mb, io); }
template <IoBase V>
IOVIEW_INLINE constexpr void (rmb)(const V& io) noexcept { detail::fence(Fence::rmb, io); }
template <IoBase V>
IOVIEW_INLINE constexpr void (wmb)(const V& io) noexcept { detail::fence(Fence::wmb, io); }
template <IoBase V>
IOVIEW_INLINE constexpr void (dma_mb)(const V& io) noexcept { detail::fence(Fence::dma_mb, io); }
template <IoBase V>
IOVIEW_INLINE constexpr void (dma_rmb)(const V& io) noexcept { detail::fence(Fence::dma_rmb, io); }
template <IoBase V>
IOVIEW_INLINE constexpr void (dma_wmb)(const V& io) noexcept { detail::fence(Fence::dma_wmb, io); }
template <IoBase V>
IOVIEW_INLINE constexpr void (mmiowb)(const V& io) noexcept { detail::fence(Fence::mmiowb, io); }
template <IoBase V>
IOVIEW_INLINE constexpr void wc_flush(const V& io) noexcept { detail::fence(Fence::wc_flush, io); }
// clang-format on

template <detail::NoStoredIndexView V, class T>
void publish(const V&, const T&) IOVIEW_REFUSED(
    "ioview: an index is a view of one value, not const; IO_PROJECT(queue, write_ptr)");
template <detail::NoIndexView V>
void observe(const V&)
    IOVIEW_REFUSED("ioview: an index is a view of one value; IO_PROJECT(queue, write_ptr)");
template <detail::NoStoredIndexView V, class T>
void release_to_device(const V&, const T&)
    IOVIEW_REFUSED("ioview: the index is one value, not const; IO_PROJECT(queue, read_ptr)");
template <class V, class T, class E>
    requires(!detail::StoredIndexView<V> || !detail::IndexView<E>)
void publish_and_observe(const V&, const T&, const E&)
    IOVIEW_REFUSED("ioview: index and event are views of one value, the index not const");

} // namespace ioview
