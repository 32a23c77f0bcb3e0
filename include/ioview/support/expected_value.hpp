// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// An expected that holds a value, or the error.
//
//   expected<int, Error> digit = 7;

#include <ioview/config.hpp>
#include <ioview/support/expected_base.hpp>
#include <ioview/support/expected_conversions.hpp>
#include <ioview/support/expected_monadic.hpp>
#include <ioview/support/expected_slot.hpp>
#include <ioview/support/unexpected.hpp>

#include <concepts>
#include <initializer_list>
#include <type_traits>

namespace ioview::detail {

template <class T, class E>
class [[nodiscard(IOVIEW_RESULT_IS_DROPPED)]] expected : ExpectedBase<T, E> {
    using Base = ExpectedBase<T, E>;
    template <class, class>
    friend class expected;

public:
    using value_type = T;
    using error_type = E;
    using unexpected_type = unexpected<E>;
    template <class U>
    using rebind = expected<U, E>;

    constexpr expected() noexcept(__is_nothrow_constructible(T))
        requires DefaultConstructible<T>
        : Base(in_place_value) {}

    template <class U, class G>
        requires ConvertsFrom<T, E, const U&, const G&, expected<U, G>>
    constexpr explicit(!std::is_convertible_v<const U&, T> || !std::is_convertible_v<const G&, E>)
        expected(const expected<U, G>& other) noexcept(__is_nothrow_constructible(T, const U&) &&
                                                       __is_nothrow_constructible(E, const G&))
        : Base(convert, static_cast<const ExpectedBase<U, G>&>(other)) {}

    template <class U, class G>
        requires ConvertsFrom<T, E, U, G, expected<U, G>>
    constexpr explicit(!std::is_convertible_v<U, T> || !std::is_convertible_v<G, E>)
        expected(expected<U, G>&& other) noexcept(__is_nothrow_constructible(T, U) &&
                                                  __is_nothrow_constructible(E, G))
        : Base(convert, static_cast<ExpectedBase<U, G>&&>(other)) {}

    template <class U = T>
        requires ValueFor<expected, T, U>
    constexpr explicit(!std::is_convertible_v<U, T>)
        expected(U&& value) noexcept(__is_nothrow_constructible(T, U))
        : Base(in_place_value, static_cast<U&&>(value)) {}

    template <std::same_as<E> G>
        requires(!__is_constructible(T, G))
    expected(G error)
        IOVIEW_REFUSED_OF(error, "ioview: an error becomes a Result by `return io::fail(error);`");

    template <class G>
        requires __is_constructible(E, const G&)
    constexpr explicit(!std::is_convertible_v<const G&, E>)
        expected(const unexpected<G>& failure) noexcept(__is_nothrow_constructible(E, const G&))
        : Base(unexpect, failure.error()) {}

    template <class G>
        requires __is_constructible(E, G)
    constexpr explicit(!std::is_convertible_v<G, E>)
        expected(unexpected<G>&& failure) noexcept(__is_nothrow_constructible(E, G))
        : Base(unexpect, static_cast<G&&>(failure.error())) {}

    template <class Tag, class... A>
        requires InPlaceTag<Tag> && (__is_constructible(T, A...))
    constexpr explicit expected(Tag, A&&... args) noexcept(__is_nothrow_constructible(T, A...))
        : Base(in_place_value, static_cast<A&&>(args)...) {}

    template <class Tag, class U, class... A>
        requires InPlaceTag<Tag> && (__is_constructible(T, std::initializer_list<U>&, A...))
    constexpr explicit expected(Tag, std::initializer_list<U> list, A&&... args)
        : Base(in_place_value, list, static_cast<A&&>(args)...) {}

    template <class... A>
        requires __is_constructible(E, A...)
    constexpr explicit expected(unexpect_t,
                                A&&... args) noexcept(__is_nothrow_constructible(E, A...))
        : Base(unexpect, static_cast<A&&>(args)...) {}

    template <class U, class... A>
        requires __is_constructible(E, std::initializer_list<U>&, A...)
    constexpr explicit expected(unexpect_t, std::initializer_list<U> list, A&&... args)
        : Base(unexpect, list, static_cast<A&&>(args)...) {}

    // For `transform` and `transform_error` only: the payload is what the call returns, built in
    // place.
    template <class Tag, class F>
        requires IsCallTag<Tag>
    constexpr expected(Tag tag, F&& f) : Base(tag, static_cast<F&&>(f)) {}

    template <class U = T>
        requires(!std::is_same_v<std::remove_cvref_t<U>, expected> &&
                 !is_unexpected<std::remove_cvref_t<U>> && __is_constructible(T, U) &&
                 __is_assignable(T&, U) && MovesSafely<T, E>)
    constexpr expected& operator=(U&& value) noexcept(__is_nothrow_constructible(T, U) &&
                                                      __is_nothrow_assignable(T&, U)) {
        this->set(in_place_value, static_cast<U&&>(value));
        return *this;
    }

    template <class G>
        requires(__is_constructible(E, const G&) && __is_assignable(E&, const G&) &&
                 MovesSafely<T, E>)
    constexpr expected&
    operator=(const unexpected<G>& failure) noexcept(__is_nothrow_constructible(E, const G&) &&
                                                     __is_nothrow_assignable(E&, const G&)) {
        this->set(unexpect, failure.error());
        return *this;
    }

