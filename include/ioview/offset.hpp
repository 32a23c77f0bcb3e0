// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// An offset where a location is asked for, so that one template serves offsets and registers.
//
//   template <class Bar, class Where> void bump(Bar bar, Where where) {
//       bar.update(where, [](auto v) { return v + 1; });
//   }
//   bump(bar, Counter::At{});  bump(bar, io::offset<std::uint32_t, 0x10>());

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/register_checks.hpp>

#include <concepts>
#include <cstddef>

namespace ioview {
namespace detail {

// A W at Offset bytes.
template <class W, std::size_t Offset>
struct ConstantOffset {
    using Register = W;
    using Block = void;
    static constexpr std::size_t end = Offset + sizeof(W);
    [[nodiscard]] IOVIEW_INLINE static constexpr std::size_t offset() noexcept { return Offset; }
};
template <class W, std::size_t Offset>
inline constexpr bool is_own_location<ConstantOffset<W, Offset>> = true;

// A W at an offset that is known at run time, and checked at each access.
template <class W>
class RunTimeOffset {
public:
    using Register = W;
    using Block = void;
    static constexpr std::size_t end = unknown_end;
    IOVIEW_INLINE explicit constexpr RunTimeOffset(std::size_t offset) noexcept : offset_(offset) {}
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t offset() const noexcept { return offset_; }

private:
    std::size_t offset_;
};
template <class W>
inline constexpr bool is_own_location<RunTimeOffset<W>> = true;

template <class W>
struct CheckedPlaceless {
    static_assert(!has_place<W>(),
                  "ioview: a register has a place of its own; use R::At{} or R::at(i)");
    static constexpr bool ok = true;
};

} // namespace detail

// The location of a W, a word of one access or a register that has none itself, at Offset bytes of
// an untyped region: checked by the compiler where it is used.
template <class W, std::size_t Offset>
[[nodiscard]] IOVIEW_INLINE constexpr detail::ConstantOffset<W, Offset> offset() noexcept {
    static_assert(detail::CheckedPlaceless<W>::ok);
    static_assert(Offset % sizeof(W) == 0,
                  "ioview: accesses are naturally aligned; the offset is no multiple of the width");
    static_assert(Offset < detail::unknown_end - sizeof(W),
                  "ioview: the offset lies past the end of the address space");
    return {};
}

// The same at any offset, for the try_ forms: out_of_bounds (also when negative, or too wide), then
// misaligned.
template <class W, std::integral I>
[[nodiscard]] IOVIEW_INLINE constexpr detail::RunTimeOffset<W> offset(I offset) noexcept {
    static_assert(detail::CheckedPlaceless<W>::ok);
    return detail::RunTimeOffset<W>(detail::to_size(offset));
}

} // namespace ioview
