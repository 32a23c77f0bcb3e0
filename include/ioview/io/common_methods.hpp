// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods that every target has, and those of whole values. Users see them in io.hpp.
//
//   auto bytes = IO_PROJECT(bar, descriptor).bytes();
//   Descriptor d = IO_PROJECT(bar, descriptor).copy_read();

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/copyable.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/io/stated_copy.hpp>
#include <ioview/io/tile.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

// Bases of every view: in a namespace of their own, or a call of the user's put(view) would also
// look at each put() in detail.
namespace ioview::detail::methods {

// A width that a copy names: by a target that states none itself, and of those that the backend
// has.
template <bool MayBeNamed, bool IsThere>
consteval void check_named_width() noexcept {
    static_assert(MayBeNamed,
                  "ioview: members of this target state how they are accessed; copy it without "
                  "naming a width");
    static_assert(IsThere, "ioview: this backend has no access of that width");
}

template <class U>
consteval void check_cast() noexcept {
    static_assert(!has_place<U>(),
                  "ioview: a register has a place of its own; use view_of<R>() of its region");
}

// What every target has.
template <class Self, class B, class T>
struct CommonMethods : NoPlainBytes<B, T> {
    using NoPlainBytes<B, T>::bytes;
    using NoPlainBytes<B, T>::cast;
    using NoPlainBytes<B, T>::try_cast;

    // Bytes of the target, as known at run time.
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t size_bytes() const noexcept {
        return B::as_ptr(view()).size_bytes();
    }

    // Where the target is in the backend's space: a CPU address, a port, a configuration offset.
    [[nodiscard]] IOVIEW_INLINE constexpr std::uintptr_t address() const noexcept {
        return B::as_ptr(view()).address;
    }

    // The same bytes as a U; both are plain data, and U fits every such target.
    template <class U>
        requires(are_plain_bytes<T>() && are_plain_bytes<U>())
    [[nodiscard]] constexpr auto cast() const& noexcept {
        check_cast<U>();
        static_assert(!is_slice<U> && !is_region<U>,
                      "ioview: cast<T>() gives an object or array; use try_subview for a slice or "
                      "a region, whose size is known at run time");
        static_assert(min_size_of<U> <= min_size_of<T>,
                      "ioview: cast<T>() to a type that is larger than the target is known to be; "
                      "use try_cast<T>()");
        static_assert(view_align_of<U> <= view_align_of<T>,
                      "ioview: cast<T>() to a type that is aligned more strictly than the target "
                      "is known to be; use try_cast<T>()");
        return narrow<B, ConstAs<U, T>>(view(), 0);
    }

    // As cast, checked at run time: out_of_bounds, then misaligned.
    template <class U>
        requires(are_plain_bytes<T>() && are_plain_bytes<U>())
    [[nodiscard]] constexpr Result<ViewOf<B, ConstAs<U, T>>> try_cast() const& noexcept {
        check_cast<U>();
        static_assert(!is_slice<U> && !is_region<U>,
                      "ioview: try_cast<T>() gives an object or array; use try_subview for a slice "
                      "or a region");
        if (auto fault = fault_at<B>(view(), 0, min_size_of<U>, view_align_of<U>); failed(fault))
            return fail(fault);
        return narrow<B, ConstAs<U, T>>(view(), 0);
    }

    // The same bytes as a slice of bytes, for bulk copies; of plain data and regions.
    [[nodiscard]] constexpr auto bytes() const& noexcept
        requires(are_plain_bytes<T>())
    {
        return narrow<B, ConstAs<std::byte[], T>>(view(), 0, {size_bytes()});
    }

protected:
    IOVIEW_INLINE constexpr ViewOf<B, T> view() const noexcept {
        return static_cast<const Self*>(this)->as_view();
    }
};

// Values that a function can return: copied whole, byte for byte.
template <class Self, class B, class T>
struct ValueMethods : CommonMethods<Self, B, T> {
    using NoPlainBytes<B, T>::copy_read;
    using NoPlainBytes<B, T>::copy_write;
    using NoPlainBytes<B, T>::try_copy_read;
    using NoPlainBytes<B, T>::try_copy_write;

