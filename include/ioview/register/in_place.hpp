// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// InPlace: the value of a field that stays where the register has it, as an address does.

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/register/bounded.hpp>
#include <ioview/support/integer.hpp>

namespace ioview {

namespace detail {
// A bit of value lies outside mask; of any type, for what clang asks.
template <unsigned N, class Storage, class V>
constexpr bool constant_is_outside(Storage mask, const V& value) noexcept {
    if constexpr (Integer<V>)
        return !value_fits<N>(false, value) ||
               (static_cast<Storage>(value) & static_cast<Storage>(~mask)) != 0;
    else
        return false;
}
} // namespace detail

// The value of a field that stays in place (`unshifted`): a Storage with ones between High and Low
// only. Converts to the storage type.
template <class Storage, int High, int Low>
class InPlace {
public:
    static constexpr Storage mask =
        static_cast<Storage>((~0ull >> (63 - High)) & ~((1ull << Low) - 1));

    constexpr InPlace() noexcept = default;

    // A constant, checked by the compiler: no bit outside the field.
    // clang-format off
#if defined(__clang__)
    template <detail::Integer V>
    IOVIEW_INLINE constexpr InPlace(V constant) noexcept
        IOVIEW_REFUSE_AS(run_time_values_go_through_try_new_or_Bounded_masked,
                         !__builtin_constant_p(constant))
        IOVIEW_REFUSE_AS(a_negative_constant_needs_a_signed_type,
                         (detail::constant_is_negative(false, constant)))
        IOVIEW_REFUSE_AS(the_constant_is_too_wide_for_its_bits,
                         (detail::constant_is_outside<High + 1>(mask, constant)))
        : value_(static_cast<Storage>(constant)) {}
#else
    // clang-format on
    template <detail::Integer V>
    consteval InPlace(const V& constant) noexcept
        : value_(static_cast<Storage>(detail::fitting_bits<High + 1>(false, constant))) {
        if ((value_ & static_cast<Storage>(~mask)) != 0)
            detail::the_constant_is_too_wide_for_its_bits();
    }
#endif

    // overflow when value has a bit outside the field.
    template <detail::Integer V>
    [[nodiscard]] static constexpr Result<InPlace> try_new(V value) noexcept {
        if (!detail::value_fits<High + 1>(false, value) ||
            (static_cast<Storage>(value) & static_cast<Storage>(~mask)) != 0)
            return fail(Error::overflow);
        return masked(static_cast<Storage>(value));
    }

    // The bits of value inside the field; the others are dropped.
    [[nodiscard]] IOVIEW_INLINE static constexpr InPlace masked(Storage value) noexcept {
        InPlace made;
        made.value_ = static_cast<Storage>(value & mask);
        return made;
    }

    // The bits in their place.
    [[nodiscard]] IOVIEW_INLINE constexpr Storage get() const noexcept { return value_; }
    IOVIEW_INLINE constexpr operator Storage() const noexcept { return value_; }

private:
    Storage value_ = 0;
};

} // namespace ioview
