// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// ArrayIndex: the index of at(), a constant below Count; and what try_at() takes.
//
//   detail::ArrayIndex<64> index = 7;                // 64 does not compile

#include <ioview/config.hpp>
#include <ioview/region.hpp>
#include <ioview/support/integer.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// Not constexpr: the names are the messages.
void the_index_is_past_the_count_of_the_register_array();
void the_index_is_negative();

void run_time_indices_go_through_try_at();

// By reference: only then does g++ look at the index here, and the name of what is called is its
// message.
template <std::integral I>
consteval I known_index(const I& constant) noexcept {
    if (!__builtin_constant_p(constant))
        run_time_indices_go_through_try_at();
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
        : value(static_cast<std::size_t>(known_index(constant))) {
        if constexpr (std::is_signed_v<I>) {
            if (constant < 0)
                the_index_is_negative();
        }
        if (value >= Count || static_cast<I>(value) != constant)
            the_index_is_past_the_count_of_the_register_array();
    }
#endif
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

} // namespace ioview::detail
