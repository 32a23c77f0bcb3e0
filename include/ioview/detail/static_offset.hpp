// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// An offset that the compiler has checked against the least size and alignment of a target. A bad
// one is refused at the user's line: the checks call functions that are not constexpr, whose names
// say what is wrong.
//
//   constexpr std::uint32_t read32(StaticOffset<std::uint32_t, Region<0x100>> offset);

#include <ioview/region.hpp>

#include <concepts>
#include <cstddef>

namespace ioview::detail {

void offset_is_past_the_end_of_the_region(); // or give the Region a greater minimum, or use try_…
void offset_is_misaligned_for_this_width();
void region_has_too_small_an_alignment_for_this_width(); // declare it Region<Size, Align>

consteval void check_offset(std::size_t offset,
                            std::size_t bytes,
                            std::size_t align,
                            std::size_t min_size,
                            std::size_t min_align) {
    if (!fits(offset, bytes, min_size))
        offset_is_past_the_end_of_the_region();
    if (min_align < align)
        region_has_too_small_an_alignment_for_this_width();
    if (offset % align != 0)
        offset_is_misaligned_for_this_width();
}

// An offset for Bytes bytes aligned to Align inside a T.
template <std::size_t Bytes, std::size_t Align, class T>
struct StaticOffset {
    std::size_t value;

    template <std::integral I>
    consteval StaticOffset(I offset) noexcept : value(to_size(offset)) {
        check_offset(value, Bytes, Align, min_size_of<T>, min_align_of<T>);
    }
};

// For one access of a W: naturally aligned whatever the language's alignment of W is.
template <class W, class T>
using AccessOffset = StaticOffset<sizeof(W), sizeof(W), T>;

} // namespace ioview::detail
