// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods of registers: by their locations on regions and blocks, and of one register that is
// itself the target. Users see them in io.hpp.
//
//   bar.read<Control>();  bar.write(Scratch::at(7), value);  IO_UPDATE(block, control, f);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/common_methods.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/fifo.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/io/register_access.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/io/tile.hpp>
#include <ioview/span.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview::detail::methods {

// Registers by their locations: on regions, and on the blocks that registers name.
template <class Self, class B, class T>
struct RegisterReads : BaseMethods<Self, B, T> {
    // The register R, at the place it is declared for.
    template <RegisterValue R>
    [[nodiscard]] IOVIEW_INLINE constexpr R read() const noexcept
        IOVIEW_REFUSE_CONSTANT((!R::io_map.readable), IOVIEW_READ_OF_WO) IOVIEW_REFUSE_ELSEWHERE {
        static_assert(CheckedFixed<Does::read, R, T>::ok);
        using Stored = typename R::Register::StoredAs;
        static_assert(CheckedCarrier<B, const Stored>::ok);
        return __builtin_bit_cast(
            R,
            load_register<B, Stored>(static_cast<const Self&>(*this),
                                     R::Register::Location::io_place.start()));
    }
    template <RegisterValue R>
    [[nodiscard]] constexpr Result<R> try_read() const noexcept {
        return try_read(typename R::Register::At{});
    }

    // A register at a location: R::at(i), R::of<Base>(), a value of R::try_at(i).
    template <Location L>
    [[nodiscard]] IOVIEW_INLINE constexpr typename L::Register read(L location) const noexcept {
        static_assert(CheckedLocation<L, T>::ok);
        return read_register<B, typename L::Register>(static_cast<const Self&>(*this),
                                                      offset_in(location));
    }
    template <Location L>
    [[nodiscard]] constexpr Result<typename L::Register> try_read(L location) const noexcept {
        static_assert(CheckedBlock<L, T>::ok);
        const std::size_t offset = location.offset();
        if (const auto fault = location_error<B, L>(this->view(), offset); fault != Error{})
            return fail(fault);
        return try_read_register<B, typename L::Register>(this->view(), offset);
    }

    // A view of the register, for what takes one: publish(), polling, FIFOs. It may be as little or
    // as much written and read as the register.
    template <RegisterValue R>
    [[nodiscard]] constexpr auto view_of() const& noexcept {
        static_assert(CheckedFixed<Does::view, R, T>::ok);
        return narrow<B, ConstAs<R, T>>(this->view(), R::Register::Location::io_place.start());
    }
    template <RegisterValue R>
    [[nodiscard]] constexpr auto try_view_of() const& noexcept {
        return try_view_of(typename R::Register::At{});
    }
    template <Location L>
    [[nodiscard]] constexpr auto view_of(L location) const& noexcept {
        static_assert(CheckedLocation<L, T>::ok);
        return narrow<B, ConstAs<typename L::Register, T>>(this->view(), offset_in(location));
    }
    template <Location L>
    [[nodiscard]] constexpr Result<ViewOf<B, ConstAs<typename L::Register, T>>>
    try_view_of(L location) const& noexcept {
        static_assert(CheckedBlock<L, T>::ok);
        const std::size_t offset = location.offset();
        if (const auto fault = location_error<B, L>(this->view(), offset); fault != Error{})
            return fail(fault);
        return narrow<B, ConstAs<typename L::Register, T>>(this->view(), offset);
    }
};
template <class Base, class Self, class B, class T>
struct RegisterWrites : Base {
    using Base::try_write;
    using Base::write;

