// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Io<Self, Backend, Target>: every method of every view and owner.
//
//   auto id = bar.read32(0x0);               // refused by the compiler when outside Region<Min>
//   auto r  = bar.try_read32(offset);        // Result: out_of_bounds or misaligned, no access made
//
// A view or owner derives from Io<Self, …> and provides as_view(); the methods check, then call
// the backend's io_read or io_write once. They cannot be replaced, so no derived class can loosen
// a check. Locations come first, values second. All are unsynchronised.

// First: the way to them by other headers would be lines in each message about a register or about
// a method that is refused.
// clang-format off
#include <ioview/io/given.hpp> // IWYU pragma: keep
#include <ioview/io/copyable.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/register_checks.hpp> // IWYU pragma: export
#include <ioview/io/register_access.hpp> // IWYU pragma: export
#include <ioview/io/copy_across.hpp> // IWYU pragma: keep
#include <ioview/io/stated_copy.hpp> // IWYU pragma: export
#include <ioview/io/refused_methods.hpp> // IWYU pragma: export
#include <ioview/io/static_offset.hpp> // IWYU pragma: export
#include <ioview/io/register_methods.hpp> // IWYU pragma: export
// clang-format on

// IWYU pragma: begin_exports
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/common_methods.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/io/object_methods.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/io/refused_functions.hpp>
#include <ioview/io/region_methods.hpp>
#include <ioview/io/scalar_methods.hpp>
#include <ioview/io/slice_methods.hpp>
#include <ioview/io/split_methods.hpp>
#include <ioview/offset.hpp>
#include <ioview/stated.hpp>
// IWYU pragma: end_exports

#include <cstddef>
#include <type_traits>

namespace ioview {

namespace detail::methods {

// What is const has the reads alone.
template <class Self, class B, class T>
consteval auto methods_for() noexcept {
    if constexpr (is_region<T> && std::is_const_v<T>)
        return std::type_identity<ReadOnlyRegion<RegionReads<Self, B, T>>>{};
    else if constexpr (is_region<T>)
        return std::type_identity<RegionMethods<Self, B, T>>{};
    else if constexpr (!is_object<T>)
        return std::type_identity<SliceMethods<Self, B, T>>{};
    else if constexpr (RegisterValue<T> && std::is_const_v<T>)
        return std::type_identity<ReadOnlyMethods<RegisterValueReads<Self, B, T>>>{};
    else if constexpr (RegisterValue<T>)
        return std::type_identity<RegisterValueMethods<Self, B, T>>{};
    else if constexpr (OneAccess<T> && !OrderIsKnown<B, T>)
        return std::type_identity<NoByteOrderMethods<BaseMethods<Self, B, T>, T>>{};
    else if constexpr (OneAccess<T> && !IoCapable<B, T>)
        return std::type_identity<NoWidthMethods<BaseMethods<Self, B, T>, T>>{};
    else if constexpr (OneAccess<T> && std::is_const_v<T>)
        return std::type_identity<ReadOnlyMethods<ScalarReads<Self, B, T>>>{};
    else if constexpr (OneAccess<T>)
        return std::type_identity<ScalarMethods<Self, B, T>>{};
    else if constexpr (is_split<std::remove_const_t<T>>)
        return split_methods_for<Self, B, T>();
    else if constexpr (std::is_const_v<T>)
        return std::type_identity<ReadOnlyMethods<ObjectReads<Self, B, T>>>{};
    else if constexpr (std::is_scalar_v<T>)
        return std::type_identity<NotAnAccessMethods<NoOffsets<BaseMethods<Self, B, T>>>>{};
    else
        return std::type_identity<ObjectMethods<Self, B, T>>{};
}

// Views are as good as what they were made of; owners give none of themselves that is temporary.
template <class Self, class B, class T>
consteval auto all_methods_for() noexcept {
    using Methods = typename decltype(methods_for<Self, B, T>())::type;
    if constexpr (std::is_same_v<Self, ViewOf<B, T>>)
        return std::type_identity<Methods>{};
    else if constexpr (is_region<T>)
        return std::type_identity<NoPartsOfATemporary<NoRegistersOfATemporary<Methods>>>{};
    else if constexpr (!is_object<T>)
        return std::type_identity<NoElementsOfATemporary<Methods>>{};
    else if constexpr (OneAccess<T>)
        return std::type_identity<NoViewsOfATemporary<Methods>>{};
    else
        return std::type_identity<NoViewsOfATemporary<NoRegistersOfATemporary<Methods>>>{};
}

} // namespace detail::methods

// The mixin: `class Mmio : public Io<Mmio<T>, MmioBackend, T>`.
template <class Self, class BackendTag, class TargetType>
class Io : public decltype(detail::methods::all_methods_for<Self, BackendTag, TargetType>())::type {
    static_assert(
        !detail::has_no_bytes<TargetType>,
        "ioview: a type of no bytes, as a zero-length array, is nothing to view; give the "
        "slice T[] and its count");

public:
    using Backend = BackendTag;
    using Target = TargetType;
    static_assert(sizeof(detail::CheckedBackend<Backend>) != 0); // says what is wrong
};

namespace detail {
template <class V>
inline constexpr bool is_written_to = !is_read_only<typename V::Target>;

// All bytes of a view or owner, by its backend: what it says of itself counts for nothing.
template <class V>
IOVIEW_INLINE constexpr auto bytes_in(const V& io) noexcept {
    using B = typename V::Backend;
    using T = typename V::Target;
    const auto view = io.as_view();
    if constexpr (states_access<T>())
        return view; // copied member by member
    else if constexpr (is_plain_data<T>())
        return narrow<B, ConstAs<std::byte[], T>>(view, 0, {B::as_ptr(view).size_bytes()});
    else
        return view.bytes(); // says why not
}
template <class From, class To>
IOVIEW_INLINE constexpr bool same_size(const From& from, const To& to) noexcept {
    return From::Backend::as_ptr(from).size_bytes() == To::Backend::as_ptr(to).size_bytes();
}
} // namespace detail

// All bytes of one view to another of the same size, each touched exactly once on either side, also
// when they overlap. Panics when the sizes differ, or address or length are no whole accesses of
// the narrowest width that a side has.
template <IoBase From, IoBase To>
    requires detail::is_written_to<To>
constexpr void copy(const From& from, const To& to) noexcept {
    static_assert(detail::CheckedOrders<detail::have_one_order<From, To>>::ok);
    const auto source = detail::bytes_in(from);
    const auto target = detail::bytes_in(to);
    if (!detail::same_size(source, target))
        panic("ioview: copy: the sizes differ");
    if (detail::failed(detail::copy_whole<detail::OnError::go_on>(source, target)))
        panic("ioview: copy: address or length are no whole accesses of a side's narrowest width");
}

// As copy; out_of_bounds when the sizes differ, invalid_argument or misaligned when there are no
// such accesses, else the first error of either medium.
template <IoBase From, IoBase To>
    requires detail::is_written_to<To>
[[nodiscard]] constexpr Result<> try_copy(const From& from, const To& to) noexcept {
    static_assert(detail::CheckedOrders<detail::have_one_order<From, To>>::ok);
    const auto source = detail::bytes_in(from);
    const auto target = detail::bytes_in(to);
    if (!detail::same_size(source, target))
        return fail(Error::out_of_bounds);
    return detail::as_result(detail::copy_whole<detail::OnError::stop>(source, target));
}

} // namespace ioview
