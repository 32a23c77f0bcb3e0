// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods of untyped regions: accesses by offset in bytes, and typed sub-views. Users see them
// in io.hpp.
//
//   bar.write32(0x10, 1);  auto header = bar.try_subview<Header>(offset);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/common_methods.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/register_methods.hpp>
#include <ioview/io/static_offset.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::detail::methods {

// Of every untyped region; of a const one all that there is.
template <class Self, class B, class T>
struct RegionReads : RegisterReads<Self, B, T> {
    using BaseMethods<Self, B, T>::read;
    using RegisterReads<Self, B, T>::read;
    using RegisterReads<Self, B, T>::try_read;

    // The offset is a constant, checked against the region's minimum size and alignment.
    template <class W>
    [[nodiscard]] IOVIEW_INLINE constexpr W read(ReadOffset<B, W, T> offset) const noexcept {
        return get<B, W>(this->view(), offset.value);
    }

    // Any offset, checked against the real size and base: out_of_bounds, then misaligned, then
    // what the medium reports.
    template <class W>
    [[nodiscard]] constexpr Result<W> try_read(AnyReadOffset<B, W> offset) const noexcept {
        return try_get_at<B, W>(this->view(), offset.value);
    }

    // As read and try_read, of a number of 8, 16, 32 or 64 bits.
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint8_t
    read8(ReadOffset<B, std::uint8_t, T> offset) const noexcept {
        return get<B, std::uint8_t>(this->view(), offset.value);
    }
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint16_t
    read16(ReadOffset<B, std::uint16_t, T> offset) const noexcept {
        return get<B, std::uint16_t>(this->view(), offset.value);
    }
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint32_t
    read32(ReadOffset<B, std::uint32_t, T> offset) const noexcept {
        return get<B, std::uint32_t>(this->view(), offset.value);
    }
    [[nodiscard]] IOVIEW_INLINE constexpr std::uint64_t
    read64(ReadOffset<B, std::uint64_t, T> offset) const noexcept {
        return get<B, std::uint64_t>(this->view(), offset.value);
    }
    [[nodiscard]] constexpr Result<std::uint8_t>
    try_read8(AnyReadOffset<B, std::uint8_t> offset) const noexcept {
        return try_read<std::uint8_t>(offset);
    }
    [[nodiscard]] constexpr Result<std::uint16_t>
    try_read16(AnyReadOffset<B, std::uint16_t> offset) const noexcept {
        return try_read<std::uint16_t>(offset);
    }
    [[nodiscard]] constexpr Result<std::uint32_t>
    try_read32(AnyReadOffset<B, std::uint32_t> offset) const noexcept {
        return try_read<std::uint32_t>(offset);
    }
    [[nodiscard]] constexpr Result<std::uint64_t>
    try_read64(AnyReadOffset<B, std::uint64_t> offset) const noexcept {
        return try_read<std::uint64_t>(offset);
    }

    // A typed view or a smaller region at a constant offset, checked against the region's minimum.
    // Of the smaller region its minimum size is all that is known, and all that it has.
    template <class U>
    [[nodiscard]] constexpr auto subview(SubviewOffset<U, T> offset) const& noexcept {
        return narrow<B, ConstAs<U, T>>(
            this->view(), offset.value, extent_for<ConstAs<U, T>>(min_size_of<U>));
    }

    // A typed view, or a region to the end, at any offset: out_of_bounds, then misaligned.
    template <class U>
    [[nodiscard]] constexpr Result<ViewOf<B, ConstAs<U, T>>>
    try_subview(AnySubviewOffset<U> offset) const& noexcept {
        if constexpr (RegionTarget<U>) {
            const std::size_t whole = this->size_bytes();
            return try_subview<U>(offset.value, offset.value <= whole ? whole - offset.value : 0);
        } else {
            return sub<U>(offset.value, min_size_of<U>, {});
        }
    }
    // count elements of a slice, or count bytes of a region.
    template <class U, std::integral N>
    [[nodiscard]] constexpr Result<ViewOf<B, ConstAs<U, T>>>
    try_subview(CountedSubviewOffset<U> offset, N count) const& noexcept {
        const std::size_t n = to_size(count);
        if constexpr (RegionTarget<U>) {
            if (n < min_size_of<U>)
                return fail(Error::out_of_bounds);
            return sub<U>(offset.value, n, {n});
        } else if constexpr (is_slice<U>) {
            if (n > this->size_bytes() / sizeof(ElementOf<U>))
                return fail(Error::out_of_bounds);
            return sub<U>(offset.value, n * sizeof(ElementOf<U>), {n});
        } else {
            return sub<U>(offset.value, n, {});
        }
    }

private:
    template <class U>
    [[nodiscard]] Result<ViewOf<B, ConstAs<U, T>>>
        sub(Refused, std::size_t, Extent<ConstAs<U, T>>) const noexcept;
    template <class U>
    [[nodiscard]] constexpr Result<ViewOf<B, ConstAs<U, T>>>
    sub(std::size_t offset, std::size_t bytes, Extent<ConstAs<U, T>> extent) const noexcept {
        if (auto fault = fault_at<B>(this->view(), offset, bytes, view_align_of<U>); failed(fault))
            return fail(fault);
        return narrow<B, ConstAs<U, T>>(this->view(), offset, extent);
    }
};

