// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "reasons.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace iov {
namespace {

constexpr const char* lockdown =
    "the kernel is locked down (/sys/kernel/security/lockdown); boot without secure boot, or "
    "without lockdown= on the command line";

// strerror(), and the number's name where scripts look for it
std::string words(int error) {
    return fmt::format("{} (errno {})", std::strerror(error), error);
}

} // namespace

Failure cannot_open(const std::string& path, int error) {
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return {Exit::unreadable, "{}: there is no such file", path};
    case EACCES:
        return {Exit::not_allowed,
                "{}: this user may not open it; run iov as root, or change the file's owner",
                path};
    case EPERM:
        return {Exit::not_allowed, "{}: not permitted: run iov as root, or {}", path, lockdown};
    case ENODEV:
    case ENXIO:
        return {Exit::unreadable, "{}: the device has gone", path};
    default:
        return {Exit::unreadable, "{}: {}", path, words(error)};
    }
}

Failure cannot_read_config(const std::string& function, std::uint64_t offset) {
    if (offset >= 64 && ::geteuid() != 0)
        return {Exit::not_allowed,
                "{}: cannot be read at {:#x}: without CAP_SYS_ADMIN the kernel gives the first 64 "
                "bytes only; run iov as root",
                function,
                offset};
    return {Exit::unreadable,
            "{}: cannot be read at {:#x}: the kernel gives no more of it",
            function,
            offset};
}

Failure cannot_write_config(const std::string& function, int error) {
    if (error == EACCES || error == EPERM)
        return {Exit::not_allowed,
                "{}: configuration space may not be written: run iov as root; if you are, {}",
                function,
                lockdown};
    return {Exit::unreadable, "{}: cannot be written: {}", function, words(error)};
}

Failure cannot_map(const std::string& path, int error) {
    switch (error) {
    case EPERM:
        return {Exit::not_allowed, "{}: the BAR may not be mapped: {}", path, lockdown};
    case EINVAL:
    case EBUSY:
        return {Exit::not_allowed,
                "{}: the BAR cannot be mapped: a driver has it to itself "
                "(CONFIG_IO_STRICT_DEVMEM); boot with iomem=relaxed, or unbind the driver: echo "
                "FUNCTION > driver/unbind",
                path};
    default:
        return cannot_open(path, error);
    }
}

} // namespace iov
