// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// The types along the path of a macro. It spells them as nested decltypes at the user's line, so
// that access to private members is judged there.
//
//   TargetOf<decltype(queue)>                                     Queue
//   MemberTarget<decltype((object<Queue>().entries))>             Entry[8]
//   StaticStepTarget<decltype(static_step<Entry[8]>(StaticIndex<3>{}))>   Entry

#include <ioview/concepts.hpp>
#include <ioview/project/member.hpp>
#include <ioview/project/part.hpp>
#include <ioview/project/steps.hpp>

#include <type_traits>

namespace ioview::detail {

struct region_has_no_members_view_a_part_first_with_subview {}; // bar.subview<T>(offset)
template <class V, class = V>
struct TargetIfAny {
    using Target = V;
};
template <class V>
struct TargetIfAny<V, std::conditional_t<false, typename V::Target, V>> {
    using Target = typename V::Target;
};
template <class V>
struct RootOf {
    using Target = typename TargetIfAny<V>::Target;
    static constexpr bool is_view = IoBase<V>;
    static_assert(is_view,
                  "ioview: the first argument of a projection is a view or an owner; "
                  "SysMem<T>::from_pointer(&object) makes one of an object");
};
template <IoBase V>
struct RootOf<V> {
    using Target = typename V::Target;
};
template <IoBase V>
    requires RegionTarget<typename V::Target>
struct RootOf<V> {
    using Target = region_has_no_members_view_a_part_first_with_subview;
};

// Where a path begins.
template <class V>
using TargetOf = typename RootOf<std::remove_cvref_t<V>>::Target;

// After a member: decltype((object<T>().name)).
template <class T>
T&& object() noexcept;
template <class Place>
using MemberTarget = typename MemberTypeOf<Place>::Target;

// After a static step.
template <class T, auto I>
std::type_identity<ElementStepTarget<T>> static_step(StaticIndex<I>) noexcept;
template <class T, auto First, auto Last>
std::type_identity<typename StaticPart<T, to_size(First), to_size(Last)>::Target>
    static_step(StaticRange<First, Last>) noexcept;
template <class T, auto First>
auto static_step(StaticFrom<First>) noexcept -> decltype(static_step<T>(StaticRest<T, First>{}));
template <class Identity>
using StaticStepTarget = typename Identity::type;

} // namespace ioview::detail
