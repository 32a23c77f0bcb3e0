// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Where a register is: the third argument of Register, and the values that at() and of() return.
//
//   io::fixed<0x10>                                 // offset
//   io::array<0x80, 64, 8>                          // offset, count, stride
//   io::relative<CpuBase, 0x10>                     // family of bases, offset
//   io::relative_array<CpuBase, 0x20, 4, 4>         // family, offset, count, stride
//   io::alias<Scratch, 3>                           // another register in the same place
//
// Each takes the block it belongs to as its last argument, if any: io::fixed<0x10, Pl011>.

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/register_access.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/register/stored_bits.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
namespace detail {

// Shared by all locations of one family and block: g++ walks a list of all aliases of void.
template <class Family, class BlockType>
struct PlaceNames {
    using IoFamily = Family;
    using IoBlock = BlockType;
};
template <class BlockType>
struct InBlock {
    using Block = BlockType;
};

} // namespace detail

// No location: for registers that are only members of register-block structs.
struct unlocated : detail::PlaceNames<void, void> {
    static constexpr detail::Place io_place{};
};

// At one offset, in bytes.
template <std::size_t Offset, class Block = void>
struct fixed : detail::PlaceNames<void, Block> {
    static constexpr detail::Place io_place{detail::PlaceKind::fixed, Offset};
};

// Count registers, Stride bytes from one to the next (by default they touch).
template <std::size_t Offset,
          std::size_t Count,
          std::size_t Stride = detail::natural_stride,
          class Block = void>
struct array : detail::PlaceNames<void, Block> {
    static constexpr detail::Place io_place{detail::PlaceKind::array, Offset, Count, Stride};
};

// At an offset from each base of a family: RegisterBase<Family, address>.
template <class Family, std::size_t Offset, class Block = void>
struct relative : detail::PlaceNames<Family, Block> {
    static constexpr detail::Place io_place{detail::PlaceKind::relative, Offset};
};

// An array at an offset from each base of a family.
template <class Family,
          std::size_t Offset,
          std::size_t Count,
          std::size_t Stride = detail::natural_stride,
          class Block = void>
struct relative_array : detail::PlaceNames<Family, Block> {
    static constexpr detail::Place io_place{
        detail::PlaceKind::relative_array, Offset, Count, Stride};
};

// The place of another register, or of element Index of a register array, read another way. An
// alias of a relative register is relative to the same family.
template <class Target, std::size_t... Index>
struct alias : detail::PlaceNames<typename Target::Register::Location::IoFamily,
                                  typename Target::Register::Location::IoBlock> {
    static_assert(sizeof...(Index) <= 1, "ioview: an alias takes one index at most");

    static constexpr detail::Place io_place = [] {
        using detail::PlaceFault;
        using detail::PlaceKind;
        detail::Place place = Target::Register::Location::io_place;
        place.room = sizeof(Target);
        place.is_alias = true;
        place.under = &Target::io_map;
        place.under_is_big = detail::is_big<typename Target::Register::StoredAs>;
        const bool is_array =
            place.kind == PlaceKind::array || place.kind == PlaceKind::relative_array;
        const std::size_t index = (std::size_t{0} + ... + Index);
        if (place.kind == PlaceKind::none)
            place.fault = PlaceFault::alias_of_nowhere;
        else if (is_array && sizeof...(Index) == 0)
            place.fault = PlaceFault::alias_needs_index;
        else if (!is_array && sizeof...(Index) != 0)
            place.fault = PlaceFault::alias_takes_no_index;
        else if (is_array && index >= place.count)
            place.fault = PlaceFault::alias_index_past_count;
        else if (is_array) {
            place.kind = place.kind == PlaceKind::array ? PlaceKind::fixed : PlaceKind::relative;
            place.offset +=
                index * (place.stride == detail::natural_stride ? place.room : place.stride);
            place.count = 1;
        }
        return place;
    }();
};

// A base of a family: struct Cpu0 : io::RegisterBase<CpuBase, 0x100> {};
template <class Family, std::size_t Address>
struct RegisterBase {
    using IoBaseFamily = Family;
    static constexpr std::size_t address = Address;
};

