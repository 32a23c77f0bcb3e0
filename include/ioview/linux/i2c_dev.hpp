// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// I2cDev and SmbusDev: one device behind Linux' /dev/i2c-N, as a bus whose registers a view is of.
//
//   auto i2c = io::I2cDev::open("/dev/i2c-1", 0x48);
//   auto sensor = io::on_bus<Tmp102, tmp102_format>(*i2c);
//
// I2cDev is for adapters that send any message; SmbusDev for those of PCs, which have SMBus'
// commands only. Nothing is tried again, other than a call that a signal cut off.

#if !__STDC_HOSTED__
#error "ioview/linux/i2c_dev.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/device_file.hpp> // IWYU pragma: export
#include <ioview/span.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <utility>
#include <vector>

namespace ioview {

namespace detail {

// The device at a 7-bit address, of an adapter that can do all of functions: invalid_argument for
// an address that is none, unsupported, or busy when a driver of the kernel has the device.
[[nodiscard]] inline Result<DeviceFile>
open_i2c(const char* path, unsigned address, unsigned long functions) noexcept {
    if (address > 0x7f)
        return fail(Error::invalid_argument);
    auto file = DeviceFile::open(path, O_RDWR);
    if (!file)
        return file;
    unsigned long can = 0;
    if (const auto asked = file->control(I2C_FUNCS, &can); !asked)
        return fail(asked.error());
    if ((can & functions) != functions)
        return fail(Error::unsupported);
    if (const auto taken = file->control(I2C_SLAVE, static_cast<unsigned long>(address)); !taken)
        return fail(taken.error());
    return file;
}

} // namespace detail

// A read is a write of the number, a repeated start and the data; a write is one message. Up to
// 8192 bytes each, by the kernel's limit. Owns the file.
class I2cDev {
public:
    // address: the 7-bit one, 0x48, without the R/W bit.
    [[nodiscard]] static Result<I2cDev> open(const char* path, unsigned address) noexcept {
        auto file = detail::open_i2c(path, address, I2C_FUNC_I2C);
        if (!file)
            return fail(file.error());
        return I2cDev{std::move(*file), address};
    }

    // What is asked of a RegisterBus: one transfer with a repeated start, one message to write.
    // message_too_large past 8192 bytes; else what the kernel says of a device that does not
    // answer.
    [[nodiscard]] Result<> read(Span<const std::byte> address, Span<std::byte> to) noexcept {
        if (to.size() > most || address.size() > most)
            return fail(Error::message_too_large);
        // The kernel only reads what is to be written.
        ::i2c_msg messages[] = {message(0, const_cast<std::byte*>(address.data()), address.size()),
                                message(I2C_M_RD, to.data(), to.size())};
        return transfer(messages, 2);
    }
    [[nodiscard]] Result<> write(Span<const std::byte> address,
                                 Span<const std::byte> from) noexcept {
        if (address.size() + from.size() > most)
            return fail(Error::message_too_large);
        std::byte few[64];
        std::vector<std::byte> many;
        const std::size_t size = address.size() + from.size();
        std::byte* all = few;
        if (size > sizeof few) {
            many.resize(size);
            all = many.data();
        }
        std::memcpy(all, address.data(), address.size());
        if (!from.empty())
            std::memcpy(all + address.size(), from.data(), from.size());
        ::i2c_msg one = message(0, all, size);
        return transfer(&one, 1);
    }

    // The file descriptor, which stays this object's.
    [[nodiscard]] int native_handle() const noexcept { return file_.number(); }

private:
    static constexpr std::size_t most = 8'192;

    I2cDev(detail::DeviceFile file, unsigned address) noexcept
        : file_(std::move(file)), address_(static_cast<std::uint16_t>(address)) {}

