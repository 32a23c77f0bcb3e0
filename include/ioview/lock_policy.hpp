// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Lock policies: by what several accesses of a driver are kept together. The type is the user's.
//
//   struct Spinlock { void lock() noexcept; void unlock() noexcept; };   // a std::mutex, too
//   struct IrqSave {                               // handlers of this CPU stay out, as
//       unsigned long lock() noexcept;             // local_irq_save() of Linux: the state before
//       void unlock(unsigned long) noexcept;       // local_irq_restore()
//   };
//
// What lock() returns is kept by whoever takes the lock and given back to unlock(), so that locks
// nest and a lock that CPUs share holds nobody's state. Both together, spin_lock_irqsave(), is a
// policy of the same form.

#include <ioview/barrier.hpp>
#include <ioview/config.hpp>
#include <ioview/mmio_lock.hpp>
#include <ioview/support/declared.hpp>

#include <type_traits>

namespace ioview {

// In place of a lock, where the caller knows that nothing comes between: one CPU, and no handler
// that uses the registers.
struct NoLock {};
inline constexpr NoLock no_lock{};

namespace detail {
template <class Lock>
concept NoLockAtAll = std::is_same_v<std::remove_const_t<Lock>, NoLock>;
template <class Lock>
concept SavesState = requires(Lock& lock) { lock.unlock(lock.lock()); };
template <class Lock>
concept Lockable = requires(Lock& lock) {
    lock.lock();
    lock.unlock();
};
} // namespace detail

// Lock has lock() and unlock(), or unlock(x) for what lock() returns, or is NoLock.
template <class Lock>
concept LockPolicy =
    detail::NoLockAtAll<Lock> || detail::Lockable<Lock> || detail::SavesState<Lock>;

namespace detail {

template <bool IsPolicy>
struct CheckedLockPolicy {
    static_assert(IsPolicy,
                  "ioview: a lock policy has lock() and unlock(), or unlock(x) for what lock() "
                  "returns; or it is io::no_lock");
    static constexpr bool ok = true;
};

// As MmioLock, of a lock with a state.
template <class Lock>
class StateLock {
    using State = std::remove_cvref_t<decltype(declared<Lock&>().lock())>;

public:
    IOVIEW_INLINE constexpr explicit StateLock(Lock& lock) : lock_(&lock), state_(lock.lock()) {}
    StateLock(const StateLock&) = delete;
    StateLock& operator=(const StateLock&) = delete;
    IOVIEW_INLINE constexpr ~StateLock() {
        (mmiowb)();
        lock_->unlock(static_cast<State&&>(state_));
    }

private:
    Lock* lock_;
    State state_;
};

struct NoGuard {
    template <class Lock>
    IOVIEW_INLINE constexpr explicit NoGuard(Lock&) noexcept {}
};

template <class Lock>
struct GuardOf {
    static_assert(CheckedLockPolicy<LockPolicy<Lock>>::ok);
    using Type = NoGuard;
};
template <Lockable Lock>
    requires(!SavesState<Lock>)
struct GuardOf<Lock> {
    using Type = MmioLock<Lock>;
};
template <SavesState Lock>
struct GuardOf<Lock> {
    using Type = StateLock<Lock>;
};

// Holds a lock as long as it is there; writes are at the device before the next holder's.
// (One that is const g++ keeps in memory.)
template <class Lock>
using LockGuard = typename GuardOf<Lock>::Type;

} // namespace detail
} // namespace ioview
