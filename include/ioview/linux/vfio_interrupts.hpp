// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// VfioInterrupts: interrupts of a VfioDevice as counters that are waited for.
//
//   auto interrupts = io::VfioInterrupts::enable(*device, io::VfioIrq::msix, 4);
//   if (auto times = interrupts->wait(0, 100ms)) …           // timed_out after that
//
// A handler of the kernel counts them: none is lost while nobody waits.

#if !__STDC_HOSTED__
#error "ioview/linux/vfio_interrupts.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp>
#include <ioview/linux/vfio.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <linux/vfio.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ioview {

// The kinds of interrupt that the kernel knows of a PCI function.
enum class VfioIrq : std::uint32_t {
    intx = VFIO_PCI_INTX_IRQ_INDEX, // the one line; masked by the kernel each time it is up
    msi = VFIO_PCI_MSI_IRQ_INDEX,
    msix = VFIO_PCI_MSIX_IRQ_INDEX,
    error = VFIO_PCI_ERR_IRQ_INDEX,   // an uncorrected error of PCI Express
    request = VFIO_PCI_REQ_IRQ_INDEX, // the kernel wants the function back: it is being removed
};

// Owns the vectors from 0 on, which are disabled when it ends.
class VfioInterrupts {
public:
    // invalid_argument (EINVAL) for none, unsupported (ENODEV) when the function has none of the
    // kind, out_of_bounds (ERANGE) when it has fewer, busy while one of another owner is enabled.
    [[nodiscard]] static Result<VfioInterrupts>
    enable(const VfioDevice& device, VfioIrq kind, unsigned count = 1) {
        if (count == 0)
            return detail::fail_as(Error::invalid_argument, EINVAL);
        ::vfio_irq_info info{};
        info.argsz = sizeof info;
        info.index = static_cast<std::uint32_t>(kind);
        if (const auto asked = device.files_.device.control(VFIO_DEVICE_GET_IRQ_INFO, &info);
            !asked)
            return fail(asked.error());
        if (info.count == 0 || (info.flags & VFIO_IRQ_INFO_EVENTFD) == 0)
            return detail::fail_as(Error::unsupported, ENODEV);
        if (count > info.count)
            return detail::fail_as(Error::out_of_bounds, ERANGE);
        auto file = device.files_.device.duplicate();
        if (!file)
            return fail(file.error());
        VfioInterrupts made{std::move(*file), info.index};
        std::vector<std::int32_t> numbers;
        for (unsigned i = 0; i < count; ++i) {
            const int number =
                detail::restarted([] { return ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); });
            if (number < 0)
                return fail(detail::linux_error(errno));
            made.counters_.push_back(detail::DeviceFile::adopt(number));
            numbers.push_back(number);
        }
        if (const auto set = made.set(VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
                                      count,
                                      numbers.data(),
                                      numbers.size() * sizeof numbers[0]);
            !set)
            return fail(set.error());
        made.enabled_ = true;
        return made;
    }
    VfioInterrupts(VfioInterrupts&& other) noexcept
        : file_(std::move(other.file_)),
          kind_(other.kind_),
          counters_(std::move(other.counters_)),
          enabled_(std::exchange(other.enabled_, false)) {}
    VfioInterrupts& operator=(VfioInterrupts&& other) noexcept {
        VfioInterrupts taken{std::move(other)};
        std::swap(file_, taken.file_);
        std::swap(kind_, taken.kind_);
        std::swap(counters_, taken.counters_);
        std::swap(enabled_, taken.enabled_);
        return *this;
    }
    ~VfioInterrupts() {
        if (!enabled_)
            return;
        const int before = errno;
        static_cast<void>(set(VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER, 0));
        errno = before;
    }

    // Until the vector has come, at least once since it was waited for last: how often. timed_out
    // (ETIMEDOUT) after so long, which 0 makes a look; out_of_bounds (ERANGE) for another vector.
    // Signals do not end the wait.
    [[nodiscard]] Result<std::uint64_t> wait(unsigned vector,
                                             std::chrono::nanoseconds time_out) const noexcept {
        using Clock = std::chrono::steady_clock;
        if (vector >= counters_.size())
            return detail::fail_as(Error::out_of_bounds, ERANGE);
        const int number = counters_[vector].number();
        const auto end = Clock::now() + time_out;
        for (;;) {
            std::uint64_t times = 0;
            if (detail::restarted([&] { return ::read(number, &times, sizeof times); }) ==
                static_cast<ssize_t>(sizeof times))
                return times;
            if (errno != EAGAIN)
                return fail(detail::linux_error(errno));
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
            if (left.count() <= 0)
                return detail::fail_as(Error::timed_out, ETIMEDOUT);
            ::pollfd waited{number, POLLIN, 0};
            const auto most = std::min<std::int64_t>(left.count(), 1'000'000);
            if (::poll(&waited, 1, static_cast<int>(most)) < 0 && errno != EINTR)
                return fail(detail::linux_error(errno));
        }
    }
    // Lets the line of intx come again, once the function has been seen to.
    [[nodiscard]] Result<> unmask() const noexcept {
        return set(VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_UNMASK, 1);
    }

    // Vectors that are waited for.
    [[nodiscard]] std::size_t size() const noexcept { return counters_.size(); }
    // To poll() several: readable when the vector has come. invalid (-1) past the last.
    [[nodiscard]] int native_handle(unsigned vector) const noexcept {
        return vector < counters_.size() ? counters_[vector].number() : -1;
    }

private:
    VfioInterrupts(detail::DeviceFile file, std::uint32_t kind) noexcept
        : file_(std::move(file)), kind_(kind) {}

    // Vectors 0 to count - 1.
    [[nodiscard]] Result<> set(std::uint32_t flags,
                               unsigned count,
                               const void* data = nullptr,
                               std::size_t bytes = 0) const noexcept {
        ::vfio_irq_set head{};
        head.argsz = static_cast<std::uint32_t>(sizeof head + bytes);
        head.flags = flags;
        head.index = kind_;
        head.count = count;
        if (bytes == 0)
            return file_.control(VFIO_DEVICE_SET_IRQS, &head);
        std::vector<std::byte> all(sizeof head + bytes);
        std::memcpy(all.data(), &head, sizeof head);
        std::memcpy(all.data() + sizeof head, data, bytes);
        return file_.control(VFIO_DEVICE_SET_IRQS, all.data());
    }

    detail::DeviceFile file_;
    std::uint32_t kind_;
    std::vector<detail::DeviceFile> counters_;
    bool enabled_ = false;
};

} // namespace ioview
