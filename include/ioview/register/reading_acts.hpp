// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register/snapshot.hpp>
// Part of <ioview/register/snapshot.hpp>, which is the one to include.
#pragma once
// Whether reading a place of a block has an effect, under whatever name: for who looks at a device
// and must not change it.
//
//   static_assert(reading_acts<Uart::RegisterList>(0x0, 1));

#include <ioview/register/block.hpp>

#include <cstddef>
#include <type_traits>

namespace ioview::detail {

// Some of the bytes are in a register of the list whose reading has an effect.
template <class List>
constexpr bool reading_acts(std::size_t offset, std::size_t size) {
    bool acts = false;
    List::for_each([&]<class R>(std::type_identity<R>) {
        using Location = typename R::Register::Location;
        if constexpr (R::Register::reading_has_side_effect && Location::io_place.is_somewhere &&
                      std::is_void_v<typename Location::IoFamily>)
            acts = acts || touches(offset, size, footprint<R>(-1));
    });
    return acts;
}

} // namespace ioview::detail
