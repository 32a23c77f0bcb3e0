// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The place of a register as a plain value, and what is wrong with it.
//
//   static_assert(detail::place_fault(io::fixed<0x10>::io_place, 4, 4) ==
//                 detail::PlaceFault::none);

#include <cstddef>
#include <cstdint>

namespace ioview::detail {

struct FieldMap;

enum class PlaceFault : std::uint8_t {
    none,
    misaligned,
    stride_too_small,
    stride_misaligned,
    no_elements,
    past_the_address_space,
    elements_overlap,
    too_little_room,
};

inline constexpr std::size_t natural_stride = static_cast<std::size_t>(-1);

// What one index counts: so many, so many bytes from one to the next. The natural stride is the
// size of the register.
struct Step {
    std::size_t count = 1;
    std::size_t stride = natural_stride;
};

// The indices of an element, of which as many count as its place has steps.
struct Indices {
    std::size_t index[2] = {};
};

struct Place {
    bool is_somewhere = false;
    std::size_t offset = 0;   // from the base, if it is relative
    bool is_relative = false; // to a base of a family
    int indices = 0;          // that name an element
    Step steps[2] = {};       // as the indices are written
    std::size_t room = 0;     // bytes that there are at the place, of an alias; 0: any number
    const FieldMap* under = nullptr; // of the register that an alias names
    bool under_is_big = false;
    bool is_alias = false;

    // The offset, as a number in the code: where a member of a constant is named, clang emits the
    // constant at -O0, one for each register.
    consteval std::size_t start() const noexcept { return offset; }
    // The type of the register tells where it is.
    constexpr bool is_one_place() const noexcept {
        return is_somewhere && !is_relative && indices == 0;
    }
    constexpr std::size_t stride(int step, std::size_t size) const noexcept {
        return steps[step].stride == natural_stride ? size : steps[step].stride;
    }
    // Bytes from the first element to the end of the last, of registers of size bytes.
    constexpr std::size_t extent(std::size_t size) const noexcept {
        std::size_t bytes = size;
        for (int i = 0; i < indices; ++i)
            bytes += (steps[i].count - 1) * stride(i, size);
        return bytes;
    }
    constexpr std::size_t offset_at(const Indices& at, std::size_t size) const noexcept {
        std::size_t bytes = offset;
        for (int i = 0; i < indices; ++i)
            bytes += at.index[i] * stride(i, size);
        return bytes;
    }
    // The element whose bytes hold this offset; false where none does.
    constexpr bool find(std::size_t at, std::size_t size, Indices& found) const noexcept {
        if (at < offset)
            return false;
        std::size_t rest = at - offset;
        const bool is_first_wider = indices < 2 || stride(0, size) >= stride(1, size);
        for (int i = 0; i < indices; ++i) {
            const int step = is_first_wider ? i : indices - 1 - i;
            const std::size_t last = steps[step].count - 1;
            const std::size_t fits = rest / stride(step, size);
            found.index[step] = fits < last ? fits : last;
            rest -= found.index[step] * stride(step, size);
        }
        return rest < size;
    }
};

// What is wrong with a register of size bytes there.
constexpr PlaceFault place_fault(const Place& place, std::size_t size, std::size_t align) {
    constexpr auto greatest = static_cast<std::size_t>(-1);
    if (!place.is_somewhere)
        return PlaceFault::none;
    if (place.room != 0 && size > place.room)
        return PlaceFault::too_little_room;
    if (place.offset % align != 0)
        return PlaceFault::misaligned;
    for (int i = 0; i < place.indices; ++i) {
        if (place.steps[i].count == 0)
            return PlaceFault::no_elements;
        if (place.stride(i, size) < size)
            return PlaceFault::stride_too_small;
        if (place.stride(i, size) % align != 0)
            return PlaceFault::stride_misaligned;
    }
    if (place.offset > greatest - size)
        return PlaceFault::past_the_address_space;
    std::size_t left = greatest - size - place.offset;
    for (int i = 0; i < place.indices; ++i) {
        const std::size_t stride = place.stride(i, size);
        if (place.steps[i].count - 1 > left / stride)
            return PlaceFault::past_the_address_space;
        left -= (place.steps[i].count - 1) * stride;
    }
    if (place.indices == 2) {
        const int narrow = place.stride(0, size) < place.stride(1, size) ? 0 : 1;
        if ((place.steps[narrow].count - 1) * place.stride(narrow, size) + size >
            place.stride(1 - narrow, size))
            return PlaceFault::elements_overlap;
    }
    return PlaceFault::none;
}

// The same of a location. Registers at one offset share what is found, and the offset of a fixed
// one is looked at alone: each register that is declared asks.
template <class Location, std::size_t Size, std::size_t Align>
inline constexpr PlaceFault place_fault_of = place_fault(Location::io_place, Size, Align);

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
    static_assert(F != PlaceFault::elements_overlap,
                  "ioview: two elements of a register array lie over each other");
    static_assert(F != PlaceFault::too_little_room,
                  "ioview: an alias is wider than the register that it names");
    static constexpr bool ok = true;
};

} // namespace ioview::detail
