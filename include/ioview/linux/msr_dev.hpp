// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// MsrDev: the model-specific registers of one x86 CPU through Linux' /dev/cpu/N/msr.
//
//   auto cpu = io::MsrDev::open("/dev/cpu/0/msr");
//   auto base = io::SysRegs{*cpu}.try_read<ApicBase>();
//
// The kernel's msr driver catches the trap of a register that is not there: unsupported. Writing is
// for the superuser, and marks the kernel as tainted. On CPUs that are no x86 the file is absent.

#if !__STDC_HOSTED__
#error "ioview/linux/msr_dev.hpp needs a hosted implementation"
#endif

#include <ioview/backend/sys_reg.hpp>
#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp> // IWYU pragma: export

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <limits>
#include <unistd.h>
#include <utility>

namespace ioview {

// A file of registers that are declared with io::msr. Owns the open file.
class MsrDev {
public:
    // Writing has to be asked for.
    enum class Mode : std::uint8_t { to_read, to_write };

    // no_device without the msr driver or the CPU, unsupported without permission.
    [[nodiscard]] static Result<MsrDev> open(const char* path, Mode mode = Mode::to_read) noexcept {
        auto file = detail::DeviceFile::open(path, mode == Mode::to_read ? O_RDONLY : O_RDWR);
        if (!file)
            return fail(file.error());
        return MsrDev{std::move(*file)};
    }

    // One rdmsr. unsupported for one that is not there, or no MSR.
    template <class Place>
    [[nodiscard]] Result<typename Place::Word> read() const noexcept {
        std::uint64_t value = 0;
        if (!reaches(Place::id))
            return fail(Error::unsupported);
        const ssize_t count =
            again([&] { return ::pread(file_.number(), &value, 8, offset(Place::id)); });
        if (count != 8)
            return fail(outcome(count));
        return static_cast<typename Place::Word>(value);
    }
    // One wrmsr; unsupported where it traps, too.
    template <class Place>
    [[nodiscard]] Result<> write(typename Place::Word word) const noexcept {
        const std::uint64_t value = word;
        if (!reaches(Place::id))
            return fail(Error::unsupported);
        const ssize_t count =
            again([&] { return ::pwrite(file_.number(), &value, 8, offset(Place::id)); });
        if (count != 8)
            return fail(outcome(count));
        return {};
    }

    // The file descriptor, which stays this object's.
    [[nodiscard]] int native_handle() const noexcept { return file_.number(); }

private:
    explicit MsrDev(detail::DeviceFile file) noexcept : file_(std::move(file)) {}

    // 32-bit programs reach numbers above 0x7fff'ffff with _FILE_OFFSET_BITS=64 only.
    static constexpr bool reaches(const SysRegId& id) noexcept {
        return id == SysRegId{"msr", id.number} &&
               (sizeof(::off_t) > 4 || id.number <= std::numeric_limits<std::int32_t>::max());
    }
    static constexpr ::off_t offset(const SysRegId& id) noexcept {
        return static_cast<::off_t>(id.number);
    }
    template <class Call>
    static ssize_t again(Call call) noexcept {
        ssize_t count = call();
        while (count < 0 && errno == EINTR)
            count = call();
        return count;
    }
    // EIO is the CPU's trap, EBADF a write of a file that is open to read.
    static Error outcome(ssize_t count) noexcept {
        if (count >= 0)
            return Error::io_error;
        return errno == EIO || errno == EBADF ? Error::unsupported : detail::linux_error(errno);
    }

    detail::DeviceFile file_;
};

} // namespace ioview
