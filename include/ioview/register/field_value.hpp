// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// FieldValue: what a setter takes, by the kind of the field's values, and what it refuses.
//
//   template <class Whole> using Value = FieldValue<F, ValueKind::integer, Idle::none>;

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/register/in_place.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

enum class ValueKind : std::uint8_t { integer, enumeration, user, in_place, not_written };

template <class T>
inline constexpr ValueKind value_kind = std::integral<T>    ? ValueKind::integer
                                        : std::is_enum_v<T> ? ValueKind::enumeration
                                                            : ValueKind::user;

// The bits of a field are those whose write does nothing.
template <class F, Idle I>
constexpr bool does_nothing(typename F::Storage bits) noexcept {
    return I == Idle::zeros ? bits == 0 : I == Idle::ones && bits == F::mask;
}

template <int = 0>
void this_constant_does_nothing_to_the_field()
    requires(bool("ioview: w1c acts on ones, w0c on zeros"));
template <class F, Idle I>
consteval typename F::Storage acting(typename F::Storage bits) {
    if (does_nothing<F, I>(bits))
        this_constant_does_nothing_to_the_field();
    return bits;
}

// The same of any value that a setter takes.
template <class F, Idle I, class V>
constexpr bool is_idle(const V& value) noexcept {
    if constexpr (I == Idle::none)
        return false;
    else if constexpr (Integer<V>)
        return does_nothing<F, I>(F::place(value));
    else if constexpr (std::is_enum_v<V>)
        return does_nothing<F, I>(F::place(static_cast<std::underlying_type_t<V>>(value)));
    else if constexpr (is_bounded<V>)
        return does_nothing<F, I>(F::place(value.get()));
    else if constexpr (std::same_as<V, InPlace<typename F::Storage, F::high, F::low>>)
        return does_nothing<F, I>(value.get());
    else if constexpr (std::same_as<V, typename F::Type>)
        return does_nothing<F, I>(
            F::place(static_cast<Bounded<typename F::Storage, F::width>>(value).get()));
    else
        return false;
}

template <class F, class V>
constexpr bool is_lost_in(const V& value) noexcept {
    return constant_is_lost<F::width>(std::is_signed_v<typename F::Type>, value);
}
template <class F, class V>
constexpr bool is_negative_in(const V& value) noexcept {
    return constant_is_negative(std::is_signed_v<typename F::Type>, value);
}
template <class F, class V>
constexpr bool is_outside(const V& value) noexcept {
    return constant_is_outside<F::high + 1>(InPlace<typename F::Storage, F::high, F::low>::mask,
                                            value);
}
template <class F, Idle I, class V>
constexpr bool is_idle_in_place(const V& value) noexcept {
    if constexpr (I != Idle::none && Integer<V>)
        return does_nothing<F, I>(static_cast<typename F::Storage>(value));
    else
        return false;
}

// What g++ cannot tell of an argument whose every value the field has: whether it is a constant.
#define IOVIEW_IDLE                                                                                \
    "ioview: this constant does nothing to the field; w1c and its like act on ones, w0c and its "  \
    "like on zeros; write these, or leave the setter out"
#define IOVIEW_REFUSE_IDLE(value) IOVIEW_REFUSE_CONSTANT((is_idle<F, I>(value)), IOVIEW_IDLE)

// The parameter of with_x: the bits of a value, already where the field has them. The compiler
// prints the line of what is refused.
template <class F, ValueKind, Idle>
struct FieldValue;

// Integers: constants are checked by the compiler, types that cannot exceed the field are taken.
template <class F, Idle I>
struct FieldValue<F, ValueKind::integer, I> {
    typename F::Storage bits;

    template <Integer V>
        requires(never_loses<typename F::Type, F::width, V>)
    IOVIEW_INLINE constexpr FieldValue(V value) noexcept IOVIEW_REFUSE_IDLE(value)
        : bits(F::place(value)) {}

