// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Offsets as parameters. A constant one is checked by the compiler against the least size and
// alignment of the target, and a bad one refused at the user's line: the checks call functions that
// are not constexpr, whose names say what is wrong. An access that the backend does not have takes
// an offset that nothing converts to.
//
//   constexpr std::uint32_t read32(AccessOffset<MmioBackend, std::uint32_t, Region<0x100>> offset);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/refused_offsets.hpp>
#include <ioview/region.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview::detail {

consteval void check_offset(std::size_t offset,
                            std::size_t bytes,
                            std::size_t align,
                            std::size_t min_size,
                            std::size_t min_align) {
    if (!fits(offset, bytes, min_size))
        offset_is_past_the_end_of_the_region();
    if (min_align < align)
        region_has_too_small_an_alignment_for_this_width();
    if (offset % align != 0)
        offset_is_misaligned_for_this_width();
}

// By reference: only then does g++ look at the offset here.
template <std::integral I>
consteval std::size_t known_offset(const I& offset) {
    if (!__builtin_constant_p(offset))
        the_offset_is_no_constant_expression();
    return to_size(offset);
}

// An offset for Bytes bytes aligned to Align inside a T.
template <std::size_t Bytes, std::size_t Align, class T>
struct StaticOffset {
    std::size_t value;

    // Not consteval on clang: a lambda or a driver's template around the access would become
    // immediate too (C++23), and be refused where it is called, without a word of the offset.
#if defined(__clang__)
    // clang-format off
    template <std::integral I>
    IOVIEW_INLINE constexpr StaticOffset(I offset) noexcept
        IOVIEW_REFUSE_CONSTANT(!__builtin_constant_p(offset),
                               IOVIEW_the_offset_is_no_constant_expression)
        IOVIEW_REFUSE_CONSTANT((!fits(constant_offset(offset), Bytes, min_size_of<T>)),
                               IOVIEW_offset_is_past_the_end_of_the_region)
        IOVIEW_REFUSE_CONSTANT((Align > min_align_of<T> && constant_offset(offset) + 1 != 0),
                               IOVIEW_region_has_too_small_an_alignment_for_this_width)
        IOVIEW_REFUSE_CONSTANT((constant_offset(offset) % Align != 0),
                               IOVIEW_offset_is_misaligned_for_this_width)
        : value(to_size(offset)) {}
    // clang-format on
#else
    template <std::integral I>
    consteval StaticOffset(const I& offset) noexcept : value(known_offset(offset)) {
        check_offset(value, Bytes, Align, min_size_of<T>, min_align_of<T>);
    }
#endif
};

// An offset that is checked later; negative or too wide is past every end.
struct AnyOffset {
    std::size_t value;

    template <std::integral I>
    IOVIEW_INLINE constexpr AnyOffset(I offset) noexcept : value(to_size(offset)) {}
};

template <class B, class W, bool Reads>
struct OffsetOf {
    using Refusal =
        std::conditional_t<RegisterValue<W>,
                           methods::RegisterHasItsPlace,
                           std::conditional_t<!OneAccess<W> || std::is_const_v<W>,
                                              methods::NotOneAccess,
                                              std::conditional_t<OrderIsKnown<B, W>,
                                                                 methods::NoAccessOfThisWidth,
                                                                 methods::NoByteOrder>>>;
    template <class T>
    using Static = Refusal;
    using Any = Refusal;
};
template <class B, class W, bool Reads>
    requires(IoWord<B, W> || (Reads && IoReadWord<B, W>))
struct OffsetOf<B, W, Reads> {
    // Naturally aligned, whatever the language's alignment of W is.
    template <class T>
    using Static = StaticOffset<sizeof(W), sizeof(W), T>;
    using Any = AnyOffset;
};

// The offset of one access of a W by B: a constant inside a T, or any.
template <class B, class W, class T>
using AccessOffset = typename OffsetOf<B, W, false>::template Static<T>;
template <class B, class W>
using AnyAccessOffset = typename OffsetOf<B, W, false>::Any;
// The same of a read, which a medium that is only read has too.
template <class B, class W, class T>
using ReadOffset = typename OffsetOf<B, W, true>::template Static<T>;
template <class B, class W>
using AnyReadOffset = typename OffsetOf<B, W, true>::Any;

// The offset of a view of a U in a T; in its try_ forms without and with a count.
template <class U, class Otherwise>
using PartOffset =
    std::conditional_t<has_place<U>(),
                       methods::RegisterIsViewedInItsPlace,
                       std::conditional_t<is_slice<U>, methods::SliceNeedsItsCount, Otherwise>>;
template <class U, class T>
using SubviewOffset = PartOffset<U, StaticOffset<min_size_of<U>, view_align_of<U>, T>>;
template <class U>
using AnySubviewOffset = PartOffset<U, AnyOffset>;
template <class U>
using CountedSubviewOffset = std::conditional_t<
    has_place<U>(),
    methods::RegisterIsViewedInItsPlace,
    std::conditional_t<is_slice<U> || RegionTarget<U>, AnyOffset, methods::CountIsInTheType>>;

} // namespace ioview::detail
