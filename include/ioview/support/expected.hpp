// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// A drop-in subset of std::expected for C++20 without exceptions: a value, or the reason why there
// is none.
//
//   expected<int, Error> digit(char c) {
//       if (c < '0' || c > '9') return unexpected(Error::invalid_argument);
//       return c - '0';
//   }
//
// Names, constraints and outcomes are those of std::expected; the same tests run on both. What
// differs:
//
//   - every access to what is not there panics, `*`, `->` and `error()` included, which is the
//     hardened rule of C++26;
//   - changing between value and error needs payloads that move without throwing;
//   - in constant evaluation that change needs trivially copyable payloads (std::construct_at
//     costs a header);
//   - transform(&S::member) holds a copy of the member.
//
// It is trivially copyable when both payloads are, so a small one travels in registers. How that
// is done on compilers without conditionally trivial members: expected_storage.hpp.

#include <ioview/support/expected_storage.hpp>

#include <concepts>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace ioview::detail {

// Part of the name of every function and object whose type has one, so that files with another
// Result do not link with them: "undefined reference to `f[abi:IOVIEW_STD_EXPECTED_0]()'".
template <class E>
class [[gnu::abi_tag("IOVIEW_STD_EXPECTED_0")]] unexpected;

template <class T, class E>
class [[gnu::abi_tag("IOVIEW_STD_EXPECTED_0")]] expected;

template <class T>
inline constexpr bool is_unexpected = false;
template <class E>
inline constexpr bool is_unexpected<unexpected<E>> = true;

template <class T>
inline constexpr bool is_expected = false;
template <class T, class E>
inline constexpr bool is_expected<expected<T, E>> = true;

// The error on its way into an `expected`.
template <class E>
class unexpected {
    static_assert(std::is_object_v<E> && !std::is_array_v<E> && !std::is_const_v<E> &&
                      !std::is_volatile_v<E> && !is_unexpected<E>,
                  "ioview: this cannot be an error type; use an object type without const");

public:
    template <class G = E>
        requires(!std::is_same_v<std::remove_cvref_t<G>, unexpected> &&
                 !std::is_same_v<std::remove_cvref_t<G>, std::in_place_t> &&
                 std::is_constructible_v<E, G>)
    constexpr explicit unexpected(G&& error) noexcept(std::is_nothrow_constructible_v<E, G>)
        : error_(static_cast<G&&>(error)) {}

    template <class... A>
        requires std::is_constructible_v<E, A...>
    constexpr explicit unexpected(std::in_place_t,
                                  A&&... args) noexcept(std::is_nothrow_constructible_v<E, A...>)
        : error_(static_cast<A&&>(args)...) {}

    template <class U, class... A>
        requires std::is_constructible_v<E, std::initializer_list<U>&, A...>
    constexpr explicit unexpected(std::in_place_t, std::initializer_list<U> list, A&&... args)
        : error_(list, static_cast<A&&>(args)...) {}

    constexpr const E& error() const& noexcept { return error_; }
    constexpr E& error() & noexcept { return error_; }
    constexpr const E&& error() const&& noexcept { return static_cast<const E&&>(error_); }
    constexpr E&& error() && noexcept { return static_cast<E&&>(error_); }

    constexpr void swap(unexpected& other) noexcept(std::is_nothrow_swappable_v<E>)
        requires std::is_swappable_v<E>
    {
        using std::swap;
        swap(error_, other.error_);
    }
    friend constexpr void swap(unexpected& a, unexpected& b) noexcept(noexcept(a.swap(b)))
        requires std::is_swappable_v<E>
    {
        a.swap(b);
    }

    template <class G>
    friend constexpr bool operator==(const unexpected& a, const unexpected<G>& b) {
        return a.error() == b.error();
    }

private:
    E error_;
};

template <class E>
unexpected(E) -> unexpected<E>;

// Anything of `W` fits into `T`: then a converting constructor would have two ways to go.
template <class T, class W>
concept FitsWhole = std::is_constructible_v<T, W&> || std::is_constructible_v<T, W> ||
                    std::is_constructible_v<T, const W&> || std::is_constructible_v<T, const W> ||
                    std::is_convertible_v<W&, T> || std::is_convertible_v<W, T> ||
                    std::is_convertible_v<const W&, T> || std::is_convertible_v<const W, T>;

