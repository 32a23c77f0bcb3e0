// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a backend, a view and an access are. A backend is a small tag type; writing one is all that
// it takes to reach a new medium with every method of io.hpp and project.hpp.
//
//   struct SpiBackend {
//       template <class T> using View = SpiView<T>;
//       template <class T> static constexpr io::IoPtr<T> as_ptr(View<T> v) noexcept;
//       template <class T, class U>
//       static constexpr View<U> project_view(View<T> v, io::IoPtr<U> p) noexcept;
//       template <class W> requires (sizeof(W) <= 4) static W io_read(View<W> v) noexcept;
//       template <class W> requires (sizeof(W) <= 4) static void io_write(View<W> v, W w) noexcept;
//   };
//
// All that it may say besides, hook by hook, stands in io/backend_traits.hpp.

// IWYU pragma: begin_exports
#include <ioview/error.hpp>
#include <ioview/io/backend_traits.hpp>
#include <ioview/io/plain_data.hpp>
#include <ioview/io/wire.hpp>
#include <ioview/region.hpp>
// IWYU pragma: end_exports

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

namespace detail {

template <class B, class V>
concept OrderIsKnown =
    Wire<V>::order != WireOrder::backend || sizeof(V) == 1 || !BackendTraits<B>::mixed_order;

// The alignment at which a view of a U is made: that of its accesses where U, or its elements, are
// one access wide, whatever less the language asks of them (2 for 32 bits on m68k, 4 for 64 on
// i386). Reads and writes at an offset ask the same.
template <class U>
inline constexpr std::size_t view_align_of = OneAccess<U> && sizeof(U) > min_align_of<U>
                                                 ? sizeof(U)
                                                 : min_align_of<U>;
template <class U>
    requires requires { typename Target<U>::Element; }
inline constexpr std::size_t view_align_of<U> = view_align_of<ElementOf<U>>;

} // namespace detail

// B is a backend: a tag with View, as_ptr and project_view, and no hook that is wrong. Which widths
// it has is IoCapable's.
// Semantics: project_view(v, p) is a valid view when v is one and p lies within as_ptr(v).
template <class B>
concept IoBackend = std::is_empty_v<B> && requires(detail::ViewOf<B, std::uint8_t> view) {
    { B::as_ptr(view) } noexcept -> std::same_as<IoPtr<std::uint8_t>>;
    {
        B::project_view(view, IoPtr<std::uint8_t>{})
    } noexcept -> std::same_as<detail::ViewOf<B, std::uint8_t>>;
} && detail::BackendTraits<B>::is_right;

// B reads a V in one access, and writes it where V is not const: V is an integer, an enumeration
// with a fixed underlying type, an le/be or a register, and B has an access of its width.
// Semantics: accesses are neither repeated, merged, widened, split nor elided.
template <class B, class V>
concept IoCapable = detail::OneAccess<V> && detail::OrderIsKnown<B, V> &&
                    detail::has_io_read<B, typename detail::Wire<std::remove_const_t<V>>::Word> &&
                    (std::is_const_v<V> ||
                     detail::has_io_write<B, typename detail::Wire<std::remove_const_t<V>>::Word>);

namespace detail {
template <class V>
concept RegisterValue = requires { typename std::remove_const_t<V>::IsIoRegister; };

// V is a register with a location, or a row of such.
template <class V>
consteval bool has_place() noexcept {
    if constexpr (is_array<V> || is_slice<V>)
        return has_place<ElementOf<V>>();
    else if constexpr (RegisterValue<V>)
        return V::Register::Location::io_place.is_somewhere;
    else
        return false;
}

// Block names T's device, or no device.
template <class Block, class T>
inline constexpr bool is_block_of = std::is_void_v<Block> || std::is_same_v<Block, T> ||
                                    std::is_base_of_v<Block, T> || is_plain_region<T>;
template <class T>
inline constexpr bool is_block_of<void, T> = true;

// Words at offsets are for untyped regions, and for the object that they name as their block.
template <class L, class T>
inline constexpr bool is_word_in_an_object =
    std::is_void_v<typename L::Block> && !RegisterValue<typename L::Register> && !RegionTarget<T>;

// What offset accessors take: registers have places of their own and are left out.
template <class B, class W>
concept IoWord = IoCapable<B, W> && !RegisterValue<W> && !std::is_const_v<W>;
template <class B, class W>
concept IoReadWord = IoCapable<B, const W> && !RegisterValue<W> && !std::is_const_v<W>;
} // namespace detail

