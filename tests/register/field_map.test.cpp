// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fields that mean one thing read and another written: which may share bits, what each access does
// with them, and what is printed.
#include <ioview/endian.hpp>
#include <ioview/format.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/device.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <string>

namespace io = ioview;

namespace {

enum class Cause : std::uint8_t { none, rx, tx, error };

// As the FIFO control and interrupt identification of a UART, in one register.
struct Fifo : io::Register<Fifo, std::uint8_t, io::fixed<0x08>> {
    IO_FIELDS(bits(7, 6, enabled, io::ro),
              bits(7, 6, trigger, io::wo),
              bits(2, 1, cause, Cause, io::ro),
              bit(2, reset_tx, io::wo),
              bit(1, reset_rx, io::wo),
              bit(0, pending, io::ro));
};
// A read takes from one queue, a write adds to another.
struct Data : io::Register<Data, std::uint16_t, io::fixed<0x0a>> {
    IO_FIELDS(bits(7, 0, received, io::rc), bits(15, 0, sent, io::wo));
};
struct Parts : io::Register<Parts, io::be<std::uint32_t>, io::fixed<0x0c>, io::reset<0xff00'00ff>> {
    IO_FIELDS(split(level, (31, 28), (3, 0), io::ro),
              unshifted(31, 24, address, io::wo),
              bits(7, 4, mode),
              bit(8, error, io::w1c),
              bits(3, 2, command, Cause, io::wo));
};
struct Seen : io::Register<Seen, std::uint8_t, io::alias<Fifo>> {
    IO_FIELDS(bit(0, other));
};

// The first two bytes of four, some of whose bits it declares.
struct Over : io::Register<Over, std::uint16_t, io::alias<Parts>, io::reset<0xffff>> {
    IO_FIELDS(bits(5, 4, declared));
};

struct Regs : io::Region<0x10> {};

template <class R>
constexpr io::detail::FieldMap map = R::io_map;

} // namespace

