// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// I2cDev, SmbusDev and SpiDev without their devices: ioctl() is taken where it is meant for a bus.
// The file that is open is /dev/null.
#include <ioview/backend/bus.hpp>
#include <ioview/linux/i2c_dev.hpp>
#include <ioview/linux/spi_dev.hpp>
#include <ioview/register.hpp>

#include "support/catch.hpp"
#include "support/ioctl.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <linux/spi/spidev.h>
#include <type_traits>
#include <vector>

namespace io = ioview;

namespace {

// The adapter and its one device: 256 bytes of registers, which count on.
struct Adapter {
    unsigned long functions = ~0ul;
    int fault = 0;       // errno of each transfer
    int interrupted = 0; // signals before the next
    unsigned long slave = 0;
    unsigned long calls = 0;
    std::size_t messages = 0;
    std::uint8_t mode = 0xff;
    std::uint32_t hertz = 1;
    std::uint8_t registers[256]{};
};
Adapter* adapter = nullptr;

int failed(int number) {
    errno = number;
    return -1;
}

int rdwr(const ::i2c_rdwr_ioctl_data& all) {
    adapter->messages = all.nmsgs;
    std::size_t at = all.msgs[0].buf[0];
    for (std::uint32_t m = 0; m < all.nmsgs; ++m) {
        const ::i2c_msg& message = all.msgs[m];
        if (message.addr != adapter->slave)
            return failed(ENXIO);
        for (std::size_t i = m == 0 ? 1 : 0; i < message.len; ++i, ++at) {
            std::uint8_t& here = adapter->registers[at % 256];
            if ((message.flags & I2C_M_RD) != 0)
                message.buf[i] = here;
            else
                here = message.buf[i];
        }
    }
    return static_cast<int>(all.nmsgs);
}

int smbus(const ::i2c_smbus_ioctl_data& all) {
    std::uint8_t* here = adapter->registers + all.command;
    ::i2c_smbus_data& data = *all.data;
    const bool reads = all.read_write == I2C_SMBUS_READ;
    if (all.size == I2C_SMBUS_BYTE_DATA) {
        reads ? void(data.byte = *here) : void(*here = data.byte);
    } else if (all.size == I2C_SMBUS_WORD_DATA) {
        if (reads)
            data.word = static_cast<std::uint16_t>(here[0] | here[1] << 8);
        else {
            here[0] = static_cast<std::uint8_t>(data.word & 0xff);
            here[1] = static_cast<std::uint8_t>(data.word >> 8);
        }
    } else if (all.size == I2C_SMBUS_I2C_BLOCK_DATA) {
        reads ? std::memcpy(data.block + 1, here, data.block[0])
              : std::memcpy(here, data.block + 1, data.block[0]);
    } else {
        return failed(EINVAL);
    }
    return 0;
}

int spi(const ::spi_ioc_transfer* both) {
    std::uint8_t number = 0;
    if (both[0].len != 1 || both[0].cs_change != 0)
        return failed(EINVAL);
    std::memcpy(&number, reinterpret_cast<const void*>(both[0].tx_buf), 1);
    adapter->hertz = both[1].speed_hz;
    std::uint8_t* here = adapter->registers + (number & 0x7f);
    if ((number & 0x80) != 0)
        std::memcpy(reinterpret_cast<void*>(both[1].rx_buf), here, both[1].len);
    else
        std::memcpy(here, reinterpret_cast<const void*>(both[1].tx_buf), both[1].len);
    return static_cast<int>(1 + both[1].len);
}

int control(unsigned long request, void* argument) {
    ++adapter->calls;
    switch (request) {
    case I2C_FUNCS:
        *static_cast<unsigned long*>(argument) = adapter->functions;
        return 0;
    case I2C_SLAVE:
        adapter->slave = reinterpret_cast<std::uintptr_t>(argument);
        return adapter->slave == 0x10 ? failed(EBUSY) : 0;
    case SPI_IOC_WR_MODE:
        adapter->mode = *static_cast<std::uint8_t*>(argument);
        return adapter->mode == 2 ? failed(EINVAL) : 0;
    case SPI_IOC_WR_BITS_PER_WORD:
        return *static_cast<std::uint8_t*>(argument) == 8 ? 0 : failed(EINVAL);
    default:
        break;
    }
    if (adapter->interrupted > 0) {
        --adapter->interrupted;
        return failed(EINTR);
    }
    if (adapter->fault != 0)
        return failed(adapter->fault);
    switch (request) {
    case I2C_RDWR:
        return rdwr(*static_cast<::i2c_rdwr_ioctl_data*>(argument));
    case I2C_SMBUS:
        return smbus(*static_cast<::i2c_smbus_ioctl_data*>(argument));
    case SPI_IOC_MESSAGE(2):
        return spi(static_cast<::spi_ioc_transfer*>(argument));
    default:
        return failed(ENOTTY);
    }
}

// An adapter for the time of a test.
struct Here : Adapter {
    Here() {
        for (std::size_t i = 0; i < 256; ++i)
            registers[i] = static_cast<std::uint8_t>(i * 7 + 3);
        adapter = this;
    }
    ~Here() { adapter = nullptr; }
    Here(const Here&) = delete;
    Here& operator=(const Here&) = delete;
};

const auto taken =
    io::tests::ioctl_taker() = [](int, unsigned long request, void* argument, int& outcome) {
        if (adapter != nullptr)
            outcome = control(request, argument);
        return adapter != nullptr;
    };

using io::Error;

static_assert(io::RegisterBus<io::I2cDev> && io::RegisterBus<io::SmbusDev> &&
              io::RegisterBus<io::SpiDev>);
static_assert(!std::is_copy_constructible_v<io::I2cDev>);
static_assert(std::is_nothrow_move_constructible_v<io::I2cDev>);

constexpr io::BusFormat words{.counts_bytes = true};
constexpr io::BusFormat spi_format{.address_bits = 7, .read_bits = 0x80};

TEST_CASE("i2c-dev: a read is two messages, a write is one") {
    Here here;
    auto i2c = io::I2cDev::open("/dev/null", 0x48);
    REQUIRE(i2c);
    CHECK(here.slave == 0x48);
    const auto view = io::on_bus<io::Region<256>, words>(*i2c);
    CHECK(*view.try_read8(5) == 5 * 7 + 3);
    CHECK(here.messages == 2);
    REQUIRE(view.try_write16(6, 0x1234));
    CHECK(here.messages == 1);
    CHECK((here.registers[6] == 0x12 && here.registers[7] == 0x34));

    // More than what is kept on the stack.
    const std::vector<std::byte> from(100, std::byte{0x5a});
    REQUIRE(view.bytes().subview(10, 100).try_copy_from(from));
    CHECK(here.messages == 1);
    CHECK((here.registers[10] == 0x5a && here.registers[109] == 0x5a));
    CHECK(here.registers[110] == static_cast<std::uint8_t>(110 * 7 + 3));
}

TEST_CASE("i2c-dev: the kernel's errors") {
    Here here;
    auto i2c = io::I2cDev::open("/dev/null", 0x48);
    REQUIRE(i2c);
    const auto view = io::on_bus<io::Region<256>, words>(*i2c);
    const struct {
        int number;
        Error error;
    } table[] = {{ENXIO, Error::no_device},
                 {EAGAIN, Error::busy},
                 {ETIMEDOUT, Error::timed_out},
                 {EOPNOTSUPP, Error::unsupported},
                 {EREMOTEIO, Error::io_error}};
    for (const auto& row : table) {
        here.fault = row.number;
        CHECK(view.try_read8(0).error() == row.error);
        CHECK(view.read8(0) == 0xff);
        CHECK(view.try_write8(0, 1).error() == row.error);
    }
    // Not tried again, but after a signal.
    here.fault = ENXIO;
    here.calls = 0;
    CHECK_FALSE(view.try_read8(0));
    CHECK(here.calls == 1);
    here.fault = 0;
    here.interrupted = 2;
    here.calls = 0;
    CHECK(view.try_read8(0));
    CHECK(here.calls == 3);

    std::vector<std::byte> much(8'193);
    const std::byte number[1]{};
    CHECK(i2c->read(number, much).error() == Error::message_too_large);
    much.resize(8'192);
    CHECK(i2c->write(number, much).error() == Error::message_too_large);
}

TEST_CASE("linux: what a failed system call means") {
    using io::detail::linux_error;
    for (const int number : {ENODEV, ENXIO, ENOENT, ENOTDIR})
        CHECK(linux_error(number) == Error::no_device);
    for (const int number : {EACCES, EPERM, EROFS, ENOTTY, EOPNOTSUPP})
        CHECK(linux_error(number) == Error::unsupported);
    for (const int number : {EBUSY, EAGAIN})
        CHECK(linux_error(number) == Error::busy);
    for (const int number : {ENOMEM, EMFILE, ENFILE})
        CHECK(linux_error(number) == Error::no_memory);
    CHECK(linux_error(ETIMEDOUT) == Error::timed_out);
    CHECK(linux_error(EMSGSIZE) == Error::message_too_large);
    CHECK(linux_error(EINVAL) == Error::invalid_argument);
    CHECK(linux_error(EIO) == Error::io_error);
}

TEST_CASE("i2c-dev: what cannot be opened") {
    Here here;
    CHECK(io::I2cDev::open("/dev/null/i2c-1", 0x48).error() == Error::no_device);
    CHECK(io::I2cDev::open("/dev/null", 0x80).error() == Error::invalid_argument);
    CHECK(io::I2cDev::open("/dev/null", 0x10).error() == Error::busy);
    here.functions = I2C_FUNC_SMBUS_EMUL;
    CHECK(io::I2cDev::open("/dev/null", 0x48).error() == Error::unsupported);
    CHECK(io::SmbusDev::open("/dev/null", 0x48));
    here.functions = I2C_FUNC_I2C;
    CHECK(io::SmbusDev::open("/dev/null", 0x48).error() == Error::unsupported);
}

TEST_CASE("i2c-dev: SMBus has bytes, words and blocks") {
    Here here;
    auto smbus = io::SmbusDev::open("/dev/null", 0x48);
    REQUIRE(smbus);
    const auto view = io::on_bus<io::Region<256>, words>(*smbus);
    here.registers[8] = 0xab;
    here.registers[9] = 0xcd;
    CHECK(*view.try_read8(8) == 0xab);
    CHECK(*view.try_read16(8) == 0xabcd); // big-endian, as the wire has it
    REQUIRE(view.try_write8(20, 9));
    REQUIRE(view.try_write16(22, 0x1234));
    REQUIRE(view.try_write32(24, 0x1122'3344));
    const std::uint8_t expected[]{0x12, 0x34, 0x11, 0x22, 0x33, 0x44};
    CHECK(here.registers[20] == 9);
    CHECK(here.registers[21] == 21 * 7 + 3);
    CHECK(std::memcmp(here.registers + 22, expected, 6) == 0);

    std::byte to[33];
    REQUIRE(view.bytes().subview(22, 6).try_copy_to({to, 6}));
    CHECK(std::memcmp(to, expected, 6) == 0);
    CHECK(view.bytes().subview(0, 33).try_copy_to(to).error() == Error::message_too_large);
    CHECK(view.bytes().subview(0, 33).try_copy_from(to).error() == Error::message_too_large);
    here.fault = ENXIO;
    CHECK(view.try_read8(8).error() == Error::no_device);
}

TEST_CASE("spidev: number and data under one chip select") {
    Here here;
    auto spi = io::SpiDev::open("/dev/null", {.mode = 3, .hertz = 500'000});
    REQUIRE(spi);
    CHECK(here.mode == 3);
    const auto view = io::on_bus<io::Region<128>, spi_format>(*spi);
    here.registers[5] = 0x42;
    CHECK(*view.try_read8(5) == 0x42);
    CHECK(here.hertz == 500'000);
    REQUIRE(view.try_write16(6, 0x1234));
    CHECK((here.registers[6] == 0x12 && here.registers[7] == 0x34));
    here.fault = EMSGSIZE;
    CHECK(view.try_read8(5).error() == Error::message_too_large);

    CHECK(io::SpiDev::open("/dev/null"));
    CHECK(here.mode == 0);
    CHECK(io::SpiDev::open("/dev/null", {.mode = 4}).error() == Error::invalid_argument);
    CHECK(io::SpiDev::open("/dev/null", {.mode = 2}).error() == Error::invalid_argument);
    CHECK(io::SpiDev::open("/dev/null/spi", {}).error() == Error::no_device);
}

} // namespace
