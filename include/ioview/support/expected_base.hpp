// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// What lies under an expected: special members as trivial as the payloads allow.
//
//   template <class T, class E> class expected : ExpectedBase<T, E> { … };
//
// Members whose triviality depends on a constraint need clang 16, so the choice is made by base
// classes. Payloads that are trivially copyable (nearly all) take the plain struct and pay for none
// of the layers.

#include <ioview/support/expected_slot.hpp>
#include <ioview/support/expected_storage.hpp>

#include <type_traits>

namespace ioview::detail {

// Concepts for the constraints of functions that are no templates: g++ 14 takes no built-in trait
// there, and those of the library are templates to instantiate.
template <class T>
concept DefaultConstructible = __is_constructible(T);
template <class T>
concept NothrowMovable = __is_nothrow_constructible(T, T);

template <class T, class E, bool TrivialEnd>
struct ExpectedData : ExpectedFields<T, E, TrivialEnd> {
    using ExpectedFields<T, E, TrivialEnd>::ExpectedFields;
};
template <class T, class E>
struct ExpectedData<T, E, false> : ExpectedFields<T, E, false> {
    using ExpectedFields<T, E, false>::ExpectedFields;
    constexpr ~ExpectedData() { this->end_payload(); }
};

template <class T>
concept CopiesTrivially =
    std::is_trivially_copy_constructible_v<T> || !std::is_copy_constructible_v<T>;
template <class T>
concept MovesTrivially =
    std::is_trivially_move_constructible_v<T> || !std::is_move_constructible_v<T>;
template <class T>
concept CopiesAndMovesTrivially = CopiesTrivially<T> && MovesTrivially<T>;

template <class T, class E>
using ExpectedEnd =
    ExpectedData<T, E, std::is_trivially_destructible_v<T> && std::is_trivially_destructible_v<E>>;

template <class T, class E>
struct ExpectedConstruct : ExpectedEnd<T, E> {
    using Data = ExpectedEnd<T, E>;
    using Data::Data;
    constexpr ExpectedConstruct(const ExpectedConstruct& other) noexcept(
        std::is_nothrow_copy_constructible_v<T>&& std::is_nothrow_copy_constructible_v<E>)
        : Data(convert, other) {}
    constexpr ExpectedConstruct(ExpectedConstruct&& other) noexcept(MovesSafely<T, E>)
        : Data(convert, static_cast<ExpectedConstruct&&>(other)) {}
};

template <class T, class E>
using ExpectedCopies = std::conditional_t<CopiesAndMovesTrivially<T> && CopiesAndMovesTrivially<E>,
                                          ExpectedEnd<T, E>,
                                          ExpectedConstruct<T, E>>;

template <class T, class E>
struct ExpectedAssign : ExpectedCopies<T, E> {
    using ExpectedCopies<T, E>::ExpectedCopies;
    ExpectedAssign(const ExpectedAssign&) = default;
    ExpectedAssign(ExpectedAssign&&) = default;
    constexpr ExpectedAssign& operator=(const ExpectedAssign& other) noexcept(
        std::is_nothrow_copy_constructible_v<T>&& std::is_nothrow_copy_assignable_v<T>&&
            std::is_nothrow_copy_constructible_v<E>&& std::is_nothrow_copy_assignable_v<E>) {
        if (other.slot.holds_value())
            this->set(in_place_value, other.slot.value);
        else
            this->set(unexpect, other.slot.error);
        return *this;
    }
    constexpr ExpectedAssign& operator=(ExpectedAssign&& other) noexcept(
        std::is_nothrow_move_assignable_v<T>&& std::is_nothrow_move_assignable_v<E>) {
        if (other.slot.holds_value())
            this->set(in_place_value, static_cast<T&&>(other.slot.value));
        else
            this->set(unexpect, static_cast<E&&>(other.slot.error));
        return *this;
    }
};

// Empty bases that take away what the payloads cannot do: 2 copies and moves, 1 moves, 0 neither.
template <int Level>
struct PermitConstruct {};
template <>
struct PermitConstruct<1> {
    PermitConstruct() = default;
    PermitConstruct(const PermitConstruct&) = delete;
    PermitConstruct(PermitConstruct&&) = default;
    PermitConstruct& operator=(const PermitConstruct&) = default;
    PermitConstruct& operator=(PermitConstruct&&) = default;
};
template <>
struct PermitConstruct<0> {
    PermitConstruct() = default;
    PermitConstruct(const PermitConstruct&) = delete;
    PermitConstruct(PermitConstruct&&) = delete;
    PermitConstruct& operator=(const PermitConstruct&) = default;
    PermitConstruct& operator=(PermitConstruct&&) = default;
};
template <int Level>
struct PermitAssign {};
template <>
struct PermitAssign<1> {
    PermitAssign() = default;
    PermitAssign(const PermitAssign&) = default;
    PermitAssign(PermitAssign&&) = default;
    PermitAssign& operator=(const PermitAssign&) = delete;
    PermitAssign& operator=(PermitAssign&&) = default;
};
template <>
struct PermitAssign<0> {
    PermitAssign() = default;
    PermitAssign(const PermitAssign&) = default;
    PermitAssign(PermitAssign&&) = default;
    PermitAssign& operator=(const PermitAssign&) = delete;
    PermitAssign& operator=(PermitAssign&&) = delete;
};

template <class T>
inline constexpr int constructs_by = std::is_copy_constructible_v<T>   ? 2
                                     : std::is_move_constructible_v<T> ? 1
                                                                       : 0;
template <class T>
inline constexpr int assigns_by =
    (std::is_copy_assignable_v<T> && std::is_copy_constructible_v<T>) ? 2
    : (__is_assignable(T&, T) && std::is_move_constructible_v<T>)     ? 1
                                                                      : 0;
consteval int lesser(int a, int b) {
    return a < b ? a : b;
}

template <class T, class E>
struct ExpectedLayers : ExpectedAssign<T, E>,
                        PermitConstruct<lesser(constructs_by<T>, constructs_by<E>)>,
                        PermitAssign<MovesSafely<T, E> ? lesser(assigns_by<T>, assigns_by<E>) : 0> {
    using ExpectedAssign<T, E>::ExpectedAssign;
};

template <class T, class E>
using ExpectedBase = std::conditional_t<__is_trivially_copyable(T) && __is_trivially_copyable(E),
                                        ExpectedFields<T, E, true>,
                                        ExpectedLayers<T, E>>;

} // namespace ioview::detail
