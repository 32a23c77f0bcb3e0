// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Accesses to registers: one read, one write, and which value an update starts from. What may be
// accessed is in register_checks.hpp, the register types themselves are in register.hpp.
//
//   update_register<Backend, Control>(view, 0x10, f);
//
// What happens to the bits is in functions that all registers of one storage type share, so that a
// register costs the compiler little.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/register_checks.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::detail {

// One access, shared by all registers of one storage type and all that derives from Io. Not forced
// inline: without optimisation a use is then two calls, not the body of both. The view is made in
// here, once for all registers: each copy of it in code that is one register's own costs.
template <class B, class Stored, class Viewable>
IOVIEW_INLINE_OPTIMISED constexpr Stored load_register(const Viewable& target,
                                                       std::size_t offset) noexcept {
    return get<B, Stored>(target.as_view(), offset);
}
template <class B, class Stored, class Viewable>
IOVIEW_INLINE_OPTIMISED constexpr void
store_register(const Viewable& target, std::size_t offset, Stored stored) noexcept {
    if constexpr (IoCapable<B, Stored>) // refused elsewhere, where not
        put<B, Stored>(target.as_view(), offset, stored);
}

// One read and one write of it, with bits for those of the mask.
template <class B, class Stored, class Viewable, class Word = typename Wire<Stored>::Word>
IOVIEW_INLINE_OPTIMISED constexpr void
modify_register(const Viewable& target, std::size_t offset, Word mask, Word bits) noexcept {
    const Word read = Wire<Stored>::encode(load_register<B, Stored>(target, offset));
    store_register<B>(
        target, offset, Wire<Stored>::decode(static_cast<Word>((read & ~mask) | bits)));
}

// The register with values in their fields.
template <class R, class... Fields>
constexpr R with_fields(const R& value, const Fields&... fields) noexcept {
    using Wire = detail::Wire<typename R::Register::StoredAs>;
    using Word = typename Wire::Word;
    auto word = Wire::encode(value.io_stored_);
    ((word = static_cast<Word>((word & ~fields.mask) | fields.bits)), ...);
    return __builtin_bit_cast(R, Wire::decode(word));
}

// A fresh value of R with these.
template <class R, class... Fields>
[[nodiscard]] constexpr R value_with(const Fields&... fields) noexcept {
    if constexpr (given_is_right<true, are_once<Fields...>, true>())
        return with_fields(R{}, fields...);
    else
        return R{};
}

// The stored bits that an update hands to its function: those of ones where drop is set.
template <class Stored>
constexpr Stored update_bits(Stored read, std::uint64_t drop, std::uint64_t ones) noexcept {
    using Word = typename Wire<Stored>::Word;
    return Wire<Stored>::decode(static_cast<Word>((Wire<Stored>::encode(read) & ~drop) | ones));
}

// Whether an update hands on the bits as they are read: nothing to drop, no read that can fail.
template <class B, class Stored>
inline constexpr bool reads_cannot_fail =
    CheckedCarrier<B, Stored>::ok && !has_try_io_read<B, typename Wire<Stored>::Word>;

// R at an offset that is known to be good.
template <class B, class R, class Viewable, class Stored = typename R::Register::StoredAs>
IOVIEW_INLINE constexpr R read_register(const Viewable& target, std::size_t offset) noexcept {
    static_assert(CheckedMap<Does::read, R>::ok);
    static_assert(CheckedCarrier<B, const Stored>::ok);
    return __builtin_bit_cast(R, load_register<B, Stored>(target, offset));
}
template <class B, class R, class View, class Stored = typename R::Register::StoredAs>
[[nodiscard]] constexpr Result<R> try_read_register(View view, std::size_t offset) noexcept {
    static_assert(CheckedMap<Does::read, R>::ok);
    static_assert(CheckedCarrier<B, const Stored>::ok);
    const auto stored = try_get<B, Stored>(view, offset);
    if (!stored)
        return fail(stored.error());
    return __builtin_bit_cast(R, *stored);
}

template <class B, class R, class Viewable, class Stored = typename R::Register::StoredAs>
IOVIEW_INLINE constexpr void
write_register(const Viewable& target, std::size_t offset, R value) noexcept {
    static_assert(CheckedMap<Does::write, R>::ok);
    static_assert(CheckedCarrier<B, Stored>::ok);
    store_register<B, Stored>(target, offset, __builtin_bit_cast(Stored, value));
}
template <class B, class R, class View, class Stored = typename R::Register::StoredAs>
[[nodiscard]] constexpr Result<>
try_write_register(View view, std::size_t offset, R value) noexcept {
    static_assert(CheckedMap<Does::write, R>::ok);
    static_assert(CheckedCarrier<B, Stored>::ok);
    return try_put<B, Stored>(view, offset, __builtin_bit_cast(Stored, value));
}

