// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/removable.hpp>
// Part of <ioview/linux/removable.hpp>, which is the one to include.
#pragma once
// SigbusGuard: a range of mapped addresses in which SIGBUS does not end the process. The page that
// was accessed becomes one of ones, which is this process' alone, and the access is made again.
//
//   auto guard = detail::SigbusGuard::of(address, bytes);
//   if (__atomic_load_n(guard->gone(), __ATOMIC_ACQUIRE)) …
//
// One handler for all ranges, there while there is one. SIGBUS of anything else goes to the handler
// that was there before, as if it had been called by the kernel. One that is installed later has to
// call this one in the same way.

#if !__STDC_HOSTED__
#error "ioview/linux/sigbus_guard.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp> // IWYU pragma: export

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <sys/mman.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace ioview::detail {

class SigbusGuard {
public:
    static constexpr unsigned capacity = 128; // ranges at a time, in a process

    // The pages of bytes, not 0, from address on. no_memory (ENOSPC) when capacity is taken, else
    // what memfd_create() or sigaction() says.
    [[nodiscard]] static Result<SigbusGuard> of(std::uintptr_t address, std::size_t bytes) {
        const std::uintptr_t page = page_size();
        const std::uintptr_t end = (address + bytes + page - 1) / page * page;
        const std::scoped_lock lock(state().mutex);
        Range* range = state().ranges;
        while (range != state().ranges + capacity && range->end.load() != 0)
            ++range;
        if (range == state().ranges + capacity)
            return fail_as(Error::no_memory, ENOSPC);
        if (auto installed = install(); !installed)
            return fail(installed.error());
        ++state().used;
        __atomic_store_n(&range->gone, false, __ATOMIC_SEQ_CST);
        range->begin.store(address / page * page);
        range->end.store(end); // from here on it is seen
        return SigbusGuard{range};
    }

    SigbusGuard(SigbusGuard&& other) noexcept : range_(std::exchange(other.range_, nullptr)) {}
    SigbusGuard& operator=(SigbusGuard&& other) noexcept {
        SigbusGuard taken{std::move(other)};
        std::swap(range_, taken.range_);
        return *this;
    }
    ~SigbusGuard() {
        if (range_ == nullptr)
            return;
        const int before = errno;
        const std::scoped_lock lock(state().mutex);
        range_->end.store(0);
        if (--state().used == 0)
            uninstall();
        errno = before;
    }

    [[nodiscard]] bool empty() const noexcept { return range_ == nullptr; }
    // Whether an access has raised SIGBUS; loaded atomically.
    [[nodiscard]] const bool* gone() const noexcept { return &range_->gone; }

private:
    using Action = struct ::sigaction;
    struct Range {
        std::atomic<std::uintptr_t> begin{0};
        std::atomic<std::uintptr_t> end{0}; // 0: free
        bool gone = false; // an atomic<bool> is not loaded by an IOVIEW_INLINE function
    };
    struct State {
        std::mutex mutex; // of all but what the handler reads
        Range ranges[capacity];
        unsigned used = 0;
        bool installed = false;
        Action before{};
        std::atomic<int> ones{-1}; // a file of one page
    };
    static_assert(std::is_trivially_destructible_v<State>); // a device may go while a process ends
    // The handler takes no lock.
    static_assert(std::atomic<std::uintptr_t>::is_always_lock_free &&
                  std::atomic<int>::is_always_lock_free);

    explicit SigbusGuard(Range* range) noexcept : range_(range) {}

    static State& state() noexcept { return state_; }
    static std::uintptr_t page_size() noexcept {
        return static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    }

    [[nodiscard]] static Result<> install() {
        State& now = state();
        if (now.installed)
            return {};
        if (now.ones.load() < 0) {
            const int file = file_of_ones();
            if (file < 0)
                return fail(linux_error(errno));
            now.ones.store(file);
        }
        if (::sigaction(SIGBUS, nullptr, &now.before) != 0)
            return fail(linux_error(errno));
        Action ours{};
        ours.sa_sigaction = &on_signal;
        ours.sa_flags = SA_SIGINFO | SA_ONSTACK | (now.before.sa_flags & (SA_RESTART | SA_NODEFER));
        if (::sigaction(SIGBUS, &ours, nullptr) != 0)
            return fail(linux_error(errno));
        now.installed = true;
        return {};
    }
    // What was there before is there again, unless another has come to stand before it: that one
    // may pass signals on to here for ever.
    static void uninstall() noexcept {
        State& now = state();
        Action current{};
        if (::sigaction(SIGBUS, nullptr, &current) != 0 || (current.sa_flags & SA_SIGINFO) == 0 ||
            current.sa_sigaction != &on_signal || ::sigaction(SIGBUS, &now.before, nullptr) != 0)
            return;
        now.installed = false;
        ::close(now.ones.exchange(-1));
    }
    static int file_of_ones() {
        const int file = restarted([] { return ::memfd_create("ioview-ones", MFD_CLOEXEC); });
        if (file < 0)
            return -1;
        unsigned char ones[512];
        for (unsigned char& each : ones)
            each = 0xff;
        for (std::uintptr_t left = page_size(); left > 0; left -= sizeof ones) {
            if (restarted([&] { return ::write(file, ones, sizeof ones); }) < 0) {
                const int error = errno;
                ::close(file);
                errno = error;
                return -1;
            }
        }
        return file;
    }

    // Async-signal-safe: system calls and atomics that take no lock.
    static bool takes(std::uintptr_t address) noexcept {
        State& now = state();
        for (Range& range : now.ranges) {
            const std::uintptr_t end = range.end.load();
            if (end == 0 || address >= end || address < range.begin.load() ||
                range.end.load() != end)
                continue;
            __atomic_store_n(&range.gone, true, __ATOMIC_SEQ_CST); // before it is not the device's
            const std::uintptr_t page = page_size();
            void* const at = reinterpret_cast<void*>(address / page * page);
            return ::mmap(at,
                          page,
                          PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_FIXED,
                          now.ones.load(),
                          0) == at;
        }
        return false;
    }
    static void on_signal(int signal, ::siginfo_t* info, void* context) noexcept {
        const int before = errno;
        // A page that nothing is behind, or (ARM) an access that the bus has aborted; not memory
        // that is broken, nor what somebody has sent.
        const bool is_access = info->si_code == BUS_ADRERR || info->si_code == BUS_OBJERR;
        if (!is_access || !takes(reinterpret_cast<std::uintptr_t>(info->si_addr)))
            pass_on(signal, info, context);
        errno = before;
    }
    // As the kernel would.
    static void pass_on(int signal, ::siginfo_t* info, void* context) noexcept {
        State& now = state();
        const Action before = now.before;
        const bool has_info = (before.sa_flags & SA_SIGINFO) != 0;
        const bool is_sent = info->si_code <= 0;
        if (!has_info && before.sa_handler == SIG_IGN && is_sent)
            return;
        if (!has_info && (before.sa_handler == SIG_DFL || before.sa_handler == SIG_IGN)) {
            Action ends{};
            ends.sa_handler = SIG_DFL;
            ::sigaction(signal, &ends, nullptr);
            if (is_sent || info->si_code == BUS_MCEERR_AO)
                ::raise(signal); // else the access is made again, and ends the process
            return;
        }
        if ((before.sa_flags & static_cast<int>(SA_RESETHAND)) != 0) {
            now.before.sa_flags = 0;
            now.before.sa_handler = SIG_DFL;
        }
        ::sigset_t blocked;
        ::pthread_sigmask(SIG_BLOCK, &before.sa_mask, &blocked);
        if (has_info)
            before.sa_sigaction(signal, info, context);
        else
            before.sa_handler(signal);
        ::pthread_sigmask(SIG_SETMASK, &blocked, nullptr);
    }

    static State state_;

    Range* range_;
};

inline SigbusGuard::State SigbusGuard::state_{};

} // namespace ioview::detail
