// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SpiDev: one device behind Linux' /dev/spidevB.C, as a bus whose registers a view is of.
//
//   auto spi = io::SpiDev::open("/dev/spidev0.0", {.mode = 3, .hertz = 1'000'000});
//   auto chip = io::on_bus<Lis3dh, lis3dh_format>(*spi);

#if !__STDC_HOSTED__
#error "ioview/linux/spi_dev.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp> // IWYU pragma: export
#include <ioview/span.hpp>

#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <limits>
#include <linux/spi/spidev.h>
#include <utility>

namespace ioview {

// The number goes out and the data follows under one chip select, in words of 8 bits. SPI has no
// answer: a device that is not there reads as what the line floats to. Owns the file.
class SpiDev {
public:
    // How the bus is driven for this device.
    struct Options {
        unsigned mode = 0;       // SPI_MODE_0 to SPI_MODE_3
        std::uint32_t hertz = 0; // at most; 0: what the device tree says
    };

    // The device at path. no_device when there is none, unsupported without permission.
    [[nodiscard]] static Result<SpiDev> open(const char* path) noexcept {
        return open(path, Options{});
    }
    // invalid_argument for a mode that is none, or that the controller has not.
    [[nodiscard]] static Result<SpiDev> open(const char* path, Options options) noexcept {
        if (options.mode > 3)
            return fail(Error::invalid_argument);
        auto file = detail::DeviceFile::open(path, O_RDWR);
        if (!file)
            return fail(file.error());
        auto mode = static_cast<std::uint8_t>(options.mode);
        if (const auto set = file->control(SPI_IOC_WR_MODE, &mode); !set)
            return fail(set.error());
        std::uint8_t bits = 8;
        if (const auto set = file->control(SPI_IOC_WR_BITS_PER_WORD, &bits); !set)
            return fail(set.error());
        return SpiDev{std::move(*file), options.hertz};
    }

    // message_too_large for more than the driver's buffer, 4096 bytes unless its bufsiz says
    // otherwise.
    [[nodiscard]] Result<> read(Span<const std::byte> address, Span<std::byte> to) noexcept {
        return transfer(address, nullptr, to.data(), to.size());
    }
    [[nodiscard]] Result<> write(Span<const std::byte> address,
                                 Span<const std::byte> from) noexcept {
        return transfer(address, from.data(), nullptr, from.size());
    }

    // The file descriptor, which stays this object's.
    [[nodiscard]] int native_handle() const noexcept { return file_.number(); }

private:
    SpiDev(detail::DeviceFile file, std::uint32_t hertz) noexcept
        : file_(std::move(file)), hertz_(hertz) {}

    [[nodiscard]] Result<> transfer(Span<const std::byte> address,
                                    const std::byte* from,
                                    std::byte* to,
                                    std::size_t bytes) const noexcept {
        if (bytes > std::numeric_limits<std::uint32_t>::max())
            return fail(Error::message_too_large);
        ::spi_ioc_transfer both[2]{};
        both[0].tx_buf = reinterpret_cast<std::uintptr_t>(address.data());
        both[0].len = static_cast<std::uint32_t>(address.size());
        both[0].speed_hz = hertz_;
        both[1].tx_buf = reinterpret_cast<std::uintptr_t>(from);
        both[1].rx_buf = reinterpret_cast<std::uintptr_t>(to);
        both[1].len = static_cast<std::uint32_t>(bytes);
        both[1].speed_hz = hertz_;
        return file_.control(SPI_IOC_MESSAGE(2), static_cast<::spi_ioc_transfer*>(both));
    }

    detail::DeviceFile file_;
    std::uint32_t hertz_;
};

} // namespace ioview
