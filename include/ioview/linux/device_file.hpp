// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/linux/i2c_dev.hpp>
// Part of <ioview/linux/i2c_dev.hpp>, which is the one to include.
#pragma once
// DeviceFile: an open device file, its owner, and what its system calls failed with.
//
//   auto file = detail::DeviceFile::open("/dev/i2c-1", O_RDWR);
//   if (::ioctl(file->number(), …) < 0)
//       return fail(detail::linux_error(errno));

#if !__STDC_HOSTED__
#error "ioview/linux/device_file.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>

#include <cerrno>
#include <fcntl.h>
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
        return Error::no_device;
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTTY:
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

class DeviceFile {
public:
    [[nodiscard]] static Result<DeviceFile> open(const char* path, int flags) noexcept {
        const int number = ::open(path, flags | O_CLOEXEC);
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
        if (number_ >= 0)
            ::close(number_);
    }

    [[nodiscard]] int number() const noexcept { return number_; }

    // ioctl(), again after a signal that came before anything was done.
    template <class Argument>
    [[nodiscard]] Result<> control(unsigned long request, Argument argument) const noexcept {
        while (::ioctl(number_, request, argument) < 0)
            if (errno != EINTR)
                return fail(linux_error(errno));
        return {};
    }

private:
    explicit DeviceFile(int number) noexcept : number_(number) {}

    int number_;
};

} // namespace ioview::detail
