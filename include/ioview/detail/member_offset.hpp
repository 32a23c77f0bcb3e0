// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A pointer to member as a byte offset, in constant expressions too.
//
//   static_assert(offset_of<Queue, Rx>(&Queue::rx) == 8);

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

template <class C, class M>
constexpr std::size_t search_offset(M C::*pointer) noexcept {
    Blank<C> blank;
    const volatile void* place = __builtin_addressof(blank.object.*pointer);
    std::size_t offset = 0;
    while (static_cast<const volatile void*>(blank.bytes + offset) != place)
        ++offset;
    return offset;
}

// A pointer to data member holds its offset (Itanium C++ ABI 2.3), which folds to a constant.
template <class C, class M>
IOVIEW_INLINE constexpr std::size_t offset_of(M C::*pointer) noexcept {
    if (__builtin_is_constant_evaluated())
        return search_offset<C, M>(pointer);
    std::ptrdiff_t offset = 0;
    static_assert(sizeof(pointer) == sizeof(offset));
    __builtin_memcpy(&offset, &pointer, sizeof(offset));
    return static_cast<std::size_t>(offset);
}

} // namespace ioview::detail