    // Not consteval on clang, for the reason given at Bounded.
    // clang-format off
#if defined(__clang__)
    template <Integer V>
        requires(!never_loses<typename F::Type, F::width, V>)
    IOVIEW_INLINE constexpr FieldValue(V constant) noexcept
        IOVIEW_REFUSE_AS(run_time_values_go_through_try_with_x_or_Bounded_masked,
                         !__builtin_constant_p(constant))
        IOVIEW_REFUSE_AS(a_negative_constant_needs_a_signed_type, (is_negative_in<F>(constant)))
        IOVIEW_REFUSE_AS(the_constant_is_too_wide_for_its_bits, (is_lost_in<F>(constant)))
        IOVIEW_REFUSE_IDLE(constant)
        : bits(F::place(constant)) {}
#else
    // clang-format on
    template <Integer V>
        requires(!never_loses<typename F::Type, F::width, V>)
    consteval FieldValue(const V& constant) noexcept
        : bits(acting<F, I>(
              F::place(fitting_field<F::width>(std::is_signed_v<typename F::Type>, constant)))) {}
#endif

    template <class U, unsigned M>
        requires(never_loses<typename F::Type, F::width, U, M>)
    IOVIEW_INLINE constexpr FieldValue(Bounded<U, M> value) noexcept IOVIEW_REFUSE_IDLE(value)
        : bits(F::place(value.get())) {}

    template <class V>
        requires(!Integer<V>)
    FieldValue(V value) IOVIEW_REFUSED_OF(
        value, "ioview: not a value of this field; use its type, try_with_x or Bounded::masked");
};

// Enumerations: the field's own only, masked to the field.
template <class F, Idle I>
struct FieldValue<F, ValueKind::enumeration, I> {
    typename F::Storage bits;
    using Underlying = std::underlying_type_t<typename F::Type>;
    IOVIEW_INLINE constexpr FieldValue(typename F::Type value) noexcept IOVIEW_REFUSE_IDLE(value)
        : bits(F::place(static_cast<Underlying>(value))) {}
    template <class V>
    FieldValue(V value) IOVIEW_REFUSED_OF(
        value, "ioview: this field takes its own enumeration only; try_with_x takes integers");
};

// Types of the user's own, convertible to Bounded. Not forced inline, nor is the getter: the user's
// conversion may use any register.
template <class F, Idle I>
struct FieldValue<F, ValueKind::user, I> {
    typename F::Storage bits;
    using Bits = Bounded<typename F::Storage, F::width>;
    constexpr FieldValue(const typename F::Type& value) noexcept IOVIEW_REFUSE_IDLE(value)
        : bits(F::place(static_cast<Bits>(value).get())) {}
};

// Fields left in place.
template <class F, Idle I>
struct FieldValue<F, ValueKind::in_place, I> {
    typename F::Storage bits;
    using Own = InPlace<typename F::Storage, F::high, F::low>;
    IOVIEW_INLINE constexpr FieldValue(Own value) noexcept IOVIEW_REFUSE_IDLE(value)
        : bits(value.get()) {}
    // clang-format off
#if defined(__clang__)
    template <Integer V>
    IOVIEW_INLINE constexpr FieldValue(V constant) noexcept
        IOVIEW_REFUSE_AS(run_time_values_go_through_try_with_x_or_Bounded_masked,
                         !__builtin_constant_p(constant))
        IOVIEW_REFUSE_AS(a_negative_constant_needs_a_signed_type,
                         (detail::constant_is_negative(false, constant)))
        IOVIEW_REFUSE_AS(the_constant_is_too_wide_for_its_bits, (is_outside<F>(constant)))
        IOVIEW_REFUSE_CONSTANT((is_idle_in_place<F, I>(constant)), IOVIEW_IDLE)
        : bits(static_cast<typename F::Storage>(constant)) {}
#else
    // clang-format on
    template <Integer V>
    consteval FieldValue(const V& constant) noexcept
        : bits(acting<F, I>(Own(fitting_field<F::width>(false, constant)).get())) {}
#endif
    template <class V>
        requires(!Integer<V>)
    FieldValue(V value)
        IOVIEW_REFUSED_OF(value,
                          "ioview: not in the field's place; use try_with_x or InPlace::masked");
};
#undef IOVIEW_REFUSE_IDLE
#undef IOVIEW_IDLE

// Fields that are not written.
template <class F, Idle I>
struct FieldValue<F, ValueKind::not_written, I> {
    typename F::Storage bits;
    template <class V>
    FieldValue(V value) IOVIEW_REFUSED_OF(
        value, "ioview: this field is not written (ro, rc or reserved); declare it rw if it is");
};

} // namespace ioview::detail
