// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// A pointer to member as a byte offset, in constant expressions too.
//
//   static_assert(member_offset<Queue, Rx>(&Queue::rx) == 8);

#include <ioview/config.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// Storage for a C without a C: its bytes can be compared with the places of its members.
template <class C>
union Blank {
    constexpr Blank() noexcept : bytes{} {}
    constexpr ~Blank() {}
    char bytes[sizeof(C)];
    C object;
};

// clang knows how much of an object lies behind a place in it; g++ says which of two places comes
// first, so the offset is found by halves. Neither takes longer for a member that is far away.
template <class C, class M>
constexpr std::size_t search_offset(M C::*pointer) noexcept {
    if (pointer == nullptr)
        return static_cast<std::size_t>(-1);
    Blank<C> blank;
    const volatile void* place = __builtin_addressof(blank.object.*pointer);
#ifdef __clang__
    return sizeof(blank) - __builtin_object_size(const_cast<const void*>(place), 0);
#else
    std::size_t offset = 0; // sizeof(C) when the place is no part of the C
    for (std::size_t end = sizeof(C) + 1; end - offset > 1;) {
        const std::size_t middle = offset + (end - offset) / 2;
        if (static_cast<const volatile void*>(blank.bytes + middle) <= place)
            offset = middle;
        else
            end = middle;
    }
    return offset;
#endif
}

// A pointer to data member holds its offset (Itanium C++ ABI 2.3, and Microsoft's in an int), which
// folds to a constant. Null is -1, the greatest offset.
template <class C, class M>
IOVIEW_INLINE constexpr std::size_t member_offset(M C::*pointer) noexcept {
    if (__builtin_is_constant_evaluated())
        return search_offset<C, M>(pointer);
    using Offset = std::conditional_t<sizeof(pointer) == sizeof(int), int, std::ptrdiff_t>;
    static_assert(sizeof(pointer) == sizeof(Offset));
    Offset offset = 0;
    __builtin_memcpy(&offset, &pointer, sizeof(offset));
    return static_cast<std::size_t>(offset);
}

} // namespace ioview::detail
