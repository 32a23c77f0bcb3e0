// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Copies of objects whose members state how they are accessed (stated.hpp): those members so, what
// lies between them as other copies go.
//
//   auto error = object_out<MmioBackend, OnError::stop, Queue>(view, buffer);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/io/copy_across.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/halves.hpp>
#include <ioview/io/plain_data.hpp>
#include <ioview/io/tile.hpp>
#include <ioview/stated.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview::detail {

template <class T>
consteval bool states_access() noexcept;
template <class... Ms>
consteval bool any_states_access(Members<Ms...>) noexcept {
    return (states_access<Ms>() || ...);
}
// T, an element or a member of it.
template <class T>
consteval bool states_access() noexcept {
    if constexpr (std::is_const_v<T>)
        return states_access<std::remove_const_t<T>>();
    else if constexpr (is_split<T> || is_single<T>)
        return true;
    else if constexpr (is_slice<T> || is_array<T>)
        return states_access<ElementOf<T>>();
    else if constexpr (is_region<T> || OneAccess<T> || !std::is_class_v<T>)
        return false;
    else if constexpr (std::is_void_v<decltype(list_of<T>())>)
        return false;
    else
        return any_states_access(list_of<T>());
}

// Whose bytes may be accessed in any width.
template <class T>
consteval bool are_plain_bytes() noexcept {
    return is_plain_data<T>() && !states_access<T>();
}

// The accesses of a T in order: run(first, end) of what says nothing, stated(type, offset) of the
// members that do.
template <class Run, class Member>
struct Walk {
    Run& run;
    Member& member;
    std::size_t first = 0; // of the run that is open
    std::size_t end = 0;
    Error error{};

    constexpr void close() noexcept {
        if (!failed(error) && first != end)
            error = run(first, end);
    }
    template <class T>
    constexpr void step(std::size_t at) noexcept {
        if constexpr (std::is_const_v<T>) {
            step<std::remove_const_t<T>>(at);
        } else if constexpr (is_split<T> || is_single<T>) {
            close();
            if (!failed(error))
                error = member(std::type_identity<T>{}, at);
            first = end = at + sizeof(T);
        } else if constexpr (!states_access<T>()) {
            end = at + sizeof(T);
        } else if constexpr (is_slice<T>) {
            // refused, by whoever asks
        } else if constexpr (is_array<T>) {
            using Element = ElementOf<T>;
            for (std::size_t i = 0; i < sizeof(T) / sizeof(Element); ++i)
                step<Element>(at + i * sizeof(Element));
        } else {
            members(at, list_of<T>());
        }
    }
    template <class... Ms>
    constexpr void members(std::size_t at, Members<Ms...>) noexcept {
        std::size_t offset = 0;
        const auto next = [&]<class M>(std::type_identity<M>) {
            offset = (offset + alignof(M) - 1) / alignof(M) * alignof(M);
            step<M>(at + offset);
            offset += sizeof(M);
        };
        (next(std::type_identity<Ms>{}), ...);
    }
};
template <class T, class Run, class Member>
constexpr Error walk(Run run, Member member) noexcept {
    Walk<Run, Member> walk{run, member};
    walk.template step<T>(0);
    walk.end = walk.end > walk.first ? walk.end : walk.first;
    walk.close();
    return walk.error;
}

// The medium has the widths that the members state.
template <class B, class M>
struct CheckedStated {
    static constexpr bool has_width = [] {
        if constexpr (is_split<M>)
            return HalvesCapable<B, const typename M::value_type>;
        else
            return IoCapable<B, const M>;
    }();
    static_assert(has_width,
                  "ioview: this backend has no access of the width that a member states");
    static constexpr bool ok = true;
};

// Where the runs between the members are no whole accesses of a bus: found before any is made.
template <class B, unsigned Widths, class T, class V>
constexpr Error fault_of_object(V view) noexcept {
    constexpr std::size_t least = least_width(Widths);
    if constexpr (least == 1) {
        return Error{};
    } else {
        return walk<T>(
            [=](std::size_t first, std::size_t end) {
                return (end - first) % least != 0 ||
                               !is_aligned(B::as_ptr(view).address + first, least)
                           ? Error::misaligned
                           : Error{};
            },
            []<class M>(std::type_identity<M>, std::size_t) { return Error{}; });
    }
}

