// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods of values in two accesses of half their width (stated.hpp). Users see them in io.hpp.
//
//   IO_PROJECT(queue, base).write(ring.dma_address());   // of an io::lo_hi<io::le<std::uint64_t>>

#include <ioview/error.hpp>
#include <ioview/io/common_methods.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/halves.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_methods.hpp>

#include <type_traits>

namespace ioview::detail::methods {

// Values in two accesses of half their width (stated.hpp).
template <class Self, class B, class T>
struct SplitReads : NoOffsets<BaseMethods<Self, B, T>> {
    using Value = typename T::value_type;

    // Two accesses, in the order of the type; the value, not the wrapper.
    [[nodiscard]] constexpr Value read() const noexcept {
        return read_halves<B, Value, typename T::First>(this->view(), 0);
    }
    // The error is the medium's; after one the second half is not accessed.
    [[nodiscard]] constexpr Result<Value> try_read() const noexcept {
        return try_read_halves<B, Value, typename T::First>(this->view(), 0);
    }
};
template <class Self, class B, class T>
struct SplitMethods : SplitReads<Self, B, T> {
    using Value = typename T::value_type;

    // In two accesses, in the order of the type; of the try_ form the first error, and then no
    // further access.
    constexpr void write(GivenFor<Value> value) const noexcept {
        static_cast<void>(try_write(value));
    }
    [[nodiscard]] constexpr Result<> try_write(GivenFor<Value> value) const noexcept {
        return try_write_halves<B, Value, typename T::First>(this->view(), 0, value);
    }
    // A read, one f(Value) -> Value, a write; on an error nothing further.
    template <class F>
    constexpr void update(F&& f) const noexcept {
        static_cast<void>(try_update(f));
    }
    template <class F>
    [[nodiscard]] constexpr Result<> try_update(F&& f) const noexcept {
        static_assert(UpdateOf<Value, F>::ok);
        const auto old = this->try_read();
        if (!old)
            return fail(old.error());
        return try_write_halves<B, Value, typename T::First>(
            this->view(), 0, updated<Value>(f, *old));
    }
};
// What has the methods of a split value: it, or the wider one that the backend has no halves of.
template <class Self, class B, class T>
consteval auto split_methods_for() noexcept {
    using V = std::
        conditional_t<std::is_const_v<T>, const typename T::value_type, typename T::value_type>;
    if constexpr (!OrderIsKnown<B, V>)
        return std::type_identity<NoByteOrderMethods<BaseMethods<Self, B, T>, T>>{};
    else if constexpr (!HalvesCapable<B, V>)
        return std::type_identity<NoWidthMethods<BaseMethods<Self, B, T>, T>>{};
    else if constexpr (std::is_const_v<T>)
        return std::type_identity<ReadOnlyMethods<SplitReads<Self, B, T>>>{};
    else
        return std::type_identity<SplitMethods<Self, B, T>>{};
}

} // namespace ioview::detail::methods