    template <class G>
        requires(__is_constructible(E, G) && __is_assignable(E&, G) && MovesSafely<T, E>)
    constexpr expected&
    operator=(unexpected<G>&& failure) noexcept(__is_nothrow_constructible(E, G) &&
                                                __is_nothrow_assignable(E&, G)) {
        this->set(unexpect, static_cast<G&&>(failure.error()));
        return *this;
    }

    // Replaces whatever is held by a value built in place.
    template <class... A>
        requires __is_nothrow_constructible(T, A...)
    constexpr T& emplace(A&&... args) noexcept {
        this->renew(in_place_value, static_cast<A&&>(args)...);
        return this->slot.value;
    }

    template <class U, class... A>
        requires __is_nothrow_constructible(T, std::initializer_list<U>&, A...)
    constexpr T& emplace(std::initializer_list<U> list, A&&... args) noexcept {
        this->renew(in_place_value, list, static_cast<A&&>(args)...);
        return this->slot.value;
    }

    constexpr void
    swap(expected& other) noexcept(std::is_nothrow_swappable_v<T>&& std::is_nothrow_swappable_v<E>)
        requires(std::is_swappable_v<T> && std::is_swappable_v<E> && MovesSafely<T, E>)
    {
        Base::swap_with(other);
    }
    friend constexpr void swap(expected& a, expected& b) noexcept(noexcept(a.swap(b)))
        requires(std::is_swappable_v<T> && std::is_swappable_v<E> && MovesSafely<T, E>)
    {
        a.swap(b);
    }

    using Base::error;
    using Base::has_value;
    constexpr explicit operator bool() const noexcept { return this->slot.holds_value(); }

    constexpr const T* operator->() const noexcept {
        return __builtin_addressof(this->checked_value());
    }
    constexpr T* operator->() noexcept { return __builtin_addressof(this->checked_value()); }
    constexpr const T& operator*() const& noexcept { return this->checked_value(); }
    constexpr T& operator*() & noexcept { return this->checked_value(); }
    constexpr const T&& operator*() const&& noexcept {
        return static_cast<const T&&>(this->checked_value());
    }
    constexpr T&& operator*() && noexcept { return static_cast<T&&>(this->checked_value()); }
    constexpr const T& value() const& noexcept { return this->checked_value(); }
    constexpr T& value() & noexcept { return this->checked_value(); }
    constexpr const T&& value() const&& noexcept {
        return static_cast<const T&&>(this->checked_value());
    }
    constexpr T&& value() && noexcept { return static_cast<T&&>(this->checked_value()); }

    // The value, or `other` converted to its type.
    template <class U = std::remove_cv_t<T>>
    [[nodiscard]] constexpr std::remove_cv_t<T> value_or(U&& other) const& {
        return this->slot.holds_value() ? this->slot.value
                                        : static_cast<std::remove_cv_t<T>>(static_cast<U&&>(other));
    }
    template <class U = std::remove_cv_t<T>>
    [[nodiscard]] constexpr std::remove_cv_t<T> value_or(U&& other) && {
        return this->slot.holds_value() ? static_cast<T&&>(this->slot.value)
                                        : static_cast<std::remove_cv_t<T>>(static_cast<U&&>(other));
    }
    // The error, or `other` converted to its type when there is a value.
    template <class G = E>
    [[nodiscard]] constexpr E error_or(G&& other) const& {
        return this->slot.holds_value() ? static_cast<E>(static_cast<G&&>(other))
                                        : this->slot.error;
    }
    template <class G = E>
    [[nodiscard]] constexpr E error_or(G&& other) && {
        return this->slot.holds_value() ? static_cast<E>(static_cast<G&&>(other))
                                        : static_cast<E&&>(this->slot.error);
    }

    IOVIEW_DETAIL_MONADIC(and_then)
    IOVIEW_DETAIL_MONADIC(or_else)
    IOVIEW_DETAIL_MONADIC(transform)
    IOVIEW_DETAIL_MONADIC(transform_error)

    template <class U, class G>
        requires(!is_void<U>)
    friend constexpr bool operator==(const expected& a, const expected<U, G>& b) {
        if (a.has_value() != b.has_value())
            return false;
        return a.has_value() ? static_cast<bool>(*a == *b)
                             : static_cast<bool>(a.error() == b.error());
    }
    template <class U>
        requires(!is_expected<U> && !is_unexpected<U>)
    friend constexpr bool operator==(const expected& a, const U& b) {
        return a.has_value() && static_cast<bool>(*a == b);
    }
    template <class G>
    friend constexpr bool operator==(const expected& a, const unexpected<G>& b) {
        return !a.has_value() && static_cast<bool>(a.error() == b.error());
    }
};

// A separate class for what cannot be held, so that one message remains.
template <class T, class E>
    requires(!Payload<T> && !is_void<T>)
class [[nodiscard(IOVIEW_RESULT_IS_DROPPED)]] expected<T, E> {
    static_assert(
        is_payload<T>,
        "ioview: a Result holds an object; return a pointer or a view instead of a reference or "
        "an array");

public:
    template <class... A>
    constexpr expected(A&&...) noexcept {}
};

} // namespace ioview::detail
