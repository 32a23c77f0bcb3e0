// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The system calls of the headers of linux/, before the C library's: each can be made to fail or to
// be cut short by a signal, and what was opened or mapped is counted. One plan at a time; without
// one they are the kernel's. Tests that use it have the line
//
//   // native: it stands before the C library's system calls
//
//   SystemCalls calls;
//   calls.fail(3, EIO);            // the third from now on
//   …
//   CHECK(calls.is_clean());       // nothing is open or mapped that was made meanwhile
//
// Includes of this header come before those of ioview.

#include "support/ioctl.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

namespace ioview::tests {

class SystemCalls {
public:
    struct Mapped {
        void* start;
        std::size_t length;
    };

    SystemCalls() {
        current() = this;
        ioctl_taker() = [](int file, unsigned long request, void* argument, int& outcome) {
            outcome = -1;
            return current()->fails("ioctl") ||
                   (current()->on_ioctl != nullptr &&
                    current()->on_ioctl(file, request, argument, outcome));
        };
    }
    ~SystemCalls() {
        current() = nullptr;
        ioctl_taker() = before_;
    }
    SystemCalls(const SystemCalls&) = delete;
    SystemCalls& operator=(const SystemCalls&) = delete;

    // The n-th call from now on fails, 1 being the next. What undoes a call never fails.
    void fail(unsigned n, int error) {
        left_ = n;
        error_ = error;
    }
    // Every call is cut short by a signal once before it does anything.
    void interrupt_each(bool on = true) { interrupts_ = on; }
    // The failure that was asked for has not come up.
    [[nodiscard]] bool came_through() const { return left_ > 0; }

    [[nodiscard]] bool is_clean() const { return open.empty() && mapped.empty() && right; }

    // For devices that are none; see support/ioctl.hpp.
    IoctlTaker on_ioctl = nullptr;
    // The same of pread(): true when the third is its outcome.
    bool (*on_pread)(void* to, std::size_t bytes, ::off_t offset, ::ssize_t& outcome) = nullptr;
    // Where it is not null, huge pages are there, and made of small ones: called for each mapping.
    void (*on_huge_page)(void* start) = nullptr;
    // Permission to use ports, which is not asked of the kernel.
    std::vector<std::string> ioperm;

    int open_flags = 0; // of the last open()
    std::vector<int> open;
    std::vector<Mapped> mapped;
    std::vector<std::string> names; // in order
    bool right = true;              // everything was undone as it was done

    // For the calls below: whether this one fails, with errno.
    bool fails(const char* name) {
        if (interrupts_ && !interrupted_) {
            interrupted_ = true;
            errno = EINTR;
            return true;
        }
        interrupted_ = false;
        names.emplace_back(name);
        if (left_ == 0 || --left_ > 0)
            return false;
        errno = error_;
        return true;
    }
    void closes(int file) { std::erase(open, file); }
    void unmaps(void* start, std::size_t length) {
        const auto is_it = [=](const Mapped& m) { return m.start == start && m.length == length; };
        right = std::erase_if(mapped, is_it) == 1 && right;
    }

    static SystemCalls*& current() {
        static SystemCalls* now = nullptr;
        return now;
    }

private:
    IoctlTaker before_ = ioctl_taker();
    unsigned left_ = 0;
    int error_ = 0;
    bool interrupts_ = false;
    bool interrupted_ = false;
};

} // namespace ioview::tests

// Weak: several tests of one program include this.
#define IOVIEW_TESTS_CALL extern "C" __attribute__((weak))
#define IOVIEW_TESTS_FAILS(name)                                                                   \
    (ioview::tests::SystemCalls::current() != nullptr &&                                           \
     ioview::tests::SystemCalls::current()->fails(name))

IOVIEW_TESTS_CALL int open(const char* path, int flags, ...) {
    std::va_list rest;
    va_start(rest, flags);
    const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, ::mode_t) : ::mode_t{};
    va_end(rest);
    if (IOVIEW_TESTS_FAILS("open"))
        return -1;
    const int file = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
    if (auto* calls = ioview::tests::SystemCalls::current(); calls != nullptr && file >= 0) {
        calls->open.push_back(file);
        calls->open_flags = flags;
        calls->right = calls->right && (flags & O_CLOEXEC) != 0;
    }
    return file;
}

IOVIEW_TESTS_CALL int close(int file) {
    if (auto* calls = ioview::tests::SystemCalls::current(); calls != nullptr)
        calls->closes(file);
    const int outcome = static_cast<int>(::syscall(SYS_close, file));
    if (ioview::tests::SystemCalls::current() != nullptr)
        errno = EIO; // as a close() may: nobody is to go by it
    return outcome;
}

IOVIEW_TESTS_CALL void* mmap(
    void* start, std::size_t length, int protection, int flags, int file, ::off_t offset) noexcept {
    if (IOVIEW_TESTS_FAILS("mmap"))
        return MAP_FAILED;
    const auto* const now = ioview::tests::SystemCalls::current();
    const bool huge = (flags & MAP_HUGETLB) != 0 && now != nullptr && now->on_huge_page != nullptr;
    if (huge)
        flags &= ~(MAP_HUGETLB | MAP_LOCKED | 0x3f << MAP_HUGE_SHIFT);
    void* const made = reinterpret_cast<void*>(
        ::syscall(SYS_mmap, start, length, protection, flags, file, offset));
    if (huge && made != MAP_FAILED)
        now->on_huge_page(made);
    if (auto* calls = ioview::tests::SystemCalls::current();
        calls != nullptr && made != MAP_FAILED && (flags & MAP_FIXED) == 0)
        calls->mapped.push_back({made, length});
    return made;
}

