// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// MmioLock: a guard of a lock that devices are written under. Its holder's writes reach the device
// before those of the next holder.
//
//   const io::MmioLock guard{lock};
//   IO_WRITE(device, index, 7u);
//   IO_WRITE(device, data, value);
//
// Without the barrier, where the release of a lock orders memory only (RISC-V, PowerPC, MIPS):
//
//   CPU 0                          CPU 1
//   lock
//   write index 0
//   write data 0
//   release, a store to memory     lock
//                                  write index 1
//                                  write data 1
//
// the device may see index 0, index 1, data 0, data 1. Linux does the same with mmiowb() in
// spin_unlock() (Documentation/memory-barriers.txt, "Acquires vs I/O accesses" up to 5.1).

#include <ioview/barrier.hpp>
#include <ioview/config.hpp>

namespace ioview {

// For a guard that takes its lock only where nobody has it: MmioLock guard{lock, io::try_to_lock}.
struct TryToLock {};
inline constexpr TryToLock try_to_lock{};

// Lock has lock() and unlock(), and try_lock() where that is asked for; it outlives the guard.
template <class Lock>
class MmioLock {
public:
    // clang-format off
    [[nodiscard("ioview: a guard without a name ends at once; give it one")]]
    constexpr explicit MmioLock(Lock& lock) noexcept(noexcept(lock.lock())) : lock_(&lock) {
        lock.lock();
    }
    [[nodiscard("ioview: a guard without a name gives its lock back at once; give it one")]]
    constexpr MmioLock(Lock& lock, TryToLock) noexcept(noexcept(lock.try_lock()))
        requires requires { lock.try_lock() ? 0 : 1; }
        : lock_(lock.try_lock() ? &lock : nullptr) {}
    // clang-format on

    template <class... Try>
    MmioLock(const Lock&& lock, Try...)
        IOVIEW_REFUSED_OF(lock, "ioview: the lock would end before its guard; give it a name");
    MmioLock(const MmioLock&) = delete; // ioview: a lock is released once, by one guard
    MmioLock& operator=( // ioview: a guard keeps its lock until it ends; make another guard
        const MmioLock&) = delete;

    // mmiowb, then the release. Without the lock: nothing.
    constexpr ~MmioLock() {
        if (lock_ != nullptr) {
            (mmiowb)();
            lock_->unlock();
        }
    }

    // Whether it has the lock, which only try_to_lock leaves open.
    [[nodiscard]] constexpr bool is_locked() const noexcept { return lock_ != nullptr; }

private:
    Lock* lock_;
};

} // namespace ioview