// The same of a word, where a location is of one.
template <class B, class W, class Viewable>
    requires(!RegisterValue<W>)
IOVIEW_INLINE constexpr W read_register(const Viewable& target, std::size_t offset) noexcept {
    static_assert(CheckedCarrier<B, const W>::ok);
    return load_register<B, W>(target, offset);
}
template <class B, class W, class View>
    requires(!RegisterValue<W>)
[[nodiscard]] constexpr Result<W> try_read_register(View view, std::size_t offset) noexcept {
    static_assert(CheckedCarrier<B, const W>::ok);
    return try_get<B, W>(view, offset);
}
template <class B, class W, class Viewable>
    requires(!RegisterValue<W>)
IOVIEW_INLINE constexpr void
write_register(const Viewable& target, std::size_t offset, W value) noexcept {
    static_assert(CheckedCarrier<B, W>::ok);
    store_register<B, W>(target, offset, value);
}
template <class B, class W, class View>
    requires(!RegisterValue<W>)
[[nodiscard]] constexpr Result<>
try_write_register(View view, std::size_t offset, W value) noexcept {
    static_assert(CheckedCarrier<B, W>::ok);
    return try_put<B, W>(view, offset, value);
}
template <class B, class W, class Viewable, class F>
    requires(!RegisterValue<W>)
IOVIEW_INLINE constexpr void
update_register(const Viewable& target, std::size_t offset, F&& f) noexcept {
    static_assert(CheckedCarrier<B, W>::ok);
    modify<B, W>(target.as_view(), offset, static_cast<F&&>(f));
}
template <class B, class W, class View, class F>
    requires(!RegisterValue<W>)
[[nodiscard]] constexpr Result<>
try_update_register(View view, std::size_t offset, F&& f) noexcept {
    static_assert(CheckedCarrier<B, W>::ok);
    return try_modify<B, W>(view, offset, static_cast<F&&>(f));
}

// One read unless no bit of it could survive, one call of f, one write.
template <class B, class R, class View, class F, class Stored = typename R::Register::StoredAs>
[[nodiscard]] constexpr Result<>
try_update_register(View view, std::size_t offset, F&& f) noexcept {
    static_assert(CheckedMap<Does::update, R>::ok);
    static_assert(CheckedCarrier<B, Stored>::ok);
    constexpr std::uint64_t ones = R::io_map.write_one;
    constexpr std::uint64_t drop = R::io_map.write_zero | ones;
    Stored stored{};
    if constexpr (!R::io_map.is_blind(sizeof(R) * 8)) {
        const auto read = try_get<B, Stored>(view, offset);
        if (!read)
            return fail(read.error());
        stored = *read;
    }
    if constexpr (__is_same(void, decltype(f(__builtin_bit_cast(R, stored))))) {
        static_assert(ReturnsAValue<sizeof(R) == 0>::ok);
    } else {
        const auto next = f(__builtin_bit_cast(R, update_bits(stored, drop, ones)));
        static_assert(CheckedUpdate<__is_same(const R, decltype(next))>::ok);
        return try_put<B, Stored>(view, offset, __builtin_bit_cast(Stored, next));
    }
}
template <class B, class R, class Viewable, class F, class Stored = typename R::Register::StoredAs>
IOVIEW_INLINE constexpr void
update_register(const Viewable& target, std::size_t offset, F&& f) noexcept {
    static_assert(CheckedMap<Does::update, R>::ok);
    static_assert(CheckedCarrier<B, Stored>::ok);
    constexpr std::uint64_t ones = R::io_map.write_one;
    constexpr std::uint64_t drop = R::io_map.write_zero | ones;
    if constexpr (has_try_io_read<B, typename Wire<Stored>::Word>) {
        static_cast<void>(try_update_register<B, R>(target.as_view(), offset, static_cast<F&&>(f)));
    } else {
        Stored stored{};
        if constexpr (!R::io_map.is_blind(sizeof(R) * 8))
            stored = load_register<B, Stored>(target, offset);
        if constexpr (drop != 0)
            stored = update_bits(stored, drop, ones);
        if constexpr (__is_same(void, decltype(f(__builtin_bit_cast(R, stored))))) {
            static_assert(ReturnsAValue<sizeof(R) == 0>::ok);
        } else {
            const auto next = f(__builtin_bit_cast(R, stored));
            static_assert(CheckedUpdate<__is_same(const R, decltype(next))>::ok);
            store_register<B, Stored>(target, offset, __builtin_bit_cast(Stored, next));
        }
    }
}

} // namespace ioview::detail
