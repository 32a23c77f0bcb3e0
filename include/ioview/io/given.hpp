// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The value given to a write, which is not cut without a word.
//
//   constexpr void write16(Offset offset, GivenFor<std::uint16_t> value);
//   write16(0, a | b); write16(0, -1); write16(0, sizeof(Entry));    // taken
//   write16(0, 0x1'0000); write16(0, a_64_bit_address);              // do not compile
//
// Constants must fit, signed or unsigned. Run-time values of a type wider than the access and wider
// than int are refused, and floating ones: int and unsigned are what promotion makes of narrower
// ones, so they pass.

#include <ioview/config.hpp>
#include <ioview/io/wire.hpp>
#include <ioview/support/integer.hpp>

#include <type_traits>

// g++ has one place where a function can tell a constant from a value known at run time: the
// warning, on by default, about a constant that a conversion changes. From here on it is an error,
// in the user's lines too, or a constant that is too wide for a write would compile. To have the
// warning back: #pragma GCC diagnostic warning "-Woverflow" below the #include.
#if !defined(__clang__)
#pragma GCC diagnostic error "-Woverflow"
#endif

namespace ioview::detail {

template <int = 0>
void the_constant_needs_more_bits_than_the_access_has()
    requires(bool("ioview: write a part, or access wider"));
void run_time_values_wider_than_the_access_need_a_static_cast();

// Integers, and enumerations that convert to them, as integers.
template <class V>
concept ConvertsToInteger =
    Integer<V> || (std::is_enum_v<V> && std::is_convertible_v<V, std::underlying_type_t<V>>);
template <class V>
constexpr auto as_integer(const V& value) noexcept {
    if constexpr (std::is_enum_v<V>)
        return static_cast<std::underlying_type_t<V>>(value);
    else
        return value;
}

// A run-time V is taken as a T.
template <class T, class V>
inline constexpr bool is_passed = sizeof(V) <= sizeof(T) || sizeof(V) <= sizeof(int);

// The same of what converts to an integer, as far as list initialisation lets it through.
template <class C, class T>
concept ConvertsUncut =
    std::is_class_v<C> && !is_bounded<C> && std::is_convertible_v<const C&, T> &&
    (requires(const C& c) { T{c}; } ||
     (sizeof(T) < sizeof(int) &&
      (
          requires(const C& c) { int{c}; } || requires(const C& c) { unsigned{c}; })));

template <class C>
inline constexpr bool is_address = std::is_pointer_v<std::decay_t<C>> || std::is_null_pointer_v<C>;

// By reference: only then does g++ look at the value here, and the name of what is called is its
// message.
template <class T, class V>
consteval T uncut(const V& constant) {
    if (!__builtin_constant_p(constant))
        run_time_values_wider_than_the_access_need_a_static_cast();
    if (constant_is_lost_either_way<8 * sizeof(T)>(as_integer(constant)))
        the_constant_needs_more_bits_than_the_access_has();
    return static_cast<T>(constant);
}

// What a V is as a number: the integer of an le or be.
template <class V>
struct NumberIn {
    using type = V;
};
template <class V>
    requires(Wire<V>::order != WireOrder::backend && requires { typename V::value_type; })
struct NumberIn<V> {
    using type = typename V::value_type;
};

// V is an integer type of one access, or le or be of one.
template <class V>
class Given {
    using T = typename NumberIn<V>::type;

public:
#if defined(__clang__)
    // Not consteval: a function around it, the lambda after a try_ step, would become so too.
    template <ConvertsToInteger I>
    IOVIEW_INLINE constexpr Given(I value) noexcept
        IOVIEW_REFUSE_CONSTANT((!is_passed<T, I> && !__builtin_constant_p(value)),
                               "ioview: run-time values wider than the access need a static_cast")
            IOVIEW_REFUSE_CONSTANT(constant_is_lost_either_way<8 * sizeof(T)>(as_integer(value)),
                                   "ioview: the constant needs more bits than the access has")
        : value_(static_cast<T>(value)) {}
#else
    template <ConvertsToInteger I>
        requires(sizeof(I) <= sizeof(T))
    IOVIEW_INLINE constexpr Given(I value) noexcept : value_(static_cast<T>(value)) {}
    // No template: the conversion is the caller's, see above.
    IOVIEW_INLINE constexpr Given(typename StoredWord<sizeof(T)>::type value) noexcept
        : value_(static_cast<T>(value)) {}
    template <ConvertsToInteger I>
        requires(!is_passed<T, I>)
    consteval Given(const I& constant) noexcept : value_(uncut<T>(constant)) {}
#endif

    template <class U, unsigned N>
        requires(N <= 8 * sizeof(T))
    IOVIEW_INLINE constexpr Given(Bounded<U, N> value) noexcept
        : value_(static_cast<T>(value.get())) {}
    template <ConvertsUncut<T> C>
    IOVIEW_INLINE constexpr Given(const C& value) noexcept : value_(static_cast<T>(value)) {}

    template <class C>
        requires(is_address<C>)
    Given(const C& value) IOVIEW_REFUSED_OF(
        value,
        "ioview: a pointer is no value of an access; give the address that the device knows");
    template <class C>
        requires(!ConvertsToInteger<C> && !ConvertsUncut<C, T> && !is_address<C>)
    Given(const C& value) IOVIEW_REFUSED_OF(
        value, "ioview: this value could be cut; static_cast<T>(value), to the type of the access");

    IOVIEW_INLINE constexpr operator V() const noexcept { return V(value_); }

private:
    T value_;
};

// The parameter of a write of a V. Not deduced: what is written is known by the place.
template <class V>
struct ParameterFor {
    using type = V;
};
template <class V>
    requires std::integral<typename NumberIn<V>::type>
struct ParameterFor<V> {
    using type = Given<V>;
};

// An enumeration, of itself alone.
template <class V>
class GivenEnum {
public:
    IOVIEW_INLINE constexpr GivenEnum(V value) noexcept : value_(value) {}
    template <class E>
        requires(!std::is_convertible_v<E, V>)
    GivenEnum(E value) IOVIEW_REFUSED_OF(
        value,
        "ioview: this member takes its own enumeration; static_cast what is known to be in it");
    IOVIEW_INLINE constexpr operator V() const noexcept { return value_; }

private:
    V value_;
};
template <class V>
    requires std::is_enum_v<V>
struct ParameterFor<V> {
    using type = GivenEnum<V>;
};
template <class V>
using GivenFor = typename ParameterFor<V>::type;

// What a function given to update() returns, for a V.
template <class V, class R, class T = typename NumberIn<V>::type>
consteval bool may_be_returned() noexcept {
    if constexpr (std::is_void_v<R>)
        return false;
    else if constexpr (std::is_same_v<R, V> || !std::integral<T>)
        return std::is_convertible_v<R, V>;
    else if constexpr (ConvertsToInteger<R>)
        return is_passed<T, R>;
    else
        return std::is_constructible_v<Given<V>, R>;
}
template <bool Does>
struct ReturnsAValue {
    static_assert(Does,
                  "ioview: the function given to update() returns nothing; write return before the "
                  "new value");
    static constexpr bool ok = true;
};
template <class V, class R>
struct Returned {
    static constexpr bool is_right = may_be_returned<V, R>();
    static constexpr bool is_nothing = std::is_void_v<R>;
    static_assert(!is_nothing,
                  "ioview: the function given to update() returns nothing; return the new value");
    static_assert(is_nothing || is_right,
                  "ioview: what the function given to update() returns could be cut; return "
                  "static_cast<T>(value), of the type that is updated");
    static constexpr bool ok = true;
};

} // namespace ioview::detail
