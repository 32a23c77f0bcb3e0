// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// UioDevice and UioMap: a device that a driver of Linux' UIO gives to user space, and its memory.
//
//   auto device = io::UioDevice::open(0);                        // /dev/uio0
//   auto regs = io::UioMap<Regs>::map(*device, 0);               // its map0
//   auto count = device->wait_for_interrupt(1'000);              // timed_out after a second
//   device->enable_interrupt();
//
// Whether an interrupt has to be enabled again after each is for the driver to say
// (uio_pci_generic: yes).

#if !__STDC_HOSTED__
#error "ioview/linux/uio.hpp needs a hosted implementation"
#endif

#include <ioview/backend/mmio.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/linux/mapped_view.hpp>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace ioview {

// Where Linux has them; another for tests.
struct UioPaths {
    std::string devices = "/dev";
    std::string attributes = "/sys/class/uio";
};

// Owns the open /dev/uioN, and with it what interrupts have been seen.
class UioDevice {
public:
    // no_device (ENOENT) when there is none, unsupported (EACCES) without permission, no_device
    // (ENODEV) when the module that drives it goes. Any number of processes may have it open; each
    // is told of each interrupt.
    [[nodiscard]] static Result<UioDevice> open(unsigned number, const UioPaths& paths = {}) {
        const std::string name = "/uio" + std::to_string(number);
        auto file = detail::DeviceFile::open((paths.devices + name).c_str(), O_RDWR);
        if (!file)
            return fail(file.error());
        return UioDevice{std::move(*file), paths.attributes + name + "/maps/map"};
    }

    // Until there is an interrupt that this object has not seen, for so many milliseconds or for
    // ever (-1): how many there have been since the driver came, counted modulo 2^32. timed_out
    // (ETIMEDOUT); io_error (EIO) when the device has no interrupt, or has gone.
    [[nodiscard]] Result<std::uint32_t> wait_for_interrupt(int milliseconds) const noexcept {
        const std::int64_t end = now() + milliseconds;
        ::pollfd file{file_.number(), POLLIN, 0};
        for (int left = milliseconds;;) {
            const int ready = ::poll(&file, 1, left);
            if (ready > 0)
                break;
            if (ready == 0)
                return detail::fail_as(Error::timed_out, ETIMEDOUT);
            if (errno != EINTR)
                return fail(detail::linux_error(errno));
            if (milliseconds >= 0) { // what a signal has left of the time
                const std::int64_t rest = end - now();
                left = rest < 0 ? 0 : static_cast<int>(rest);
            }
        }
        std::uint32_t count = 0;
        const ssize_t got =
            detail::restarted([&] { return ::read(file_.number(), &count, sizeof count); });
        if (got < 0)
            return fail(detail::linux_error(errno));
        if (got != sizeof count)
            return detail::fail_as(Error::io_error, EIO);
        return count;
    }

    // unsupported (ENOSYS) where the driver cannot.
    Result<> enable_interrupt() const noexcept { return control_interrupt(1); }
    Result<> disable_interrupt() const noexcept { return control_interrupt(0); }

    // The file descriptor, which stays this object's: for poll() with others.
    [[nodiscard]] int native_handle() const noexcept { return file_.number(); }

private:
    template <class>
    friend class UioMap;

    UioDevice(detail::DeviceFile file, std::string maps) noexcept
        : file_(std::move(file)), maps_(std::move(maps)) {}

    [[nodiscard]] Result<> control_interrupt(std::uint32_t on) const noexcept {
        const ssize_t put =
            detail::restarted([&] { return ::write(file_.number(), &on, sizeof on); });
        if (put < 0)
            return fail(detail::linux_error(errno));
        if (put != sizeof on)
            return detail::fail_as(Error::io_error, EIO);
        return {};
    }
    static std::int64_t now() noexcept {
        ::timespec time{};
        ::clock_gettime(CLOCK_MONOTONIC, &time);
        return std::int64_t{time.tv_sec} * 1'000 + time.tv_nsec / 1'000'000;
    }

    [[nodiscard]] Result<std::uint64_t> attribute(unsigned map, const char* name) const {
        const auto text = detail::text_of(maps_ + std::to_string(map) + name);
        if (!text)
            return fail(text.error());
        unsigned long long value = 0;
        if (std::sscanf(text->c_str(), "0x%16llx", &value) != 1)
            return detail::fail_as(Error::io_error, EIO);
        return value;
    }
    // The bytes of a map are where its attribute says in the pages that the file has at the number.
    [[nodiscard]] Result<detail::MappedPages> pages(unsigned map) const {
        const auto size = attribute(map, "/size");
        if (!size)
            return fail(size.error());
        const auto offset = attribute(map, "/offset");
        if (!offset && errno != ENOENT) // kernels before 2.6.37 have none
            return fail(offset.error());
        const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
        if (*size == 0 || offset.value_or(0) >= page)
            return detail::fail_as(Error::invalid_argument, EINVAL);
        return detail::MappedPages::of(
            file_.number(), map * page + offset.value_or(0), *size, detail::MappedPages::to_write);
    }

    detail::DeviceFile file_;
    std::string maps_; // of the attributes, up to the number
};

// One map of a UIO device as a T: an object or array at its start, a slice of all the elements that
// fit, a region of all of it. Unmapped when it ends; the UioDevice may end before.
template <class T>
class UioMap : public Io<UioMap<T>, MmioBackend, T> {
public:
    using Io<UioMap<T>, MmioBackend, T>::as_view;
    using Io<UioMap<T>, MmioBackend, T>::view;

    // In this order: no_device (ENOENT) for a number that the device does not have, io_error (EIO)
    // for attributes that are not the kernel's, invalid_argument (EINVAL) for a map of length 0,
    // what mmap() says (invalid_argument for one of ports), and out_of_bounds (ERANGE) or
    // misaligned (EINVAL) when it is no T.
    [[nodiscard]] static Result<UioMap> map(const UioDevice& device, unsigned number) {
        auto pages = device.pages(number);
        if (!pages)
            return fail(pages.error());
        auto mapped = detail::MappedView<T, MmioBackend>::of(std::move(*pages));
        if (!mapped)
            return fail(mapped.error());
        return UioMap{std::move(*mapped)};
    }

    // The whole mapping; valid while it has an owner. A panic of one that was moved from.
    [[nodiscard]] IOVIEW_INLINE Mmio<T> as_view() const& noexcept { return mapped_.view(); }
    [[nodiscard]] Mmio<T> view() const& noexcept { return as_view(); }

private:
    explicit UioMap(detail::MappedView<T, MmioBackend> mapped) noexcept
        : mapped_(std::move(mapped)) {}

    detail::MappedView<T, MmioBackend> mapped_;
};

} // namespace ioview
