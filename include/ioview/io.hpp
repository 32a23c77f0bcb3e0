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

// First: the way to it by other headers would be lines in each message about a register.
// clang-format off
#include <ioview/detail/register_access.hpp>
// clang-format on

#include <ioview/concepts.hpp>
#include <ioview/detail/access.hpp>
#include <ioview/detail/byte_methods.hpp>
#include <ioview/detail/common_methods.hpp>
#include <ioview/detail/copy.hpp>
#include <ioview/detail/element_iterator.hpp>
#include <ioview/detail/halves.hpp>
#include <ioview/detail/refusals.hpp>
#include <ioview/detail/register_methods.hpp>
#include <ioview/detail/untyped_methods.hpp>
#include <ioview/offset.hpp>
#include <ioview/span.hpp>
#include <ioview/stated.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

namespace detail::methods {

// Values one access wide: integers, enumerations, le and be.
template <class Self, class B, class T>
struct ScalarReads : NoOffsets<BaseMethods<Self, B, T>> {
    // Exactly one access of the target's width.
    [[nodiscard]] IOVIEW_INLINE constexpr T read() const noexcept
        requires IoCapable<B, T>
    {
        return get<B, T>(this->view(), 0);
    }
    // The error is the medium's.
    [[nodiscard]] constexpr Result<std::remove_const_t<T>> try_read() const noexcept
        requires IoCapable<B, T>
    {
        return try_get<B, std::remove_const_t<T>>(this->view(), 0);
    }

    // A FIFO: the register read or written once for each element, its address never moving.
    constexpr void read_fifo(Span<std::remove_const_t<T>> to) const noexcept
        requires IoCapable<B, T>
    {
        static_cast<void>(fifo_out<B>(this->view(), to.data(), to.size()));
    }
    // The medium's first error; it stops there.
    [[nodiscard]] constexpr Result<> try_read_fifo(Span<std::remove_const_t<T>> to) const noexcept
        requires IoCapable<B, T>
    {
        return as_result(fifo_out<B, OnError::stop>(this->view(), to.data(), to.size()));
    }
};
template <class Self, class B, class T>
struct ScalarMethods : ScalarReads<Self, B, T> {
    IOVIEW_INLINE constexpr void write(GivenFor<T> value) const noexcept {
        put<B, T>(this->view(), 0, value);
    }
    // One read, one f(T) -> T, one write.
    template <class F>
    IOVIEW_INLINE constexpr void update(F&& f) const noexcept {
        modify<B, T>(this->view(), 0, static_cast<F&&>(f));
    }
    [[nodiscard]] constexpr Result<> try_write(GivenFor<T> value) const noexcept {
        return try_put<B, T>(this->view(), 0, value);
    }
    template <class F>
    [[nodiscard]] constexpr Result<> try_update(F&& f) const noexcept {
        return try_modify<B, T>(this->view(), 0, static_cast<F&&>(f));
    }

    // As read_fifo and try_read_fifo.
    constexpr void write_fifo(Span<const T> from) const noexcept {
        static_cast<void>(fifo_in<B>(this->view(), from.data(), from.size()));
    }
    [[nodiscard]] constexpr Result<> try_write_fifo(Span<const T> from) const noexcept {
        return as_result(fifo_in<B, OnError::stop>(this->view(), from.data(), from.size()));
    }
};

// Values in two accesses of half their width (stated.hpp).
template <class Self, class B, class T>
struct SplitReads : NoOffsets<BaseMethods<Self, B, T>> {
    using Value = typename T::value_type;

    // Two accesses, in the order of the type; the value, not the wrapper.
    [[nodiscard]] constexpr Value read() const noexcept {
        return read_halves<B, Value, typename T::First>(this->view(), 0);
    }
    // The error is the medium's; after one the second half is not accessed.
    [[nodiscard]] constexpr Result<Value> try_read() const noexcept {
        return try_read_halves<B, Value, typename T::First>(this->view(), 0);
    }
};
template <class Self, class B, class T>
struct SplitMethods : SplitReads<Self, B, T> {
    using Value = typename T::value_type;

