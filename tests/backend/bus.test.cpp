// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/bus.hpp>
#include <ioview/backend/mdio_phy.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/bus.hpp>
#include <ioview/testing/failure.hpp>

#include "support/catch.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace io = ioview;

namespace {

using io::BusFormat;
using io::Error;
using io::testing::FakeBus;

// What went over the wire, byte by byte; reads get the bytes 1, 2, 3 and so on.
struct Wire {
    struct Transaction {
        bool reads;
        std::vector<unsigned> address;
        std::vector<unsigned> data; // of a read only their number counts
        bool operator==(const Transaction&) const = default;
    };
    std::vector<Transaction> seen;

    static std::vector<unsigned> numbers(io::Span<const std::byte> bytes) {
        std::vector<unsigned> all;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            all.push_back(std::to_integer<unsigned>(bytes.data()[i]));
        return all;
    }
    io::Result<> read(io::Span<const std::byte> address, io::Span<std::byte> to) {
        for (std::size_t i = 0; i < to.size(); ++i)
            to.data()[i] = static_cast<std::byte>(i + 1);
        seen.push_back({true, numbers(address), numbers({to.data(), to.size()})});
        return {};
    }
    io::Result<> write(io::Span<const std::byte> address, io::Span<const std::byte> from) {
        seen.push_back({false, numbers(address), numbers(from)});
        return {};
    }
};
using Seen = std::vector<Wire::Transaction>;

struct Words : io::Region<64, 8> {};
struct Third : io::Register<Third, std::uint16_t, io::fixed<4, Words>> {
    IO_FIELDS(bits(15, 4, count), bit(1, ready, io::ro), bit(0, enable));
};

constexpr BusFormat words{.register_bytes = 2, .increments = false};
constexpr BusFormat bytes{};
using Bytes = io::Region<16>;

TEST_CASE("bus: one access is one transaction, the number counts registers") {
    Wire wire;
    const auto view = io::on_bus<Words, words>(wire);
    CHECK(view.read16(4) == 0x0102);
    view.write16(6, 0xabcd);
    CHECK(wire.seen == Seen{{true, {2}, {1, 2}}, {false, {3}, {0xab, 0xcd}}});

    wire.seen.clear();
    CHECK(view.read<Third>().count() == 0x10);
    view.update<Third>([](Third old) { return old.with_enable(true); });
    CHECK(wire.seen == Seen{{true, {2}, {1, 2}}, {true, {2}, {1, 2}}, {false, {2}, {1, 3}}});
}

TEST_CASE("bus: numbers in bytes, wide numbers, either order") {
    constexpr BusFormat format{.address_bits = 16,
                               .register_bytes = 4,
                               .order = std::endian::little,
                               .address_order = std::endian::little,
                               .counts_bytes = true};
    Wire wire;
    const auto view = io::on_bus<io::Region<0x1000>, format>(wire);
    CHECK(view.read32(0x234) == 0x0403'0201);
    view.write32(0x238, 0x8765'4321);
    CHECK(wire.seen ==
          Seen{{true, {0x34, 2}, {1, 2, 3, 4}}, {false, {0x38, 2}, {0x21, 0x43, 0x65, 0x87}}});
    CHECK(view.size_bytes() == 0x1'0000);

    constexpr BusFormat eeprom{.address_bits = 24};
    wire.seen.clear();
    CHECK(io::on_bus<io::Region<0x2'0000>, eeprom>(wire).read8(0x1'2345) == 1);
    CHECK(wire.seen == Seen{{true, {1, 0x23, 0x45}, {1}}});
}

TEST_CASE("bus: flags and dummy bytes of SPI") {
    constexpr BusFormat format{.address_bits = 6,
                               .order = std::endian::little,
                               .read_bits = 0x80,
                               .burst_bits = 0x40,
                               .dummy_bytes = 1};
    Wire wire;
    const auto view = io::on_bus<io::Region<64>, format>(wire);
    CHECK(view.read8(5) == 1);
    view.write8(5, 7);
    CHECK(view.read16(6) == 0x0201);
    view.write16(6, 0x1234);
    CHECK(wire.seen == Seen{{true, {0x85, 0}, {1}},
                            {false, {0x05}, {7}},
                            {true, {0xc6, 0}, {1, 2}},
                            {false, {0x46}, {0x34, 0x12}}});
}

TEST_CASE("bus: a copy is one transaction where the device counts on, else one a register") {
    Wire wire;
    const auto view = io::on_bus<Bytes, bytes>(wire);
    std::byte to[5]{};
    REQUIRE(view.bytes().subview(3, 5).try_copy_to(to));
    CHECK(to[4] == std::byte{5});
    const std::byte from[3]{std::byte{9}, std::byte{8}, std::byte{7}};
    REQUIRE(view.bytes().subview(1, 3).try_copy_from(from));
    CHECK(wire.seen == Seen{{true, {3}, {1, 2, 3, 4, 5}}, {false, {1}, {9, 8, 7}}});
}

TEST_CASE("bus: a copy of wide registers is of whole ones") {
    constexpr BusFormat counted{.register_bytes = 2};
    Wire wire;
    std::byte to[6]{};
    const auto one_by_one = io::on_bus<io::Region<16>, words>(wire).bytes();
    REQUIRE(one_by_one.subview(2, 4).try_copy_to(std::span(to).first(4)));
    CHECK(wire.seen == Seen{{true, {1}, {1, 2}}, {true, {2}, {1, 2}}});
    const auto burst = io::on_bus<io::Region<16>, counted>(wire).bytes();
    wire.seen.clear();
    REQUIRE(burst.subview(4, 6).try_copy_to(to));
    CHECK(wire.seen == Seen{{true, {2}, {1, 2, 3, 4, 5, 6}}});

    wire.seen.clear();
    CHECK(burst.subview(4, 3).try_copy_to(std::span(to).first(3)).error() ==
          Error::invalid_argument);
    CHECK(burst.subview(3, 4).try_copy_to(std::span(to).first(4)).error() == Error::misaligned);
    CHECK(burst.subview(4, 3).try_copy_from(std::span(to).first(3)).error() ==
          Error::invalid_argument);
    CHECK(wire.seen.empty());
}

TEST_CASE("bus: a NAK is an error of the try_ forms, and all ones of the plain ones") {
    FakeBus<words, 64> bus;
    bus.put(4, 0x0013);
    const auto view = io::on_bus<Words, words>(bus);
    bus.nak(2);
    CHECK(view.try_read<Third>().error() == Error::no_device);
    CHECK(view.read16(4) == 0xffff);
    CHECK(view.try_read<Third>()->count() == 1);
    CHECK(bus.transactions() == 3);

    // Of an update, nothing is written once the read has failed.
    bus.nak(1, Error::timed_out);
    const auto raise = [](Third old) { return old.with_count(5u); };
    CHECK(view.try_update<Third>(raise).error() == Error::timed_out);
    CHECK(bus.transactions() == 4);
    bus.nak(1);
    view.update<Third>(raise);
    CHECK(bus.transactions() == 5);
    CHECK(bus.get(4) == 0x0013);
    REQUIRE(view.try_update<Third>(raise));
    CHECK(bus.get(4) == 0x0053);

    // A write that is refused midway is an error too; what the device took it has.
    bus.nak_after(1);
    CHECK(view.try_write16(4, 0x2222).error() == Error::io_error);
    CHECK(bus.get(4) == 0x2253);
    CHECK(view.try_write16(4, 0x3333));
}

TEST_CASE("bus: a refused burst is no half of one") {
    FakeBus<bytes, 16> bus;
    const auto view = io::on_bus<Bytes, bytes>(bus);
    std::byte to[4]{};
    bus.nak(1);
    CHECK(view.bytes().subview(0, 4).try_copy_to(to).error() == Error::no_device);
    CHECK(to[0] == std::byte{0});
    bus.nak(1);
    view.bytes().subview(0, 4).copy_to(to);
    for (const std::byte byte : to)
        CHECK(byte == std::byte{0xff});
    CHECK(bus.transactions() == 2);
    CHECK(bus.last_bytes() == 4);
}

// The least and the most of each, and one more.
static_assert(BusFormat{}.is_right());
static_assert(BusFormat{.address_bits = 1, .read_bits = 2}.is_right());
static_assert(!BusFormat{.address_bits = 0}.is_right());
static_assert(BusFormat{.address_bits = 32, .register_bytes = 4, .dummy_bytes = 4}.is_right());
static_assert(!BusFormat{.address_bits = 33}.is_right());
static_assert(!BusFormat{.register_bytes = 3}.is_right());
static_assert(!BusFormat{.dummy_bytes = 5}.is_right());
static_assert(!BusFormat{.address_bits = 7, .read_bits = 0x40}.is_right());
static_assert(!BusFormat{.address_bits = 7, .write_bits = 0x40}.is_right());
static_assert(!BusFormat{.address_bits = 7, .burst_bits = 0xc0}.is_right());
static_assert(BusFormat{.address_bits = 7, .write_bits = 0x80}.address_bytes() == 1);
static_assert(BusFormat{.address_bits = 7, .burst_bits = 0x100}.address_bytes() == 2);
static_assert(BusFormat{.address_bits = 9}.address_bytes() == 2);

TEST_CASE("bus: the longest number, and what a read waits for") {
    constexpr BusFormat format{.address_bits = 32, .dummy_bytes = 4};
    Wire wire;
    CHECK(io::on_bus<io::Region<8>, format>(wire).try_read8(0x8765'4321) == 1);
    CHECK(wire.seen == Seen{{true, {0x87, 0x65, 0x43, 0x21, 0, 0, 0, 0}, {1}}});
}

TEST_CASE("bus: views are equal of the same place behind the same bus") {
    Wire wire;
    Wire other;
    const auto view = io::on_bus<std::uint8_t[4], bytes>(wire);
    CHECK(view == io::on_bus<std::uint8_t[4], bytes>(wire));
    CHECK_FALSE(view == io::on_bus<std::uint8_t[4], bytes>(other));
    CHECK(view.at(1) == view.at(1));
    CHECK_FALSE(view.at(1) == view.at(2));
}

TEST_CASE("bus: a size known at run time") {
    FakeBus<bytes, 16> bus;
    bus.put(0, 0x5a);
    CHECK(io::on_bus<io::Region<8>, bytes>(bus, 16)->size_bytes() == 16);
    CHECK(io::on_bus<io::Region<8>, bytes>(bus, 8)->read8(0) == 0x5a);
    CHECK(io::on_bus<io::Region<8>, bytes>(bus, 256)->size_bytes() == 256);
    CHECK(io::on_bus<io::Region<8>, bytes>(bus, 7).error() == Error::out_of_bounds);
    CHECK(io::on_bus<io::Region<8>, bytes>(bus, 257).error() == Error::out_of_bounds);
}

// PHY 3 of an MDIO bus that has no other.
struct Mdio {
    std::uint16_t registers[32]{};
    constexpr io::Result<std::uint16_t> read(unsigned phy, unsigned number) {
        if (phy != 3)
            return io::fail(Error::no_device);
        return registers[number];
    }
    constexpr io::Result<> write(unsigned phy, unsigned number, std::uint16_t value) {
        if (phy != 3)
            return io::fail(Error::no_device);
        registers[number] = value;
        return {};
    }
};

TEST_CASE("bus: a PHY on MDIO") {
    Mdio mdio;
    io::MdioPhy phy{mdio, 3};
    const auto view = io::on_bus<std::uint16_t[32], io::mdio_format>(phy);
    mdio.registers[2] = 0x0141;
    CHECK(view.at(2).read() == 0x0141);
    view.at(31).write(0x1234);
    CHECK(mdio.registers[31] == 0x1234);

    io::MdioPhy nobody{mdio, 4};
    const auto none = io::on_bus<std::uint16_t[32], io::mdio_format>(nobody);
    CHECK(none.at(2).try_read().error() == Error::no_device);
    CHECK(none.at(2).read() == 0xffff);
    CHECK(none.at(2).try_write(1).error() == Error::no_device);

    std::byte four[4]{};
    CHECK(phy.read(io::Span<const std::byte>{four, 1}, four).error() == Error::invalid_argument);
    CHECK(phy.write(io::Span<const std::byte>{four, 2}, four).error() == Error::invalid_argument);
}

TEST_CASE("bus: how far numbers reach, and which formats there are") {
    const auto format = [](auto change) {
        io::BusFormat made;
        change(made);
        return made;
    };
    CHECK(io::BusFormat{}.size_bytes() == 256);
    CHECK(format([](auto& f) { f.register_bytes = 4; }).size_bytes() == 1'024);
    CHECK(format([](auto& f) {
              f.register_bytes = 4;
              f.counts_bytes = true;
          }).size_bytes() == 256);
    CHECK(io::BusFormat{}.address_bytes() == 1);
    CHECK(format([](auto& f) { f.address_bits = 9; }).address_bytes() == 2);
    CHECK(format([](auto& f) {
              f.address_bits = 7;
              f.read_bits = 0x80;
          }).address_bytes() == 1);
    CHECK(format([](auto& f) {
              f.address_bits = 8;
              f.read_bits = 0x100;
          }).address_bytes() == 2);

    CHECK(io::BusFormat{}.is_right());
    CHECK(format([](auto& f) { f.address_bits = 32; }).is_right());
    CHECK_FALSE(format([](auto& f) { f.address_bits = 0; }).is_right());
    CHECK_FALSE(format([](auto& f) { f.address_bits = 33; }).is_right());
    CHECK_FALSE(format([](auto& f) { f.register_bytes = 3; }).is_right());
    CHECK_FALSE(format([](auto& f) { f.write_bits = 0x80; }).is_right()); // a bit of the number
    CHECK(format([](auto& f) {
              f.address_bits = 7;
              f.write_bits = 0x80;
          }).is_right());
    CHECK_FALSE(format([](auto& f) { f.dummy_bytes = 5; }).is_right());
}

constexpr bool in_a_constant_expression() {
    FakeBus<words, 8> bus;
    const auto view = io::on_bus<std::uint16_t[4], words>(bus);
    view.at(1).write(0x1234);
    return view.at(1).read() == 0x1234 && bus.get(2) == 0x1234 && bus.transactions() == 2;
}
static_assert(in_a_constant_expression());

} // namespace
