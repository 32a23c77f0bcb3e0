// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods of values one access wide. Users see them in io.hpp.
//
//   IO_PROJECT(uart, dr).write('A');  auto level = IO_PROJECT(uart, ifls).read();

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/common_methods.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/fifo.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/span.hpp>

#include <type_traits>

namespace ioview::detail::methods {

// Values one access wide: integers, enumerations, le and be.
template <class Self, class B, class T>
struct ScalarReads : NoOffsets<BaseMethods<Self, B, T>> {
    // Exactly one access of the target's width.
    [[nodiscard]] IOVIEW_INLINE constexpr T read() const noexcept
        requires IoCapable<B, T>
    {
        return get<B, T>(this->view(), 0);
    }
    // The error is the medium's.
    [[nodiscard]] constexpr Result<std::remove_const_t<T>> try_read() const noexcept
        requires IoCapable<B, T>
    {
        return try_get<B, std::remove_const_t<T>>(this->view(), 0);
    }

    // A FIFO: the register read or written once for each element, its address never moving.
    constexpr void read_fifo(Span<std::remove_const_t<T>> to) const noexcept
        requires IoCapable<B, T>
    {
        static_cast<void>(fifo_out<B>(this->view(), to.data(), to.size()));
    }
    // The medium's first error; it stops there.
    [[nodiscard]] constexpr Result<> try_read_fifo(Span<std::remove_const_t<T>> to) const noexcept
        requires IoCapable<B, T>
    {
        return as_result(fifo_out<B, OnError::stop>(this->view(), to.data(), to.size()));
    }
};
template <class Self, class B, class T>
struct ScalarMethods : ScalarReads<Self, B, T> {
    // In one access. A constant that does not fit does not compile; a variable has the type of the
    // target or one that loses nothing.
    IOVIEW_INLINE constexpr void write(GivenFor<T> value) const noexcept {
        put<B, T>(this->view(), 0, value);
    }
    // One read, one f(T) -> T, one write.
    template <class F>
    IOVIEW_INLINE constexpr void update(F&& f) const noexcept {
        modify<B, T>(this->view(), 0, static_cast<F&&>(f));
    }
    [[nodiscard]] constexpr Result<> try_write(GivenFor<T> value) const noexcept {
        return try_put<B, T>(this->view(), 0, value);
    }
    template <class F>
    [[nodiscard]] constexpr Result<> try_update(F&& f) const noexcept {
        return try_modify<B, T>(this->view(), 0, static_cast<F&&>(f));
    }

    // As read_fifo and try_read_fifo.
    constexpr void write_fifo(Span<const T> from) const noexcept {
        static_cast<void>(fifo_in<B>(this->view(), from.data(), from.size()));
    }
    [[nodiscard]] constexpr Result<> try_write_fifo(Span<const T> from) const noexcept {
        return as_result(fifo_in<B, OnError::stop>(this->view(), from.data(), from.size()));
    }
};

} // namespace ioview::detail::methods
