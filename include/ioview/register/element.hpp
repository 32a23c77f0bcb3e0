// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// element: one register of an array as a type, where a list of registers is a list of types.
//
//   using Bars = io::Snapshot<Command, io::element<Bar, 0>, io::element<Bar, 1>>;
//   bar.read(io::element<Queue, port, queue>{});      // banked: both indices, as they are written
//
// Of a relative register a place without state is the type of a location: decltype(R::of<Base>()).

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register.hpp>
#include <ioview/register/block.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/register/register_options.hpp>
#include <ioview/support/declared.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
namespace detail {

enum class ElementFault : std::uint8_t { none, relative, indices, past_the_count };

constexpr ElementFault element_fault(const Place& place, int count, const Indices& at) noexcept {
    if (place.is_relative)
        return ElementFault::relative;
    if (place.indices != count)
        return ElementFault::indices;
    for (int i = 0; i < count; ++i)
        if (at.index[i] >= place.steps[i].count)
            return ElementFault::past_the_count;
    return ElementFault::none;
}

template <ElementFault F>
struct CheckedElement {
    static_assert(F != ElementFault::relative,
                  "ioview: a relative register is named by its base: decltype(R::of<Base>())");
    static_assert(F != ElementFault::indices,
                  "ioview: io::element takes as many indices as the register's place has, 1 or 2");
    static_assert(F != ElementFault::past_the_count,
                  "ioview: io::element is past the count of the register array");
    static constexpr bool ok = true;
};

} // namespace detail

// A location. The indices are constants, and checked by the compiler.
template <class R, std::size_t First, std::size_t... More>
    requires(sizeof...(More) <= 1)
struct element : detail::InBlock<typename detail::LocationOf<R>::IoBlock> {
    using Register = R;
    static constexpr int indices = 1 + sizeof...(More);
    static constexpr detail::Indices at{{First, More...}};
    static_assert(detail::CheckedElement<
                  detail::element_fault(detail::place_of_register<R>, indices, at)>::ok);
    static constexpr std::size_t end =
        detail::place_of_register<R>.offset_at(at, sizeof(R)) + sizeof(R);
    [[nodiscard]] IOVIEW_INLINE static constexpr std::size_t offset() noexcept {
        return end - sizeof(R);
    }
};

namespace detail {

template <class R, std::size_t... Index>
inline constexpr bool is_own_location<element<R, Index...>> = true;

// An entry of a list: a register, or a location without state. Of both the register and a location.
template <class E>
struct Entry;
template <RegisterValue R>
struct Entry<R> {
    using Register = R;
    using Location = typename R::Register::At; // refused there, where it is not one place
    static constexpr std::size_t offset = place_of_register<R>.offset;
    static constexpr bool is_one_place = place_of_register<R>.is_one_place();
};
template <Location L>
    requires(!RegisterValue<L> && RegisterValue<typename L::Register> && std::is_empty_v<L>)
struct Entry<L> {
    using Register = typename L::Register;
    using Location = L;
    static constexpr std::size_t offset = L{}.offset();
    static constexpr bool is_one_place = true;
};
template <class E>
concept IsEntry = requires { typename Entry<E>::Register; };

// Bits that mean nothing when they are read. Those that are one field read and another written do.
template <class R>
inline constexpr std::uint64_t meaningless_bits = R::io_map.unreadable & ~shared_bits<R>;

// What is wrong with a location in a T, as CheckedLocation finds it.
template <class L, class T>
consteval AccessFault place_fault_in() noexcept {
    return block_fault<L, T> != AccessFault::none
               ? block_fault<L, T>
               : location_fault(
                     true, L::end, sizeof(typename L::Register), min_size_of<T>, min_align_of<T>);
}

template <class T, class... L>
consteval AccessFault first_fault_in() noexcept {
    AccessFault fault = AccessFault::none;
    ((fault = fault != AccessFault::none ? fault : place_fault_in<L, T>()), ...);
    return fault;
}

// An access there cannot fail, so that there is nothing to look at behind it.
template <class L, class View, class Word = typename Wire<typename L::Register>::Word>
inline constexpr bool is_sure = [] {
    if constexpr (std::is_empty_v<L> && !has_try_io_read<typename View::Backend, Word> &&
                  !has_try_io_write<typename View::Backend, Word>)
        return place_fault_in<L, typename View::Target>() == AccessFault::none;
    else
        return false;
}();

// Number N of several values; a tuple is made of these.
template <std::size_t N, class T>
struct Numbered {
    T value;
};
template <class Index, class... T>
struct NumberedAll;
template <std::size_t... N, class... T>
struct NumberedAll<Integers<std::size_t, N...>, T...> : Numbered<N, T>... {};
template <class... T>
using Several = NumberedAll<IndicesTo<sizeof...(T)>, T...>;

template <std::size_t N, class T>
constexpr const T& value_of_number(const Numbered<N, T>& numbered) noexcept {
    return numbered.value;
}

// The two lie over each other, as far as types tell.
template <class A, class B>
inline constexpr bool share_bytes =
    A::is_one_place && B::is_one_place &&
    touch(A::offset, sizeof(typename A::Register), B::offset, sizeof(typename B::Register));

} // namespace detail
} // namespace ioview
