// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Accesses to registers: what may be read, written and updated, where it lies, and which value an
// update starts from. The register types themselves are in register.hpp.
//
//   RegisterAccess<Backend, Region<0x100>, Control::At>::update(view, Control::At{}, f);

#include <ioview/concepts.hpp>
#include <ioview/detail/access.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview::detail {

template <class L>
concept RegisterLocation = requires(const L& location) {
    typename L::Register;
    typename L::Block;
    { location.offset() } noexcept -> std::same_as<std::size_t>;
    L::end;
};

// A register whose type says where it is.
template <class R>
concept LocatedRegister = RegisterValue<R> && requires { typename R::At; };

// The refusals, each checked once for a register and read as the first line of the error.
template <class R>
struct Readable {
    static_assert(R::readable,
                  "ioview: this register is write only (io::wo); keep a copy of what was written");
    static constexpr bool ok = true;
};
template <class R>
struct Writable {
    static_assert(R::writable,
                  "ioview: this register is read only (io::ro); declare it rw or wo "
                  "if the manual allows writes");
    static constexpr bool ok = true;
};
template <class R>
struct Updatable {
    static_assert(R::readable && R::writable,
                  "ioview: update() reads and writes, and this register is io::ro or io::wo");
    static_assert(!R::reading_has_side_effect,
                  "ioview: update() reads, and reading this register consumes an io::rc field; "
                  "write a whole value");
    static_assert(!R::has_wo_field,
                  "ioview: update() would write back an io::wo field that cannot be read; write a "
                  "whole value");
    static constexpr bool ok = true;
};
template <class B, class R>
struct Carried {
    static_assert(IoCapable<B, R>,
                  "ioview: this backend has no single access as wide as the register; on "
                  "big-endian CPUs an IoSysMap takes registers stored as le or be");
    static constexpr bool ok = true;
};
template <class L, class T>
struct Placed {
    static_assert(L::end <= min_size_of<T>,
                  "ioview: the register ends past the target; give the Region a greater minimum, "
                  "or use the try_ form");
    static_assert(min_align_of<T> >= sizeof(typename L::Register),
                  "ioview: the target is aligned too little for the register; declare "
                  "Region<Size, Align>, or use the try_ form");
    static constexpr bool ok = true;
};
template <class L, class T>
struct OfBlock {
    static_assert(IoLoc<L, T>, "ioview: the register belongs to another device's block");
    static constexpr bool ok = true;
};

// R at an offset that is known to be good.
template <class B, class CvR>
struct RegisterValueAccess {
    using R = std::remove_const_t<CvR>;

    template <class View>
    static constexpr R read(View view, std::size_t offset) noexcept {
        static_assert(Readable<R>::ok && Carried<B, R>::ok);
        return get<B, R>(view, offset);
    }
    template <class View>
    static constexpr Result<R> try_read(View view, std::size_t offset) noexcept {
        static_assert(Readable<R>::ok && Carried<B, R>::ok);
        return try_get<B, R>(view, offset);
    }
    template <class View>
    static constexpr void write(View view, std::size_t offset, R value) noexcept {
        static_assert(Writable<R>::ok && Carried<B, R>::ok && !std::is_const_v<CvR>);
        put<B, R>(view, offset, value);
    }
    template <class View>
    static constexpr Result<> try_write(View view, std::size_t offset, R value) noexcept {
        static_assert(Writable<R>::ok && Carried<B, R>::ok && !std::is_const_v<CvR>);
        return try_put<B, R>(view, offset, value);
    }
    template <class View, class F>
    static constexpr void update(View view, std::size_t offset, F&& f) noexcept {
        static_assert(Updatable<R>::ok && Carried<B, R>::ok && !std::is_const_v<CvR>);
        if constexpr (R::blind_update)
            put<B, R>(view, offset, static_cast<R>(f(R::update_base_blind())));
        else
            modify<B, R>(view, offset, [&](R old) { return f(R::update_base(old.raw())); });
    }
    template <class View, class F>
    static constexpr Result<> try_update(View view, std::size_t offset, F&& f) noexcept {
        static_assert(Updatable<R>::ok && Carried<B, R>::ok && !std::is_const_v<CvR>);
        if constexpr (R::blind_update)
            return try_put<B, R>(view, offset, static_cast<R>(f(R::update_base_blind())));
        else
            return try_modify<B, R>(
                view, offset, [&](R old) { return f(R::update_base(old.raw())); });
    }
};

// R at a location in a T: at compile time against its least size, in the try_ forms against the
// size and base at run time.
template <class B, class T, class L>
struct RegisterAccess {
    using R = typename L::Register;
    using Value = RegisterValueAccess<B, R>;
    using View = ViewOf<B, T>;

    static constexpr R read(View view, L location) noexcept {
        static_assert(OfBlock<L, T>::ok && Placed<L, T>::ok);
        return Value::read(view, location.offset());
    }
    static constexpr void write(View view, L location, R value) noexcept {
        static_assert(OfBlock<L, T>::ok && Placed<L, T>::ok);
        Value::write(view, location.offset(), value);
    }
    template <class F>
    static constexpr void update(View view, L location, F&& f) noexcept {
        static_assert(OfBlock<L, T>::ok && Placed<L, T>::ok);
        Value::update(view, location.offset(), static_cast<F&&>(f));
    }
    static constexpr Result<R> try_read(View view, L location) noexcept {
        static_assert(OfBlock<L, T>::ok);
        if (auto fault = fault_of(view, location); fault != Error{})
            return fail(fault);
        return Value::try_read(view, location.offset());
    }
    static constexpr Result<> try_write(View view, L location, R value) noexcept {
        static_assert(OfBlock<L, T>::ok);
        if (auto fault = fault_of(view, location); fault != Error{})
            return fail(fault);
        return Value::try_write(view, location.offset(), value);
    }
    template <class F>
    static constexpr Result<> try_update(View view, L location, F&& f) noexcept {
        static_assert(OfBlock<L, T>::ok);
        if (auto fault = fault_of(view, location); fault != Error{})
            return fail(fault);
        return Value::try_update(view, location.offset(), static_cast<F&&>(f));
    }

private:
    static constexpr Error fault_of(View view, L location) noexcept {
        return fault_at<B>(view, location.offset(), sizeof(R), sizeof(R));
    }
};

} // namespace ioview::detail
