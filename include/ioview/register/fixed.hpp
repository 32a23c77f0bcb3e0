// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// fixed: at one offset, in bytes.
//
//   struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> { … };

#include <ioview/config.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>

#include <cstddef>

namespace ioview {
namespace detail {

// The place of a register that its type alone tells: fixed, or an alias of a fixed place.
template <class R>
struct At : InBlock<typename LocationOf<R>::IoBlock> {
    using Register = R;
    static_assert(CheckedPlaceAccess<one_place_fault(LocationOf<R>::io_place),
                                     typename LocationOf<R>::Form>::type::ok);
    static constexpr std::size_t end = LocationOf<R>::io_place.offset + sizeof(R);
    [[nodiscard]] IOVIEW_INLINE static constexpr std::size_t offset() noexcept {
        return LocationOf<R>::io_place.offset;
    }
};

template <class R>
inline constexpr bool is_own_location<At<R>> = true;

struct FixedForm {
    using ElementForm = FixedForm;
    template <bool HasOne>
    struct OnePlace;
    template <class R>
    struct Locator : NoElements<R> {
        template <class F>
        static constexpr void for_each(const F& f) {
            f(At<R>{}, Indices{});
        }
    };
};

} // namespace detail

template <std::size_t Offset, class Block = void>
struct fixed : detail::LocationNames<detail::FixedForm, void, Block> {
    static constexpr detail::Place io_place{true, Offset};
};

namespace detail {
template <std::size_t Offset, class Block, std::size_t Size, std::size_t Align>
inline constexpr PlaceFault place_fault_of<fixed<Offset, Block>, Size, Align> =
    Offset % Align != 0                            ? PlaceFault::misaligned
    : Offset > static_cast<std::size_t>(-1) - Size ? PlaceFault::past_the_address_space
                                                   : PlaceFault::none;
} // namespace detail

} // namespace ioview
