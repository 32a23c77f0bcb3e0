// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// The methods of objects of several members, which are projected into. Users see them in io.hpp.
//
//   block.read<Control>();  block.try_update<Control>(f);

#include <ioview/error.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/io/register_methods.hpp>

namespace ioview::detail::methods {

// Objects of several members: project into them. A block of registers is one too.
template <class Self, class B, class T>
using ObjectReads = NoWholeObject<RegisterReads<Self, B, T>, T>;
template <class Self, class B, class T>
struct ObjectMethods : RegisterWrites<ObjectReads<Self, B, T>, Self, B, T> {
    using Registers = RegisterWrites<ObjectReads<Self, B, T>, Self, B, T>;
    using ObjectReads<Self, B, T>::try_update;
    using ObjectReads<Self, B, T>::update;
    using Registers::try_update;
    using Registers::update;
};

} // namespace ioview::detail::methods
