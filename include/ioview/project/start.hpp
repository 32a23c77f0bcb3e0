// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/project.hpp>
// Part of <ioview/project.hpp>, which is the one to include.
#pragma once
// Where a path starts: at any view or owner.
//
//   start(queues).step(Member<…>{}).finish()

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/project/path.hpp>

namespace ioview::detail {

// The path from what is no view: takes everything, so that its refusal is said once, by RootOf.
struct NoPath {
    NoPath step(auto) const noexcept;
    NoPath lazy(auto) const noexcept;
    NoPath finish() const noexcept;
    NoPath end() const noexcept;
    NoPath read() const noexcept;
    NoPath write(const auto&) const noexcept;
    NoPath update(const auto&) const noexcept;
};

// The root of a path: any view or owner.
template <class V>
NoPath start(const V& io) noexcept;
template <IoBase V>
IOVIEW_INLINE constexpr auto start(const V& io) noexcept {
    using View = ViewOf<typename V::Backend, typename V::Target>;
    const View view = io.as_view();
    return Path<View, typename V::Target, 0, Way::is_constant>{
        view, 0, V::Backend::as_ptr(view).extent, NeverLeaves{}};
}

// The same for a part that stays, where start() is for an access (refused_temporaries.hpp).
template <class V>
IOVIEW_INLINE constexpr auto start_part(V&& io) noexcept {
    return start(io);
}

} // namespace ioview::detail
