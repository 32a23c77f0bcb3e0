// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/pci/reset.hpp>
// Part of <ioview/pci/reset.hpp>, which is the one to include.
#pragma once
// That a view of configuration space may be written, asked by what sets a function up.
//
//   static_assert(detail::may_write<View>());

#include <ioview/concepts.hpp>

#include <type_traits>

namespace ioview::pci::detail {

template <class V>
consteval bool may_write() {
    static_assert(!ioview::detail::is_read_only<typename std::remove_cvref_t<V>::Target>,
                  "ioview: setting up or resetting a function writes its configuration space; "
                  "this view of it is const");
    return true;
}

} // namespace ioview::pci::detail
