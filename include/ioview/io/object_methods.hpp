// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods of objects of several members, which are projected into. Users see them in io.hpp.
//
//   block.read<Control>();  block.try_update<Control>(f);

#include <ioview/io/refused_methods.hpp>
#include <ioview/io/register_methods.hpp>

#include <concepts>

namespace ioview::detail::methods {

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

} // namespace ioview::detail::methods
