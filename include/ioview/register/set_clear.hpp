// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Registers with companions: others beside them that set, clear or toggle those bits that are
// written as one. One store, no read, and nobody's change of another bit is lost.
//
//   struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
//       IO_FIELDS(bits(15, 8, level), bit(1, led), bit(0, relay));
//       using Companions = io::companions<io::set_at<4>, io::clear_at<8>, io::toggle_at<12>>;
//   };
//   io::set_bits(gpio, Out{}.with_led(true).with_relay(true));   // write32 0x14 <- 0x3
//   io::toggle_bits(gpio, Out{}.with_led(true));                 // write32 0x1c <- 0x2
//   io::update_by_companions<Out>(gpio, [](Out o) { return o.with_led(true); });
//
// By region or block, and the location of the register where its type does not tell it. RP2040 has
// them at 0x2000, 0x3000 and 0x1000 from each register, i.MX at 4, 8 and 12, nRF (OUTSET) and STM32
// (BSRR: set_at<4>, clear_at<4, 16>) for their pins.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/register.hpp>
#include <ioview/register/companions.hpp> // IWYU pragma: export

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
namespace detail {

template <class R>
using StorageOf = typename R::Register::Storage;

// Those of value's bits that a companion changes.
template <class R>
IOVIEW_INLINE constexpr StorageOf<R> changed_bits(R value) noexcept {
    return static_cast<StorageOf<R>>(value.R::Register::raw() & stored_bits_of<R>.stored);
}
// One store to the companion, of the ones in value.
template <BitChange C, class V, class L, class R = typename L::Register>
IOVIEW_INLINE constexpr void change(const V& block, L location, R value) noexcept {
    static_assert(CheckedPlaceOf<C, L, typename V::Target>::ok);
    if constexpr (fault_of_companion<C, L, typename V::Target> == CompanionFault::none)
        block.as_view().write(PlaceOf<C, L>(location),
                              R::Register::from_raw(static_cast<StorageOf<R>>(
                                  changed_bits(value) << slot_of<C, L>.shift)));
}
template <BitChange C, class V, class L, class R = typename L::Register>
[[nodiscard]] constexpr Result<> try_change(const V& block, L location, R value) noexcept {
    constexpr CompanionFault fault = fault_of_companion<C, L, typename V::Target>;
    static_assert(CheckedCompanion<fault>::ok);
    if constexpr (fault == CompanionFault::none)
        return block.as_view().try_write(PlaceOf<C, L>(location),
                                         R::Register::from_raw(static_cast<StorageOf<R>>(
                                             changed_bits(value) << slot_of<C, L>.shift)));
    else
        return {};
}

// What a function makes of bits that nobody has read: it sets them, clears them, or asks what they
// were.
template <class R>
struct BitChanges {
    StorageOf<R> set;
    StorageOf<R> clear;
    bool asks;
};
template <class R, class F>
IOVIEW_INLINE constexpr BitChanges<R> changes_by(F& f) noexcept {
    using Word = StorageOf<R>;
    constexpr auto all = static_cast<Word>(stored_bits_of<R>.stored);
    const Word zeros = changed_bits<R>(f(R::Register::from_raw(0)));
    const Word ones = changed_bits<R>(f(R::Register::from_raw(all)));
    return {static_cast<Word>(zeros & ones),
            static_cast<Word>(all & ~(zeros | ones)),
            (zeros | ones) != ones};
}

template <class R, class F>
inline constexpr bool returns_its_register =
    requires(F& f, R r) { requires std::is_same_v<R, std::remove_cvref_t<decltype(f(r))>>; };

// Of a function that holds nothing the compiler finds out for each bit by itself.
template <class R, class F>
consteval bool asks_for_a_bit() noexcept {
    using Word = StorageOf<R>;
    F f{};
    const BitChanges<R> made = changes_by<R>(f);
    for (unsigned i = 0; i < 8 * sizeof(R); ++i) {
        const auto bit = static_cast<Word>(std::uint64_t{1} << i & stored_bits_of<R>.stored);
        const Word is = changed_bits<R>(f(R::Register::from_raw(bit)));
        if (is != static_cast<Word>((bit & ~made.clear) | made.set))
            return true;
    }
    return made.asks;
}
template <class R, class F>
inline constexpr bool is_found_to_ask = [] {
    if constexpr (std::is_empty_v<F> && std::is_default_constructible_v<F> &&
                  returns_its_register<R, F>) {
        if constexpr (requires {
                          typename std::bool_constant<(static_cast<void>(F{}(R{})), true)>;
                      })
            return asks_for_a_bit<R, F>();
    }
    return false;
}();

// What an update by f stores in the companions of L; one word for both, where they are one.
template <class L, class F, class R = typename L::Register>
IOVIEW_INLINE constexpr BitChanges<R> words_by(F& f) noexcept {
    constexpr CompanionSlot of_set = slot_of<BitChange::set, L>;
    constexpr CompanionSlot of_clear = slot_of<BitChange::clear, L>;
    const BitChanges<R> made = changes_by<R>(f);
    const auto set = static_cast<StorageOf<R>>(made.set << of_set.shift);
    const auto clear = static_cast<StorageOf<R>>(made.clear << of_clear.shift);
    if constexpr (of_set.offset == of_clear.offset)
        return {static_cast<StorageOf<R>>(set | clear), 0, made.asks};
    else
        return {set, clear, made.asks};
}

// What is wrong with an update by an F in a T, and the refusal.
template <class L, class T, class F>
inline constexpr CompanionFault fault_of_update = [] {
    constexpr CompanionFault of_set = fault_of_companion<BitChange::set, L, T>;
    constexpr CompanionFault of_clear = fault_of_companion<BitChange::clear, L, T>;
    using R = typename L::Register;
    return of_set != CompanionFault::none     ? of_set
           : of_clear != CompanionFault::none ? of_clear
           : !returns_its_register<R, F>      ? CompanionFault::returns
           : is_found_to_ask<R, F>            ? CompanionFault::asks
                                              : CompanionFault::none;
}();
// The companion that ends last.
template <class L>
inline constexpr BitChange last_of_both = [] {
    constexpr std::size_t set = slot_of<BitChange::set, L>.offset;
    constexpr std::size_t clear = slot_of<BitChange::clear, L>.offset;
    return set < clear ? BitChange::clear : BitChange::set;
}();
template <class L, class T, class F>
using CheckedUpdateBy =
    typename CheckedCompanionIn<fault_of_update<L, T, F>, PlaceOf<last_of_both<L>, L>, T>::type;

} // namespace detail