    constexpr void write(GivenFor<Value> value) const noexcept {
        static_cast<void>(try_write(value));
    }
    [[nodiscard]] constexpr Result<> try_write(GivenFor<Value> value) const noexcept {
        return try_write_halves<B, Value, typename T::First>(this->view(), 0, value);
    }
    // A read, one f(Value) -> Value, a write; on an error nothing further.
    template <class F>
    constexpr void update(F&& f) const noexcept {
        static_cast<void>(try_update(f));
    }
    template <class F>
    [[nodiscard]] constexpr Result<> try_update(F&& f) const noexcept {
        static_assert(UpdateOf<Value, F>::ok);
        const auto old = this->try_read();
        if (!old)
            return fail(old.error());
        return try_write_halves<B, Value, typename T::First>(
            this->view(), 0, updated<Value>(f, *old));
    }
};
// What has the methods of a split value: it, or the wider one that the backend has no halves of.
template <class Self, class B, class T>
consteval auto split_methods_for() noexcept {
    using V = std::
        conditional_t<std::is_const_v<T>, const typename T::value_type, typename T::value_type>;
    if constexpr (!OrderIsKnown<B, V>)
        return std::type_identity<NoByteOrderMethods<BaseMethods<Self, B, T>, T>>{};
    else if constexpr (!HalvesCapable<B, V>)
        return std::type_identity<NoWidthMethods<BaseMethods<Self, B, T>, T>>{};
    else if constexpr (std::is_const_v<T>)
        return std::type_identity<ReadOnlyMethods<SplitReads<Self, B, T>>>{};
    else
        return std::type_identity<SplitMethods<Self, B, T>>{};
}

// Arrays and slices: views of their elements.
template <class Self, class B, class T>
struct SliceMethods : NoSingleAccess<NoOffsets<ByteMethods<Self, B, T>>> {
    using Element = ElementOf<T>;
    using ElementView = ViewOf<B, Element>;
    using SliceView = ViewOf<B, Element[]>;

    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t size() const noexcept {
        if constexpr (kind_of<T> == Kind::slice)
            return B::as_ptr(this->view()).extent.count;
        else
            return min_size_of<T> / sizeof(Element);
    }
    [[nodiscard]] IOVIEW_INLINE constexpr bool empty() const noexcept { return size() == 0; }

    // The element at index, of any integer type; panics when there is none.
    template <std::integral I>
    [[nodiscard]] IOVIEW_INLINE constexpr ElementView at(I index) const& noexcept {
        if (!is_index<T>(index, size()))
            panic("ioview: at(i): the index is past the end");
        return element(static_cast<std::size_t>(index));
    }
    // out_of_bounds when there is none.
    template <std::integral I>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<ElementView> try_at(I index) const& noexcept {
        if (!is_index<T>(index, size()))
            return fail(Error::out_of_bounds);
        return element(static_cast<std::size_t>(index));
    }
    // clang-format off
    template <class I> requires(!std::integral<I>) void at(I) const& = delete;     // ioview: an index is an integer; convert it where its range is known
    template <class I> requires(!std::integral<I>) void try_at(I) const& = delete; // ioview: an index is an integer; convert it where its range is known
    // clang-format on
    // Refused by the compiler when there is none.
    template <auto I>
    [[nodiscard]] IOVIEW_INLINE constexpr ElementView static_at() const& noexcept {
        static_assert(kind_of<T> == Kind::array,
                      "ioview: static_at needs an array of known length; use at or try_at");
        static_assert(to_size(I) < min_size_of<T> / sizeof(Element),
                      "ioview: static_at: the index is past the end of the array");
        return element(to_size(I));
    }

    // count elements from first on; panics when they are not all there.
    template <std::integral I, std::integral N>
    [[nodiscard]] IOVIEW_INLINE constexpr SliceView subview(I first, N count) const& noexcept {
        if (!fits(to_size(first), to_size(count), size()))
            panic("ioview: subview(first, count): the range is past the end");
        return elements(to_size(first), to_size(count));
    }
    template <std::integral I, std::integral N>
    [[nodiscard]] IOVIEW_INLINE constexpr Result<SliceView> try_subview(I first,
                                                                        N count) const& noexcept {
        if (!fits(to_size(first), to_size(count), size()))
            return fail(Error::out_of_bounds);
        return elements(to_size(first), to_size(count));
    }