namespace detail {

// Not constexpr: the names are the messages.
void the_index_is_past_the_count_of_the_register_array();
void the_index_is_negative();

// Reads the constant by reference: a run-time index is refused here, so that the compiler prints
// this name.
template <std::integral I>
consteval I run_time_indices_go_through_try_at(const I& constant) noexcept {
    return constant;
}

// The index of at(): a constant below Count.
template <std::size_t Count>
struct ArrayIndex {
    const std::size_t value;
    // Not consteval on clang, for the reason given at StaticOffset.
#if defined(__clang__)
    // clang-format off
    template <std::integral I>
    IOVIEW_INLINE constexpr ArrayIndex(I constant) noexcept
        IOVIEW_REFUSE_AS(run_time_indices_go_through_try_at, !__builtin_constant_p(constant))
        IOVIEW_REFUSE_AS(the_index_is_negative, (constant_is_negative(false, constant)))
        IOVIEW_REFUSE_AS(the_index_is_past_the_count_of_the_register_array,
                         (constant_offset(constant) >= Count))
        : value(static_cast<std::size_t>(constant)) {}
    // clang-format on
#else
    template <std::integral I>
    consteval ArrayIndex(const I& constant) noexcept
        : value(static_cast<std::size_t>(run_time_indices_go_through_try_at(constant))) {
        if constexpr (std::is_signed_v<I>) {
            if (constant < 0)
                the_index_is_negative();
        }
        if (value >= Count || static_cast<I>(value) != constant)
            the_index_is_past_the_count_of_the_register_array();
    }
#endif
};

struct NoIndex {
    // The compiler prints this line.
    // clang-format off
    template <class I>
    NoIndex(I) = delete; // ioview: only a register array has at(); a relative one after of<Base>()
    // clang-format on
};

template <std::integral I>
constexpr bool index_is_below(I index, std::size_t count) noexcept {
    if constexpr (std::is_signed_v<I>) {
        if (index < 0)
            return false;
    }
    return static_cast<std::make_unsigned_t<std::conditional_t<std::same_as<I, bool>, char, I>>>(
               index) < count;
}

template <class R>
using LocationOf = typename R::Register::Location;
template <class R>
inline constexpr Place place_of_register = LocationOf<R>::io_place;
template <class R>
inline constexpr std::size_t stride_of =
    place_of_register<R>.stride == natural_stride ? sizeof(R) : place_of_register<R>.stride;

// Bytes from the first register of an array to the end of the last.
template <class R>
inline constexpr std::size_t extent_of =
    (place_of_register<R>.count - 1) * stride_of<R> + sizeof(R);

// The place of a register that its type alone tells: fixed, or an alias of a fixed place.
template <class R>
struct At : InBlock<typename LocationOf<R>::IoBlock> {
    using Register = R;
    static_assert(CheckedAccess<place_fault_of(LocationOf<R>::io_place.kind)>::ok);
    static constexpr std::size_t end = LocationOf<R>::io_place.offset + sizeof(R);
    [[nodiscard]] IOVIEW_INLINE static constexpr std::size_t offset() noexcept {
        return LocationOf<R>::io_place.offset;
    }
};

template <class R>
inline constexpr bool is_own_location<At<R>> = true;

// One element of a register array. Its end is that of the last element.
template <class R>
class ElementAt : public InBlock<typename LocationOf<R>::IoBlock> {
public:
    using Register = R;
    static constexpr std::size_t end = place_of_register<R>.offset + extent_of<R>;
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t offset() const noexcept { return offset_; }

    using Index = ArrayIndex<place_of_register<R>.count>;
    IOVIEW_INLINE explicit constexpr ElementAt(Index index) noexcept : ElementAt(index.value) {}

    template <std::integral I>
    [[nodiscard]] static constexpr Result<ElementAt> try_at(I index) noexcept {
        if (!index_is_below(index, place_of_register<R>.count))
            return fail(Error::out_of_bounds);
        return ElementAt(static_cast<std::size_t>(index));
    }

private:
    IOVIEW_INLINE explicit constexpr ElementAt(std::size_t index) noexcept
        : offset_(place_of_register<R>.offset + index * stride_of<R>) {}
    std::size_t offset_;
};
template <class R>
inline constexpr bool is_own_location<ElementAt<R>> = true;

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

template <class R>
inline constexpr bool is_relative = place_of_register<R>.kind == PlaceKind::relative ||
                                    place_of_register<R>.kind == PlaceKind::relative_array;

template <class R, class Base>
inline constexpr std::size_t based_offset = address_of_base<Base> + place_of_register<R>.offset;

template <class R, class Base>
struct CheckedBase {
    static constexpr bool family = same_family<R, Base>;
    static constexpr bool base = requires { typename Base::IoBaseFamily; };
    static_assert(is_relative<R>, "ioview: of<Base>() is for relative registers; this one is not");
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

template <class R, class Base>
struct BasedArray;

// One element of a relative register array at one base.
template <class R, class Base>
class BasedElementAt : public InBlock<typename LocationOf<R>::IoBlock> {
public:
    using Register = R;
    static constexpr std::size_t end = based_offset<R, Base> + extent_of<R>;
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t offset() const noexcept { return offset_; }

private:
    friend BasedArray<R, Base>;
    IOVIEW_INLINE explicit constexpr BasedElementAt(std::size_t index) noexcept
        : offset_(based_offset<R, Base> + index * stride_of<R>) {}
    std::size_t offset_;
};
template <class R, class Base>
inline constexpr bool is_own_location<BasedElementAt<R, Base>> = true;

// A relative register array at one base: not yet a location.
template <class R, class Base>
struct BasedArray {
    static constexpr std::size_t count = place_of_register<R>.count;

    // The element at a constant index, checked by the compiler.
    [[nodiscard]] IOVIEW_INLINE static constexpr BasedElementAt<R, Base>
    at(ArrayIndex<count> index) noexcept {
        return BasedElementAt<R, Base>(index.value);
    }
    // The element at an index of any integer type; out_of_bounds.
    template <std::integral I>
    [[nodiscard]] static constexpr Result<BasedElementAt<R, Base>> try_at(I index) noexcept {
        if (!index_is_below(index, count))
            return fail(Error::out_of_bounds);
        return BasedElementAt<R, Base>(static_cast<std::size_t>(index));
    }
};

// What at() and of() of a register return.
template <class R>
struct Locator {
    static constexpr bool is_array = place_of_register<R>.kind == PlaceKind::array;
    using Element = std::conditional_t<is_array, ElementAt<R>, NoIndex>;
    using Index = std::conditional_t<is_array, ArrayIndex<place_of_register<R>.count>, NoIndex>;
    template <class Base>
    using Of = std::conditional_t<place_of_register<R>.kind == PlaceKind::relative_array,
                                  BasedArray<R, Base>,
                                  BasedAt<R, Base>>;
};

} // namespace detail
} // namespace ioview
