// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// How a step of a macro is written, read by the compiler: what no step looks like is refused
// before it is taken for a member.
//
//   static_assert(spelling("io::at(i)") == Spelling::colons);

#include <ioview/config.hpp>
#include <ioview/project/start.hpp>

namespace ioview::detail {

// A bracket would index without a check.
consteval bool has_bracket(const char* path) noexcept {
    return __builtin_strchr(path, '[') != nullptr;
}
// What else no step begins with: the colons of io::at(i), or a piece of Pair<1, 2>, which a macro
// takes for two arguments.
enum class Spelling : unsigned char { good, colons, piece };
consteval Spelling spelling(const char* step) noexcept {
    const char* const end = __builtin_strchr(step, '(');
    const auto begins_with = [&](char c) {
        const char* const place = __builtin_strchr(step, c);
        return place != nullptr && (end == nullptr || place < end);
    };
    const bool opens = begins_with('<');
    const bool closes = begins_with('>');
    return opens != closes    ? Spelling::piece
           : begins_with(':') ? Spelling::colons
           : opens            ? Spelling::piece
                              : Spelling::good;
}
// Asked before the view, and before the offset and the type of a member, since compilers read no
// further in what is neither.
template <Spelling S>
struct Spelled {
    static_assert(S != Spelling::colons,
                  "ioview: a step of a macro has no io:: before it; write at(i), or static_at(3)");
    static_assert(S != Spelling::piece,
                  "ioview: a macro takes a comma between < and > for the end of its argument; put "
                  "parentheses around the argument");
    static consteval bool has_bracket(const char* path) noexcept {
        return detail::has_bracket(path);
    }
    template <class V>
    IOVIEW_INLINE static constexpr auto start(const V& io) noexcept {
        return detail::start(io);
    }
};

} // namespace ioview::detail