template <class E, class W>
concept FitsError =
    std::is_constructible_v<unexpected<E>, W&> || std::is_constructible_v<unexpected<E>, W> ||
    std::is_constructible_v<unexpected<E>, const W&> ||
    std::is_constructible_v<unexpected<E>, const W>;

// `expected<T, E>` can be made of an `expected` of another kind whose value and error are seen as
// `U` and `G`.
template <class T, class E, class U, class G, class W>
concept ConvertsFrom =
    std::is_constructible_v<T, U> && std::is_constructible_v<E, G> && !FitsError<E, W> &&
    (std::is_same_v<std::remove_cv_t<T>, bool> || !FitsWhole<T, W>);

// `U` is to become the value of `expected<T, E>`, and is no expected, unexpected or tag itself.
template <class X, class T, class U>
concept ValueFor =
    std::is_constructible_v<T, U> && !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
    !std::is_same_v<std::remove_cvref_t<U>, X> &&
    !std::is_same_v<std::remove_cvref_t<U>, unexpect_t> && !is_unexpected<std::remove_cvref_t<U>> &&
    (!std::is_same_v<std::remove_cv_t<T>, bool> || !is_expected<std::remove_cvref_t<U>>);

// What transform(f) holds. A pointer to a data member gives a reference, which is copied out: no
// caller means it to be held.
template <class F, class R>
using Transformed = std::conditional_t<std::is_member_object_pointer_v<std::remove_cvref_t<F>>,
                                       std::remove_cvref_t<R>,
                                       std::remove_cv_t<R>>;

// The four monadic operations on an `expected` of any value category, one body each.
template <class Self, class F>
constexpr auto and_then(Self&& self, F&& f) {
    using Next =
        std::remove_cvref_t<decltype(call_value(static_cast<F&&>(f), static_cast<Self&&>(self)))>;
    static_assert(is_expected<Next>, "ioview: the function given to and_then must return a Result");
    if (self.has_value())
        return Next(call_value(static_cast<F&&>(f), static_cast<Self&&>(self)));
    return Next(unexpect, static_cast<Self&&>(self).error());
}

template <class Self, class F>
constexpr auto or_else(Self&& self, F&& f) {
    using Next =
        std::remove_cvref_t<decltype(call(static_cast<F&&>(f), static_cast<Self&&>(self).error()))>;
    static_assert(is_expected<Next>, "ioview: the function given to or_else must return a Result");
    if (!self.has_value())
        return Next(call(static_cast<F&&>(f), static_cast<Self&&>(self).error()));
    if constexpr (std::is_void_v<typename Next::value_type>)
        return Next();
    else
        return Next(std::in_place, *static_cast<Self&&>(self));
}

template <class Self, class F>
constexpr auto transform(Self&& self, F&& f) {
    using E = typename std::remove_cvref_t<Self>::error_type;
    using U = Transformed<F, decltype(call_value(static_cast<F&&>(f), static_cast<Self&&>(self)))>;
    using Next = expected<U, E>;
    if (!self.has_value())
        return Next(unexpect, static_cast<Self&&>(self).error());
    if constexpr (std::is_void_v<U>) {
        call_value(static_cast<F&&>(f), static_cast<Self&&>(self));
        return Next();
    } else {
        return Next(in_place_call, [&]() -> U {
            return call_value(static_cast<F&&>(f), static_cast<Self&&>(self));
        });
    }
}

template <class Self, class F>
constexpr auto transform_error(Self&& self, F&& f) {
    using T = typename std::remove_cvref_t<Self>::value_type;
    using G =
        Transformed<F, decltype(call(static_cast<F&&>(f), static_cast<Self&&>(self).error()))>;
    using Next = expected<T, G>;
    if (!self.has_value())
        return Next(unexpect_call, [&]() -> G {
            return call(static_cast<F&&>(f), static_cast<Self&&>(self).error());
        });
    if constexpr (std::is_void_v<T>)
        return Next();
    else
        return Next(std::in_place, *static_cast<Self&&>(self));
}

