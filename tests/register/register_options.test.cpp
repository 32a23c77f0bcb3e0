// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reset values: which registers state one, what a write starts from, and what a double holds.
#include <ioview/endian.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/device.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

enum class Mode : std::uint8_t { off, slow, fast };

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>, io::reset<0x55>> {
    IO_FIELDS(bits(31, 16, divisor), bits(10, 8, mode, Mode), bits(7, 0, level));
};

// Each form of location, each order of what stands behind it.
struct Family {};
struct First : io::RegisterBase<Family, 0x100> {};
struct Fixed : io::Register<Fixed, std::uint32_t, io::fixed<0x00>, io::reset<0x81>> {};
struct Array : io::Register<Array, std::uint32_t, io::array<0x20, 4>, io::reset<0x82>, io::ro> {};
struct Banked
    : io::Register<Banked, std::uint32_t, io::banked<0x40, 2, 0x10, 2>, io::ro, io::reset<0x83>> {};
struct Relative : io::Register<Relative, std::uint32_t, io::relative<Family, 4>, io::reset<0x84>> {
};
struct RelativeArray : io::Register<RelativeArray,
                                    std::uint32_t,
                                    io::relative_array<Family, 0x10, 4>,
                                    io::reset<0x85>,
                                    io::rw> {};
struct Alias : io::Register<Alias, std::uint16_t, io::alias<Fixed>, io::reset<0x86>> {};
struct AliasOfOne : io::Register<AliasOfOne, std::uint8_t, io::alias<Array, 2>, io::reset<0x87>> {};
struct Unlocated : io::Register<Unlocated, std::uint32_t, io::unlocated, io::reset<0x88>> {};

struct Kinds : io::Register<Kinds, std::uint32_t, io::fixed<0x14>, io::reset<0xffff'0f0f>> {
    IO_FIELDS(bits(31, 28, plain),
              bits(27, 24, flags, io::w1c),
              bits(23, 20, kept, io::w0c),
              reserved(19, 16),
              reserved(15, 12, io::rsvdo),
              bits(11, 8, state, io::ro),
              bits(3, 0, more));
};
struct Events : io::Register<Events, std::uint16_t, io::fixed<0x18>, io::w1c, io::reset<0x8001>> {
    IO_FIELDS(bit(15, power, io::rw));
};
struct Own : io::Register<Own, std::uint32_t, io::fixed<0x1c>> {
    static constexpr int reset_value = 0x77;
};
// Fields called as members of a register are.
struct Reset : io::Register<Reset, std::uint8_t, io::fixed<0x1e>, io::reset<0x81>> {
    IO_FIELDS(bit(7, reset), bit(1, reset_value), bit(0, on));
};
struct Unstated : io::Register<Unstated, std::uint8_t, io::fixed<0x1f>> {
    IO_FIELDS(bit(7, reset), bit(1, reset_value), bit(0, on));
};
template <std::uint64_t Value>
struct Made : io::Register<Made<Value>, std::uint32_t, io::fixed<0x20>, io::reset<Value>> {
    IO_SELF(Made);
    IO_FIELDS(bits(7, 0, low));
};
struct InBytes
    : io::Register<InBytes, io::be<std::uint32_t>, io::fixed<0x24>, io::reset<0x0102'0304>> {
    IO_FIELDS(bits(31, 24, first), bits(7, 0, last));
};
struct Full : io::Register<Full, std::uint64_t, io::fixed<0x28>, io::reset<0xffff'ffff'ffff'ffff>> {
};

} // namespace