    // The place comes from the value's type, or first.
    template <RegisterValue R>
    IOVIEW_INLINE constexpr void write(R value) const noexcept
        IOVIEW_REFUSE_CONSTANT((is_never_written<R>), IOVIEW_WRITE_OF_RO) {
        static_assert(CheckedFixed<Does::write, R, T>::ok);
        static_assert(CheckedCarrier<B, typename R::Register::StoredAs>::ok);
        store_register<B>(static_cast<const Self&>(*this),
                          R::Register::Location::io_place.start(),
                          __builtin_bit_cast(typename R::Register::StoredAs, value));
    }
    template <RegisterValue R>
    [[nodiscard]] constexpr Result<> try_write(R value) const noexcept {
        return try_write(typename R::Register::At{}, value);
    }
    template <Location L>
    IOVIEW_INLINE constexpr void write(L location,
                                       GivenFor<typename L::Register> value) const noexcept {
        static_assert(CheckedLocation<L, T>::ok);
        write_register<B, typename L::Register>(
            static_cast<const Self&>(*this), offset_in(location), value);
    }
    template <Location L>
    [[nodiscard]] constexpr Result<>
    try_write(L location, GivenFor<typename L::Register> value) const noexcept {
        static_assert(CheckedBlock<L, T>::ok);
        const std::size_t offset = location.offset();
        if (const auto fault = location_error<B, L>(this->view(), offset); fault != Error{})
            return fail(fault);
        return try_write_register<B, typename L::Register>(this->view(), offset, value);
    }

    // One read, one f(R) -> R, one write; in f, fields whose write has an effect hold the value
    // that has none. No read when no bit of it could survive.
    template <RegisterValue R, class F>
    IOVIEW_INLINE constexpr void update(F&& f) const noexcept
        IOVIEW_REFUSE_CONSTANT((!R::io_map.readable || !R::io_map.writable),
                               IOVIEW_UPDATE_OF_ONE_WAY) {
        static_assert(CheckedFixed<Does::update, R, T>::ok);
        using Stored = typename R::Register::StoredAs;
        // No names for what is used twice: each would be a variable in every register's code.
        if constexpr (R::io_is_plain && reads_cannot_fail<B, Stored>) {
            if constexpr (__is_same(void, decltype(f(__builtin_bit_cast(R, Stored()))))) {
                static_assert(ReturnsAValue<sizeof(R) == 0>::ok);
            } else {
                const auto next = f(__builtin_bit_cast(
                    R,
                    load_register<B, Stored>(static_cast<const Self&>(*this),
                                             R::Register::Location::io_place.start())));
                static_assert(CheckedUpdate<__is_same(const R, decltype(next))>::ok);
                store_register<B>(static_cast<const Self&>(*this),
                                  R::Register::Location::io_place.start(),
                                  __builtin_bit_cast(Stored, next));
            }
        } else {
            update_register<B, R>(static_cast<const Self&>(*this),
                                  R::Register::Location::io_place.start(),
                                  static_cast<F&&>(f));
        }
    }
    template <RegisterValue R, class F>
    [[nodiscard]] constexpr Result<> try_update(F&& f) const noexcept {
        return try_update(typename R::Register::At{}, static_cast<F&&>(f));
    }
    // An update by values of fields: IO_MODIFY(bar, Control, mode(5), enable(true)) names them. No
    // function of the register's own: that compiles faster, and is less code without optimisation.
    template <RegisterValue R, class... Fields>
    IOVIEW_INLINE constexpr void modify(const Fields&... fields) const noexcept {
        static_assert(CheckedFixed<Does::update, R, T>::ok);
        using Stored = typename R::Register::StoredAs;
        using Word = typename R::Register::Storage;
        if constexpr (!given_is_right<sizeof...(Fields) != 0,
                                      are_once<Fields...>,
                                      R::Register::io_has_no_idle>())
            return;
        else if constexpr (R::io_is_plain && reads_cannot_fail<B, Stored>)
            modify_register<B, Stored>(static_cast<const Self&>(*this),
                                       R::Register::Location::io_place.start(),
                                       static_cast<Word>((fields.mask | ...)),
                                       static_cast<Word>((fields.bits | ...)));
        else
            update_register<B, R>(static_cast<const Self&>(*this),
                                  R::Register::Location::io_place.start(),
                                  [&](R value) { return with_fields(value, fields...); });
    }
    template <RegisterValue R, class... Fields>
    [[nodiscard]] constexpr Result<> try_modify(const Fields&... fields) const noexcept {
        static_assert(given_is_right<sizeof...(Fields) != 0,
                                     are_once<Fields...>,
                                     R::Register::io_has_no_idle>());
        return try_update<R>([&](R value) { return with_fields(value, fields...); });
    }
    template <Location L, class F>
    IOVIEW_INLINE constexpr void update(L location, F&& f) const noexcept {
        static_assert(CheckedLocation<L, T>::ok);
        update_register<B, typename L::Register>(
            static_cast<const Self&>(*this), offset_in(location), static_cast<F&&>(f));
    }
    template <Location L, class F>
    [[nodiscard]] constexpr Result<> try_update(L location, F&& f) const noexcept {
        static_assert(CheckedBlock<L, T>::ok);
        const std::size_t offset = location.offset();
        if (const auto fault = location_error<B, L>(this->view(), offset); fault != Error{})
            return fail(fault);
        return try_update_register<B, typename L::Register>(
            this->view(), offset, static_cast<F&&>(f));
    }
};

