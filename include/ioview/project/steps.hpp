// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// What a step is: an index, as io::at(i) and the others make it, or a pointer to a data member.
//
//   static_assert(is_step<Entry[8], Index<ElementStep<int>, Check::try_it>>);

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

// How an index step answers a bad index.
enum class Check : std::uint8_t { assert_it, try_it };

template <class I>
struct ElementStep {
    I first;
};
// [first, last), or [first, end).
struct RangeStep {
    std::size_t first;
    std::size_t last;
    bool to_end = false;
};
template <class Step, Check How>
struct Index : Step {};

template <auto I>
struct StaticIndex {};
template <auto First, auto Last>
struct StaticRange {};
template <auto First>
struct StaticFrom {};

// What io::project takes as a step from a T.
template <class T, class S>
inline constexpr bool is_step = false;
template <class T, class Step, Check How>
inline constexpr bool is_step<T, Index<Step, How>> = true;
template <class T, auto I>
inline constexpr bool is_step<T, StaticIndex<I>> = true;
template <class T, auto First, auto Last>
inline constexpr bool is_step<T, StaticRange<First, Last>> = true;
template <class T, auto First>
inline constexpr bool is_step<T, StaticFrom<First>> = true;
template <class T, class C, class M>
inline constexpr bool is_step<T, M C::*> =
    !std::is_function_v<M> &&
    (std::is_same_v<C, std::remove_const_t<T>> || std::is_base_of_v<C, std::remove_const_t<T>>);
template <class T, class S>
struct StepOf {
    static_assert(
        std::is_member_object_pointer_v<S>,
        "ioview: a step is a pointer to a data member, or an index as io::at(i) makes it");
    static_assert(!std::is_member_object_pointer_v<S> || is_step<T, S>,
                  "ioview: the pointer to member is of another type than the target; go through "
                  "the member in between");
};

} // namespace ioview::detail