// Sets the bits that are one in value; those that are zero stay as they are. Bits that are not
// written (io::ro, reserved) are left out. The register is that of the value, at the place it is
// declared for.
template <IoBase V, detail::RegisterValue R>
IOVIEW_INLINE constexpr void set_bits(const V& block, R value) noexcept {
    detail::change<detail::BitChange::set>(block, typename R::Register::At{}, value);
}
// At a location: R::at(i), R::of<Base>().
template <IoBase V, detail::Location L>
IOVIEW_INLINE constexpr void
set_bits(const V& block, L location, typename L::Register value) noexcept {
    detail::change<detail::BitChange::set>(block, location, value);
}
// Clears the bits that are one in value.
template <IoBase V, detail::RegisterValue R>
IOVIEW_INLINE constexpr void clear_bits(const V& block, R value) noexcept {
    detail::change<detail::BitChange::clear>(block, typename R::Register::At{}, value);
}
template <IoBase V, detail::Location L>
IOVIEW_INLINE constexpr void
clear_bits(const V& block, L location, typename L::Register value) noexcept {
    detail::change<detail::BitChange::clear>(block, location, value);
}
// Inverts the bits that are one in value.
template <IoBase V, detail::RegisterValue R>
IOVIEW_INLINE constexpr void toggle_bits(const V& block, R value) noexcept {
    detail::change<detail::BitChange::toggle>(block, typename R::Register::At{}, value);
}
template <IoBase V, detail::Location L>
IOVIEW_INLINE constexpr void
toggle_bits(const V& block, L location, typename L::Register value) noexcept {
    detail::change<detail::BitChange::toggle>(block, location, value);
}

