// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// What an expected holds: the value or the error, and which of them.
//
//   ExpectedSlot<int, Error, true> slot(unexpect, Error::no_device);

#include <ioview/config.hpp>
#include <ioview/support/panic.hpp>
#include <ioview/support/std_name.hpp>

#include <type_traits>

namespace ioview::detail {

struct unexpect_t {
    explicit unexpect_t() = default;
};
inline constexpr unexpect_t unexpect{};

// Tags of our own: the value is what follows, and std::in_place_t, which is <utility>'s, is told by
// its name; the payload is what a call returns; the payload comes from another expected.
struct InPlaceValue {};
struct InPlaceCall {};
struct UnexpectCall {};
struct Convert {};
inline constexpr InPlaceValue in_place_value{};
inline constexpr InPlaceCall in_place_call{};
inline constexpr UnexpectCall unexpect_call{};
inline constexpr Convert convert{};
template <class Tag>
concept InPlaceTag =
    __is_same(Tag, InPlaceValue) || (__is_empty(Tag) && is_std<Tag>("in_place_t]"));
template <class Tag>
concept IsCallTag = std::is_same_v<Tag, InPlaceCall> || std::is_same_v<Tag, UnexpectCall>;

struct Nothing {};

// What every kind of Result asks, without a class of the library for each answer.
template <class T>
inline constexpr bool is_void = __is_same(const volatile T, const volatile void);
template <class T>
inline constexpr bool is_compound = __is_class(T) || __is_union(T);

// The payloads, and which one there is. One argument goes through a cast, as in std::expected seen
// from outside: `Result<std::uint8_t> r = 5` is no warning.
template <class T, class E, bool TrivialEnd>
struct ExpectedSlot {
    template <class A>
    constexpr explicit ExpectedSlot(InPlaceValue, A&& arg)
        : value(static_cast<T>(static_cast<A&&>(arg))), has(true) {}
    template <class... A>
    constexpr explicit ExpectedSlot(InPlaceValue, A&&... args)
        : value(static_cast<A&&>(args)...), has(true) {}
    template <class A>
    constexpr explicit ExpectedSlot(unexpect_t, A&& arg)
        : error(static_cast<E>(static_cast<A&&>(arg))), has(false) {}
    template <class... A>
    constexpr explicit ExpectedSlot(unexpect_t, A&&... args)
        : error(static_cast<A&&>(args)...), has(false) {}
    template <class F>
    constexpr ExpectedSlot(InPlaceCall, F&& f) : value(static_cast<F&&>(f)()), has(true) {}
    template <class F>
    constexpr ExpectedSlot(UnexpectCall, F&& f) : error(static_cast<F&&>(f)()), has(false) {}

    constexpr bool holds_value() const noexcept { return has; }
    constexpr void hold_value(bool held) noexcept { has = held; }

    union {
        T value;
        E error;
    };
    bool has;
};

template <class T, class E>
struct ExpectedSlot<T, E, false> {
    template <class A>
    constexpr explicit ExpectedSlot(InPlaceValue, A&& arg)
        : value(static_cast<T>(static_cast<A&&>(arg))), has(true) {}
    template <class... A>
    constexpr explicit ExpectedSlot(InPlaceValue, A&&... args)
        : value(static_cast<A&&>(args)...), has(true) {}
    template <class A>
    constexpr explicit ExpectedSlot(unexpect_t, A&& arg)
        : error(static_cast<E>(static_cast<A&&>(arg))), has(false) {}
    template <class... A>
    constexpr explicit ExpectedSlot(unexpect_t, A&&... args)
        : error(static_cast<A&&>(args)...), has(false) {}
    template <class F>
    constexpr ExpectedSlot(InPlaceCall, F&& f) : value(static_cast<F&&>(f)()), has(true) {}
    template <class F>
    constexpr ExpectedSlot(UnexpectCall, F&& f) : error(static_cast<F&&>(f)()), has(false) {}
    constexpr ~ExpectedSlot() {} // the owner knows which one to end

    constexpr bool holds_value() const noexcept { return has; }
    constexpr void hold_value(bool held) noexcept { has = held; }

    union {
        T value;
        E error;
    };
    bool has;
};

// A small error beside the value, where padding would be. The size is the same, and g++ keeps it in
// registers; members of a union that differ in width it moves through memory.
template <class T, class E>
struct ExpectedApart {
    template <class A>
    constexpr explicit ExpectedApart(InPlaceValue, A&& arg)
        : value(static_cast<T>(static_cast<A&&>(arg))), has(true) {}
    template <class... A>
    constexpr explicit ExpectedApart(InPlaceValue, A&&... args)
        : value(static_cast<A&&>(args)...), has(true) {}
    template <class A>
    constexpr explicit ExpectedApart(unexpect_t, A&& arg)
        : none{}, error(static_cast<E>(static_cast<A&&>(arg))), has(false) {}
    template <class... A>
    constexpr explicit ExpectedApart(unexpect_t, A&&... args)
        : none{}, error(static_cast<A&&>(args)...), has(false) {}
    template <class F>
    constexpr ExpectedApart(InPlaceCall, F&& f) : value(static_cast<F&&>(f)()), has(true) {}
    template <class F>
    constexpr ExpectedApart(UnexpectCall, F&& f)
        : none{}, error(static_cast<F&&>(f)()), has(false) {}

    constexpr bool holds_value() const noexcept { return has; }
    constexpr void hold_value(bool held) noexcept { has = held; }

    // A number that is not there is 0, so that nothing without a value is ever copied.
    using None = std::conditional_t<is_compound<T>, Nothing, T>;
    union {
        T value;
        None none;
    };
    E error{};
    bool has;
};

template <class T, class E>
inline constexpr bool error_fits_apart =
    !is_compound<E> && __is_trivially_copyable(T) && sizeof(E) + sizeof(bool) <= alignof(T);

// For an enumeration whose zero is no error: with nothing else to hold, zero says that all went
// well, and no flag is needed. Such a result is made, tested and handed on like an error code.
template <class E>
inline constexpr bool zero_is_no_error = false;

template <class E>
struct ExpectedCode {
    constexpr explicit ExpectedCode(InPlaceValue, Nothing = {}) {}
    template <class... A>
    constexpr explicit ExpectedCode(unexpect_t, A&&... args)
        : error(not_zero(E(static_cast<A&&>(args)...))) {}
    template <class F>
    constexpr ExpectedCode(InPlaceCall, F&& f) : value(static_cast<F&&>(f)()) {}
    template <class F>
    constexpr ExpectedCode(UnexpectCall, F&& f) : error(not_zero(static_cast<F&&>(f)())) {}

    constexpr bool holds_value() const noexcept { return error == E{}; }
    constexpr void hold_value(bool held) noexcept { error = held ? E{} : not_zero(error); }

    static constexpr E not_zero(E error) noexcept {
        if (error == E{})
            panic("ioview: a Result was to fail with error 0, which is none");
        return error;
    }

    IOVIEW_NO_UNIQUE_ADDRESS Nothing value{};
    E error{};
};

template <class T, class E, bool TrivialEnd>
struct ExpectedSlotIs {
    using Type = std::
        conditional_t<error_fits_apart<T, E>, ExpectedApart<T, E>, ExpectedSlot<T, E, TrivialEnd>>;
};
template <class E, bool TrivialEnd>
    requires zero_is_no_error<E>
struct ExpectedSlotIs<Nothing, E, TrivialEnd> {
    using Type = ExpectedCode<E>;
};

} // namespace ioview::detail
