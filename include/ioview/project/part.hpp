// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// What an index step leads to: the element, a slice, or an array of known length.
//
//   StaticPart<Entry[8], 2, 6>::Target   Entry[4]

#include <ioview/concepts.hpp>
#include <ioview/project/steps.hpp>

#include <cstddef>

namespace ioview::detail {

// The element type of an array or slice, said once for each T; anything, where there is none.
template <class T>
struct Indexed {
    using Element = T;
    static_assert(is_array<T> || is_slice<T> || has_no_bytes<T>,
                  "ioview: an index step needs an array or a slice; this target is neither");
};
template <class T>
    requires requires { typename Target<T>::Element; }
struct Indexed<T> {
    using Element = ElementOf<T>;
};
template <class T>
using ElementStepTarget = typename Indexed<T>::Element;
template <class T>
using SliceStepTarget = ElementStepTarget<T>[];

// [First, Last) of an array, as an array; no elements are a slice, since no array has none. The
// count is 1 where the range is refused, so that there is a type.
template <class Element, std::size_t Count>
struct PartOf {
    using Type = Element[Count];
};
template <class Element>
struct PartOf<Element, 0> {
    using Type = Element[];
};
template <class T>
inline constexpr std::size_t end_of =
    has_no_bytes<T> ? 0 : min_size_of<T> / sizeof(ElementStepTarget<T>);
template <class T, std::size_t First, std::size_t Last>
struct StaticPart {
    static constexpr std::size_t offset = First * sizeof(ElementStepTarget<T>);
    static constexpr std::size_t end = end_of<T>;
    static constexpr std::size_t count = First <= Last && Last <= end ? Last - First : 1;
    using Target = typename PartOf<ElementStepTarget<T>, count>::Type;
};
// [First, end). Where there is no static end, or First is past it, it is First, and is refused.
template <class T, auto First>
using StaticRest =
    StaticRange<First, (!is_array<T> || to_size(First) > end_of<T> ? to_size(First) : end_of<T>)>;
template <class T, std::size_t First, std::size_t Last>
struct StaticBounds {
    using Part = StaticPart<T, First, Last>;
    static constexpr bool is_array = detail::is_array<T>;
    static_assert(!is_slice<T>,
                  "ioview: a static index needs an array of known length; use at or try_at, range "
                  "or try_range");
    static_assert(!is_array || First <= Last,
                  "ioview: static_range(first, last): first is past last; swap them");
    static_assert(!is_array || First > Last || Last <= Part::end,
                  "ioview: the static index is past the end of the array; it counts from 0, and "
                  "the last of a range is not part of it");
};

} // namespace ioview::detail
