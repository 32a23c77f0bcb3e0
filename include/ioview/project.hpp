// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Narrows a view to a part of its target, by member paths and index steps.
//
//   auto wptr = IO_PROJECT(queues, gspq.tx.write_ptr);            // a view of the member
//   IO_WRITE(queues, cpuq.entries, at(i), length, 11u);           // the value comes last
//   auto r = IO_READ(table, try_at(i), flags);                    // Result<std::uint32_t>
//   auto same = io::project(queues, &Pair::gspq, &Queue::tx, &Tx::write_ptr);
//
// Index expressions are evaluated once, left to right. Behind a try_ step they, and the value, are
// evaluated in a [&] lambda and only while no step has failed.

// First: the way to them by other headers would be lines in each message about a temporary, a
// member or what is behind a try_ step.
// clang-format off
#include <ioview/project/lazy_access.hpp>         // IWYU pragma: export
#include <ioview/project/member.hpp>              // IWYU pragma: export
#include <ioview/project/refused_temporaries.hpp> // IWYU pragma: export
// clang-format on

// IWYU pragma: begin_exports
#include <ioview/config.hpp>
#include <ioview/project/chain_macros.hpp>
#include <ioview/project/macros.hpp>
#include <ioview/project/member_offset.hpp>
#include <ioview/project/outcome.hpp>
#include <ioview/project/part.hpp>
#include <ioview/project/path.hpp>
#include <ioview/project/spelling.hpp>
#include <ioview/project/start.hpp>
#include <ioview/project/steps.hpp>
#include <ioview/project/target.hpp>
#include <ioview/region.hpp>
// IWYU pragma: end_exports

#include <cstddef>
#include <type_traits>

namespace ioview {

namespace detail {
// An index as given, or anything where it is no integer and has been refused.
template <class I>
struct IntegerIndex {
    static_assert(std::is_integral_v<I>,
                  "ioview: an index is an integer; convert it where its range is known");
};
template <class I>
using IntegerOf = std::conditional_t<std::is_integral_v<I>, I, std::size_t>;
template <class I>
IOVIEW_INLINE constexpr IntegerOf<I> integer(const I& index) noexcept {
    if constexpr (std::is_integral_v<I>) {
        return index;
    } else {
        [[maybe_unused]] constexpr IntegerIndex<I> checked{};
        return 0;
    }
}
template <class I>
IOVIEW_INLINE constexpr std::size_t integer_size(const I& index) noexcept {
    return to_size(integer(index));
}
} // namespace detail

// The element at index; panics when there is none. Negative and too wide are out of range.
template <class I>
IOVIEW_INLINE constexpr auto at(I index) noexcept {
    return detail::Index<detail::ElementStep<detail::IntegerOf<I>>, detail::Check::assert_it>{
        {detail::integer(index)}};
}
// The element at index, or out_of_bounds.
template <class I>
IOVIEW_INLINE constexpr auto try_at(I index) noexcept {
    return detail::Index<detail::ElementStep<detail::IntegerOf<I>>, detail::Check::try_it>{
        {detail::integer(index)}};
}
// The element at I, checked by the compiler: io::static_at<3>(); in a macro static_at(3).
template <auto I>
consteval auto static_at() noexcept {
    return detail::StaticIndex<I>{};
}

// The elements [first, last) as a slice; panics when they are not all there.
template <class I, class J>
IOVIEW_INLINE constexpr auto range(I first, J last) noexcept {
    return detail::Index<detail::RangeStep, detail::Check::assert_it>{
        {detail::integer_size(first), detail::integer_size(last)}};
}
// The elements [first, last) as a slice, or out_of_bounds.
template <class I, class J>
IOVIEW_INLINE constexpr auto try_range(I first, J last) noexcept {
    return detail::Index<detail::RangeStep, detail::Check::try_it>{
        {detail::integer_size(first), detail::integer_size(last)}};
}
// The elements [First, Last) as an array, checked by the compiler.
template <auto First, auto Last>
consteval auto static_range() noexcept {
    return detail::StaticRange<First, Last>{};
}

// The elements from First to the end, or the first Count, as an array, checked by the compiler.
template <auto First>
consteval auto static_from() noexcept {
    return detail::StaticFrom<First>{};
}
template <auto Count>
consteval auto static_first() noexcept {
    return detail::StaticRange<std::size_t{0}, Count>{};
}

// The elements from first to the end.
template <class I>
IOVIEW_INLINE constexpr auto from(I first) noexcept {
    return detail::Index<detail::RangeStep, detail::Check::assert_it>{
        {detail::integer_size(first), 0, true}};
}
template <class I>
IOVIEW_INLINE constexpr auto try_from(I first) noexcept {
    return detail::Index<detail::RangeStep, detail::Check::try_it>{
        {detail::integer_size(first), 0, true}};
}

// The first count elements.
template <class I>
IOVIEW_INLINE constexpr auto first(I count) noexcept {
    return detail::Index<detail::RangeStep, detail::Check::assert_it>{
        {0, detail::integer_size(count)}};
}
template <class I>
IOVIEW_INLINE constexpr auto try_first(I count) noexcept {
    return detail::Index<detail::RangeStep, detail::Check::try_it>{
        {0, detail::integer_size(count)}};
}

namespace detail {
template <class P>
IOVIEW_INLINE constexpr auto walk(P path) noexcept {
    return path.finish();
}
template <class P, class S, class... Steps>
IOVIEW_INLINE constexpr auto walk(P path, S step, Steps... steps) noexcept {
    if constexpr (is_step<typename P::PathTarget, S>) {
        return walk(path.step(step), steps...);
    } else {
        [[maybe_unused]] constexpr StepOf<typename P::PathTarget, S> checked{};
        return NoPath{};
    }
}
} // namespace detail

template <class V, class... Steps>
    requires(!IoBase<V>)
void project(const V&, Steps...) IOVIEW_REFUSED(
    "ioview: a projection starts at a view or an owner; SysMem<T>::from_pointer(&object)");

// The same without macros: pointers to members and index steps. A view, or a Result of one when
// a try_ step is among them.
template <IoBase V, class... Steps>
[[nodiscard]] IOVIEW_INLINE constexpr auto project(V&& io, Steps... steps) noexcept {
    return detail::walk(detail::start_part(static_cast<V&&>(io)), steps...);
}

} // namespace ioview
