// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/device.hpp>
// Part of <ioview/testing/device.hpp>, which is the one to include.
#pragma once
// DeviceView: what drivers get of a Device, and the tag that its accesses go by.
//
//   driver::start(dev.view<MyDevice>());

#if !__STDC_HOSTED__
#error "ioview/testing/device_view.hpp needs a hosted implementation"
#endif

#include <ioview/io.hpp>

#include <bit>
#include <concepts>

namespace ioview::testing {

class Device;
template <class T>
class DeviceView;

// Reads and writes by the callbacks of a Device. Addresses are offsets into it.
struct DeviceBackend {
    template <class T>
    using View = DeviceView<T>;
    static constexpr std::endian order = std::endian::little;
    static constexpr bool ordered = true;

    template <class T>
    static IoPtr<T> as_ptr(DeviceView<T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    static DeviceView<U> project_view(DeviceView<T> view, IoPtr<U> ptr) noexcept {
        return DeviceView<U>{view.device_, ptr};
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    static W io_read(DeviceView<W> view) noexcept;
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    static void io_write(DeviceView<W> view, W word) noexcept;
};

template <class T>
class DeviceView : public Io<DeviceView<T>, DeviceBackend, T> {
public:
    [[nodiscard]] DeviceView as_view() const noexcept { return *this; }

    friend bool operator==(DeviceView a, DeviceView b) noexcept {
        return a.device_ == b.device_ && a.ptr_ == b.ptr_;
    }

private:
    friend DeviceBackend;
    friend Device;
    DeviceView(Device* device, IoPtr<T> ptr) noexcept : device_(device), ptr_(ptr) {}

    Device* device_;
    IoPtr<T> ptr_;
};

} // namespace ioview::testing