IOVIEW_TESTS_CALL int munmap(void* start, std::size_t length) noexcept {
    if (auto* calls = ioview::tests::SystemCalls::current(); calls != nullptr)
        calls->unmaps(start, length);
    const int outcome = static_cast<int>(::syscall(SYS_munmap, start, length));
    if (ioview::tests::SystemCalls::current() != nullptr)
        errno = EIO;
    return outcome;
}

IOVIEW_TESTS_CALL int fstat(int file, struct ::stat* status) noexcept {
    if (IOVIEW_TESTS_FAILS("fstat"))
        return -1;
    return ::fstatat(file, "", status, AT_EMPTY_PATH);
}

IOVIEW_TESTS_CALL int memfd_create(const char* name, unsigned flags) noexcept {
    if (IOVIEW_TESTS_FAILS("memfd_create"))
        return -1;
    const int file = static_cast<int>(::syscall(SYS_memfd_create, name, flags));
    if (auto* calls = ioview::tests::SystemCalls::current(); calls != nullptr && file >= 0) {
        calls->open.push_back(file);
        calls->right = calls->right && (flags & MFD_CLOEXEC) != 0;
    }
    return file;
}

IOVIEW_TESTS_CALL int flock(int file, int operation) noexcept {
    if (IOVIEW_TESTS_FAILS("flock"))
        return -1;
    return static_cast<int>(::syscall(SYS_flock, file, operation));
}

IOVIEW_TESTS_CALL ::ssize_t readlink(const char* path, char* to, std::size_t size) noexcept {
    if (IOVIEW_TESTS_FAILS("readlink"))
        return -1;
    return ::syscall(SYS_readlinkat, AT_FDCWD, path, to, size);
}

IOVIEW_TESTS_CALL ::ssize_t read(int file, void* to, std::size_t bytes) {
    if (IOVIEW_TESTS_FAILS("read"))
        return -1;
    return ::syscall(SYS_read, file, to, bytes);
}

IOVIEW_TESTS_CALL ::ssize_t write(int file, const void* from, std::size_t bytes) {
    if (IOVIEW_TESTS_FAILS("write"))
        return -1;
    return ::syscall(SYS_write, file, from, bytes);
}

IOVIEW_TESTS_CALL ::ssize_t pread(int file, void* to, std::size_t bytes, ::off_t offset) {
    if (IOVIEW_TESTS_FAILS("pread"))
        return -1;
    ::ssize_t outcome = 0;
    if (const auto* calls = ioview::tests::SystemCalls::current();
        calls != nullptr && calls->on_pread != nullptr &&
        calls->on_pread(to, bytes, offset, outcome))
        return outcome;
    return ::syscall(SYS_pread64, file, to, bytes, offset);
}

IOVIEW_TESTS_CALL ::ssize_t pwrite(int file, const void* from, std::size_t bytes, ::off_t offset) {
    if (IOVIEW_TESTS_FAILS("pwrite"))
        return -1;
    return ::syscall(SYS_pwrite64, file, from, bytes, offset);
}

IOVIEW_TESTS_CALL int eventfd(unsigned first, int flags) noexcept {
    if (IOVIEW_TESTS_FAILS("eventfd"))
        return -1;
    const int file = static_cast<int>(::syscall(SYS_eventfd2, first, flags));
    if (auto* calls = ioview::tests::SystemCalls::current(); calls != nullptr && file >= 0) {
        calls->open.push_back(file);
        calls->right = calls->right && (flags & EFD_CLOEXEC) != 0;
    }
    return file;
}

// To duplicate a descriptor, that is; the rest is the kernel's.
IOVIEW_TESTS_CALL int fcntl(int file, int command, ...) {
    std::va_list rest;
    va_start(rest, command);
    void* argument = va_arg(rest, void*);
    va_end(rest);
    if (command == F_DUPFD_CLOEXEC && IOVIEW_TESTS_FAILS("fcntl"))
        return -1;
    const int outcome = static_cast<int>(::syscall(SYS_fcntl, file, command, argument));
    if (auto* calls = ioview::tests::SystemCalls::current();
        command == F_DUPFD_CLOEXEC && calls != nullptr && outcome >= 0)
        calls->open.push_back(outcome);
    return outcome;
}

IOVIEW_TESTS_CALL int poll(::pollfd* files, ::nfds_t count, int milliseconds) {
    if (IOVIEW_TESTS_FAILS("poll"))
        return -1;
    const ::timespec time{milliseconds / 1'000, milliseconds % 1'000 * 1'000'000l};
    return static_cast<int>(
        ::syscall(SYS_ppoll, files, count, milliseconds < 0 ? nullptr : &time, nullptr, 0));
}

IOVIEW_TESTS_CALL int ioperm(unsigned long first, unsigned long count, int on) noexcept {
    auto* calls = ioview::tests::SystemCalls::current();
    if (on != 0 && IOVIEW_TESTS_FAILS("ioperm"))
        return -1;
    if (calls != nullptr) {
        calls->ioperm.push_back(std::to_string(first) + '+' + std::to_string(count) +
                                (on != 0 ? " on" : " off"));
        return 0;
    }
#ifdef SYS_ioperm
    return static_cast<int>(::syscall(SYS_ioperm, first, count, on));
#else
    errno = ENOSYS;
    return -1;
#endif
}

#undef IOVIEW_TESTS_CALL
#undef IOVIEW_TESTS_FAILS
