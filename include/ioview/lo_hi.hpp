// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// One value in two accesses of half its width, in the order that the name says: for devices that
// allow it, and targets or spaces that have no wider access. Not atomic: the device may change in
// between, which is why plain read() and write() never do it. A counter that runs on is read by
// read_hi_lo_hi. (Linux: io-64-nonatomic-lo-hi.h and -hi-lo.h.)
//
//   io::write_lo_hi(IO_PROJECT(queue, base), ring.dma_address());
//   auto ticks = io::read_hi_lo_hi(IO_PROJECT(timer, mtime));          // stable
//   auto base = io::read_lo_hi<std::uint64_t>(bar, 0x14);              // of a region, aligned to 4
//   auto time = io::read_hi_lo_hi(IO_PROJECT(timer, timeh), IO_PROJECT(timer, time));
//
// Members that are always accessed so say it themselves: stated.hpp. One value over registers:
// register/joined.hpp.

#include <ioview/concepts.hpp>
#include <ioview/endian.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/halves.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_functions.hpp> // IWYU pragma: keep
#include <ioview/io/register_checks.hpp>
#include <ioview/io/static_offset.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview {

namespace detail {

template <class V>
using HalvesTarget = std::remove_const_t<typename std::remove_cvref_t<V>::Target>;

// A view of one value whose halves the backend can read, or read and write.
template <class V>
concept HalvesView = IoBase<V> && HasHalves<HalvesTarget<V>> &&
                     HalvesCapable<typename V::Backend, const HalvesTarget<V>>;
template <class V>
concept WritableHalvesView = HalvesView<V> && HalvesCapable<typename V::Backend, HalvesTarget<V>> &&
                             !std::is_const_v<typename V::Target>;

// A region that a T lies in at some offset.
template <class V, class T>
concept HalvesRegion =
    IoBase<V> && RegionTarget<typename V::Target> && HasHalves<T> && !RegisterValue<T> &&
    !std::is_const_v<T> && HalvesCapable<typename V::Backend, const T>;
template <class V, class T>
concept WritableHalvesRegion = HalvesRegion<V, T> && HalvesCapable<typename V::Backend, T> &&
                               !is_read_only<typename V::Target>;

// Aligned as one half is.
template <class V, class T>
using HalvesOffset = StaticOffset<sizeof(T), sizeof(T) / 2, typename V::Target>;

// The view of one half of a counter.
template <class V>
concept HalfView = IoBase<V> && OneAccess<typename V::Target> && sizeof(typename V::Target) <= 4 &&
                   IoCapable<typename V::Backend, const HalvesTarget<V>>;
template <class V>
using HalfWord = typename Wire<HalvesTarget<V>>::Word;

template <class T, class View>
constexpr Error fault_of_halves(View view, AnyOffset offset) noexcept {
    return fault_at<typename View::Backend>(view, offset.value, sizeof(T), sizeof(T) / 2);
}

// The word of a T at an offset; a plain read's errors are all ones.
template <bool Plain, class T, class View>
[[nodiscard]] constexpr Result<typename Wire<T>::Word> half_at(View view,
                                                               std::size_t offset) noexcept {
    static_assert(CheckedKind<Does::read, T>::ok);
    using B = typename View::Backend;
    if constexpr (Plain) {
        return Wire<T>::encode(get<B, T>(view, offset));
    } else {
        const auto value = try_get<B, T>(view, offset);
        if (!value)
            return fail(value.error());
        return Wire<T>::encode(*value);
    }
}
template <bool Plain, class T, class View>
[[nodiscard]] constexpr Result<T> stable_at(View view, std::size_t offset) noexcept {
    static_assert(CheckedKind<Does::read, T>::ok);
    using H = Halves<typename View::Backend, T>;
    using Half = typename H::Half;
    const auto read =
        read_stable<typename H::Word>([=] { return half_at<Plain, Half>(view, offset + H::low); },
                                      [=] { return half_at<Plain, Half>(view, offset + H::high); });
    if (!read)
        return fail(read.error());
    if (!Plain && !read->is_stable)
        return fail(Error::timed_out);
    return H::whole(read->low, read->high);
}
// Of two places.
template <bool Plain, class High, class Low>
constexpr auto stable_of(High high, Low low) noexcept {
    using Word = HalfWord<High>;
    using Whole = typename StoredWord<2 * sizeof(Word)>::type;
    const auto read =
        read_stable<Word>([=] { return half_at<Plain, HalvesTarget<Low>>(low, 0); },
                          [=] { return half_at<Plain, HalvesTarget<High>>(high, 0); });
    if (!read)
        return Result<Whole>{fail(read.error())};
    if (!Plain && !read->is_stable)
        return Result<Whole>{fail(Error::timed_out)};
    return Result<Whole>{static_cast<Whole>(Whole{read->high} << (8 * sizeof(Word)) | read->low)};
}

} // namespace detail

