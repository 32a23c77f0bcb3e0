// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Devres<T>: something that needs its device bound (a mapping, an interrupt), destroyed when the
// device is unbound, whoever still holds the Devres.
//
//   io::Devres<io::IoMem<Regs, Mapper>, Device> regs{device, std::move(mapped)};
//   if (auto guard = regs.try_access()) guard->write32(0x0, 1);   // anywhere, from any thread
//   (*regs.access(bound))->write32(0x0, 1);                       // where the device is bound
//   device.devres.revoke_all();                                   // the bus, at unbind
//
// A guard takes no lock and never waits: it is fit for interrupt handlers. What ends a T waits for
// guards by spinning, so it is no work for an interrupt handler.

#include <ioview/arch/select.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/resource/refused_methods.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

// How a variable of each thread is declared, so that a thread notices when it would wait for
// itself. Where there is no operating system nobody knows: then say it, with nothing for firmware
// of one thread, or do without.
#if !defined(IOVIEW_THREAD_LOCAL) && __STDC_HOSTED__
#define IOVIEW_THREAD_LOCAL thread_local
#endif

namespace ioview {

class DevresList;

namespace detail {

// One entry of a DevresList. Linked means: nobody has begun to revoke it.
struct Revocable {
    void (*finish)(Revocable&) noexcept;
    Revocable* next = nullptr;
    Revocable** link = nullptr; // what points here, null when unlinked
};

// Entries whose T this thread is destroying, the innermost first.
struct Ending {
    const DevresList* list;
    const Revocable* entry;
    const Ending* outer;
};
#ifdef IOVIEW_THREAD_LOCAL
inline constinit IOVIEW_THREAD_LOCAL const Ending* endings = nullptr;
template <class Is>
bool any_ending(Is is) noexcept {
    for (const Ending* ending = endings; ending != nullptr; ending = ending->outer) {
        if (is(*ending))
            return true;
    }
    return false;
}
#endif

} // namespace detail

// What belongs to one device while it is bound. A member `devres` of the device; outlives every
// Devres of it.
class DevresList {
public:
    DevresList() = default;
    DevresList(const DevresList&) = delete;
    DevresList& operator=(const DevresList&) = delete;

    // Destroys everything that the device's Devres hold, newest first, and returns when all of it
    // is gone, what other threads were revoking included. Waits for guards: never call it while
    // holding one. Afterwards a new Devres of the device is revoked from the start.
    //
    // What is destroyed may call it, too, for its own device (IOVIEW_THREAD_LOCAL): it destroys the
    // rest and returns, without waiting for what is being destroyed, its caller among that.
    void revoke_all() noexcept {
        lock();
        closed_ = true;
        while (detail::Revocable* entry = first_) {
            unlink(*entry);
            unlock();
            finish(*entry);
            lock();
        }
        unlock();
#ifdef IOVIEW_THREAD_LOCAL
        if (detail::any_ending([this](const detail::Ending& one) { return one.list == this; }))
            return;
#endif
        while (__atomic_load_n(&pending_, __ATOMIC_ACQUIRE) != 0)
            arch::relax();
    }

private:
    template <class, class>
    friend class Devres;

    // False when the device has been unbound.
    bool add(detail::Revocable& entry) noexcept {
        lock();
        const bool open = !closed_;
        if (open) {
            entry.next = first_;
            entry.link = &first_;
            if (first_ != nullptr)
                first_->link = &entry.next;
            first_ = &entry;
        }
        unlock();
        return open;
    }

    // Revokes entry unless somebody else has begun to; true when this call has finished it.
    bool revoke(detail::Revocable& entry) noexcept {
        lock();
        const bool mine = entry.link != nullptr;
        if (mine)
            unlink(entry);
        unlock();
        if (mine)
            finish(entry);
        return mine;
    }

    // Under the lock: from here on entry is revoked by the caller alone.
    void unlink(detail::Revocable& entry) noexcept {
        *entry.link = entry.next;
        if (entry.next != nullptr)
            entry.next->link = entry.link;
        entry.link = nullptr;
        __atomic_add_fetch(&pending_, 1, __ATOMIC_RELAXED);
    }

    // The entry may be gone as soon as it has been finished.
    void finish(detail::Revocable& entry) noexcept {
#ifdef IOVIEW_THREAD_LOCAL
        const detail::Ending ending{this, &entry, detail::endings};
        detail::endings = &ending;
        entry.finish(entry);
        detail::endings = ending.outer;
#else
        entry.finish(entry);
#endif
        __atomic_sub_fetch(&pending_, 1, __ATOMIC_RELEASE);
    }

    void lock() noexcept {
        while (__atomic_exchange_n(&locked_, 1u, __ATOMIC_ACQUIRE) != 0)
            arch::relax();
    }
    void unlock() noexcept { __atomic_store_n(&locked_, 0u, __ATOMIC_RELEASE); }

    detail::Revocable* first_ = nullptr;
    std::size_t pending_ = 0;  // unlinked and not yet finished
    std::uint32_t locked_ = 0; // a word: not every machine swaps bytes
    bool closed_ = false;
};

// Proof that a device is bound for as long as the token lives. Made by bus code, and by nobody
// else: in probe and remove, in callbacks that end before revoke_all() begins.
template <class Device>
class Bound {
public:
    explicit Bound(const Device& device) noexcept : device_(__builtin_addressof(device)) {}
    explicit Bound(const Device&& device)
        IOVIEW_REFUSED_OF(device,
                          "ioview: the token would outlive its device; give the device a name");
    [[nodiscard]] const Device& device() const noexcept { return *device_; }

private:
    const Device* device_;
};

// A T that is gone once its Device (any type with a DevresList `devres`) is unbound.
template <class T, class Device>
class Devres : detail::methods::NoAccessOfATemporary {
public:
    using detail::methods::NoAccessOfATemporary::access;
    using detail::methods::NoAccessOfATemporary::try_access;