// The same for what can fail: the error of the medium, or of a location out of the region's bounds.
template <IoBase V, detail::RegisterValue R>
[[nodiscard]] constexpr Result<> try_set_bits(const V& block, R value) noexcept {
    return detail::try_change<detail::BitChange::set>(block, typename R::Register::At{}, value);
}
template <IoBase V, detail::Location L>
[[nodiscard]] constexpr Result<>
try_set_bits(const V& block, L location, typename L::Register value) noexcept {
    return detail::try_change<detail::BitChange::set>(block, location, value);
}
template <IoBase V, detail::RegisterValue R>
[[nodiscard]] constexpr Result<> try_clear_bits(const V& block, R value) noexcept {
    return detail::try_change<detail::BitChange::clear>(block, typename R::Register::At{}, value);
}
template <IoBase V, detail::Location L>
[[nodiscard]] constexpr Result<>
try_clear_bits(const V& block, L location, typename L::Register value) noexcept {
    return detail::try_change<detail::BitChange::clear>(block, location, value);
}
template <IoBase V, detail::RegisterValue R>
[[nodiscard]] constexpr Result<> try_toggle_bits(const V& block, R value) noexcept {
    return detail::try_change<detail::BitChange::toggle>(block, typename R::Register::At{}, value);
}
template <IoBase V, detail::Location L>
[[nodiscard]] constexpr Result<>
try_toggle_bits(const V& block, L location, typename L::Register value) noexcept {
    return detail::try_change<detail::BitChange::toggle>(block, location, value);
}

// An update without a read: what f(R) -> R sets and clears, whatever the bits were, goes to the
// companions; what it leaves alone is not touched. A store each where both are needed, the clearing
// one first, so that a field of several bits passes through what its old and new value have in
// common; a single one where the two companions are one word. f is called twice, with zeros and
// with ones, and must not ask what a field was: refused by the compiler where f holds nothing, and
// a panic where a bit would be inverted.
template <IoBase V, detail::Location L, class F>
IOVIEW_INLINE constexpr void update_by_companions(const V& block, L location, F&& f) noexcept {
    using R = typename L::Register;
    using Fn = std::remove_cvref_t<F>;
    static_assert(detail::CheckedUpdateBy<L, typename V::Target, Fn>::ok);
    if constexpr (detail::fault_of_update<L, typename V::Target, Fn> ==
                  detail::CompanionFault::none) {
        auto words = detail::words_by<L>(f); // (one that is const g++ keeps in memory)
        if (words.asks)
            panic("ioview: update_by_companions() reads nothing, and its function asks what was");
        if (words.clear != 0)
            block.as_view().write(detail::PlaceOf<detail::BitChange::clear, L>(location),
                                  R::Register::from_raw(words.clear));
        if (words.set != 0)
            block.as_view().write(detail::PlaceOf<detail::BitChange::set, L>(location),
                                  R::Register::from_raw(words.set));
    }
}
template <detail::RegisterValue R, IoBase V, class F>
IOVIEW_INLINE constexpr void update_by_companions(const V& block, F&& f) noexcept {
    update_by_companions(block, typename R::Register::At{}, static_cast<F&&>(f));
}
// invalid_argument where f inverts a bit. Where the first of two stores fails, there is no second;
// where the second does, the first is not taken back.
template <IoBase V, detail::Location L, class F>
[[nodiscard]] constexpr Result<>
try_update_by_companions(const V& block, L location, F&& f) noexcept {
    using R = typename L::Register;
    constexpr auto fault = detail::fault_of_update<L, typename V::Target, std::remove_cvref_t<F>>;
    static_assert(detail::CheckedCompanion<fault>::ok);
    if constexpr (fault == detail::CompanionFault::none) {
        auto words = detail::words_by<L>(f);
        if (words.asks)
            return fail(Error::invalid_argument);
        Result<> done;
        if (words.clear != 0)
            done = block.as_view().try_write(detail::PlaceOf<detail::BitChange::clear, L>(location),
                                             R::Register::from_raw(words.clear));
        if (done && words.set != 0)
            done = block.as_view().try_write(detail::PlaceOf<detail::BitChange::set, L>(location),
                                             R::Register::from_raw(words.set));
        return done;
    } else {
        return {};
    }
}
template <detail::RegisterValue R, IoBase V, class F>
[[nodiscard]] constexpr Result<> try_update_by_companions(const V& block, F&& f) noexcept {
    return try_update_by_companions(block, typename R::Register::At{}, static_cast<F&&>(f));
}

} // namespace ioview
