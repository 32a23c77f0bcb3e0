// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// update_locked: an update that nobody comes between, under a lock of the user's.
//
//   io::update_locked<Control>(bar, lock, [](Control c) { return c.with_enable(true); });
//   // lock, read, write, mmiowb where the CPU needs it, unlock
//
// The lock is any LockPolicy: a spinlock, a std::mutex, the interrupts of this CPU off with the
// state before given back, io::no_lock. It is released whatever happens, after a read that failed
// too, which ends the update without a write. The function runs under it. Who else writes the
// register takes the same lock; a device that changes the register itself is not stopped.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/lock_policy.hpp> // IWYU pragma: export

#include <type_traits>

namespace ioview {
namespace detail {

// What is handed over as a Lock is an lvalue, or an object without state.
template <class Lock, bool IsShared>
struct SharedLock {
    static_assert(
        IsShared,
        "ioview: a lock that nobody else can have keeps nobody out; give the lock a name");
    using Guard = LockGuard<std::remove_reference_t<Lock>>;
};
template <class Lock>
using SharedGuard =
    typename SharedLock<Lock, std::is_lvalue_reference_v<Lock> || std::is_empty_v<Lock>>::Guard;

} // namespace detail

// The register R of a region or block, at the place that it is declared for.
template <detail::RegisterValue R, IoBase V, class Lock, class F>
IOVIEW_INLINE constexpr void update_locked(const V& block, Lock&& lock, F&& f) {
    detail::SharedGuard<Lock> guard{lock};
    block.as_view().template update<R>(f);
}
// A register or word at a location: R::at(i), R::of<Base>().
template <IoBase V, detail::Location L, class Lock, class F>
IOVIEW_INLINE constexpr void update_locked(const V& block, L location, Lock&& lock, F&& f) {
    detail::SharedGuard<Lock> guard{lock};
    block.as_view().update(location, f);
}
// A view of one register or word.
template <IoBase V, class Lock, class F>
IOVIEW_INLINE constexpr void update_locked(const V& place, Lock&& lock, F&& f) {
    detail::SharedGuard<Lock> guard{lock};
    place.as_view().update(f);
}

// The same for what can fail: the error of the medium, or of a location out of the region's bounds.
template <detail::RegisterValue R, IoBase V, class Lock, class F>
[[nodiscard]] constexpr Result<> try_update_locked(const V& block, Lock&& lock, F&& f) {
    detail::SharedGuard<Lock> guard{lock};
    return block.as_view().template try_update<R>(f);
}
template <IoBase V, detail::Location L, class Lock, class F>
[[nodiscard]] constexpr Result<> try_update_locked(const V& block, L location, Lock&& lock, F&& f) {
    detail::SharedGuard<Lock> guard{lock};
    return block.as_view().try_update(location, f);
}
template <IoBase V, class Lock, class F>
[[nodiscard]] constexpr Result<> try_update_locked(const V& place, Lock&& lock, F&& f) {
    detail::SharedGuard<Lock> guard{lock};
    return place.as_view().try_update(f);
}

} // namespace ioview