// ---- a view of the value ----

// Two reads; a half that the medium fails to read is all ones.
template <detail::HalvesView V>
[[nodiscard]] constexpr detail::HalvesTarget<V> read_lo_hi(const V& io) noexcept {
    return detail::read_halves<typename V::Backend, detail::HalvesTarget<V>, detail::LowFirst>(
        io.as_view(), 0);
}
template <detail::HalvesView V>
[[nodiscard]] constexpr detail::HalvesTarget<V> read_hi_lo(const V& io) noexcept {
    return detail::read_halves<typename V::Backend, detail::HalvesTarget<V>, detail::HighFirst>(
        io.as_view(), 0);
}
// The value, or the medium's error: the second half is then not read.
template <detail::HalvesView V>
[[nodiscard]] constexpr Result<detail::HalvesTarget<V>> try_read_lo_hi(const V& io) noexcept {
    return detail::try_read_halves<typename V::Backend, detail::HalvesTarget<V>, detail::LowFirst>(
        io.as_view(), 0);
}
template <detail::HalvesView V>
[[nodiscard]] constexpr Result<detail::HalvesTarget<V>> try_read_hi_lo(const V& io) noexcept {
    return detail::try_read_halves<typename V::Backend, detail::HalvesTarget<V>, detail::HighFirst>(
        io.as_view(), 0);
}
// Two writes. The try_ forms give the medium's error, after which the second half is not written.
template <detail::WritableHalvesView V>
[[nodiscard]] constexpr Result<>
try_write_lo_hi(const V& io, detail::GivenFor<detail::HalvesTarget<V>> value) noexcept {
    return detail::try_write_halves<typename V::Backend, detail::HalvesTarget<V>, detail::LowFirst>(
        io.as_view(), 0, value);
}
template <detail::WritableHalvesView V>
[[nodiscard]] constexpr Result<>
try_write_hi_lo(const V& io, detail::GivenFor<detail::HalvesTarget<V>> value) noexcept {
    return detail::try_write_halves<typename V::Backend,
                                    detail::HalvesTarget<V>,
                                    detail::HighFirst>(io.as_view(), 0, value);
}
template <detail::WritableHalvesView V>
constexpr void write_lo_hi(const V& io, detail::GivenFor<detail::HalvesTarget<V>> value) noexcept {
    static_cast<void>(try_write_lo_hi(io, value));
}
template <detail::WritableHalvesView V>
constexpr void write_hi_lo(const V& io, detail::GivenFor<detail::HalvesTarget<V>> value) noexcept {
    static_cast<void>(try_write_hi_lo(io, value));
}

// A counter that runs on: the upper half, the lower, the upper again, until both uppers are the
// same. One that is found changed eight times is no counter: the try_ form then says timed_out, and
// the plain one gives what it read last.
template <detail::HalvesView V>
[[nodiscard]] constexpr detail::HalvesTarget<V> read_hi_lo_hi(const V& io) noexcept {
    return *detail::stable_at<true, detail::HalvesTarget<V>>(io.as_view(), 0);
}
template <detail::HalvesView V>
[[nodiscard]] constexpr Result<detail::HalvesTarget<V>> try_read_hi_lo_hi(const V& io) noexcept {
    return detail::stable_at<false, detail::HalvesTarget<V>>(io.as_view(), 0);
}

// A counter whose halves are two places: the views of the upper and of the lower, of one width.
template <detail::HalfView High, detail::HalfView Low>
    requires(sizeof(typename High::Target) == sizeof(typename Low::Target))
[[nodiscard]] constexpr auto read_hi_lo_hi(const High& high, const Low& low) noexcept {
    return *detail::stable_of<true>(high.as_view(), low.as_view());
}
template <detail::HalfView High, detail::HalfView Low>
    requires(sizeof(typename High::Target) == sizeof(typename Low::Target))
