// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// A base and an index as one sum: what is added to it ends as the constant of the addressing form.
// g++ would add the constants to the index, in an instruction of their own; a launder is nothing
// but a place that it does not move additions over.
//
//   address = kept_sum(base + i * sizeof(Entry)) + 8;   // ldr w0, [x0, #8]

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>

#include <cstdint>

namespace ioview::detail {

IOVIEW_INLINE constexpr std::uintptr_t kept_sum(std::uintptr_t sum) noexcept {
    if (__builtin_is_constant_evaluated())
        return sum;
    return reinterpret_cast<std::uintptr_t>(__builtin_launder(reinterpret_cast<char*>(sum)));
}

// Backends of the CPU's addresses have a hook for it.
template <class B, class View>
inline constexpr bool keeps_sums = requires(View view) { B::keep_sum(view); };

template <class B, class View>
IOVIEW_INLINE constexpr View kept(View view) noexcept {
    if constexpr (keeps_sums<B, View>)
        return B::keep_sum(view);
    else
        return view;
}

} // namespace ioview::detail
