// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// What lies under support/expected.hpp: one union and one bool, with special members as trivial as
// the payloads allow.
//
//   template <class T, class E> class expected : ExpectedBase<T, E> { … };
//
// Members whose triviality depends on a constraint need clang 16, so the choice is made by base
// classes. Payloads that are trivially copyable (nearly all) take the plain struct and pay for none
// of the layers.

#include <ioview/config.hpp>
#include <ioview/support/panic.hpp>

#include <concepts>
#include <new>
#include <type_traits>
#include <utility>

namespace ioview::detail {

struct unexpect_t {
    explicit unexpect_t() = default;
};
inline constexpr unexpect_t unexpect{};

// Tags of our own: the payload is what a call returns; the payload comes from another expected.
struct InPlaceCall {};
struct UnexpectCall {};
struct Convert {};
inline constexpr InPlaceCall in_place_call{};
inline constexpr UnexpectCall unexpect_call{};
inline constexpr Convert convert{};
template <class Tag>
concept IsCallTag = std::is_same_v<Tag, InPlaceCall> || std::is_same_v<Tag, UnexpectCall>;

struct Nothing {};

// std::reference_wrapper, told by its members: <functional> costs more than all of this.
template <class W>
concept RefersTo = requires(W& wrapper) {
    typename W::type;
    { wrapper.get() } noexcept -> std::same_as<typename W::type&>;
    requires std::is_convertible_v<W&, typename W::type&>;
};

// The object that a pointer to a member of C is applied to.
template <class C, class Arg>
constexpr decltype(auto) object_of(Arg&& arg) {
    using A = std::remove_cvref_t<Arg>;
    if constexpr (std::is_same_v<C, A> || std::is_base_of_v<C, A>)
        return static_cast<Arg&&>(arg);
    else if constexpr (RefersTo<A>)
        return arg.get();
    else
        return *static_cast<Arg&&>(arg);
}
template <class Member>
struct ClassOf;
template <class M, class C>
struct ClassOf<M C::*> {
    using type = C;
};

// std::invoke for one argument, without <functional>.
template <class F, class Arg>
constexpr decltype(auto) call(F&& f, Arg&& arg) {
    using Function = std::remove_cvref_t<F>;
    if constexpr (std::is_member_object_pointer_v<Function>)
        return (object_of<typename ClassOf<Function>::type>(static_cast<Arg&&>(arg)).*f);
    else if constexpr (std::is_member_function_pointer_v<Function>)
        return (object_of<typename ClassOf<Function>::type>(static_cast<Arg&&>(arg)).*f)();
    else
        return static_cast<F&&>(f)(static_cast<Arg&&>(arg));
}

// `f` of the value of `self`, of nothing when that is void.
template <class F, class Self>
constexpr decltype(auto) call_value(F&& f, Self&& self) {
    if constexpr (std::is_void_v<typename std::remove_cvref_t<Self>::value_type>)
        return static_cast<F&&>(f)();
    else
        return call(static_cast<F&&>(f), *static_cast<Self&&>(self));
}

template <class T, class E>
concept MovesSafely =
    std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_constructible_v<E>;

// The payloads, and which one there is. One argument goes through a cast, as in std::expected seen
// from outside: `Result<std::uint8_t> r = 5` is no warning.
template <class T, class E, bool TrivialEnd>
struct ExpectedSlot {
    template <class A>
    constexpr explicit ExpectedSlot(std::in_place_t, A&& arg)
        : value(static_cast<T>(static_cast<A&&>(arg))), has(true) {}
    template <class... A>
    constexpr explicit ExpectedSlot(std::in_place_t, A&&... args)
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
    constexpr explicit ExpectedSlot(std::in_place_t, A&& arg)
        : value(static_cast<T>(static_cast<A&&>(arg))), has(true) {}
    template <class... A>
    constexpr explicit ExpectedSlot(std::in_place_t, A&&... args)
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
    constexpr explicit ExpectedApart(std::in_place_t, A&& arg)
        : value(static_cast<T>(static_cast<A&&>(arg))), has(true) {}
    template <class... A>
    constexpr explicit ExpectedApart(std::in_place_t, A&&... args)
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
    using None = std::conditional_t<std::is_scalar_v<T>, T, Nothing>;
    union {
        T value;
        None none;
    };
    E error{};
    bool has;
};

template <class T, class E>
inline constexpr bool error_fits_apart = std::is_scalar_v<E> && std::is_trivially_copyable_v<T> &&
                                         sizeof(E) + sizeof(bool) <= alignof(T);

// For an enumeration whose zero is no error: with nothing else to hold, zero says that all went
// well, and no flag is needed. Such a result is made, tested and handed on like an error code.
template <class E>
inline constexpr bool zero_is_no_error = false;

template <class E>
struct ExpectedCode {
    constexpr explicit ExpectedCode(std::in_place_t, Nothing = {}) {}
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

// The fields and what changes them. Public because the class on top inherits privately.
template <class T, class E, bool TrivialEnd>
struct ExpectedFields {
    using Slot = typename ExpectedSlotIs<T, E, TrivialEnd>::Type;

    template <class... A>
    constexpr explicit ExpectedFields(std::in_place_t tag, A&&... args)
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
                   ? Slot(std::in_place, static_cast<Other&&>(other).slot.value)
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
        return const_cast<T&>(std::as_const(*this).checked_value());
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
    constexpr void renew(std::in_place_t tag, A&&... args) {
        if constexpr (assigns_whole) {
            slot = Slot(tag, static_cast<A&&>(args)...);
        } else if constexpr (std::is_nothrow_constructible_v<T, A...>) {
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
        } else if constexpr (std::is_nothrow_constructible_v<E, A...>) {
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
    constexpr void set(std::in_place_t tag, U&& from) {
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
        using std::swap;
        if (slot.holds_value() && other.slot.holds_value()) {
            swap(slot.value, other.slot.value);
        } else if (!slot.holds_value() && !other.slot.holds_value()) {
            swap(slot.error, other.slot.error);
        } else if (slot.holds_value()) {
            E aside(static_cast<E&&>(other.slot.error));
            other.renew(std::in_place, static_cast<T&&>(slot.value));
            renew(unexpect, static_cast<E&&>(aside));
        } else {
            other.swap_with(*this);
        }
    }

    // The compiler's own assignment of the union, which constant evaluation understands.
    static constexpr bool assigns_whole =
        std::is_trivially_copyable_v<T> && std::is_trivially_copyable_v<E> &&
        std::is_move_assignable_v<T> && std::is_move_assignable_v<E>;

    Slot slot;
};

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
            this->set(std::in_place, other.slot.value);
        else
            this->set(unexpect, other.slot.error);
        return *this;
    }
    constexpr ExpectedAssign& operator=(ExpectedAssign&& other) noexcept(
        std::is_nothrow_move_assignable_v<T>&& std::is_nothrow_move_assignable_v<E>) {
        if (other.slot.holds_value())
            this->set(std::in_place, static_cast<T&&>(other.slot.value));
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
    std::is_copy_assignable_v<T> && std::is_copy_constructible_v<T>   ? 2
    : std::is_move_assignable_v<T> && std::is_move_constructible_v<T> ? 1
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
using ExpectedBase =
    std::conditional_t<std::is_trivially_copyable_v<T> && std::is_trivially_copyable_v<E>,
                       ExpectedFields<T, E, true>,
                       ExpectedLayers<T, E>>;

} // namespace ioview::detail