    // The whole value, byte for byte: no atomicity, no byte swap, each byte touched exactly once,
    // ascending, by the widest aligned accesses or by accesses of exactly Width.
    template <class Width = Widest>
        requires(is_returnable<T> && BackendTraits<B>::copies_out)
    [[nodiscard]] constexpr std::remove_const_t<T> copy_read() const noexcept {
        using V = std::remove_const_t<T>;
        if (failed(fault<Width, BackendTraits<B>::read_widths>()))
            panic("ioview: copy_read: the value is not aligned to the backend's narrowest width");
        ByteBuffer<V> buffer;
        static_cast<void>(value_out<B, Width, OnError::go_on, V>(this->view(), buffer.bytes));
        return __builtin_bit_cast(V, buffer);
    }
    template <class Width = Widest>
        requires(is_givable<T> && BackendTraits<B>::copies_in && !is_read_only<T>)
    constexpr void copy_write(const T& value) const noexcept {
        if (failed(fault<Width, BackendTraits<B>::write_widths>()))
            panic("ioview: copy_write: the value is not aligned to the backend's narrowest width");
        const auto buffer = __builtin_bit_cast(ByteBuffer<T>, value);
        static_cast<void>(value_in<B, Width, OnError::go_on, T>(this->view(), buffer.bytes));
    }
    // The same, with the error of a medium that can fail; it stops there.
    template <class Width = Widest>
        requires(is_returnable<T> && BackendTraits<B>::copies_out)
    [[nodiscard]] constexpr Result<std::remove_const_t<T>> try_copy_read() const noexcept {
        using V = std::remove_const_t<T>;
        if (auto error = fault<Width, BackendTraits<B>::read_widths>(); failed(error))
            return fail(error);
        ByteBuffer<V> buffer;
        if (auto error = value_out<B, Width, OnError::stop, V>(this->view(), buffer.bytes);
            failed(error))
            return fail(error);
        return __builtin_bit_cast(V, buffer);
    }
    template <class Width = Widest>
        requires(is_givable<T> && BackendTraits<B>::copies_in && !is_read_only<T>)
    [[nodiscard]] constexpr Result<> try_copy_write(const T& value) const noexcept {
        if (auto error = fault<Width, BackendTraits<B>::write_widths>(); failed(error))
            return fail(error);
        const auto buffer = __builtin_bit_cast(ByteBuffer<T>, value);
        return as_result(value_in<B, Width, OnError::stop, T>(this->view(), buffer.bytes));
    }

private:
    // A value is aligned as its type is; a backend's narrowest width may ask for more.
    template <class Width, unsigned Widths>
    IOVIEW_INLINE constexpr Error fault() const noexcept {
        static_assert(keeps_order<B, T>,
                      "ioview: this medium has another byte order than the CPU, and copies swap "
                      "nothing; declare the members le or be, or go by single accesses");
        if constexpr (states_access<T>()) {
            check_named_width<std::is_same_v<Width, Widest>, true>();
            return fault_of_object<B, Widths, T>(this->view());
        } else if constexpr (!std::is_same_v<Width, Widest>) {
            check_named_width<true, (Widths & sizeof(Width)) != 0>();
            static_assert(sizeof(T) % sizeof(Width) == 0 && min_align_of<T> >= sizeof(Width),
                          "ioview: the value is no whole number of aligned accesses of that width");
            return Error{};
        } else {
            constexpr std::size_t least = least_width(Widths);
            static_assert(sizeof(T) % least == 0,
                          "ioview: the value is no whole number of this backend's accesses");
            if constexpr (min_align_of<T> >= least)
                return Error{};
            else
                return fault_of_width<B, Widest, Widths>(this->view(), sizeof(T));
        }
    }
};

// The base of every kind of target: with copies where a T can be returned.
template <class Self, class B, class T>
consteval auto base_methods_for() noexcept {
    if constexpr (is_region<T>)
        return std::type_identity<NoWholeRegion<CommonMethods<Self, B, T>>>{};
    else if constexpr (std::is_array_v<T>)
        return std::type_identity<NoValueMethods<CommonMethods<Self, B, T>>>{};
    else
        return std::type_identity<ValueMethods<Self, B, T>>{};
}
template <class Self, class B, class T>
using BaseMethods = typename decltype(base_methods_for<Self, B, T>())::type;

} // namespace ioview::detail::methods
