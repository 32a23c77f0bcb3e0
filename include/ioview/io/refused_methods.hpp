// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Methods that a kind of target does not have, deleted with the reason and the remedy: compilers
// print the line, comment and all. Each is mixed in below the methods that the target has.
//
//   struct SliceMethods : NoSingleAccess<NoOffsets<BaseMethods<Self, B, T>>> {};

#include <ioview/error.hpp>

#include <cstdint>

namespace ioview::detail::methods {

// clang-format off

// Of everything but untyped regions.
template <class Base>
struct NoOffsets : Base {
    template <class... A> std::uint8_t read8(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> std::uint16_t read16(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> std::uint32_t read32(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> std::uint64_t read64(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void write8(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void write16(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void write32(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void write64(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_read8(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_read16(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_read32(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_read64(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_write8(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_write16(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_write32(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... A> void try_write64(const A&...) const = delete; // ioview: offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() a view of one value
    template <class... U> void subview(const auto&...) const = delete; // ioview: parts at offsets are for untyped regions; project to a member, as in IO_PROJECT(view, member)
    template <class... U> void try_subview(const auto&...) const = delete; // ioview: parts at offsets are for untyped regions; project to a member, as in IO_PROJECT(view, member)
};

// Of arrays and slices.
template <class Base>
struct NoSingleAccess : Base {
    template <class... A> void read(const A&...) const = delete; // ioview: an array or slice is no single access; go by its elements, as in at(i).read(), or copy its bytes()
    template <class... A> void try_read(const A&...) const = delete; // ioview: an array or slice is no single access; go by its elements, as in at(i).read(), or copy its bytes()
    template <class... A> void write(const A&...) const = delete; // ioview: an array or slice is no single access; go by its elements, as in at(i).read(), or copy its bytes()
    template <class... A> Result<> try_write(const A&...) const = delete; // ioview: an array or slice is no single access; go by its elements, as in at(i).read(), or copy its bytes()
    template <class... A> void update(const A&...) const = delete; // ioview: an array or slice is no single access; go by its elements, as in at(i).read(), or copy its bytes()
    template <class... A> Result<> try_update(const A&...) const = delete; // ioview: an array or slice is no single access; go by its elements, as in at(i).read(), or copy its bytes()
};

// Of const targets.
template <class Base>
struct ReadOnlyMethods : Base {
    template <class...> void write(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> Result<> try_write(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void update(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> Result<> try_update(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void write_fifo(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void try_write_fifo(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
};
template <class Base>
struct ReadOnlyRegion : ReadOnlyMethods<Base> {
    template <class...> void write8(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void write16(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void write32(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void write64(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void try_write8(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void try_write16(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void try_write32(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
    template <class...> void try_write64(const auto&...) const = delete; // ioview: the target is const, so it is read only; drop the const where the device allows writes
};

// Of members that are scalars and no access.
template <class Base>
struct NotAnAccessMethods : Base {
    template <class... A> std::uint64_t read(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> void try_read(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> void read_fifo(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> void try_read_fifo(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> void write(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> Result<> try_write(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> void update(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> Result<> try_update(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> void write_fifo(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
    template <class... A> void try_write_fifo(const A&...) const = delete; // ioview: bool, floating point, pointers and open enumerations are no single access; declare the integer of that size and convert, or copy_read() a float
};

// Of values wider than any access of the backend.
template <class Base, class T>
struct NoWidthMethods : Base {
    template <class... A> T read(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> void try_read(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> void read_fifo(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> void try_read_fifo(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> void write(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> Result<> try_write(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> void update(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> Result<> try_update(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> void write_fifo(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
    template <class... A> void try_write_fifo(const A&...) const = delete; // ioview: this backend has no single access of this width; declare narrower members, where the device allows
};

// Of plain integers where the two sides of an IoSysMap would read them differently.
template <class Base, class T>
struct NoByteOrderMethods : Base {
    template <class... A> T read(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> void try_read(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> void read_fifo(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> void try_read_fifo(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> void write(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> Result<> try_write(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> void update(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> Result<> try_update(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> void write_fifo(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
    template <class... A> void try_write_fifo(const A&...) const = delete; // ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le or be
};

// Of owners, that is of what is no view of its backend: a temporary one is read and written, but
// what gives views of it is for those that stay.
template <class Base>
struct NoViewsOfATemporary : Base {
    using Base::bytes;
    using Base::cast;
    using Base::try_cast;
    template <int = 0> void bytes() const&& = delete;     // ioview: the view would outlive its owner; give the owner a name
    template <class U> void cast() const&& = delete;     // ioview: the view would outlive its owner; give the owner a name
    template <class U> void try_cast() const&& = delete; // ioview: the view would outlive its owner; give the owner a name
};
template <class Base>
struct NoPartsOfATemporary : NoViewsOfATemporary<Base> {
    using Base::subview;
    using Base::try_subview;
    template <class... U> void subview(const auto&...) const&& = delete;     // ioview: the view would outlive its owner; give the owner a name
    template <class... U> void try_subview(const auto&...) const&& = delete; // ioview: the view would outlive its owner; give the owner a name
};
template <class Base>
struct NoRegistersOfATemporary : Base {
    using Base::try_view_of;
    using Base::view_of;
    template <class...> void view_of(const auto&...) const&& = delete;     // ioview: the view would outlive its owner; give the owner a name
    template <class...> void try_view_of(const auto&...) const&& = delete; // ioview: the view would outlive its owner; give the owner a name
};
template <class Base>
struct NoElementsOfATemporary : NoPartsOfATemporary<Base> {
    using Base::at;
    using Base::begin;
    using Base::end;
    using Base::static_at;
    using Base::try_at;
    void at(const auto&) const&& = delete;               // ioview: the view would outlive its owner; give the owner a name
    void try_at(const auto&) const&& = delete;           // ioview: the view would outlive its owner; give the owner a name
    template <auto I> void static_at() const&& = delete; // ioview: the view would outlive its owner; give the owner a name
    template <int = 0> void begin() const&& = delete;    // ioview: the view would outlive its owner; give the owner a name
    template <int = 0> void end() const&& = delete;      // ioview: the view would outlive its owner; give the owner a name
};

// clang-format on

} // namespace ioview::detail::methods
