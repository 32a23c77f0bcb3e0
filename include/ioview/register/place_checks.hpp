// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The place of a register as a plain value, and what is wrong with it.
//
//   static_assert(detail::place_fault(io::fixed<0x10>::io_place, 4, 4) ==
//   detail::PlaceFault::none);

#include <cstddef>
#include <cstdint>

namespace ioview::detail {

struct FieldMap;

enum class PlaceKind : std::uint8_t { none, fixed, array, relative, relative_array };

enum class PlaceFault : std::uint8_t {
    none,
    misaligned,
    stride_too_small,
    stride_misaligned,
    no_elements,
    past_the_address_space,
    alias_wider,
    alias_needs_index,
    alias_takes_no_index,
    alias_index_past_count,
    alias_of_nowhere,
};

inline constexpr std::size_t natural_stride = static_cast<std::size_t>(-1);

struct Place {
    PlaceKind kind = PlaceKind::none;
    std::size_t offset = 0;
    std::size_t count = 1;
    std::size_t stride = natural_stride;
    // Of the register that an alias names: its bytes, 0 of no alias, its fields, its byte order.
    std::size_t room = 0;
    const FieldMap* under = nullptr;
    bool under_is_big = false;
    PlaceFault fault = PlaceFault::none;
    bool is_alias = false;
};

// What is wrong with a register of size bytes there.
constexpr PlaceFault place_fault(const Place& place, std::size_t size, std::size_t align) {
    constexpr auto greatest = static_cast<std::size_t>(-1);
    if (place.fault != PlaceFault::none)
        return place.fault;
    if (place.room != 0 && size > place.room)
        return PlaceFault::alias_wider;
    if (place.kind == PlaceKind::none)
        return PlaceFault::none;
    if (place.offset % align != 0)
        return PlaceFault::misaligned;
    if (place.count == 0)
        return PlaceFault::no_elements;
    const std::size_t stride = place.stride == natural_stride ? size : place.stride;
    const bool has_stride =
        place.kind == PlaceKind::array || place.kind == PlaceKind::relative_array;
    if (has_stride && stride < size)
        return PlaceFault::stride_too_small;
    if (has_stride && stride % align != 0)
        return PlaceFault::stride_misaligned;
    if (place.offset > greatest - size ||
        place.count - 1 > (greatest - size - place.offset) / stride)
        return PlaceFault::past_the_address_space;
    return PlaceFault::none;
}

template <PlaceFault F>
struct CheckedPlace {
    static_assert(F != PlaceFault::misaligned,
                  "ioview: the offset of a register is misaligned for its storage");
    static_assert(F != PlaceFault::stride_too_small,
                  "ioview: the stride of a register array is less than the size of a register");
    static_assert(F != PlaceFault::stride_misaligned,
                  "ioview: the stride of a register array is misaligned for its storage");
    static_assert(F != PlaceFault::no_elements, "ioview: a register array has one element or more");
    static_assert(F != PlaceFault::past_the_address_space,
                  "ioview: a register array runs past the end of the address space");
    static_assert(F != PlaceFault::alias_wider,
                  "ioview: an alias is wider than the register that it names");
    static_assert(
        F != PlaceFault::alias_needs_index,
        "ioview: an alias of a register array names one element; write io::alias<R, index>");
    static_assert(F != PlaceFault::alias_takes_no_index,
                  "ioview: an alias takes an index of a register array only; write io::alias<R>");
    static_assert(F != PlaceFault::alias_index_past_count,
                  "ioview: the index of an alias is past the count of the register array");
    static_assert(F != PlaceFault::alias_of_nowhere,
                  "ioview: an alias names a register that has no location");
    static constexpr bool ok = true;
};

} // namespace ioview::detail