    // Keeps the T from being destroyed; false when it is gone already, or moved from. Short-lived:
    // unbinding waits for it.
    class Guard : detail::methods::NoObjectOfATemporary<T> {
        using Refused = detail::methods::NoObjectOfATemporary<T>;

    public:
        using Refused::operator*;
        using Refused::operator->;

        Guard(Guard&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
        Guard& operator=(Guard&& other) noexcept {
            Guard taken{std::move(other)};
            std::swap(owner_, taken.owner_);
            return *this;
        }
        ~Guard() {
            if (owner_ != nullptr)
                __atomic_sub_fetch(&owner_->users_, one_guard, __ATOMIC_RELEASE);
        }

        [[nodiscard]] explicit operator bool() const noexcept { return owner_ != nullptr; }
        // A panic when there is none.
        [[nodiscard]] T& operator*() const& noexcept { return *operator->(); }
        [[nodiscard]] T* operator->() const& noexcept {
            if (owner_ == nullptr)
                panic("ioview: a Devres guard is used that guards nothing; test it first");
            return __builtin_addressof(owner_->value_);
        }
        // (clang up to 16 ends temporaries beside a constant offset late: docs/design/owners.md.)

    private:
        friend Devres;
        explicit Guard(Devres* owner) noexcept : owner_(owner) {}
        Devres* owner_;
    };

    // Takes value, destroying it at once when the device is no longer bound.
    Devres(Device& device, T value) noexcept
        : entry_{{&finish}, this}, device_(__builtin_addressof(device)), value_(std::move(value)) {
        if (!device.devres.add(entry_))
            finish(entry_);
    }
    Devres(const Devres&) = delete;
    Devres& operator=(const Devres&) = delete;

    // Destroys the T unless that has happened: refuses new guards, waits for those there are, and
    // for whoever is at it. Never end a Devres while holding a guard of it, nor in the destructor
    // of its T, which is a panic (IOVIEW_THREAD_LOCAL).
    ~Devres() {
        if (device_->devres.revoke(entry_))
            return;
#ifdef IOVIEW_THREAD_LOCAL
        if (detail::any_ending([this](const detail::Ending& one) { return one.entry == &entry_; }))
            panic("ioview: a Devres ends in the destructor of what it holds");
#endif
        while (!(__atomic_load_n(&users_, __ATOMIC_ACQUIRE) & gone))
            arch::relax();
    }

    // The T, without counting: bound is proof that it stays. invalid_argument for another device;
    // no_device when there is no T any more, whatever the token says.
    [[nodiscard]] Result<T*> access(const Bound<Device>& bound) & noexcept {
        if (__builtin_addressof(bound.device()) != device_)
            return fail(Error::invalid_argument);
        if (__atomic_load_n(&users_, __ATOMIC_RELAXED) & revoked)
            return fail(Error::no_device);
        return __builtin_addressof(value_);
    }

    // The T while it is there, from any thread.
    [[nodiscard]] Guard try_access() & noexcept {
        std::size_t users = __atomic_load_n(&users_, __ATOMIC_RELAXED);
        do {
            if (users & revoked)
                return Guard{nullptr};
        } while (!__atomic_compare_exchange_n(
            &users_, &users, users + one_guard, true, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
        return Guard{this};
    }

    // f(T&) under a guard; no_device, and no call, when the T is gone. What f returns outlives the
    // guard, so it is no view.
    template <class F>
    [[nodiscard]] auto try_access_with(F&& f) noexcept
        -> Result<std::remove_cvref_t<std::invoke_result_t<F, T&>>> {
        static_assert(!IoBase<std::invoke_result_t<F, T&>>,
                      "ioview: the view would outlive its guard; use it inside the function");
        auto guard = try_access();
        if (!guard)
            return fail(Error::no_device);
        if constexpr (std::is_void_v<std::invoke_result_t<F, T&>>) {
            static_cast<F&&>(f)(*guard);
            return {};
        } else {
            return static_cast<F&&>(f)(*guard);
        }
    }

private:
    // users_: two flags, then the number of guards.
    static constexpr std::size_t revoked = 1;
    static constexpr std::size_t gone = 2;
    static constexpr std::size_t one_guard = 4;

    struct Entry : detail::Revocable {
        Devres* owner;
    };

    // The last touch of the Devres is the store of `gone`: its destructor may be waiting for it.
    static void finish(detail::Revocable& entry) noexcept {
        Devres& self = *static_cast<Entry&>(entry).owner;
        __atomic_or_fetch(&self.users_, revoked, __ATOMIC_ACQ_REL);
        while (__atomic_load_n(&self.users_, __ATOMIC_ACQUIRE) >= one_guard)
            arch::relax();
        self.value_.~T();
        __atomic_or_fetch(&self.users_, gone, __ATOMIC_RELEASE);
    }

    Entry entry_;
    Device* device_;
    std::size_t users_ = 0;
    union {
        T value_;
    };
};

} // namespace ioview
