// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// relative: at an offset from each base of a family; and RegisterBase, such a base.
//
//   struct Cpu0 : io::RegisterBase<CpuBase, 0x100> {};
//   struct CpuCtl : io::Register<CpuCtl, std::uint32_t, io::relative<CpuBase, 0x10>> { … };
//   bar.read(CpuCtl::of<Cpu0>());

#include <ioview/config.hpp>
#include <ioview/io/register_access.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview {

// A base of a family, at an address in bytes: struct Cpu0 : io::RegisterBase<CpuBase, 0x1000> {};
template <class Family, std::size_t Address>
struct RegisterBase {
    using IoBaseFamily = Family;
    static constexpr std::size_t address = Address;
};

namespace detail {

// Base is one of R's family, and R at it is in place. The checks are apart from the values: a class
// that fails one would be reported again wherever it is used.
template <class Base>
inline constexpr std::size_t address_of_base = [] {
    if constexpr (requires { typename Base::IoBaseFamily; })
        return Base::address;
    else
        return std::size_t{0};
}();

template <class R, class Base>
inline constexpr bool same_family = [] {
    if constexpr (requires { typename Base::IoBaseFamily; } &&
                  !std::is_void_v<typename LocationOf<R>::IoFamily>)
        return std::same_as<typename Base::IoBaseFamily, typename LocationOf<R>::IoFamily>;
    else
        return true;
}();

template <class R, class Base>
inline constexpr std::size_t based_offset = address_of_base<Base> + place_of_register<R>.offset;

template <class R, class Base>
struct CheckedBase {
    static constexpr bool family = same_family<R, Base>;
    static constexpr bool base = requires { typename Base::IoBaseFamily; };
    static_assert(place_of_register<R>.is_relative,
                  "ioview: of<Base>() is for relative registers; this one is not");
    static_assert(base,
                  "ioview: of<Base>() takes a type derived from RegisterBase<Family, address>");
    static_assert(family,
                  "ioview: this base is of another family than the register is relative to");
    static_assert(address_of_base<Base> % alignof(R) == 0,
                  "ioview: at this base the register is misaligned for its storage");
    static_assert(address_of_base<Base> <=
                      static_cast<std::size_t>(-1) - extent_of<R> - place_of_register<R>.offset,
                  "ioview: at this base the register lies past the end of the address space");
    static constexpr bool ok = true;
};

// A relative register at one base.
template <class R, class Base>
struct BasedAt : InBlock<typename LocationOf<R>::IoBlock> {
    using Register = R;
    static constexpr std::size_t end = based_offset<R, Base> + sizeof(R);
    [[nodiscard]] IOVIEW_INLINE static constexpr std::size_t offset() noexcept {
        return based_offset<R, Base>;
    }
};
template <class R, class Base>
inline constexpr bool is_own_location<BasedAt<R, Base>> = true;

struct RelativeForm {
    using ElementForm = RelativeForm;
    template <bool HasOne>
    struct OnePlace {
        static_assert(HasOne,
                      "ioview: this register is relative to a base; name it with R::of<Base>()");
        static constexpr bool ok = true;
    };
    template <class R>
    using Locator = NoElements<R>;
};

} // namespace detail

template <class Family, std::size_t Offset, class Block = void>
struct relative : detail::LocationNames<detail::RelativeForm, Family, Block> {
    static constexpr detail::Place io_place{true, Offset, true};
};

} // namespace ioview