TEST_CASE("reset: registers of every form of location state it", "[register]") {
    STATIC_REQUIRE(std::is_same_v<decltype(Control::reset()), Control>);
    STATIC_REQUIRE(Control::reset().raw() == 0x55);
    STATIC_REQUIRE(Control::reset().with_mode(Mode::fast).raw() == 0x255);
    STATIC_REQUIRE(std::is_same_v<decltype(Control::reset_value), const std::uint32_t>);
    STATIC_REQUIRE(Fixed::reset().raw() == 0x81);
    STATIC_REQUIRE(Array::reset().raw() == 0x82);
    STATIC_REQUIRE(Banked::reset().raw() == 0x83);
    STATIC_REQUIRE(Relative::reset().raw() == 0x84);
    STATIC_REQUIRE(RelativeArray::reset().raw() == 0x85);
    STATIC_REQUIRE(Alias::reset().raw() == 0x86);
    STATIC_REQUIRE(AliasOfOne::reset().raw() == 0x87);
    STATIC_REQUIRE(Unlocated::reset().raw() == 0x88);
    STATIC_REQUIRE(Made<0x42>::reset().with_low(1).raw() == 1);
    STATIC_REQUIRE(InBytes::reset().first() == 1);
    STATIC_REQUIRE(Full::reset().raw() == std::numeric_limits<std::uint64_t>::max());
    // The access kind is the other one's doing, in either order.
    STATIC_REQUIRE_FALSE(Array::writable);
    STATIC_REQUIRE_FALSE(Banked::writable);
    STATIC_REQUIRE(RelativeArray::writable);
    // It is no state: the value is as large and as trivial as without.
    STATIC_REQUIRE(sizeof(Control) == 4);
    STATIC_REQUIRE(std::is_trivially_copyable_v<Control>);
    STATIC_REQUIRE(Control().raw() == 0);
}

TEST_CASE("reset: what acts when it is written is harmless, the number is the manual's",
          "[register]") {
    STATIC_REQUIRE(Kinds::reset().raw() == 0xf0f0'ff0f);
    STATIC_REQUIRE(Kinds::reset_value == 0xffff'0f0f);
    STATIC_REQUIRE(Events::reset().raw() == 0x8000);
    STATIC_REQUIRE(Events::reset_value == 0x8001);
}

TEST_CASE("reset: by a member of the user's own, and beside fields of that name", "[register]") {
    STATIC_REQUIRE(Own::reset().raw() == 0x77);
    STATIC_REQUIRE(Reset::Register::reset().raw() == 0x81);
    STATIC_REQUIRE(Reset::Register::reset_value == 0x81);
    STATIC_REQUIRE(Reset::Register::reset().reset());
    STATIC_REQUIRE_FALSE(Reset::Register::reset().reset_value());
    STATIC_REQUIRE(io::detail::states_reset<Reset>);
    STATIC_REQUIRE_FALSE(io::detail::states_reset<Unstated>);
}

TEST_CASE("reset: a write starts from it, without a read", "[register]") {
    Recorded<0x200> ram;
    const auto device = ram.view<io::Region<0x200>>();
    device.write(Control::reset().with_mode(Mode::fast));
    device.write(RelativeArray::of<First>().at(3), RelativeArray::reset());
    device.write(InBytes::reset().with_last(9));
    CHECK(ram.log() == Log{{wr, 0x10, 4, 0x255}, {wr, 0x11c, 4, 0x85}, {wr, 0x24, 4, 0x0903'0201}});
}

TEST_CASE("reset: a double holds what its registers state", "[register]") {
    struct Regs : io::Region<0x200> {};
    io::testing::Device dev{0x200};
    auto& control = dev.reg<Control>("control");
    auto& kinds = dev.reg<Kinds>("kinds");
    auto& events = dev.reg<Events>("events");
    auto& array = dev.reg("array 2", Array::at(2));
    auto& own = dev.reg("relative", Relative::of<First>());
    auto& big = dev.reg<InBytes>("big");
    auto& reset = dev.reg<Reset>("reset");
    auto& unstated = dev.reg<Unstated>("unstated");
    const auto bar = dev.view<Regs>();
    const auto all = [&] {
        CHECK(control.value() == 0x55);
        CHECK(kinds.value() == 0xffff'0f0f);
        CHECK(events.value() == 0x8001); // a flag that is up after a reset
        CHECK(array.value() == 0x82);
        CHECK(own.value() == 0x84);
        CHECK(bar.read<InBytes>().raw() == 0x0102'0304);
        CHECK(big.value() == 0x0403'0201);
        CHECK(reset.value() == 0x81);
        CHECK(unstated.value() == 0);
    };
    all();
    CHECK(bar.read<Control>() == Control::reset());
    bar.write(Control::reset().with_level(1));
    CHECK(control.value() == 0x01);
    bar.write(Events::reset()); // acknowledges nothing
    CHECK(events.value() == 0x8001);
    dev.reset();
    all();
}
