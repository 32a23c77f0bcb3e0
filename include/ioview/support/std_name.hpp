// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/error.hpp>
// Part of <ioview/error.hpp>, which is the one to include.
#pragma once
// Whether a type is the one of the standard library that has a name, asked without the header that
// has it: <utility>, for in_place_t, is a tenth of what a driver includes.
//
//   static_assert(is_std<std::in_place_t>("in_place_t]") && is_std<std::array<int, 2>>("array<"));

namespace ioview::detail {

// The name of this function ends with "T = std::in_place_t]", perhaps with a namespace of the
// library's own after std.
template <class T>
constexpr bool is_std(const char* name) noexcept {
    const char* said = __PRETTY_FUNCTION__;
    while (*said != '=')
        ++said;
    ++said;
    for (const char* wanted = " std::"; *wanted != '\0'; ++wanted, ++said)
        if (*said != *wanted)
            return false;
    if (said[0] == '_' && said[1] == '_') {
        while (*said != ':' && *said != '\0')
            ++said;
        if (*said != '\0')
            said += 2;
    }
    for (; *name != '\0'; ++name, ++said)
        if (*said != *name)
            return false;
    return true;
}

} // namespace ioview::detail
