// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// std::declval and std::index_sequence without <utility>, a tenth of what a driver includes.
//
//   decltype(declared<F&>()(declared<V&>()))

#include <cstddef>

namespace ioview::detail {

// Never defined: for what is not evaluated.
template <class T>
T&& declared() noexcept;

template <class T, T... I>
struct Integers {};
template <std::size_t N>
#ifdef __clang__
using IndicesTo = __make_integer_seq<Integers, std::size_t, N>;
#else
using IndicesTo = Integers<std::size_t, __integer_pack(N)...>;
#endif

} // namespace ioview::detail