// What a value can be: an object, and no array, tag or `unexpected`.
template <class T>
inline constexpr bool is_payload =
    std::is_object_v<T> && !std::is_array_v<T> && !is_unexpected<std::remove_cv_t<T>> &&
    !std::is_same_v<std::remove_cv_t<T>, std::in_place_t> &&
    !std::is_same_v<std::remove_cv_t<T>, unexpect_t>;

#define IOVIEW_DETAIL_MONADIC(name)                                                                \
    template <class F>                                                                             \
    constexpr auto name(F&& f)& {                                                                  \
        return detail::name(*this, static_cast<F&&>(f));                                           \
    }                                                                                              \
    template <class F>                                                                             \
    constexpr auto name(F&& f) const& {                                                            \
        return detail::name(*this, static_cast<F&&>(f));                                           \
    }                                                                                              \
    template <class F>                                                                             \
    constexpr auto name(F&& f)&& {                                                                 \
        return detail::name(static_cast<expected&&>(*this), static_cast<F&&>(f));                  \
    }                                                                                              \
    template <class F>                                                                             \
    constexpr auto name(F&& f) const&& {                                                           \
        return detail::name(static_cast<const expected&&>(*this), static_cast<F&&>(f));            \
    }

template <class T, class E>
class [[nodiscard]] expected : ExpectedBase<T, E> {
    using Base = ExpectedBase<T, E>;
    template <class, class>
    friend class expected;

public:
    using value_type = T;
    using error_type = E;
    using unexpected_type = unexpected<E>;
    template <class U>
    using rebind = expected<U, E>;

    constexpr expected() noexcept(std::is_nothrow_default_constructible_v<T>)
        requires std::is_default_constructible_v<T>
        : Base(std::in_place) {}

    template <class U, class G>
        requires ConvertsFrom<T, E, const U&, const G&, expected<U, G>>
    constexpr explicit(!std::is_convertible_v<const U&, T> || !std::is_convertible_v<const G&, E>)
        expected(const expected<U, G>& other) noexcept(
            std::is_nothrow_constructible_v<T, const U&>&&
                std::is_nothrow_constructible_v<E, const G&>)
        : Base(convert, static_cast<const ExpectedBase<U, G>&>(other)) {}

    template <class U, class G>
        requires ConvertsFrom<T, E, U, G, expected<U, G>>
    constexpr explicit(!std::is_convertible_v<U, T> || !std::is_convertible_v<G, E>)
        expected(expected<U, G>&& other) noexcept(
            std::is_nothrow_constructible_v<T, U>&& std::is_nothrow_constructible_v<E, G>)
        : Base(convert, static_cast<ExpectedBase<U, G>&&>(other)) {}

    template <class U = T>
        requires ValueFor<expected, T, U>
    constexpr explicit(!std::is_convertible_v<U, T>)
        expected(U&& value) noexcept(std::is_nothrow_constructible_v<T, U>)
        : Base(std::in_place, static_cast<U&&>(value)) {}

    template <std::same_as<E> G>
        requires(!std::is_constructible_v<T, G>)
    expected(G) = delete; // ioview: an error becomes a Result by `return io::fail(error);`

    template <class G>
        requires std::is_constructible_v<E, const G&>
    constexpr explicit(!std::is_convertible_v<const G&, E>) expected(
        const unexpected<G>& failure) noexcept(std::is_nothrow_constructible_v<E, const G&>)
        : Base(unexpect, failure.error()) {}

    template <class G>
        requires std::is_constructible_v<E, G>
    constexpr explicit(!std::is_convertible_v<G, E>)
        expected(unexpected<G>&& failure) noexcept(std::is_nothrow_constructible_v<E, G>)
        : Base(unexpect, static_cast<G&&>(failure.error())) {}

    template <class... A>
        requires std::is_constructible_v<T, A...>
    constexpr explicit expected(std::in_place_t,
                                A&&... args) noexcept(std::is_nothrow_constructible_v<T, A...>)
        : Base(std::in_place, static_cast<A&&>(args)...) {}

