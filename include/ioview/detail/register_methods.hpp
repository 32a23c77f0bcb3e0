// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The methods of registers: by their locations on regions and blocks, and of one register that is
// itself the target. Users see them in io.hpp.
//
//   bar.read<Control>();  bar.write(Scratch::at(7), value);  IO_UPDATE(block, control, f);

#include <ioview/detail/common_methods.hpp>
#include <ioview/detail/register_access.hpp>

#include <type_traits>

namespace ioview::detail::methods {

// Registers by their locations: on regions, and on the blocks that registers name.
template <class Self, class B, class T>
struct RegisterReads : BaseMethods<Self, B, T> {
    // The register R, at the place it is declared for.
    template <RegisterValue R>
    [[nodiscard]] IOVIEW_INLINE constexpr R read() const noexcept {
        static_assert(CheckedFixed<Does::read, R, T>::ok);
        using Stored = typename R::Register::StoredAs;
        static_assert(CheckedCarrier<B, Stored>::ok);
        return __builtin_bit_cast(R,
                                  load_register<B, Stored>(static_cast<const Self&>(*this),
                                                           R::Register::Location::io_place.offset));
    }
    template <RegisterValue R>
    [[nodiscard]] constexpr Result<R> try_read() const noexcept {
        return try_read(typename R::Register::At{});
    }

    // A register at a location: R::at(i), R::of<Base>(), a value of R::try_at(i).
    template <RegisterLocation L>
    [[nodiscard]] IOVIEW_INLINE constexpr typename L::Register read(L location) const noexcept {
        static_assert(CheckedLocation<L, T>::ok);
        return read_register<B, typename L::Register>(static_cast<const Self&>(*this),
                                                      location.offset());
    }
    template <RegisterLocation L>
    [[nodiscard]] constexpr Result<typename L::Register> try_read(L location) const noexcept {
        static_assert(CheckedBlock<L, T>::ok);
        if (const auto fault = fault_of(location); fault != Error{})
            return fail(fault);
        return try_read_register<B, typename L::Register>(this->view(), location.offset());
    }

protected:
    template <class L>
    constexpr Error fault_of([[maybe_unused]] L location) const noexcept {
        using R = typename L::Register;
        // Every region has its least size and alignment: what the compiler would accept cannot
        // fail.
        if constexpr (RegionTarget<T> && location_fault(is_block_of<typename L::Block, T>,
                                                        L::end,
                                                        sizeof(R),
                                                        min_size_of<T>,
                                                        min_align_of<T>) == AccessFault::none)
            return Error{};
        else
            return fault_at<B>(this->view(), location.offset(), sizeof(R), sizeof(R));
    }
};
template <class Base, class Self, class B, class T>
struct RegisterWrites : Base {
    // The place comes from the value's type, or first.
    template <RegisterValue R>
    IOVIEW_INLINE constexpr void write(R value) const noexcept {
        static_assert(CheckedFixed<Does::write, R, T>::ok);
        static_assert(CheckedCarrier<B, typename R::Register::StoredAs>::ok);
        store_register<B>(static_cast<const Self&>(*this),
                          R::Register::Location::io_place.offset,
                          __builtin_bit_cast(typename R::Register::StoredAs, value));
    }
    template <RegisterValue R>
    constexpr Result<> try_write(R value) const noexcept {
        return try_write(typename R::Register::At{}, value);
    }
    template <RegisterLocation L>
    IOVIEW_INLINE constexpr void write(L location, typename L::Register value) const noexcept {
        static_assert(CheckedLocation<L, T>::ok);
        write_register<B, typename L::Register>(
            static_cast<const Self&>(*this), location.offset(), value);
    }
    template <RegisterLocation L>
    constexpr Result<> try_write(L location, typename L::Register value) const noexcept {
        static_assert(CheckedBlock<L, T>::ok);
        if (const auto fault = this->fault_of(location); fault != Error{})
            return fail(fault);
        return try_write_register<B, typename L::Register>(this->view(), location.offset(), value);
    }

    // The compiler prints these lines.
    // clang-format off
    template <RegisterLocation L, RegisterValue R> requires(!std::is_same_v<R, typename L::Register>)
    void write(L, R) const = delete; // ioview: the value is of another register than the location
    template <RegisterLocation L, RegisterValue R> requires(!std::is_same_v<R, typename L::Register>)
    void try_write(L, R) const = delete; // ioview: the value is of another register than the location
    // clang-format on

    // One read, one f(R) -> R, one write; in f, fields whose write has an effect hold the value
    // that has none. No read when no bit of it could survive.
    template <RegisterValue R, class F>
    IOVIEW_INLINE constexpr void update(F&& f) const noexcept {
        static_assert(CheckedFixed<Does::update, R, T>::ok);
        using Stored = typename R::Register::StoredAs;
        // No names for what is used twice: each would be a variable in every register's code.
        if constexpr (plain_update<B, Stored>(R::io_map)) {
            static_assert(CheckedUpdate<R, F>::ok);
            if constexpr (__is_same(const R, NextOf<R, F>)) {
                const R next = f(__builtin_bit_cast(
                    R,
                    load_register<B, Stored>(static_cast<const Self&>(*this),
                                             R::Register::Location::io_place.offset)));
                store_register<B>(static_cast<const Self&>(*this),
                                  R::Register::Location::io_place.offset,
                                  __builtin_bit_cast(Stored, next));
            }
        } else {
            update_register<B, R>(static_cast<const Self&>(*this),
                                  R::Register::Location::io_place.offset,
                                  static_cast<F&&>(f));
        }
    }
    template <RegisterValue R, class F>
    constexpr Result<> try_update(F&& f) const noexcept {
        return try_update(typename R::Register::At{}, static_cast<F&&>(f));
    }
    template <RegisterLocation L, class F>
    IOVIEW_INLINE constexpr void update(L location, F&& f) const noexcept {
        static_assert(CheckedLocation<L, T>::ok);
        update_register<B, typename L::Register>(
            static_cast<const Self&>(*this), location.offset(), static_cast<F&&>(f));
    }
    template <RegisterLocation L, class F>
    constexpr Result<> try_update(L location, F&& f) const noexcept {
        static_assert(CheckedBlock<L, T>::ok);
        if (const auto fault = this->fault_of(location); fault != Error{})
            return fail(fault);
        return try_update_register<B, typename L::Register>(
            this->view(), location.offset(), static_cast<F&&>(f));
    }
};

// Registers as members of a block: their access kinds hold here too.
template <class Self, class B, class T>
struct RegisterValueReads : BaseMethods<Self, B, T> {
    using Value = std::remove_const_t<T>;

    [[nodiscard]] constexpr Value read() const noexcept {
        return read_register<B, Value>(static_cast<const Self&>(*this), 0);
    }
    [[nodiscard]] constexpr Result<Value> try_read() const noexcept {
        return try_read_register<B, Value>(this->view(), 0);
    }
};
template <class Self, class B, class T>
struct RegisterValueMethods : RegisterValueReads<Self, B, T> {
    constexpr void write(T value) const noexcept {
        write_register<B, T>(static_cast<const Self&>(*this), 0, value);
    }
    constexpr Result<> try_write(T value) const noexcept {
        return try_write_register<B, T>(this->view(), 0, value);
    }
    template <class F>
    constexpr void update(F&& f) const noexcept {
        update_register<B, T>(static_cast<const Self&>(*this), 0, static_cast<F&&>(f));
    }
    template <class F>
    constexpr Result<> try_update(F&& f) const noexcept {
        return try_update_register<B, T>(this->view(), 0, static_cast<F&&>(f));
    }
};

} // namespace ioview::detail::methods
