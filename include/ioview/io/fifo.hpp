// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// A FIFO: one register read or written again and again.
//
//   fifo_out<Backend>(view, samples, count);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/one_access.hpp>

#include <cstddef>

namespace ioview::detail {

// access(i) for each of count, four to a round, since the loop would cost as much as the accesses;
// one to a round where size counts.
template <class Access>
IOVIEW_INLINE constexpr void by_fours(std::size_t count, Access access) noexcept {
    std::size_t i = 0;
#if !defined(__OPTIMIZE_SIZE__)
    for (; count - i >= 4; i += 4) {
        access(i);
        access(i + 1);
        access(i + 2);
        access(i + 3);
    }
#endif
    for (; i < count; ++i)
        access(i);
}

// The values that one register gives or takes in turn, each as read() or write() has it.
template <class Bk, OnError How = OnError::go_on, class V, class View>
constexpr Error fifo_out(View view, V* to, std::size_t count) noexcept {
    return reading<Bk>(view, [=](auto source) noexcept {
        using B = typename decltype(source)::Backend;
        if constexpr (How == OnError::stop) {
            for (std::size_t i = 0; i < count; ++i) {
                const auto value = try_get<B, V>(source, 0);
                if (!value)
                    return value.error();
                to[i] = *value;
            }
        } else {
            by_fours(count, [=](std::size_t i) noexcept { to[i] = get<B, V>(source, 0); });
        }
        return Error{};
    });
}
template <class Bk, OnError How = OnError::go_on, class V, class View>
constexpr Error fifo_in(View view, const V* from, std::size_t count) noexcept {
    return writing<Bk>(view, [=](auto target) noexcept {
        using B = typename decltype(target)::Backend;
        if constexpr (How == OnError::stop) {
            for (std::size_t i = 0; i < count; ++i)
                if (const auto done = try_put<B, V>(target, 0, from[i]); !done)
                    return done.error();
        } else {
            by_fours(count, [=](std::size_t i) noexcept { put<B, V>(target, 0, from[i]); });
        }
        return Error{};
    });
}

} // namespace ioview::detail