// Registers as members of a block, or by view_of(): their access kinds hold here too, and there is
// no other way to the value than one access.
template <class Self, class B, class T>
struct RegisterValueReads : NoCopyMethods<CommonMethods<Self, B, T>> {
    using Value = std::remove_const_t<T>;
    using Stored = typename Value::Register::StoredAs;

    // The register in one access, or the error of the medium.
    [[nodiscard]] constexpr Value read() const noexcept {
        return read_register<B, Value>(static_cast<const Self&>(*this), 0);
    }
    [[nodiscard]] constexpr Result<Value> try_read() const noexcept {
        return try_read_register<B, Value>(this->view(), 0);
    }

    // A FIFO: the register read once for each element, its address never moving; into values of it,
    // or words as it is stored. The try_ forms stop at the medium's first error.
    constexpr void read_fifo(Span<Value> to) const noexcept {
        static_assert(CheckedMap<Does::read, Value>::ok);
        static_cast<void>(fifo_out<B>(this->view(), to.data(), to.size()));
    }
    constexpr void read_fifo(Span<Stored> to) const noexcept {
        static_assert(CheckedMap<Does::read, Value>::ok);
        static_cast<void>(fifo_out<B>(this->view(), to.data(), to.size()));
    }
    [[nodiscard]] constexpr Result<> try_read_fifo(Span<Value> to) const noexcept {
        static_assert(CheckedMap<Does::read, Value>::ok);
        return as_result(fifo_out<B, OnError::stop>(this->view(), to.data(), to.size()));
    }
    [[nodiscard]] constexpr Result<> try_read_fifo(Span<Stored> to) const noexcept {
        static_assert(CheckedMap<Does::read, Value>::ok);
        return as_result(fifo_out<B, OnError::stop>(this->view(), to.data(), to.size()));
    }
};
template <class Self, class B, class T>
struct RegisterValueMethods : RegisterValueReads<Self, B, T> {
    using Stored = typename T::Register::StoredAs;

    // In one access; an update is one read, one f(T) -> T and one write. The try_ forms report the
    // medium's error.
    constexpr void write(T value) const noexcept {
        write_register<B, T>(static_cast<const Self&>(*this), 0, value);
    }
    [[nodiscard]] constexpr Result<> try_write(T value) const noexcept {
        return try_write_register<B, T>(this->view(), 0, value);
    }
    template <class F>
    constexpr void update(F&& f) const noexcept {
        update_register<B, T>(static_cast<const Self&>(*this), 0, static_cast<F&&>(f));
    }
    template <class F>
    [[nodiscard]] constexpr Result<> try_update(F&& f) const noexcept {
        return try_update_register<B, T>(this->view(), 0, static_cast<F&&>(f));
    }

    // As read_fifo and try_read_fifo.
    constexpr void write_fifo(Span<const T> from) const noexcept {
        static_assert(CheckedMap<Does::write, T>::ok);
        static_cast<void>(fifo_in<B>(this->view(), from.data(), from.size()));
    }
    constexpr void write_fifo(Span<const Stored> from) const noexcept {
        static_assert(CheckedMap<Does::write, T>::ok);
        static_cast<void>(fifo_in<B>(this->view(), from.data(), from.size()));
    }
    [[nodiscard]] constexpr Result<> try_write_fifo(Span<const T> from) const noexcept {
        static_assert(CheckedMap<Does::write, T>::ok);
        return as_result(fifo_in<B, OnError::stop>(this->view(), from.data(), from.size()));
    }
    [[nodiscard]] constexpr Result<> try_write_fifo(Span<const Stored> from) const noexcept {
        static_assert(CheckedMap<Does::write, T>::ok);
        return as_result(fifo_in<B, OnError::stop>(this->view(), from.data(), from.size()));
    }
};

} // namespace ioview::detail::methods
