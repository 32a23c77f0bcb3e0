// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// FakeBus: a simulated device behind I2C, SPI or the like, with a bus that NAKs. Works in constant
// expressions.
//
//   io::testing::FakeBus<tmp102_format, 8> bus;     // 8 bytes of registers, garbage at first
//   bus.put(2, 0x1980);                             // register 1, behind the driver's back
//   bus.nak(1);                                     // the next transaction: no_device
//   driver(io::on_bus<Tmp102, tmp102_format>(bus));
//   CHECK(bus.transactions() == 2);

#include <ioview/backend/bus.hpp>
#include <ioview/error.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>
#include <ioview/testing/garbage.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

// Takes the bytes that a device of this format takes. A number past its registers, or a start that
// is not there, gets a NAK: no_device. What is past the last register wraps to the first; a device
// that does not count on has the same register again. For one thread.
template <BusFormat Format, std::size_t Bytes>
class FakeBus {
    static_assert(Bytes % Format.register_bytes == 0);

public:
    constexpr explicit FakeBus(std::uint64_t seed = default_seed) noexcept {
        Garbage garbage{seed};
        for (std::byte& byte : registers_)
            byte = std::byte{garbage.next_byte()};
    }
    FakeBus(const FakeBus&) = delete;
    FakeBus& operator=(const FakeBus&) = delete;

    // ---- behind the back of the driver ----

    // The register at an offset in bytes.
    constexpr void put(std::size_t offset, std::uint32_t value) noexcept {
        for (std::size_t i = 0; i < Format.register_bytes; ++i)
            registers_[check(offset + place(i))] = static_cast<std::byte>(value >> (8 * i) & 0xff);
    }
    [[nodiscard]] constexpr std::uint32_t get(std::size_t offset) const noexcept {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < Format.register_bytes; ++i)
            value |= std::to_integer<std::uint32_t>(registers_[check(offset + place(i))])
                     << (8 * i);
        return value;
    }

    // The next so many transactions are refused at the address: nothing is done, try_ forms say
    // error.
    constexpr void nak(std::size_t transactions, Error error = Error::no_device) noexcept {
        naks_ = transactions;
        error_ = error;
    }
    // The next write is refused after so many bytes of data, which the device has taken.
    constexpr void nak_after(std::size_t bytes, Error error = Error::io_error) noexcept {
        takes_ = bytes;
        error_ = error;
    }

    // Transactions so far, refused ones included.
    [[nodiscard]] constexpr std::size_t transactions() const noexcept { return transactions_; }
    // Bytes of data in the last one.
    [[nodiscard]] constexpr std::size_t last_bytes() const noexcept { return last_bytes_; }

    // ---- the bus ----

    // What is asked of a RegisterBus.
    [[nodiscard]] constexpr Result<> read(Span<const std::byte> address,
                                          Span<std::byte> to) noexcept {
        const Result<std::size_t> offset = start(address, to.size(), true);
        if (!offset)
            return fail(offset.error());
        for (std::size_t i = 0; i < to.size(); ++i)
            to.data()[i] = registers_[wire(*offset, i)];
        return {};
    }
    [[nodiscard]] constexpr Result<> write(Span<const std::byte> address,
                                           Span<const std::byte> from) noexcept {
        const Result<std::size_t> offset = start(address, from.size(), false);
        if (!offset)
            return fail(offset.error());
        const std::size_t takes = takes_;
        takes_ = all;
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (i == takes)
                return fail(error_);
            registers_[wire(*offset, i)] = from.data()[i];
        }
        return {};
    }

private:
    static constexpr std::size_t all = static_cast<std::size_t>(-1);

    static constexpr std::size_t place(std::size_t i) noexcept {
        return Format.order == std::endian::big ? Format.register_bytes - 1 - i : i;
    }
    static constexpr std::size_t check(std::size_t offset) noexcept {
        if (offset >= Bytes)
            panic("ioview: FakeBus: no such register");
        return offset;
    }
    static constexpr std::size_t wire(std::size_t offset, std::size_t i) noexcept {
        return Format.increments ? (offset + i) % Bytes : offset + i % Format.register_bytes;
    }

    [[nodiscard]] constexpr Result<std::size_t>
    start(Span<const std::byte> address, std::size_t bytes, bool reads) noexcept {
        ++transactions_;
        last_bytes_ = bytes;
        if (naks_ != 0) {
            --naks_;
            return fail(error_);
        }
        const std::size_t dummies = reads ? Format.dummy_bytes : 0;
        const std::size_t size = address.size() - dummies;
        if (address.size() != Format.address_bytes() + dummies)
            return fail(Error::no_device);
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t from = Format.address_order == std::endian::big ? i : size - 1 - i;
            number = number << 8 | std::to_integer<std::uint32_t>(address.data()[from]);
        }
        const std::uint32_t flags = (reads ? Format.read_bits : Format.write_bits) |
                                    (bytes > Format.register_bytes ? Format.burst_bits : 0);
        const std::size_t unit = Format.counts_bytes ? 1 : Format.register_bytes;
        if ((number & flags) != flags || (number & ~flags) >= Bytes / unit)
            return fail(Error::no_device);
        return (number & ~flags) * unit;
    }

    std::byte registers_[Bytes]{};
    std::size_t transactions_ = 0;
    std::size_t last_bytes_ = 0;
    std::size_t naks_ = 0;
    std::size_t takes_ = all;
    Error error_{};
};

} // namespace ioview::testing
