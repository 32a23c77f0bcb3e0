// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// What is in an expected and what changes it: building, assigning and swapping payloads.
//
//   fields.set(unexpect, Error::no_device);   // assigns where an error is held already

#include <ioview/support/expected_slot.hpp>
#include <ioview/support/panic.hpp>

#include <concepts>
#include <new>
#include <type_traits>

namespace ioview::detail {

template <class T, class E>
concept MovesSafely = __is_nothrow_constructible(T, T) && __is_nothrow_constructible(E, E);

// The fields and what changes them. Public because the class on top inherits privately.
template <class T, class E, bool TrivialEnd>
struct ExpectedFields {
    using Slot = typename ExpectedSlotIs<T, E, TrivialEnd>::Type;

    template <class... A>
    constexpr explicit ExpectedFields(InPlaceValue tag, A&&... args)
        : slot(tag, static_cast<A&&>(args)...) {}
    template <class... A>
    constexpr explicit ExpectedFields(unexpect_t tag, A&&... args)
        : slot(tag, static_cast<A&&>(args)...) {}
    template <class F>
    constexpr ExpectedFields(InPlaceCall tag, F&& f) : slot(tag, static_cast<F&&>(f)) {}
    template <class F>
    constexpr ExpectedFields(UnexpectCall tag, F&& f) : slot(tag, static_cast<F&&>(f)) {}
    template <class Other>
    constexpr ExpectedFields(Convert, Other&& other)
        : slot(other.slot.holds_value()
                   ? Slot(in_place_value, static_cast<Other&&>(other).slot.value)
                   : Slot(unexpect, static_cast<Other&&>(other).slot.error)) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return slot.holds_value(); }

    constexpr const E& error() const& noexcept { return checked_error(); }
    constexpr E& error() & noexcept { return const_cast<E&>(checked_error()); }
    constexpr const E&& error() const&& noexcept { return static_cast<const E&&>(checked_error()); }
    constexpr E&& error() && noexcept { return static_cast<E&&>(const_cast<E&>(checked_error())); }

    constexpr const T& checked_value() const noexcept {
        if (!slot.holds_value())
            panic("ioview: the value of a Result that holds an error was asked for");
        return slot.value;
    }
    constexpr T& checked_value() noexcept {
        return const_cast<T&>(static_cast<const ExpectedFields&>(*this).checked_value());
    }
    constexpr const E& checked_error() const noexcept {
        if (slot.holds_value())
            panic("ioview: the error of a Result that holds a value was asked for");
        return slot.error;
    }

    constexpr void end_payload() noexcept {
        if (slot.holds_value())
            slot.value.~T();
        else
            slot.error.~E();
    }

    // Ends what is held and builds anew. A payload that cannot be built without throwing is built
    // aside first.
    template <class... A>
    constexpr void renew(InPlaceValue tag, A&&... args) {
        if constexpr (assigns_whole) {
            slot = Slot(tag, static_cast<A&&>(args)...);
        } else if constexpr (__is_nothrow_constructible(T, A...)) {
            end_payload();
            ::new (static_cast<void*>(__builtin_addressof(slot.value)))
                T(static_cast<A&&>(args)...);
        } else {
            T aside(static_cast<A&&>(args)...);
            end_payload();
            ::new (static_cast<void*>(__builtin_addressof(slot.value))) T(static_cast<T&&>(aside));
        }
        slot.hold_value(true);
    }
    template <class... A>
    constexpr void renew(unexpect_t tag, A&&... args) {
        if constexpr (assigns_whole) {
            slot = Slot(tag, static_cast<A&&>(args)...);
        } else if constexpr (__is_nothrow_constructible(E, A...)) {
            end_payload();
            ::new (static_cast<void*>(__builtin_addressof(slot.error)))
                E(static_cast<A&&>(args)...);
        } else {
            E aside(static_cast<A&&>(args)...);
            end_payload();
            ::new (static_cast<void*>(__builtin_addressof(slot.error))) E(static_cast<E&&>(aside));
        }
        slot.hold_value(false);
    }

    template <class To, class From>
    static constexpr void assign(To& to, From&& from) {
        if constexpr (std::is_arithmetic_v<To> && std::is_arithmetic_v<std::remove_cvref_t<From>>)
            to = static_cast<To>(from);
        else
            to = static_cast<From&&>(from);
    }

    // Assigns where the kind stays, renews where it changes.
    template <class U>
    constexpr void set(InPlaceValue tag, U&& from) {
        if (slot.holds_value())
            assign(slot.value, static_cast<U&&>(from));
        else
            renew(tag, static_cast<U&&>(from));
    }
    template <class G>
    constexpr void set(unexpect_t tag, G&& from) {
        if (slot.holds_value())
            renew(tag, static_cast<G&&>(from));
        else
            assign(slot.error, static_cast<G&&>(from));
        slot.hold_value(false);
    }

    constexpr void swap_with(ExpectedFields& other) {
        if (slot.holds_value() && other.slot.holds_value()) {
            std::ranges::swap(slot.value, other.slot.value);
        } else if (!slot.holds_value() && !other.slot.holds_value()) {
            std::ranges::swap(slot.error, other.slot.error);
        } else if (slot.holds_value()) {
            E aside(static_cast<E&&>(other.slot.error));
            other.renew(in_place_value, static_cast<T&&>(slot.value));
            renew(unexpect, static_cast<E&&>(aside));
        } else {
            other.swap_with(*this);
        }
    }

    // The compiler's own assignment of the union, which constant evaluation understands.
    static constexpr bool assigns_whole = __is_trivially_copyable(T) &&
                                          __is_trivially_copyable(E) && __is_assignable(T&, T) &&
                                          __is_assignable(E&, E);

    Slot slot;
};

} // namespace ioview::detail