template <class Self, class B, class T>
struct RegionMethods : RegisterWrites<RegionReads<Self, B, T>, Self, B, T> {
    using Registers = RegisterWrites<RegionReads<Self, B, T>, Self, B, T>;
    using Registers::try_update;
    using Registers::try_write;
    using Registers::update;
    using Registers::write;

    // The offset is a constant, checked against the region's minimum size and alignment.
    template <class W>
    IOVIEW_INLINE constexpr void write(AccessOffset<B, W, T> offset,
                                       GivenFor<W> value) const noexcept {
        put<B, W>(this->view(), offset.value, value);
    }

    // Any offset, checked against the real size and base: out_of_bounds, then misaligned, then
    // what the medium reports.
    template <class W>
    [[nodiscard]] constexpr Result<> try_write(AnyAccessOffset<B, W> offset,
                                               GivenFor<W> value) const noexcept {
        return try_put_at<B, W>(this->view(), offset.value, value);
    }
    // One read, one f(W) -> W, one write; on an error f is not called.
    template <class W, class F>
    IOVIEW_INLINE constexpr void update(AccessOffset<B, W, T> offset, F&& f) const noexcept {
        modify<B, W>(this->view(), offset.value, static_cast<F&&>(f));
    }
    template <class W, class F>
    [[nodiscard]] constexpr Result<> try_update(AnyAccessOffset<B, W> offset,
                                                F&& f) const noexcept {
        return try_modify_at<B, W>(this->view(), offset.value, static_cast<F&&>(f));
    }

    // As write and try_write, of a number of 8, 16, 32 or 64 bits.
    IOVIEW_INLINE constexpr void write8(AccessOffset<B, std::uint8_t, T> offset,
                                        Given<std::uint8_t> value) const noexcept {
        put<B, std::uint8_t>(this->view(), offset.value, value);
    }
    IOVIEW_INLINE constexpr void write16(AccessOffset<B, std::uint16_t, T> offset,
                                         Given<std::uint16_t> value) const noexcept {
        put<B, std::uint16_t>(this->view(), offset.value, value);
    }
    IOVIEW_INLINE constexpr void write32(AccessOffset<B, std::uint32_t, T> offset,
                                         Given<std::uint32_t> value) const noexcept {
        put<B, std::uint32_t>(this->view(), offset.value, value);
    }
    IOVIEW_INLINE constexpr void write64(AccessOffset<B, std::uint64_t, T> offset,
                                         Given<std::uint64_t> value) const noexcept {
        put<B, std::uint64_t>(this->view(), offset.value, value);
    }
    constexpr Result<> try_write8(AnyAccessOffset<B, std::uint8_t> offset,
                                  Given<std::uint8_t> value) const noexcept {
        return try_write<std::uint8_t>(offset, value);
    }
    constexpr Result<> try_write16(AnyAccessOffset<B, std::uint16_t> offset,
                                   Given<std::uint16_t> value) const noexcept {
        return try_write<std::uint16_t>(offset, value);
    }
    constexpr Result<> try_write32(AnyAccessOffset<B, std::uint32_t> offset,
                                   Given<std::uint32_t> value) const noexcept {
        return try_write<std::uint32_t>(offset, value);
    }
    constexpr Result<> try_write64(AnyAccessOffset<B, std::uint64_t> offset,
                                   Given<std::uint64_t> value) const noexcept {
        return try_write<std::uint64_t>(offset, value);
    }
};

} // namespace ioview::detail::methods