template <class B, OnError How, class T, class V>
constexpr Error object_out(V view, std::byte* to) noexcept {
    return walk<T>(
        [=](std::size_t first, std::size_t end) {
            return copy_out<B, Widest, How>(view, first, to + first, end - first);
        },
        [=]<class M>(std::type_identity<M>, std::size_t at) {
            static_assert(CheckedStated<B, M>::ok);
            if constexpr (!CheckedStated<B, M>::has_width) {
                return Error::unsupported;
            } else if constexpr (is_single<M>) {
                return word_out<B, How, typename Wire<M>::Word>(view, at, to + at);
            } else {
                using H = Halves<B, typename M::value_type>;
                constexpr std::size_t first = M::First::low ? H::low : H::high;
                if (auto error =
                        word_out<B, How, typename H::Word>(view, at + first, to + at + first);
                    failed(error))
                    return error;
                constexpr std::size_t second = H::size - first;
                return word_out<B, How, typename H::Word>(view, at + second, to + at + second);
            }
        });
}
template <class B, OnError How, class T, class V>
constexpr Error object_in(V view, const std::byte* from) noexcept {
    return walk<T>(
        [=](std::size_t first, std::size_t end) {
            return copy_in<B, Widest, How>(view, first, from + first, end - first);
        },
        [=]<class M>(std::type_identity<M>, std::size_t at) {
            static_assert(CheckedStated<B, M>::ok);
            if constexpr (!CheckedStated<B, M>::has_width) {
                return Error::unsupported;
            } else if constexpr (is_single<M>) {
                using W = typename Wire<M>::Word;
                return word_in<B, How>(view, at, load_plain<W>(from + at));
            } else {
                using H = Halves<B, typename M::value_type>;
                using W = typename H::Word;
                constexpr std::size_t first = M::First::low ? H::low : H::high;
                if (auto error =
                        word_in<B, How>(view, at + first, load_plain<W>(from + at + first));
                    failed(error))
                    return error;
                constexpr std::size_t second = H::size - first;
                return word_in<B, How>(view, at + second, load_plain<W>(from + at + second));
            }
        });
}

// A value of T, as its type says.
template <class B, class Width, OnError How, class T, class V>
IOVIEW_INLINE constexpr Error value_out(V view, std::byte* to) noexcept {
    if constexpr (states_access<T>())
        return object_out<B, How, T>(view, to);
    else
        return copy_out<B, Width, How, sizeof(T)>(view, 0, to, sizeof(T));
}
template <class B, class Width, OnError How, class T, class V>
IOVIEW_INLINE constexpr Error value_in(V view, const std::byte* from) noexcept {
    if constexpr (states_access<T>())
        return object_in<B, How, T>(view, from);
    else
        return copy_in<B, Width, How, sizeof(T)>(view, 0, from, sizeof(T));
}

// Two views of equal size, of bytes or of such objects. Those with members that state their access
// go by way of a buffer that holds all of one: a whole is read before anything is written.
template <OnError How, class From, class To>
constexpr Error copy_whole(From from, To to) noexcept {
    using A = typename From::Backend;
    using B = typename To::Backend;
    using S = std::remove_const_t<typename From::Target>;
    using D = typename To::Target;
    if constexpr (states_access<S>() || states_access<D>()) {
        static_assert((!states_access<S>() || !is_slice<S>)&&(!states_access<D>() || !is_slice<D>),
                      "ioview: a slice of objects that state their accesses is copied one by one; "
                      "io::copy(from.at(i), to.at(i))");
        constexpr std::size_t size = states_access<S>() ? min_size_of<S> : min_size_of<D>;
        std::byte buffer[size == 0 ? 1 : size]{};
        if constexpr (states_access<S>()) {
            if (auto error = fault_of_object<A, BackendTraits<A>::read_widths, S>(from);
                failed(error))
                return error;
        } else if (auto error =
                       fault_of_width<A, Widest, BackendTraits<A>::read_widths>(from, size);
                   failed(error)) {
            return error;
        }
        if constexpr (states_access<D>()) {
            if (auto error = fault_of_object<B, BackendTraits<B>::write_widths, D>(to);
                failed(error))
                return error;
        } else if (auto error = fault_of_width<B, Widest, BackendTraits<B>::write_widths>(to, size);
                   failed(error)) {
            return error;
        }
        Error error{};
        if constexpr (states_access<S>())
            error = object_out<A, How, S>(from, buffer);
        else
            error = copy_out<A, Widest, How>(from, 0, buffer, size);
        if (failed(error))
            return error;
        if constexpr (states_access<D>())
            return object_in<B, How, D>(to, buffer);
        else
            return copy_in<B, Widest, How>(to, 0, buffer, size);
    } else {
        return copy_across<How>(from, to);
    }
}

} // namespace ioview::detail