// B has bulk copy: ranges of bytes that are whole accesses of its narrowest width. Not so of a tag
// that says `bulk_copy = false`.
template <class B>
concept IoCopyable = detail::BackendTraits<B>::copies_out && detail::BackendTraits<B>::copies_in;

// V is a view or an owner: it names a Backend and a Target and gives a view of the whole.
template <class V>
concept IoBase = requires(const std::remove_cvref_t<V>& v) {
    typename std::remove_cvref_t<V>::Backend;
    typename std::remove_cvref_t<V>::Target;
    {
        v.as_view()
    } -> std::same_as<detail::ViewOf<typename std::remove_cvref_t<V>::Backend,
                                     typename std::remove_cvref_t<V>::Target>>;
};

namespace detail {
// What as_view() of a view or an owner V gives.
template <class V>
using ViewIn =
    ViewOf<typename std::remove_cvref_t<V>::Backend, typename std::remove_cvref_t<V>::Target>;

// V is no view of its backend, so that what it gives views of may end with it: its temporaries give
// none.
template <class V>
inline constexpr bool is_owner = !std::is_same_v<std::remove_cvref_t<V>, ViewIn<V>>;
// V, as deduced by a V&&, is an owner that ends with the expression.
template <class V>
concept TemporaryOwner = !std::is_lvalue_reference_v<V> && IoBase<V> && is_owner<V>;
} // namespace detail

// V is a view or an owner of a T: what drivers are written against.
template <class V, class T>
concept IoOf = IoBase<V> && std::is_same_v<typename std::remove_cvref_t<V>::Target, T>;

// The same of a medium whose accesses are ordered with memory by themselves: Mmio, PortIo,
// configuration space, and doubles; not RelaxedMmio, and no memory. For functions that are right
// only then: most hand memory over by publish() and observe(), which order by themselves, and take
// any IoOf.
template <class V, class T>
concept OrderedIoOf =
    IoOf<V, T> && detail::BackendTraits<typename std::remove_cvref_t<V>::Backend>::ordered;

namespace detail {
// L by itself is a location; io.hpp's methods take it, and say what is wrong with it in a target.
template <class L>
concept Location =
    std::is_copy_constructible_v<L> && OneAccess<typename L::Register> &&
    !std::is_const_v<typename L::Register> && requires(const L& location) {
        typename L::Block;
        { location.offset() } noexcept -> std::same_as<std::size_t>;
        typename std::integral_constant<std::size_t, static_cast<std::size_t>(L::end)>;
    };
} // namespace detail

// L is a place in a target T, a region or an object: it has offset(), in bytes, the greatest `end`
// that any of its indices reaches, a constant, the Register found there (or a word of one access),
// and the Block it belongs to, or void. io::offset makes one of an offset. The offset() of a
// location that is not ioview's own is checked at each access: against `end` and the width.
template <class L, class T>
concept IoLoc =
    detail::Location<L> && (RegionTarget<T> || (detail::is_object<T> && !detail::OneAccess<T>)) &&
    detail::is_block_of<typename L::Block, T> && !detail::is_word_in_an_object<L, T>;

// Any bytes make a T.
template <class T>
concept FromBytes = detail::is_from_bytes<std::remove_const_t<T>>();

// A T has no byte without a value.
template <class T>
concept IntoBytes = detail::is_into_bytes<std::remove_const_t<T>>();

} // namespace ioview
