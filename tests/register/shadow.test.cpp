// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A shadow remembers what arrived: an update is one store of that with one field changed, and
// without a value before it there is none.
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/register/shadow.hpp>
#include <ioview/testing/device.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace io = ioview;

namespace {

using io::Error;

using Bar = io::Region<0x100>;

struct Dor : io::Register<Dor, std::uint8_t, io::fixed<0x2>, io::wo> {
    IO_FIELDS(bit(5, motor_b), bit(4, motor_a), bit(2, not_reset), bits(1, 0, drive));
};
// 16550's FCR: what resets a FIFO does so by being written, and is not to be written again.
struct Fcr : io::Register<Fcr, std::uint8_t, io::fixed<0x4>, io::wo> {
    IO_FIELDS(bits(7, 6, trigger), bit(1, reset_receiver, io::w1s), bit(0, enable));
};
struct Ones : io::Register<Ones, std::uint16_t, io::fixed<0x8>, io::wo> {
    IO_FIELDS(reserved(15, 8, io::rsvdo), bits(7, 0, level));
};
struct Relay : io::Register<Relay, std::uint32_t, io::array<0x10, 4, 8>, io::wo> {
    IO_FIELDS(bit(1, second), bit(0, first));
};
struct Family;
struct Second : io::RegisterBase<Family, 0x80> {};
struct Port : io::Register<Port, io::be<std::uint16_t>, io::relative<Family, 0x4>, io::wo> {
    IO_FIELDS(bits(7, 4, high), bits(3, 0, low));
};
struct Member : io::Register<Member, std::uint32_t> {
    IO_FIELDS(bits(15, 8, level, io::wo), bit(0, enable));
};
struct Block {
    std::uint32_t pad;
    Member member;
};

constexpr auto motor = [](Dor d) { return d.with_motor_a(true); };

constexpr bool remembers() {
    Recorded<0x100> ram;
    io::Shadow<Dor> dor;
    const bool unknown = !dor.is_known() && dor.try_value().error() == Error::invalid_argument;
    dor.write(ram.view<Bar>(), Dor{}.with_not_reset(true).with_drive(1u));
    dor.update(ram.view<Bar>(), motor);
    return unknown && dor.is_known() && dor.value().raw() == 0x15 &&
           ram.log() == Log{{wr, 2, 1, 0x05}, {wr, 2, 1, 0x15}};
}

} // namespace

TEST_CASE("an update is one store of what was written before, and reads nothing") {
    STATIC_REQUIRE(remembers());
    CHECK(remembers());
}

TEST_CASE("nothing is stored before the register was written, unless it is said what it holds") {
    Recorded<0x100> ram;
    io::Shadow<Dor> dor;
    CHECK(dor.try_update(ram.view<Bar>(), motor).error() == Error::invalid_argument);
    CHECK(dor.try_value().error() == Error::invalid_argument);
    CHECK(ram.untouched());
    dor.assume(Dor{}.with_drive(3u));
    REQUIRE(dor.try_update(ram.view<Bar>(), motor).has_value());
    CHECK(ram.log() == Log{{wr, 2, 1, 0x13}});
    CHECK(dor.try_value()->raw() == 0x13);
    dor.forget();
    CHECK(dor.try_update(ram.view<Bar>(), motor).error() == Error::invalid_argument);

    io::Shadow known{Dor{}.with_not_reset(true)};
    STATIC_REQUIRE(std::is_same_v<decltype(known), io::Shadow<Dor>>);
    known.update(ram.view<Bar>(), motor);
    CHECK(ram.log().back() == io::testing::Access{wr, 2, 1, 0x14});
}