    template <class U, class... A>
        requires std::is_constructible_v<T, std::initializer_list<U>&, A...>
    constexpr explicit expected(std::in_place_t, std::initializer_list<U> list, A&&... args)
        : Base(std::in_place, list, static_cast<A&&>(args)...) {}

    template <class... A>
        requires std::is_constructible_v<E, A...>
    constexpr explicit expected(unexpect_t,
                                A&&... args) noexcept(std::is_nothrow_constructible_v<E, A...>)
        : Base(unexpect, static_cast<A&&>(args)...) {}

    template <class U, class... A>
        requires std::is_constructible_v<E, std::initializer_list<U>&, A...>
    constexpr explicit expected(unexpect_t, std::initializer_list<U> list, A&&... args)
        : Base(unexpect, list, static_cast<A&&>(args)...) {}

    // For `transform` and `transform_error` only: the payload is what the call returns, built in
    // place.
    template <class Tag, class F>
        requires IsCallTag<Tag>
    constexpr expected(Tag tag, F&& f) : Base(tag, static_cast<F&&>(f)) {}

    template <class U = T>
        requires(!std::is_same_v<std::remove_cvref_t<U>, expected> &&
                 !is_unexpected<std::remove_cvref_t<U>> && std::is_constructible_v<T, U> &&
                 std::is_assignable_v<T&, U> && MovesSafely<T, E>)
    constexpr expected& operator=(U&& value) noexcept(
        std::is_nothrow_constructible_v<T, U>&& std::is_nothrow_assignable_v<T&, U>) {
        this->set(std::in_place, static_cast<U&&>(value));
        return *this;
    }

    template <class G>
        requires(std::is_constructible_v<E, const G&> && std::is_assignable_v<E&, const G&> &&
                 MovesSafely<T, E>)
    constexpr expected& operator=(const unexpected<G>& failure) noexcept(
        std::is_nothrow_constructible_v<E, const G&>&& std::is_nothrow_assignable_v<E&, const G&>) {
        this->set(unexpect, failure.error());
        return *this;
    }

    template <class G>
        requires(std::is_constructible_v<E, G> && std::is_assignable_v<E&, G> && MovesSafely<T, E>)
    constexpr expected& operator=(unexpected<G>&& failure) noexcept(
        std::is_nothrow_constructible_v<E, G>&& std::is_nothrow_assignable_v<E&, G>) {
        this->set(unexpect, static_cast<G&&>(failure.error()));
        return *this;
    }

    // Replaces whatever is held by a value built in place.
    template <class... A>
        requires std::is_nothrow_constructible_v<T, A...>
    constexpr T& emplace(A&&... args) noexcept {
        this->renew(std::in_place, static_cast<A&&>(args)...);
        return this->slot.value;
    }

