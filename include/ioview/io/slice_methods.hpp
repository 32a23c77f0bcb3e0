// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods of arrays and slices: views of their elements. Users see them in io.hpp.
//
//   for (auto entry : IO_PROJECT(ring, entries)) IO_WRITE(entry, flags, 0);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/byte_methods.hpp>
#include <ioview/io/element_iterator.hpp>
#include <ioview/io/kept_sum.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstddef>

#define IOVIEW_STATIC_AT_PAST_THE_END "ioview: static_at: the index is past the end of the array"

namespace ioview::detail::methods {

// Arrays and slices: views of their elements.
template <class Self, class B, class T>
struct SliceMethods : NoSingleAccess<ByteMethods<Self, B, T>> {
    using NoSingleAccess<ByteMethods<Self, B, T>>::at;
    using NoSingleAccess<ByteMethods<Self, B, T>>::try_at;
    using Element = ElementOf<T>;
    using ElementView = ViewOf<B, Element>;
    using SliceView = ViewOf<B, Element[]>;

    // Elements that there are: a constant of an array.
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t size() const noexcept {
        if constexpr (is_slice<T>)
            return B::as_ptr(this->view()).extent.count;
        else
            return min_size_of<T> / sizeof(Element);
    }
    [[nodiscard]] IOVIEW_INLINE constexpr bool empty() const noexcept { return size() == 0; }

    // The element at index, of any integer type; panics when there is none.
    template <std::integral I>
    [[nodiscard]] IOVIEW_INLINE constexpr ElementView at(I index) const& noexcept {
        if (!is_index<T>(index, size()))
            panic("ioview: at(i): the index is past the end");
        return kept<B>(element(static_cast<std::size_t>(index)));
    }
    // out_of_bounds when there is none.
    template <std::integral I>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<ElementView> try_at(I index) const& noexcept {
        if (!is_index<T>(index, size()))
            return fail(Error::out_of_bounds);
        return kept<B>(element(static_cast<std::size_t>(index)));
    }
    // Refused by the compiler when there is none.
    template <auto I>
    [[nodiscard]] IOVIEW_INLINE constexpr ElementView static_at() const& noexcept
        IOVIEW_REFUSE_CONSTANT((is_array<T> && to_size(I) >= min_size_of<T> / sizeof(Element)),
                               IOVIEW_STATIC_AT_PAST_THE_END) {
        static_assert(is_array<T>,
                      "ioview: static_at needs an array of known length; use at or try_at");
        static_assert(to_size(I) < min_size_of<T> / sizeof(Element), IOVIEW_STATIC_AT_PAST_THE_END);
        return element(to_size(I));
    }

    // count elements from first on; panics when they are not all there.
    template <std::integral I, std::integral N>
    [[nodiscard]] IOVIEW_INLINE constexpr SliceView subview(I first, N count) const& noexcept {
        if (!fits(to_size(first), to_size(count), size()))
            panic("ioview: subview(first, count): the range is past the end");
        return elements(to_size(first), to_size(count));
    }
    template <std::integral I, std::integral N>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<SliceView> try_subview(I first,
                                                                        N count) const& noexcept {
        if (!fits(to_size(first), to_size(count), size()))
            return fail(Error::out_of_bounds);
        return elements(to_size(first), to_size(count));
    }

    // Views of the elements in turn.
    [[nodiscard]] IOVIEW_INLINE constexpr auto begin() const& noexcept {
        return ElementIterator<SliceView>{elements(0, size()), 0};
    }
    [[nodiscard]] IOVIEW_INLINE constexpr auto end() const& noexcept {
        return ElementIterator<SliceView>{elements(0, size()), size()};
    }

private:
    template <class>
    friend class detail::ElementIterator;

    IOVIEW_INLINE constexpr ElementView element(std::size_t i) const noexcept {
        return narrow<B, Element>(this->view(), i * sizeof(Element));
    }
    IOVIEW_INLINE constexpr SliceView elements(std::size_t first,
                                               std::size_t count) const noexcept {
        return narrow<B, Element[]>(
            this->view(), first * sizeof(Element), Extent<Element[]>{count});
    }
};

} // namespace ioview::detail::methods
