// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// An expected without a value: success, or the error.
//
//   expected<void, Error> done;

#include <ioview/config.hpp>
#include <ioview/support/expected_base.hpp>
#include <ioview/support/expected_conversions.hpp>
#include <ioview/support/expected_monadic.hpp>
#include <ioview/support/expected_slot.hpp>
#include <ioview/support/expected_value.hpp>
#include <ioview/support/unexpected.hpp>

#include <initializer_list>
#include <type_traits>

namespace ioview::detail {

// Success without a value, or the reason why not.
template <class V, class E>
    requires is_void<V>
class [[nodiscard(IOVIEW_RESULT_IS_DROPPED)]] expected<V, E> : ExpectedBase<Nothing, E> {
    using Base = ExpectedBase<Nothing, E>;
    template <class, class>
    friend class expected;

public:
    using value_type = V;
    using error_type = E;
    using unexpected_type = unexpected<E>;
    template <class U>
    using rebind = expected<U, E>;

    constexpr expected() noexcept : Base(in_place_value) {}
    template <InPlaceTag Tag>
    constexpr explicit expected(Tag) noexcept : Base(in_place_value) {}

    template <class U, class G>
        requires(is_void<U> && __is_constructible(E, const G&) && !FitsError<E, expected<U, G>>)
    constexpr explicit(!std::is_convertible_v<const G&, E>)
        expected(const expected<U, G>& other) noexcept(__is_nothrow_constructible(E, const G&))
        : Base(convert, static_cast<const ExpectedBase<Nothing, G>&>(other)) {}

    template <class U, class G>
        requires(is_void<U> && __is_constructible(E, G) && !FitsError<E, expected<U, G>>)
    constexpr explicit(!std::is_convertible_v<G, E>)
        expected(expected<U, G>&& other) noexcept(__is_nothrow_constructible(E, G))
        : Base(convert, static_cast<ExpectedBase<Nothing, G>&&>(other)) {}

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

    template <class... A>
        requires __is_constructible(E, A...)
    constexpr explicit expected(unexpect_t,
                                A&&... args) noexcept(__is_nothrow_constructible(E, A...))
        : Base(unexpect, static_cast<A&&>(args)...) {}

    template <class U, class... A>
        requires __is_constructible(E, std::initializer_list<U>&, A...)
    constexpr explicit expected(unexpect_t, std::initializer_list<U> list, A&&... args)
        : Base(unexpect, list, static_cast<A&&>(args)...) {}

    // For `transform_error` only, as above.
    template <class Tag, class F>
        requires IsCallTag<Tag>
    constexpr expected(Tag tag, F&& f) : Base(tag, static_cast<F&&>(f)) {}

    template <class G>
        requires(__is_constructible(E, const G&) && __is_assignable(E&, const G&))
    constexpr expected&
    operator=(const unexpected<G>& failure) noexcept(__is_nothrow_constructible(E, const G&) &&
                                                     __is_nothrow_assignable(E&, const G&)) {
        this->set(unexpect, failure.error());
        return *this;
    }

    template <class G>
        requires(__is_constructible(E, G) && __is_assignable(E&, G))
    constexpr expected&
    operator=(unexpected<G>&& failure) noexcept(__is_nothrow_constructible(E, G) &&
                                                __is_nothrow_assignable(E&, G)) {
        this->set(unexpect, static_cast<G&&>(failure.error()));
        return *this;
    }

    constexpr void emplace() noexcept { this->renew(in_place_value); }

    constexpr void swap(expected& other) noexcept(std::is_nothrow_swappable_v<E>)
        requires(std::is_swappable_v<E> && NothrowMovable<E>)
    {
        Base::swap_with(other);
    }
    friend constexpr void swap(expected& a, expected& b) noexcept(noexcept(a.swap(b)))
        requires(std::is_swappable_v<E> && NothrowMovable<E>)
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
        requires is_void<U>
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
