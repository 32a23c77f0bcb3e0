// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Copies from one view to another, which may overlap.
//
//   copy_across<OnError::stop>(from, to);

#include <ioview/concepts.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/tile.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// Two ranges of one address space; a backend says so by a common `Space`, else it is its own.
template <class B>
consteval auto space_of() noexcept {
    if constexpr (requires { typename B::Space; })
        return std::type_identity<typename B::Space>{};
    else
        return std::type_identity<B>{};
}
template <class A, class B>
inline constexpr bool same_space = std::is_same_v<decltype(space_of<A>()), decltype(space_of<B>())>;

// Byte slices of equal size, by way of a buffer: whole chunks are read before they are written,
// from the end on where the target overlaps the source from above.
template <OnError How, class From, class To>
constexpr Error copy_across(From from, To to) noexcept {
    using A = typename From::Backend;
    using B = typename To::Backend;
    static_assert(BackendTraits<A>::copies_out && BackendTraits<B>::copies_in,
                  "ioview: this backend has no bulk copy of this direction; go by single accesses");
    constexpr std::size_t chunk = copy_chunk;
    const std::size_t bytes = A::as_ptr(from).size_bytes();
    if (auto error = fault_of_width<A, Widest, BackendTraits<A>::read_widths>(from, bytes);
        failed(error))
        return error;
    if (auto error = fault_of_width<B, Widest, BackendTraits<B>::write_widths>(to, bytes);
        failed(error))
        return error;
    const auto source = A::as_ptr(from).address;
    const auto target = B::as_ptr(to).address;
    const bool downwards = same_space<A, B> && target > source && target - source < bytes;
    // Cut where the source is aligned, so that whole chunks take the widest accesses; or the
    // target, where only that needs it.
    constexpr bool cut_at_target =
        least_width(BackendTraits<B>::write_widths) > least_width(BackendTraits<A>::read_widths);
    const auto cut = cut_at_target ? target : source;
    std::byte buffer[chunk]{};
    for (std::size_t done = 0; done < bytes;) {
        const std::size_t left = bytes - done;
        const std::size_t edge = downwards ? (cut + left) % chunk : chunk - (cut + done) % chunk;
        const std::size_t part = left < chunk ? left : edge == 0 ? chunk : edge;
        const std::size_t at = downwards ? left - part : done;
        if (auto error = copy_out<A, Widest, How>(from, at, buffer, part); failed(error))
            return error;
        if (auto error = copy_in<B, Widest, How>(to, at, buffer, part); failed(error))
            return error;
        done += part;
    }
    return Error{};
}

} // namespace ioview::detail