TEST_CASE("two meanings: a read has the one field, a write the other", "[register]") {
    Recorded<0x10> ram;
    ram[0x08] = 0xc5;
    const auto bar = ram.view<Regs>();
    const auto fifo = bar.read<Fifo>();
    CHECK(fifo.enabled() == 3u);
    CHECK(fifo.cause() == Cause::tx);
    CHECK(fifo.pending());
    bar.write(Fifo{}.with_trigger(2).with_reset_rx(true));
    const auto tried = Fifo{}.try_with_trigger(3);
    REQUIRE(tried);
    CHECK(tried->raw() == 0xc0);
    CHECK(Fifo{}.try_with_trigger(4).error() == io::Error::overflow);
    CHECK(ram.log() == Log{{rd, 0x08, 1, 0xc5}, {wr, 0x08, 1, 0x82}});

    STATIC_REQUIRE(Parts::from_raw(0x5000'000a).level() == 0x5au);
    STATIC_REQUIRE(Parts{}.with_address(0x0f00'0000).with_command(Cause::tx).raw() == 0x0f00'0008);
}

TEST_CASE("two meanings: the masks know both", "[register]") {
    STATIC_REQUIRE(io::detail::shared_bits<Fifo> == 0xc6);
    STATIC_REQUIRE(map<Fifo>.unreadable == 0xc6); // hence no update
    STATIC_REQUIRE(Fifo::has_wo_field);
    STATIC_REQUIRE(map<Data>.unreadable == 0xffff);
    STATIC_REQUIRE(map<Data>.consumed == 0xff);
    STATIC_REQUIRE(io::detail::shared_bits<Data> == 0xff);
    STATIC_REQUIRE(io::detail::shared_bits<Parts> == 0xf000'000c);
    STATIC_REQUIRE(map<Parts>.write_zero == 0x100);
    STATIC_REQUIRE(map<Parts>.readable);
    STATIC_REQUIRE(map<Parts>.writable);
    STATIC_REQUIRE(io::detail::shared_bits<Seen> == 0xc6);
    STATIC_REQUIRE(io::detail::shared_bits<Over> == 0xc0);
    STATIC_REQUIRE(Seen::has_wo_field);
}

TEST_CASE("two meanings: which fields overlap, at run time too", "[register]") {
    using io::Access;
    using io::detail::StatedBits;
    const auto disjoint = [](Access one, Access other) {
        const StatedBits bits{0x18, one};
        return io::detail::items_of(std::uint32_t(), bits, StatedBits{0x30, other}).are_disjoint;
    };
    for (const Access read : {Access::ro, Access::rc}) {
        CHECK(disjoint(read, Access::wo));
        CHECK(disjoint(Access::wo, read));
        for (const Access other : {Access::ro, Access::rc, Access::rw, Access::w1c, Access::rsvdz})
            CHECK_FALSE(disjoint(read, other));
    }
    for (const Access other : {Access::wo, Access::rw, Access::w1c, Access::rsvdz})
        CHECK_FALSE(disjoint(Access::wo, other));
    const auto with = [](auto bits) {
        return io::detail::items_of(std::uint32_t(), StatedBits{0x1, Access::wo}, bits)
            .are_disjoint;
    };
    CHECK(with(std::uint64_t{0x2}));
    CHECK_FALSE(with(std::uint64_t{0x3})); // of the register's own kind
    CHECK_FALSE(with(io::detail::OverlappingBits{0x2}));
    CHECK(io::detail::stated(io::detail::OverlappingBits{0x2}).bits == 0x2);
    const StatedBits both[] = {{0xf, Access::ro}, {0xf, Access::wo}, {0x10, Access::rw}};
    CHECK(io::detail::disjoint_each_way(both));
    CHECK(io::detail::item_bits<StatedBits>(0x3, Access::wo).access == Access::wo);
    CHECK(io::detail::item_bits<std::uint64_t>(0x3, Access::wo) == 0x3);
    io::detail::SharedBits shared;
    Parts().io_visit(shared);
    CHECK(shared.shared == 0xf000'000c);
    CHECK(io::detail::reset_register<Parts>().raw() == 0x0f00'00f3);
}

TEST_CASE("two meanings: a write from the reset value has nothing of what is read", "[register]") {
    STATIC_REQUIRE(Parts::reset_value == 0xff00'00ff);
    STATIC_REQUIRE(Parts::reset().raw() == 0x0f00'00f3);
    STATIC_REQUIRE(Over::reset().raw() == 0xff3f);
}

TEST_CASE("two meanings: what can be read is printed", "[register]") {
    CHECK(fmt::format("{}", Fifo::from_raw(0xc5)) == "Fifo{enabled: 3, cause: tx, pending: 1}");
    CHECK(fmt::format("{}", Data::from_raw(0xc5)) == "Data{}");
    int visited = 0;
    io::for_each_field(Fifo{}, [&](const io::FieldInfo& field, auto) {
        CHECK(field.access == io::Access::ro);
        ++visited;
    });
    CHECK(visited == 3);
    STATIC_REQUIRE(io::unknown_bits(Fifo::from_raw(0xff)) == 0x38);
}

TEST_CASE("two meanings: a double reads the one and keeps the other", "[register]") {
    io::testing::Device dev{0x10};
    auto& fifo = dev.reg<Fifo>("fifo").holds(0xc5);
    auto& data = dev.reg<Data>("data").holds(0x41);
    auto& parts = dev.reg<Parts>("parts");
    const auto bar = dev.view<Regs>();

    bar.write(Fifo{}.with_trigger(2).with_reset_rx(true));
    CHECK(fifo.write_side() == 0x82);
    CHECK(fifo.value() == 0xc5);
    CHECK(bar.read<Fifo>().raw() == 0xc5);

    bar.write(Data{}.with_sent(0x1234));
    CHECK(data.write_side() == 0x34);
    CHECK(data.value() == 0x1241); // bits that are not read keep what is written
    CHECK(bar.read<Data>().received() == 0x41u);
    CHECK(bar.read<Data>().received() == 0u); // taken
    CHECK(data.write_side() == 0x34);

    CHECK(bar.read<Parts>().raw() ==
          0xf000'00ff); // of the reset value, what is written is not read
    bar.write(Parts{}.with_address(0x5f00'0000).with_mode(3).with_command(Cause::rx));
    CHECK(bar.read<Parts>().raw() == 0xf000'003f);
    CHECK(parts.write_side() == 0x0400'0050); // as the device has the bytes
    dev.reset();
    CHECK(fifo.write_side() == 0);
    STATIC_REQUIRE(io::testing::register_bits<Seen>().shared() == 0xc6);
    STATIC_REQUIRE(io::testing::register_bits<Seen>().of(io::Access::ro) == 0xc6);
    CHECK(bar.read<Parts>().raw() == 0xf000'00ff);
}