    template <class U, class... A>
        requires std::is_nothrow_constructible_v<T, std::initializer_list<U>&, A...>
    constexpr T& emplace(std::initializer_list<U> list, A&&... args) noexcept {
        this->renew(std::in_place, list, static_cast<A&&>(args)...);
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
        requires(!std::is_void_v<U>)
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
    requires(!is_payload<T> && !std::is_void_v<T>)
class [[nodiscard]] expected<T, E> {
    static_assert(
        is_payload<T>,
        "ioview: a Result holds an object; return a pointer or a view instead of a reference or an array");

public:
    template <class... A>
    constexpr expected(A&&...) noexcept {}
};

// Success without a value, or the reason why not.
template <class V, class E>
    requires std::is_void_v<V>
class [[nodiscard]] expected<V, E> : ExpectedBase<Nothing, E> {
    using Base = ExpectedBase<Nothing, E>;
    template <class, class>
    friend class expected;

public:
    using value_type = V;
    using error_type = E;
    using unexpected_type = unexpected<E>;
    template <class U>
    using rebind = expected<U, E>;

    constexpr expected() noexcept : Base(std::in_place) {}
    constexpr explicit expected(std::in_place_t) noexcept : Base(std::in_place) {}

    template <class U, class G>
        requires(std::is_void_v<U> && std::is_constructible_v<E, const G&> &&
                 !FitsError<E, expected<U, G>>)
    constexpr explicit(!std::is_convertible_v<const G&, E>)
        expected(const expected<U, G>& other) noexcept(std::is_nothrow_constructible_v<E, const G&>)
        : Base(convert, static_cast<const ExpectedBase<Nothing, G>&>(other)) {}

    template <class U, class G>
        requires(std::is_void_v<U> && std::is_constructible_v<E, G> &&
                 !FitsError<E, expected<U, G>>)
    constexpr explicit(!std::is_convertible_v<G, E>)
        expected(expected<U, G>&& other) noexcept(std::is_nothrow_constructible_v<E, G>)
        : Base(convert, static_cast<ExpectedBase<Nothing, G>&&>(other)) {}

    template <class G>
        requires std::is_constructible_v<E, const G&>
    constexpr explicit(!std::is_convertible_v<const G&, E>) expected(
        const unexpected<G>& failure) noexcept(std::is_nothrow_constructible_v<E, const G&>)
        : Base(unexpect, failure.error()) {}

    template <class G>
        requires std::is_constructible_v<E, G>
    constexpr explicit(!std::is_convertible_v<G, E>)
        expected(unexpected<G>&& failure) noexcept(std::is_nothrow_constructible_v<E, G>)
        : Base(unexpect, static_cast<G&&>(failure.error())) {}

    template <class... A>
        requires std::is_constructible_v<E, A...>
    constexpr explicit expected(unexpect_t,
                                A&&... args) noexcept(std::is_nothrow_constructible_v<E, A...>)
        : Base(unexpect, static_cast<A&&>(args)...) {}

    template <class U, class... A>
        requires std::is_constructible_v<E, std::initializer_list<U>&, A...>
    constexpr explicit expected(unexpect_t, std::initializer_list<U> list, A&&... args)
        : Base(unexpect, list, static_cast<A&&>(args)...) {}

    // For `transform_error` only, as above.
    template <class Tag, class F>
        requires IsCallTag<Tag>
    constexpr expected(Tag tag, F&& f) : Base(tag, static_cast<F&&>(f)) {}

    template <class G>
        requires(std::is_constructible_v<E, const G&> && std::is_assignable_v<E&, const G&>)
    constexpr expected& operator=(const unexpected<G>& failure) noexcept(
        std::is_nothrow_constructible_v<E, const G&>&& std::is_nothrow_assignable_v<E&, const G&>) {
        this->set(unexpect, failure.error());
        return *this;
    }

    template <class G>
        requires(std::is_constructible_v<E, G> && std::is_assignable_v<E&, G>)
    constexpr expected& operator=(unexpected<G>&& failure) noexcept(
        std::is_nothrow_constructible_v<E, G>&& std::is_nothrow_assignable_v<E&, G>) {
        this->set(unexpect, static_cast<G&&>(failure.error()));
        return *this;
    }

    constexpr void emplace() noexcept { this->renew(std::in_place); }

    constexpr void swap(expected& other) noexcept(std::is_nothrow_swappable_v<E>)
        requires(std::is_swappable_v<E> && std::is_nothrow_move_constructible_v<E>)
    {
        Base::swap_with(other);
    }
    friend constexpr void swap(expected& a, expected& b) noexcept(noexcept(a.swap(b)))
        requires(std::is_swappable_v<E> && std::is_nothrow_move_constructible_v<E>)
    {
        a.swap(b);
    }

    using Base::error;
    using Base::has_value;
    constexpr explicit operator bool() const noexcept { return this->slot.holds_value(); }
    constexpr void operator*() const noexcept { static_cast<void>(this->checked_value()); }
    constexpr void value() const noexcept { static_cast<void>(this->checked_value()); }

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
        requires std::is_void_v<U>
    friend constexpr bool operator==(const expected& a, const expected<U, G>& b) {
        if (a.has_value() != b.has_value())
            return false;
        return a.has_value() || static_cast<bool>(a.error() == b.error());
    }
    template <class G>
    friend constexpr bool operator==(const expected& a, const unexpected<G>& b) {
        return !a.has_value() && static_cast<bool>(a.error() == b.error());
    }
};

} // namespace ioview::detail

#undef IOVIEW_DETAIL_MONADIC
