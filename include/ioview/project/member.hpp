// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// A step to a member, with all that can be wrong with one.
//
//   Member<Queue, false, offsetof(Queue, tail), std::uint32_t&&>::Target   std::uint32_t

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ioview::detail {

// What a member of type T is as a target. An array that says no length, T[] or GNU's T[0], is
// refused by Member, and would be a slice.
template <class T>
struct MemberType {
    using Target = T;
    static constexpr bool has_length = true;
};
template <class T>
struct MemberType<T[]> {
    using Target = T[];
    static constexpr bool has_length = false;
};
template <class T>
    requires(sizeof(T) == 0) && requires(T& array) { array[0]; }
struct MemberType<T> : MemberType<std::remove_reference_t<decltype(std::declval<T&>()[0])>[]>{};
template <class Place>
using MemberTypeOf = MemberType<std::remove_volatile_t<std::remove_reference_t<Place>>>;

// A member of a T: whether the path had a bracket in it, its offset, and its type as that of an
// expression on an rvalue: U&&, const where anything around it is, but U& of a reference member.
// What follows from them stands before the checks: clang 14 stops at the first that fails.
template <class T, bool HasBracket, std::size_t Offset, class Found>
struct Member {
    using Target = typename MemberTypeOf<Found>::Target;
    static constexpr std::size_t offset = Offset;
    static constexpr bool is_reference = !HasBracket && std::is_lvalue_reference_v<Found>;
    static constexpr bool has_fixed_place = std::is_standard_layout_v<T>;

    static_assert(!HasBracket,
                  "ioview: no brackets inside a member path; give the index as a step of its own: "
                  "IO_PROJECT(view, entries, at(i), member)");
    static_assert(!is_reference,
                  "ioview: a reference member is an address of this CPU, not a part of the object; "
                  "project to what it refers to");
    static_assert(HasBracket || MemberTypeOf<Found>::has_length,
                  "ioview: this array has no length of its own; give it one, or view what lies "
                  "behind the object as a slice: region.try_subview<T[]>(offset, count)");
    static_assert(HasBracket || is_reference || has_fixed_place,
                  "ioview: members of a type that is not standard layout have no fixed place; "
                  "make all its members public or all private, in one class, without virtual "
                  "functions");
    static_assert(HasBracket || is_reference || !has_fixed_place ||
                      (alignof(Target) <= alignof(T) && Offset % alignof(Target) == 0),
                  "ioview: packing leaves this member misaligned, so it has no single access; "
                  "declare it as an array of bytes");
};

} // namespace ioview::detail