    [[nodiscard]] ::i2c_msg
    message(std::uint16_t flags, std::byte* bytes, std::size_t size) const noexcept {
        ::i2c_msg made{};
        made.addr = address_;
        made.flags = flags;
        made.len = static_cast<std::uint16_t>(size);
        made.buf = reinterpret_cast<std::uint8_t*>(bytes);
        return made;
    }
    [[nodiscard]] Result<> transfer(::i2c_msg* messages, std::uint32_t count) const noexcept {
        ::i2c_rdwr_ioctl_data all{};
        all.msgs = messages;
        all.nmsgs = count;
        return file_.control(I2C_RDWR, &all);
    }

    detail::DeviceFile file_;
    std::uint16_t address_;
};

// The number is SMBus' command; one register is read or written as a byte, a word, or a block of
// up to 32 bytes. The bytes are those of the wire, of which a word has the low one first.
class SmbusDev {
public:
    // address: the 7-bit one. unsupported where the adapter lacks one of these commands.
    [[nodiscard]] static Result<SmbusDev> open(const char* path, unsigned address) noexcept {
        auto file = detail::open_i2c(path,
                                     address,
                                     I2C_FUNC_SMBUS_BYTE_DATA | I2C_FUNC_SMBUS_WORD_DATA |
                                         I2C_FUNC_SMBUS_I2C_BLOCK);
        if (!file)
            return fail(file.error());
        return SmbusDev{std::move(*file)};
    }

    // invalid_argument when the number is not one byte.
    [[nodiscard]] Result<> read(Span<const std::byte> address, Span<std::byte> to) noexcept {
        ::i2c_smbus_data data{};
        data.block[0] = static_cast<std::uint8_t>(to.size());
        if (const auto done = transfer(I2C_SMBUS_READ, address, to.size(), data); !done)
            return done;
        if (to.size() == 1)
            to.data()[0] = static_cast<std::byte>(data.byte);
        else if (to.size() == 2) {
            to.data()[0] = static_cast<std::byte>(data.word & 0xff);
            to.data()[1] = static_cast<std::byte>(data.word >> 8);
        } else if (data.block[0] != to.size())
            return fail(Error::io_error);
        else
            std::memcpy(to.data(), data.block + 1, to.size());
        return {};
    }
    [[nodiscard]] Result<> write(Span<const std::byte> address,
                                 Span<const std::byte> from) noexcept {
        ::i2c_smbus_data data{};
        if (from.size() == 1)
            data.byte = std::to_integer<std::uint8_t>(from.data()[0]);
        else if (from.size() == 2)
            data.word = static_cast<std::uint16_t>(std::to_integer<unsigned>(from.data()[0]) |
                                                   std::to_integer<unsigned>(from.data()[1]) << 8);
        else if (from.size() <= I2C_SMBUS_BLOCK_MAX) {
            data.block[0] = static_cast<std::uint8_t>(from.size());
            std::memcpy(data.block + 1, from.data(), from.size());
        }
        return transfer(I2C_SMBUS_WRITE, address, from.size(), data);
    }

    // Of the open file, for ioctl()s of one's own.
    [[nodiscard]] int native_handle() const noexcept { return file_.number(); }

private:
    explicit SmbusDev(detail::DeviceFile file) noexcept : file_(std::move(file)) {}

    [[nodiscard]] Result<> transfer(std::uint8_t direction,
                                    Span<const std::byte> address,
                                    std::size_t bytes,
                                    ::i2c_smbus_data& data) const noexcept {
        if (address.size() != 1 || bytes == 0)
            return fail(Error::invalid_argument);
        if (bytes > I2C_SMBUS_BLOCK_MAX)
            return fail(Error::message_too_large);
        ::i2c_smbus_ioctl_data all{};
        all.read_write = direction;
        all.command = std::to_integer<std::uint8_t>(address.data()[0]);
        all.size = bytes == 1   ? I2C_SMBUS_BYTE_DATA
                   : bytes == 2 ? I2C_SMBUS_WORD_DATA
                                : I2C_SMBUS_I2C_BLOCK_DATA;
        all.data = &data;
        return file_.control(I2C_SMBUS, &all);
    }

    detail::DeviceFile file_;
};

} // namespace ioview
