// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// 64-bit values in two 32-bit accesses, the less significant half first, for devices that allow it
// and targets or spaces that have no wider access. Not atomic: the device may change in between,
// which is why plain read() and write() never do it.
//
//   auto counter = io::read_lo_hi(IO_PROJECT(timer, mtime));
//   io::write_lo_hi(IO_PROJECT(queue, base), ring.dma_address());

#include <ioview/concepts.hpp>
#include <ioview/detail/access.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

namespace detail {

// The two halves of a T in the spaces of B: their type, and where the less significant one is.
template <class B, class T>
struct Halves {
    static constexpr WireOrder order = Wire<T>::order;
    using Half = std::conditional_t<
        order == WireOrder::little,
        le<std::uint32_t>,
        std::conditional_t<order == WireOrder::big, be<std::uint32_t>, std::uint32_t>>;
    static constexpr bool low_first =
        order == WireOrder::little ||
        (order == WireOrder::backend && order_of<B>() == std::endian::little);
    static constexpr std::size_t low = low_first ? 0 : 4;
    static constexpr std::size_t high = low_first ? 4 : 0;
};

template <class V>
using LoHiTarget = std::remove_const_t<typename std::remove_cvref_t<V>::Target>;

// A view of one 64-bit value whose halves the backend can access.
template <class V>
concept LoHiView =
    IoBase<V> && OneAccess<LoHiTarget<V>> && sizeof(LoHiTarget<V>) == 8 &&
    IoCapable<typename V::Backend, typename Halves<typename V::Backend, LoHiTarget<V>>::Half>;

} // namespace detail

// The value, or the medium's error: the upper half is then not read.
template <detail::LoHiView V>
[[nodiscard]] constexpr Result<detail::LoHiTarget<V>> try_read_lo_hi(const V& io) noexcept {
    using B = typename V::Backend;
    using T = detail::LoHiTarget<V>;
    using H = detail::Halves<B, T>;
    const auto view = io.as_view();
    const auto low = detail::try_get<B, typename H::Half>(view, H::low);
    if (!low)
        return fail(low.error());
    const auto high = detail::try_get<B, typename H::Half>(view, H::high);
    if (!high)
        return fail(high.error());
    return detail::Wire<T>::decode(std::uint64_t{static_cast<std::uint32_t>(*high)} << 32 |
                                   static_cast<std::uint32_t>(*low));
}

// The error is the medium's; the upper half is not written after one.
template <detail::LoHiView V>
    requires(!detail::is_read_only<typename V::Target>)
constexpr Result<> try_write_lo_hi(const V& io,
                                   std::type_identity_t<detail::LoHiTarget<V>> value) noexcept {
    using B = typename V::Backend;
    using T = detail::LoHiTarget<V>;
    using H = detail::Halves<B, T>;
    const std::uint64_t word = detail::Wire<T>::encode(value);
    const auto view = io.as_view();
    if (auto done = detail::try_put<B, typename H::Half>(
            view, H::low, typename H::Half(static_cast<std::uint32_t>(word)));
        !done)
        return done;
    return detail::try_put<B, typename H::Half>(
        view, H::high, typename H::Half(static_cast<std::uint32_t>(word >> 32)));
}

// As the try_ form; a half that a medium fails to read is all ones.
template <detail::LoHiView V>
[[nodiscard]] constexpr detail::LoHiTarget<V> read_lo_hi(const V& io) noexcept {
    using B = typename V::Backend;
    using T = detail::LoHiTarget<V>;
    using H = detail::Halves<B, T>;
    const auto view = io.as_view();
    const std::uint32_t low = detail::get<B, typename H::Half>(view, H::low);
    const std::uint32_t high = detail::get<B, typename H::Half>(view, H::high);
    return detail::Wire<T>::decode(std::uint64_t{high} << 32 | low);
}

// As the try_ form, dropping an error of the medium.
template <detail::LoHiView V>
    requires(!detail::is_read_only<typename V::Target>)
constexpr void write_lo_hi(const V& io,
                           std::type_identity_t<detail::LoHiTarget<V>> value) noexcept {
    static_cast<void>(try_write_lo_hi(io, value));
}

// clang-format off
template <detail::LoHiView V> requires(detail::is_read_only<typename V::Target>) void write_lo_hi(const V&, const auto&) = delete;     // ioview: the target is const, so it is read only; drop the const where the device allows writes
template <detail::LoHiView V> requires(detail::is_read_only<typename V::Target>) void try_write_lo_hi(const V&, const auto&) = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
// clang-format on

} // namespace ioview
