// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/i2c_dev.hpp>
// Part of <ioview/linux/i2c_dev.hpp>, which is the one to include.
#pragma once
// DeviceFile: an open device file, its owner, and what its system calls failed with.
//
//   auto file = detail::DeviceFile::open("/dev/i2c-1", O_RDWR);
//   if (::ioctl(file->number(), …) < 0)
//       return fail(detail::linux_error(errno));
//
// Whatever fails leaves errno as the call that failed set it: what is undone on the way out keeps
// it. Where no call failed, and what the kernel says is wrong, fail_as() sets it.

#if !__STDC_HOSTED__
#error "ioview/linux/device_file.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace ioview::detail {

// The outcome of a failed system call. A NAK of its address is ENXIO (the kernel's
// Documentation/i2c/fault-codes.rst), as is a device that has gone.
[[nodiscard]] constexpr Error linux_error(int number) noexcept {
    switch (number) {
    case ENODEV:
    case ENXIO:
    case ENOENT:
    case ENOTDIR:
    case ESRCH:
        return Error::no_device;
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTTY:
    case ENOSYS:
    case EOPNOTSUPP:
        return Error::unsupported;
    case EBUSY:
    case EAGAIN: // arbitration was lost
        return Error::busy;
    case ENOMEM:
    case EMFILE:
    case ENFILE:
        return Error::no_memory;
    case ETIMEDOUT:
        return Error::timed_out;
    case EMSGSIZE:
        return Error::message_too_large;
    case EINVAL:
        return Error::invalid_argument;
    default:
        return Error::io_error;
    }
}

// A failure that no system call reported: errno is set to what comes nearest.
[[nodiscard]] inline auto fail_as(Error error, int number) noexcept {
    errno = number;
    return fail(error);
}

// A system call that a signal has not cut short.
template <class Call>
auto restarted(Call call) noexcept {
    auto outcome = call();
    while (outcome < 0 && errno == EINTR)
        outcome = call();
    return outcome;
}

class DeviceFile {
public:
    [[nodiscard]] static Result<DeviceFile> open(const char* path, int flags) noexcept {
        const int number = restarted([&] { return ::open(path, flags | O_CLOEXEC); });
        if (number < 0)
            return fail(linux_error(errno));
        return DeviceFile{number};
    }
    // A descriptor that a call has given, close-on-exec by itself.
    [[nodiscard]] static DeviceFile adopt(int number) noexcept { return DeviceFile{number}; }
    // Another descriptor of the same open file.
    [[nodiscard]] Result<DeviceFile> duplicate() const noexcept {
        const int number = restarted([&] { return ::fcntl(number_, F_DUPFD_CLOEXEC, 0); });
        if (number < 0)
            return fail(linux_error(errno));
        return DeviceFile{number};
    }
    DeviceFile(DeviceFile&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    DeviceFile& operator=(DeviceFile&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~DeviceFile() {
        if (number_ < 0)
            return;
        const int before = errno;
        ::close(number_); // never again after a signal: it is closed then, too
        errno = before;
    }

    [[nodiscard]] int number() const noexcept { return number_; }

    // ioctl(), again after a signal that came before anything was done.
    template <class Argument>
    [[nodiscard]] Result<> control(unsigned long request, Argument argument) const noexcept {
        return answer(request, argument).transform([](int) {});
    }
    // The same, and the number that it returns.
    template <class Argument>
    [[nodiscard]] Result<int> answer(unsigned long request, Argument argument) const noexcept {
        const int number = restarted([&] { return ::ioctl(number_, request, argument); });
        if (number < 0)
            return fail(linux_error(errno));
        return number;
    }

private:
    explicit DeviceFile(int number) noexcept : number_(number) {}

    int number_;
};

// All of a small file, as those of sysfs are.
[[nodiscard]] inline Result<std::string> text_of(const std::string& path) {
    const auto file = DeviceFile::open(path.c_str(), O_RDONLY);
    if (!file)
        return fail(file.error());
    std::string text;
    for (;;) {
        char part[512];
        const ssize_t count = restarted([&] { return ::read(file->number(), part, sizeof part); });
        if (count < 0)
            return fail(linux_error(errno));
        if (count == 0)
            return text;
        text.append(part, static_cast<std::size_t>(count));
    }
}

} // namespace ioview::detail
