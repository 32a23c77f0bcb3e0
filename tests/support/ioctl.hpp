// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// ioctl() before the C library's: a test takes what is meant for a device that is none.
//
//   ioctl_taker() = [](int, unsigned long request, void* argument, int& outcome) { … return true;
//   };

#include <cstdarg>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ioview::tests {

// True when `outcome` is what the call returns; false leaves it to the kernel.
using IoctlTaker = bool (*)(int file, unsigned long request, void* argument, int& outcome);
inline IoctlTaker& ioctl_taker() {
    static IoctlTaker taker = nullptr;
    return taker;
}

} // namespace ioview::tests

// Weak: several tests of one program include this.
extern "C" __attribute__((weak)) int ioctl(int file, unsigned long request, ...) noexcept {
    std::va_list rest;
    va_start(rest, request);
    void* argument = va_arg(rest, void*);
    va_end(rest);
    int outcome = 0;
    if (const auto taker = ioview::tests::ioctl_taker();
        taker != nullptr && taker(file, request, argument, outcome))
        return outcome;
    return static_cast<int>(::syscall(SYS_ioctl, file, request, argument));
}
