// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Shadow: remembers what a register was given that cannot be read back, so that one field of it can
// be changed. An update is one store, of the value last written but for what changes.
//
//   io::Shadow<Dor> dor;                                          // write-only: nothing is known
//   dor.write(ports, Dor{}.with_not_reset(true));
//   dor.update(ports, [](Dor d) { return d.with_motor_a(true); });
//
//   io::Shadow<Dor> dor{Dor::reset()};           // what the register holds is known at first
//   io::Shadow relay{Relay::at(2)};              // an element of an array, a register at a base
//
// A shadow belongs to one register of one device, and whatever writes that goes through it; where
// several do, under a lock of theirs. It may be of any register that is written, also to spare a
// slow read, but what the device changes by itself it does not see.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/given.hpp>
#include <ioview/io/register_access.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register.hpp>

#include <cstdint>
#include <type_traits>

namespace ioview {
namespace detail {

// A register that is a member of a block, or handed over as a view of itself.
struct ByItsView {};
template <class R, bool HasPlace = has_place<R>()>
struct ShadowPlace {
    using Type = ByItsView;
};
template <class R>
struct ShadowPlace<R, true> {
    using Type = typename R::Register::At;
};

template <bool HasPlace>
struct CheckedShadowPlace {
    static_assert(HasPlace,
                  "ioview: this register has no location; give its shadow a view of it, "
                  "IO_PROJECT(block, member)");
    static constexpr bool ok = true;
};

} // namespace detail

// Of the register R at a location, where its type does not tell that. Where a store fails, the
// value remembered is that of the store before.
template <detail::RegisterValue R, class Place = typename detail::ShadowPlace<R>::Type>
class Shadow {
    static_assert(detail::CheckedMap<detail::Does::write, R>::ok);

public:
    constexpr Shadow() noexcept
        requires std::is_default_constructible_v<Place>
        : place_() {}
    constexpr explicit Shadow(R held) noexcept
        requires std::is_default_constructible_v<Place>
        : place_(), value_(held), is_known_(true) {}
    constexpr explicit Shadow(Place place) noexcept : place_(place) {}
    constexpr Shadow(Place place, R held) noexcept : place_(place), value_(held), is_known_(true) {}

    Shadow( // ioview: a register has one shadow; move it, or pass a reference
        const Shadow&) = delete;
    Shadow& operator=( // ioview: a register has one shadow; move it, or assign its value()
        const Shadow&) = delete;
    // What was moved from knows nothing.
    constexpr Shadow(Shadow&& other) noexcept
        : place_(other.place_), value_(other.value_), is_known_(other.is_known_) {
        other.is_known_ = false;
    }

    // Whether there is a value: the last one written, or said to be there.
    [[nodiscard]] constexpr bool is_known() const noexcept { return is_known_; }
    // A panic where nothing is known.
    [[nodiscard]] IOVIEW_INLINE constexpr R value() const noexcept {
        if (!is_known_)
            panic("ioview: a shadow is asked for what was never written");
        return value_;
    }
    // invalid_argument where nothing is known.
    [[nodiscard]] constexpr Result<R> try_value() const noexcept {
        if (!is_known_)
            return fail(Error::invalid_argument);
        return value_;
    }
    // After a reset of the device: it holds that, or nobody knows what.
    constexpr void assume(R held) noexcept {
        value_ = held;
        is_known_ = true;
    }
    constexpr void forget() noexcept { is_known_ = false; }

    // One store. Of a medium that can fail what is remembered is what arrived.
    template <IoBase V>
    IOVIEW_INLINE constexpr void write(const V& io, R value) noexcept {
        if (stored(io, value))
            assume(value);
    }
    // Error of the medium, or of a location out of the region's bounds.
    template <IoBase V>
    [[nodiscard]] constexpr Result<> try_write(const V& io, R value) noexcept {
        const Result<> done = try_store(io, value);
        if (done)
            assume(value);
        return done;
    }

    // One f(R) -> R, one store, no read. In f, fields whose write has an effect hold the value that
    // has none, as in any update. A panic where nothing is known.
    template <IoBase V, class F>
    IOVIEW_INLINE constexpr void update(const V& io, F&& f) noexcept {
        if (!is_known_)
            panic("ioview: a shadow is updated before the register was written");
        const R value = next(f);
        if (stored(io, value))
            value_ = value;
    }
    // invalid_argument, and no store, where nothing is known.
    template <IoBase V, class F>
    [[nodiscard]] constexpr Result<> try_update(const V& io, F&& f) noexcept {
        if (!is_known_)
            return fail(Error::invalid_argument);
        const R value = next(f);
        const Result<> done = try_store(io, value);
        if (done)
            value_ = value;
        return done;
    }

private:
    static constexpr bool has_place = !std::is_same_v<Place, detail::ByItsView>;
    template <class V>
    static constexpr bool is_its_view = std::is_same_v<typename V::Target, R>;

    // Whether the store has arrived, as far as the medium says so.
    template <class V>
    IOVIEW_INLINE constexpr bool stored(const V& io, R value) const noexcept {
        using Word = typename detail::Wire<typename R::Register::StoredAs>::Word;
        if constexpr (detail::has_try_io_write<typename V::Backend, Word>) {
            return try_store(io, value).has_value();
        } else {
            static_assert(detail::CheckedShadowPlace < is_its_view<V> || has_place > ::ok);
            if constexpr (is_its_view<V>)
                io.as_view().write(value);
            else if constexpr (has_place)
                io.as_view().write(place_, value);
            return true;
        }
    }
    template <class V>
    [[nodiscard]] constexpr Result<> try_store(const V& io, R value) const noexcept {
        static_assert(detail::CheckedShadowPlace < is_its_view<V> || has_place > ::ok);
        if constexpr (is_its_view<V>)
            return io.as_view().try_write(value);
        else if constexpr (has_place)
            return io.as_view().try_write(place_, value);
        else
            return {};
    }

    template <class F>
    IOVIEW_INLINE constexpr R next(F& f) const noexcept {
        using Stored = typename R::Register::StoredAs;
        constexpr std::uint64_t ones = R::io_map.write_one;
        constexpr std::uint64_t drop = R::io_map.write_zero | ones;
        const auto held = __builtin_bit_cast(
            R, detail::update_bits(__builtin_bit_cast(Stored, value_), drop, ones));
        if constexpr (std::is_void_v<decltype(f(held))>) {
            static_assert(detail::ReturnsAValue<sizeof(R) == 0>::ok);
            return held;
        } else {
            const auto made = f(held);
            static_assert(detail::CheckedUpdate<std::is_same_v<const R, decltype(made)>>::ok);
            return made;
        }
    }

    // First: where it is empty, g++ 12 makes zero of a byte at its place as it initialises it.
    IOVIEW_NO_UNIQUE_ADDRESS Place place_;
    R value_{};
    bool is_known_ = false;
};

template <detail::RegisterValue R>
Shadow(R) -> Shadow<R>;
template <detail::Location L>
Shadow(L) -> Shadow<typename L::Register, L>;
template <detail::Location L>
Shadow(L, typename L::Register) -> Shadow<typename L::Register, L>;

} // namespace ioview