TEST_CASE("a store that fails is not remembered") {
    io::testing::Memory<0x100> memory;
    io::testing::Faulty faulty{memory.view<Bar>()};
    io::testing::Recorder recorder{faulty.view<Bar>()};
    const auto bar = recorder.view<Bar>();
    io::Shadow<Dor> dor;
    faulty.fail_access(1);
    CHECK(dor.try_write(bar, Dor{}.with_drive(1u)).error() == Error::io_error);
    CHECK_FALSE(dor.is_known());
    faulty.fail_access(1);
    dor.write(bar, Dor{}.with_drive(1u));
    CHECK_FALSE(dor.is_known());
    dor.write(bar, Dor{}.with_drive(2u));
    faulty.fail_access(1);
    CHECK(dor.try_update(bar, motor).error() == Error::io_error);
    CHECK(dor.value() == Dor{}.with_drive(2u));
    faulty.fail_access(1);
    dor.update(bar, motor);
    CHECK(dor.value() == Dor{}.with_drive(2u));
    REQUIRE(dor.try_update(bar, motor).has_value());
    CHECK(dor.value() == Dor{}.with_drive(2u).with_motor_a(true));
    CHECK(recorder.log().size() == 6);
}

TEST_CASE("a place past the end is an error, and nothing is remembered") {
    Recorded<0x100> ram;
    const auto few = *ram.view<io::Region<>>().try_subview<io::Region<>>(0, 2);
    io::Shadow<Dor> dor;
    CHECK(dor.try_write(few, Dor{}).error() == Error::out_of_bounds);
    CHECK_FALSE(dor.is_known());
    CHECK(ram.untouched());
}

TEST_CASE("fields that act when they are written are harmless in an update") {
    Recorded<0x100> ram;
    io::Shadow<Fcr> fcr;
    fcr.write(ram.view<Bar>(), Fcr{}.with_enable(true).with_reset_receiver(true));
    fcr.update(ram.view<Bar>(), [](Fcr f) { return f.with_trigger(3u); });
    io::Shadow ones{Ones::from_raw(0)};
    ones.update(ram.view<Bar>(), [](Ones o) { return o.with_level(5u); });
    CHECK(ram.log() == Log{{wr, 4, 1, 0x03}, {wr, 4, 1, 0xc1}, {wr, 8, 2, 0xff05}});
}

TEST_CASE("a shadow has its place: an element, a register at a base, one that views show") {
    Recorded<0x100> ram;
    const auto bar = ram.view<Bar>();
    std::array relays{io::Shadow{Relay::at(0)}, io::Shadow{Relay::at(3)}};
    for (auto& relay : relays) {
        relay.write(bar, Relay{}.with_first(true));
        relay.update(bar, [](Relay r) { return r.with_second(true); });
    }
    io::Shadow port{Port::of<Second>(), Port{}.with_high(0xau)};
    REQUIRE(port.try_update(bar, [](Port p) { return p.with_low(5u); }).has_value());
    CHECK(ram.log() == Log{{wr, 0x10, 4, 1},
                           {wr, 0x10, 4, 3},
                           {wr, 0x28, 4, 1},
                           {wr, 0x28, 4, 3},
                           {wr, 0x84, 2, 0xa500}});
    ram.recorder.clear();

    const auto block = ram.view<Block>();
    io::Shadow<Member> member;
    member.write(IO_PROJECT(block, member), Member{}.with_level(7u));
    REQUIRE(
        member.try_update(IO_PROJECT(block, member), [](Member m) { return m.with_enable(true); }));
    io::Shadow<Dor> dor;
    dor.write(bar.view_of<Dor>(), Dor{}.with_drive(1u));
    CHECK(ram.log() == Log{{wr, 4, 4, 0x700}, {wr, 4, 4, 0x701}, {wr, 2, 1, 1}});
}

TEST_CASE("who takes a shadow over has what it knew") {
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<io::Shadow<Dor>>);
    STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<io::Shadow<Dor>>);
    STATIC_REQUIRE(sizeof(io::Shadow<Dor>) == 2);
    io::Shadow first{Dor{}.with_drive(2u)};
    io::Shadow second{std::move(first)};
    CHECK(second.value() == Dor{}.with_drive(2u));
    CHECK_FALSE(first.is_known()); // NOLINT(bugprone-use-after-move)
}