    // Views of the elements in turn.
    [[nodiscard]] IOVIEW_INLINE constexpr auto begin() const& noexcept {
        return ElementIterator<SliceView>{elements(0, size()), 0};
    }
    [[nodiscard]] IOVIEW_INLINE constexpr auto end() const& noexcept {
        return ElementIterator<SliceView>{elements(0, size()), size()};
    }

private:
    template <class>
    friend class detail::ElementIterator;

    IOVIEW_INLINE constexpr ElementView element(std::size_t i) const noexcept {
        return narrow<B, Element>(this->view(), i * sizeof(Element));
    }
    IOVIEW_INLINE constexpr SliceView elements(std::size_t first,
                                               std::size_t count) const noexcept {
        return narrow<B, Element[]>(
            this->view(), first * sizeof(Element), Extent<Element[]>{count});
    }
};

// Objects of several members: project into them. A block of registers is one too.
template <class Self, class B, class T>
struct ObjectReads : NoOffsets<RegisterReads<Self, B, T>> {
    using RegisterReads<Self, B, T>::read;
    using RegisterReads<Self, B, T>::try_read;

    // clang-format off
    template <class... None> requires(sizeof...(None) == 0) void read(None...) const = delete;              // ioview: an object is no single access; IO_READ(view, member), or copy_read() for plain data
    template <class... None> requires(sizeof...(None) == 0) void try_read(None...) const = delete;          // ioview: an object is no single access; IO_READ(view, member), or copy_read() for plain data
    template <class W, std::integral I> void read(I) const = delete;     // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member)
    template <class W, std::integral I> void try_read(I) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member)
    // clang-format on
};
template <class Self, class B, class T>
struct ObjectMethods : RegisterWrites<ObjectReads<Self, B, T>, Self, B, T> {
    using Registers = RegisterWrites<ObjectReads<Self, B, T>, Self, B, T>;
    using Registers::try_update;
    using Registers::try_write;
    using Registers::update;
    using Registers::write;

    // clang-format off
    template <int = 0> void write(const T&) const = delete;     // ioview: an object is no single access; IO_WRITE(view, member, value), or copy_write() for plain data
    template <int = 0> Result<> try_write(const T&) const = delete; // ioview: an object is no single access; IO_WRITE(view, member, value), or copy_write() for plain data
    template <int = 0> void update(auto) const = delete;     // ioview: an object is no single access; IO_UPDATE(view, member, f)
    template <int = 0> Result<> try_update(auto) const = delete; // ioview: an object is no single access; IO_UPDATE(view, member, f)
    // clang-format on
};

// What is const has the reads alone.
template <class Self, class B, class T>
consteval auto methods_for() noexcept {
    if constexpr (kind_of<T> == Kind::region && std::is_const_v<T>)
        return std::type_identity<ReadOnlyRegion<RegionReads<Self, B, T>>>{};
    else if constexpr (kind_of<T> == Kind::region)
        return std::type_identity<RegionMethods<Self, B, T>>{};
    else if constexpr (kind_of<T> != Kind::object)
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
    else if constexpr (kind_of<T> == Kind::region)
        return std::type_identity<NoPartsOfATemporary<NoRegistersOfATemporary<Methods>>>{};
    else if constexpr (kind_of<T> != Kind::object)
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
    static_assert(sizeof(detail::CheckedHooks<Backend>) != 0); // says what is wrong
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
    if (detail::copy_whole<detail::OnError::go_on>(source, target) != Error{})
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

// clang-format off
template <IoBase From, IoBase To> requires(!detail::is_written_to<To>) void copy(const From&, const To&) = delete;     // ioview: the target is const, so it is read only; drop the const where the device allows writes
template <IoBase From, IoBase To> requires(!detail::is_written_to<To>) void try_copy(const From&, const To&) = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
// clang-format on

} // namespace ioview
