// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// A FIFO: one register read or written again and again.
//
//   fifo_out<Backend>(view, samples, count);

#include <ioview/concepts.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/one_access.hpp>

#include <cstddef>

namespace ioview::detail {

// The values that one register gives or takes in turn, each as read() or write() has it.
template <class Bk, OnError How = OnError::go_on, class V, class View>
constexpr Error fifo_out(View view, V* to, std::size_t count) noexcept {
    return reading<Bk>(view, [=](auto source) noexcept {
        using B = typename decltype(source)::Backend;
        Error error{};
        for (std::size_t i = 0; error == Error{} && i < count; ++i) {
            if constexpr (How == OnError::stop) {
                if (auto value = try_get<B, V>(source, 0))
                    to[i] = *value;
                else
                    error = value.error();
            } else {
                to[i] = get<B, V>(source, 0);
            }
        }
        return error;
    });
}
template <class Bk, OnError How = OnError::go_on, class V, class View>
constexpr Error fifo_in(View view, const V* from, std::size_t count) noexcept {
    return writing<Bk>(view, [=](auto target) noexcept {
        using B = typename decltype(target)::Backend;
        Error error{};
        for (std::size_t i = 0; error == Error{} && i < count; ++i) {
            if constexpr (How == OnError::stop) {
                const auto done = try_put<B, V>(target, 0, from[i]);
                error = done ? Error{} : done.error();
            } else {
                put<B, V>(target, 0, from[i]);
            }
        }
        return error;
    });
}

} // namespace ioview::detail