[[nodiscard]] constexpr auto try_read_hi_lo_hi(const High& high, const Low& low) noexcept {
    return detail::stable_of<false>(high.as_view(), low.as_view());
}

// ---- a T in a region ----

// At a constant offset, aligned as one half is and checked by the compiler.
template <class T, class V>
    requires detail::HalvesRegion<V, T>
[[nodiscard]] constexpr T read_lo_hi(const V& io, detail::HalvesOffset<V, T> offset) noexcept {
    return detail::read_halves<typename V::Backend, T, detail::LowFirst>(io.as_view(),
                                                                         offset.value);
}
template <class T, class V>
    requires detail::HalvesRegion<V, T>
[[nodiscard]] constexpr T read_hi_lo(const V& io, detail::HalvesOffset<V, T> offset) noexcept {
    return detail::read_halves<typename V::Backend, T, detail::HighFirst>(io.as_view(),
                                                                          offset.value);
}
template <class T, class V>
    requires detail::HalvesRegion<V, T>
[[nodiscard]] constexpr T read_hi_lo_hi(const V& io, detail::HalvesOffset<V, T> offset) noexcept {
    return *detail::stable_at<true, T>(io.as_view(), offset.value);
}
template <class T, class V>
    requires detail::WritableHalvesRegion<V, T>
constexpr void
write_lo_hi(const V& io, detail::HalvesOffset<V, T> offset, detail::GivenFor<T> value) noexcept {
    static_cast<void>(detail::try_write_halves<typename V::Backend, T, detail::LowFirst>(
        io.as_view(), offset.value, value));
}
template <class T, class V>
    requires detail::WritableHalvesRegion<V, T>
constexpr void
write_hi_lo(const V& io, detail::HalvesOffset<V, T> offset, detail::GivenFor<T> value) noexcept {
    static_cast<void>(detail::try_write_halves<typename V::Backend, T, detail::HighFirst>(
        io.as_view(), offset.value, value));
}
// At any offset: out_of_bounds, then misaligned, then as above.
template <class T, class V>
    requires detail::HalvesRegion<V, T>
[[nodiscard]] constexpr Result<T> try_read_lo_hi(const V& io, detail::AnyOffset offset) noexcept {
    if (auto fault = detail::fault_of_halves<T>(io.as_view(), offset); detail::failed(fault))
        return fail(fault);
    return detail::try_read_halves<typename V::Backend, T, detail::LowFirst>(io.as_view(),
                                                                             offset.value);
}
template <class T, class V>
    requires detail::HalvesRegion<V, T>
[[nodiscard]] constexpr Result<T> try_read_hi_lo(const V& io, detail::AnyOffset offset) noexcept {
    if (auto fault = detail::fault_of_halves<T>(io.as_view(), offset); detail::failed(fault))
        return fail(fault);
    return detail::try_read_halves<typename V::Backend, T, detail::HighFirst>(io.as_view(),
                                                                              offset.value);
}
template <class T, class V>
    requires detail::HalvesRegion<V, T>
[[nodiscard]] constexpr Result<T> try_read_hi_lo_hi(const V& io,
                                                    detail::AnyOffset offset) noexcept {
    if (auto fault = detail::fault_of_halves<T>(io.as_view(), offset); detail::failed(fault))
        return fail(fault);
    return detail::stable_at<false, T>(io.as_view(), offset.value);
}
template <class T, class V>
    requires detail::WritableHalvesRegion<V, T>
[[nodiscard]] constexpr Result<>
try_write_lo_hi(const V& io, detail::AnyOffset offset, detail::GivenFor<T> value) noexcept {
    if (auto fault = detail::fault_of_halves<T>(io.as_view(), offset); detail::failed(fault))
        return fail(fault);
    return detail::try_write_halves<typename V::Backend, T, detail::LowFirst>(
        io.as_view(), offset.value, value);
}
template <class T, class V>
    requires detail::WritableHalvesRegion<V, T>
[[nodiscard]] constexpr Result<>
try_write_hi_lo(const V& io, detail::AnyOffset offset, detail::GivenFor<T> value) noexcept {
    if (auto fault = detail::fault_of_halves<T>(io.as_view(), offset); detail::failed(fault))
        return fail(fault);
    return detail::try_write_halves<typename V::Backend, T, detail::HighFirst>(
        io.as_view(), offset.value, value);
}

} // namespace ioview
