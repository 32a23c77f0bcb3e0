// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Companions: setting, clearing and toggling is one store at the right place, whatever form of
// location the register has, and nothing is read.
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/relaxed_mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/backend/sys_reg.hpp>
#include <ioview/endian.hpp>
#include <ioview/register.hpp>
#include <ioview/register/set_clear.hpp>
#include <ioview/testing/device.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace io = ioview;

namespace {

using io::Error;

using Bar = io::Region<0x1000, 8>;
using NextThree = io::companions<io::set_at<4>, io::clear_at<8>, io::toggle_at<12>>;

struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(15, 8, level), bit(1, led), bit(0, relay));
    using Companions = NextThree;
};
// Reserved ones and a part that is not written are not the companions' business.
struct Mixed : io::Register<Mixed, std::uint32_t, io::fixed<0x40>> {
    IO_FIELDS(reserved(31, 28, io::rsvdo),
              bit(27, ready, io::ro),
              bits(23, 16, hidden, io::wo),
              bits(7, 0, level));
    using Companions = NextThree;
};
struct Low : io::Register<Low, std::uint8_t, io::fixed<0x58>> {
    IO_FIELDS(bits(7, 1, level), bit(0, busy, io::ro));
    using Companions = NextThree;
};
// One name to read, another to write.
struct Twofold : io::Register<Twofold, std::uint8_t, io::fixed<0x50>> {
    IO_FIELDS(bit(1, idle, io::ro), bit(0, ready, io::ro), bit(0, start, io::wo));
    using Companions = io::companions<io::set_at<1>, io::clear_at<2>>;
};
// STM32's BSRR: one word sets by its lower half and clears by its upper one.
struct Odr : io::Register<Odr, std::uint32_t, io::fixed<0x14>> {
    IO_FIELDS(reserved(31, 16), bits(15, 0, pins));
    using Companions = io::companions<io::set_at<4>, io::clear_at<4, 16>>;
};
// RP2040: the same offsets in other pages, here the pages before.
struct Before : io::Register<Before, std::uint16_t, io::fixed<0x808>> {
    using Companions = io::companions<io::toggle_at<-0x800>, io::clear_at<-0x400>>;
};
struct Channel : io::Register<Channel, std::uint32_t, io::array<0x100, 4, 0x10>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = NextThree;
};
// LPC: a row of registers, then a row of what sets each.
struct Row : io::Register<Row, std::uint32_t, io::array<0x200, 4>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<0x10>, io::clear_at<0x20>>;
};
struct Banked : io::Register<Banked, std::uint32_t, io::banked<0x300, 2, 0x80, 4>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<0x20>, io::clear_at<0x40>>;
};
struct Family;
struct Second : io::RegisterBase<Family, 0x500> {};
struct Relative : io::Register<Relative, std::uint8_t, io::relative<Family, 0x3>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<1>, io::clear_at<-1>>;
};
struct RelativeRow : io::Register<RelativeRow, std::uint64_t, io::relative_array<Family, 8, 2>> {
    IO_FIELDS(bits(63, 0, level));
    using Companions = io::companions<io::set_at<0x10>, io::clear_at<0x20>>;
};
struct Alias : io::Register<Alias, std::uint16_t, io::alias<Out>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = io::companions<io::set_at<4>>;
};
struct BigEndian : io::Register<BigEndian, io::be<std::uint32_t>, io::fixed<0x600>> {
    IO_FIELDS(bits(7, 0, level));
    using Companions = NextThree;
};
// A stride that the device says.
struct Strided {
    using Register = Channel;
    using Block = void;
    static constexpr std::size_t end = 0x800;
    std::size_t at;
    constexpr std::size_t offset() const noexcept { return at; }
};

template <class F>
constexpr Log made_by(F f) {
    Recorded<0x1000> ram;
    f(ram.view<Bar>());
    return ram.log();
}

constexpr bool one_store_each() {
    return made_by([](auto bar) { io::set_bits(bar, Out{}.with_led(true).with_level(0xa5u)); }) ==
               Log{{wr, 0x14, 4, 0xa502}} &&
           made_by([](auto bar) { io::clear_bits(bar, Out{}.with_relay(true)); }) ==
               Log{{wr, 0x18, 4, 1}} &&
           made_by([](auto bar) { io::toggle_bits(bar, Out{}.with_led(true)); }) ==
               Log{{wr, 0x1c, 4, 2}} &&
           made_by([](auto bar) {
               return io::try_set_bits(bar, Out{}.with_led(true)) &&
                      io::try_clear_bits(bar, Out{}.with_led(true)) &&
                      io::try_toggle_bits(bar, Out{}.with_led(true));
           }) == Log{{wr, 0x14, 4, 2}, {wr, 0x18, 4, 2}, {wr, 0x1c, 4, 2}};
}

// A pin controller that has companions: what is written there is not stored but done.
struct Gpio {
    io::testing::Device device{0x1000};
    std::uint64_t pins = 0;
    int stores = 0;

    explicit Gpio(std::uint64_t at_first) : pins(at_first) {
        device.reg("out", 0x10).on_read([this](auto&) { return pins; });
        device.reg("set", 0x14).on_write([this](auto&, std::uint64_t w) { done(pins | w); });
        device.reg("clear", 0x18).on_write([this](auto&, std::uint64_t w) { done(pins & ~w); });
        device.reg("toggle", 0x1c).on_write([this](auto&, std::uint64_t w) { done(pins ^ w); });
    }
    void done(std::uint64_t now) {
        pins = now;
        ++stores;
    }
    auto view() { return device.view<Bar>(); }
};

} // namespace

TEST_CASE("bits are set, cleared and toggled by one store, and nothing is read") {
    STATIC_REQUIRE(one_store_each());
    CHECK(one_store_each());
}

TEST_CASE("a companion is as far from its register in every form of location") {
    const auto level = [](auto r) { return r.with_level(5u); };
    const auto check = [](const Log& log, std::uint64_t address, std::uint8_t width) {
        CHECK(log == Log{{wr, address, width, 5}});
    };
    check(made_by([&](auto b) { io::set_bits(b, Channel::at(0), level(Channel{})); }), 0x104, 4);
    check(made_by([&](auto b) { io::set_bits(b, Channel::at(3), level(Channel{})); }), 0x134, 4);
    check(made_by([&](auto b) { io::clear_bits(b, *Channel::try_at(3), level(Channel{})); }),
          0x138,
          4);
    check(made_by([&](auto b) { io::toggle_bits(b, Channel::at(1), level(Channel{})); }), 0x11c, 4);
    check(made_by([&](auto b) { io::set_bits(b, Row::at(2), level(Row{})); }), 0x218, 4);
    check(made_by([&](auto b) { io::clear_bits(b, Row::at(3), level(Row{})); }), 0x22c, 4);
    check(
        made_by([&](auto b) { io::set_bits(b, Banked::at(1).at(3), level(Banked{})); }), 0x3ac, 4);
    check(made_by([&](auto b) { io::clear_bits(b, Banked::at(0).at(1), level(Banked{})); }),
          0x344,
          4);
    check(made_by([&](auto b) { io::set_bits(b, Relative::of<Second>(), level(Relative{})); }),
          0x504,
          1);
    check(made_by([&](auto b) { io::clear_bits(b, Relative::of<Second>(), level(Relative{})); }),
          0x502,
          1);
    check(made_by([&](auto b) {
              io::set_bits(b, RelativeRow::of<Second>().at(1), level(RelativeRow{}));
          }),
          0x520,
          8);
    check(made_by([&](auto b) { io::set_bits(b, level(Alias{})); }), 0x14, 2);
    check(made_by([&](auto b) { io::toggle_bits(b, Before::from_raw(5)); }), 0x008, 2);
    check(made_by([&](auto b) { io::clear_bits(b, Before::from_raw(5)); }), 0x408, 2);
    check(made_by([&](auto b) {
              REQUIRE(io::try_set_bits(b, Strided{0x700}, level(Channel{})).has_value());
          }),
          0x704,
          4);
    // As the register is stored, so are its companions.
    CHECK(made_by([&](auto b) { io::clear_bits(b, level(BigEndian{})); }) ==
          Log{{wr, 0x608, 4, 0x0500'0000}});
}

TEST_CASE("bits that a write does not store are left out") {
    CHECK(made_by([](auto bar) { io::set_bits(bar, Mixed{}.with_level(1u)); }) ==
          Log{{wr, 0x44, 4, 1}});
    CHECK(made_by([](auto bar) { io::clear_bits(bar, Mixed::from_raw(~0u)); }) ==
          Log{{wr, 0x48, 4, 0x07ff'ffff}});
    CHECK(made_by([](auto bar) {
              io::update_by_companions<Mixed>(bar, [](Mixed m) { return m.with_hidden(0xf0u); });
          }) == Log{{wr, 0x48, 4, 0x000f'0000}, {wr, 0x44, 4, 0x00f0'0000}});
}

TEST_CASE("the lowest bit may be one that is not written") {
    CHECK(made_by([](auto bar) { io::toggle_bits(bar, Low::from_raw(0x0f)); }) ==
          Log{{wr, 0x64, 1, 0x0e}});
}

TEST_CASE("a bit of two names is changed by the one that is written") {
    CHECK(made_by([](auto bar) { io::set_bits(bar, Twofold{}.with_start(true)); }) ==
          Log{{wr, 0x51, 1, 1}});
    CHECK(made_by([](auto bar) { io::clear_bits(bar, Twofold::from_raw(0xff)); }) ==
          Log{{wr, 0x52, 1, 0xfd}});
}

TEST_CASE("what sets or clears bits elsewhere is an update here, too") {
    CHECK(made_by([](auto bar) {
              io::update_by_companions<Out>(bar, io::set_bits(Out{}.with_led(true)));
              io::update_by_companions<Out>(bar, io::clear_bits(Out{}.with_relay(true)));
          }) == Log{{wr, 0x14, 4, 2}, {wr, 0x18, 4, 1}});
}

TEST_CASE("an update goes to the companions that it needs, without a read") {
    using Changed = Out (*)(Out);
    struct Row {
        Changed f;
        Log log;
    };
    const std::vector<Row> rows = {
        {[](Out o) { return o.with_led(true).with_relay(true); }, {{wr, 0x14, 4, 3}}},
        {[](Out o) { return o.with_led(false); }, {{wr, 0x18, 4, 2}}},
        {[](Out o) { return o.with_led(true).with_relay(false); },
         {{wr, 0x18, 4, 1}, {wr, 0x14, 4, 2}}},
        {[](Out o) { return o.with_level(0x0fu); }, {{wr, 0x18, 4, 0xf000}, {wr, 0x14, 4, 0x0f00}}},
        {[](Out o) { return o.with_level(0xffu); }, {{wr, 0x14, 4, 0xff00}}},
        {[](Out o) { return o.with_level(0u).with_led(false); }, {{wr, 0x18, 4, 0xff02}}},
        {[](Out o) { return o; }, {}},
    };
    for (const Row& row : rows) {
        CHECK(made_by([&](auto bar) { io::update_by_companions<Out>(bar, row.f); }) == row.log);
        CHECK(made_by([&](auto bar) {
                  REQUIRE(io::try_update_by_companions<Out>(bar, row.f).has_value());
              }) == row.log);
    }
    CHECK(made_by([](auto bar) {
              io::update_by_companions(
                  bar, Channel::at(2), [](Channel c) { return c.with_level(0xffu); });
          }) == Log{{wr, 0x124, 4, 0xff}});
    CHECK(made_by([](auto bar) { // less than an int
              io::update_by_companions<Low>(bar, [](Low l) { return l.with_level(0x7fu); });
          }) == Log{{wr, 0x5c, 1, 0xfe}});
}

TEST_CASE("where one word sets and clears, an update is one store") {
    const auto pins = [](unsigned v) {
        return [v](Odr o) {
            return o.with_pins(
                io::Bounded<std::uint32_t, 16>::masked(static_cast<std::uint32_t>(v)));
        };
    };
    CHECK(made_by([&](auto bar) { io::update_by_companions<Odr>(bar, pins(0x00f0)); }) ==
          Log{{wr, 0x18, 4, 0xff0f'00f0}});
    CHECK(made_by([&](auto bar) {
              REQUIRE(io::try_update_by_companions<Odr>(bar, pins(0xffff)).has_value());
          }) == Log{{wr, 0x18, 4, 0x0000'ffff}});
    CHECK(made_by([&](auto bar) { io::clear_bits(bar, Odr{}.with_pins(0x81u)); }) ==
          Log{{wr, 0x18, 4, 0x0081'0000}});
    CHECK(made_by([&](auto bar) { io::set_bits(bar, Odr{}.with_pins(0x81u)); }) ==
          Log{{wr, 0x18, 4, 0x0000'0081}});
}

TEST_CASE("a device that has companions ends up with what was asked for") {
    Gpio gpio{0xff01};
    io::set_bits(gpio.view(), Out{}.with_led(true));
    CHECK((gpio.pins == 0xff03 && gpio.stores == 1));
    io::clear_bits(gpio.view(), Out{}.with_relay(true));
    CHECK((gpio.pins == 0xff02 && gpio.stores == 2));
    io::toggle_bits(gpio.view(), Out{}.with_relay(true).with_led(true));
    CHECK((gpio.pins == 0xff01 && gpio.stores == 3));
    io::update_by_companions<Out>(gpio.view(),
                                  [](Out o) { return o.with_level(0x42u).with_led(true); });
    CHECK((gpio.pins == 0x4203 && gpio.stores == 5));
    CHECK(gpio.view().read<Out>().level() == 0x42);
}

TEST_CASE("a function that asks what a field was is found out") {
    bool led = true;
    const auto inverts = [&led](Out o) { return o.with_led(o.led() != led); };
    Recorded<0x1000> ram;
    CHECK(io::try_update_by_companions<Out>(ram.view<Bar>(), inverts).error() ==
          Error::invalid_argument);
    CHECK(ram.untouched());
}

TEST_CASE("a medium that fails ends the change, and says so") {
    io::testing::Memory<0x1000> memory;
    io::testing::Faulty faulty{memory.view<Bar>()};
    io::testing::Recorder recorder{faulty.view<Bar>()};
    const auto bar = recorder.view<Bar>();
    const auto both = [](Out o) { return o.with_level(0x0fu); };
    faulty.fail_access(1);
    CHECK(io::try_set_bits(bar, Out{}.with_led(true)).error() == Error::io_error);
    recorder.clear();
    faulty.fail_access(1);
    CHECK(io::try_update_by_companions<Out>(bar, both).error() == Error::io_error);
    CHECK(recorder.log().size() == 1); // nothing is set where nothing could be cleared
    recorder.clear();
    faulty.fail_access(2);
    CHECK(io::try_update_by_companions<Out>(bar, both).error() == Error::io_error);
    CHECK(recorder.log().size() == 2);
}

TEST_CASE("a companion past what there is makes no access") {
    Recorded<0x1000> ram;
    const auto few = *ram.view<io::Region<>>().try_subview<io::Region<>>(0, 0x18);
    CHECK(io::try_set_bits(few, Out{}.with_led(true)).has_value());
    CHECK(io::try_clear_bits(few, Out{}.with_led(true)).error() == Error::out_of_bounds);
    CHECK(io::try_set_bits(few, Channel::at(0), Channel{}).error() == Error::out_of_bounds);
    CHECK(io::try_update_by_companions<Out>(few, [](Out o) { return o.with_led(false); }).error() ==
          Error::out_of_bounds);
    CHECK(io::try_set_bits(ram.view<Bar>(), Strided{0x800}, Channel{}).error() ==
          Error::out_of_bounds);
    CHECK(io::try_set_bits(ram.view<Bar>(), Strided{0x701}, Channel{}).error() ==
          Error::misaligned);
    CHECK(ram.log().size() == 1);
}

TEST_CASE("companions of real memory") {
    alignas(8) std::uint32_t words[0x400] = {};
    const auto mmio = io::Mmio<Bar>::from_raw(
        *io::MmioRaw<Bar>::region(reinterpret_cast<std::uintptr_t>(words), sizeof(words)));
    const auto mem = *io::SysMem<Bar>::from_bytes(words, sizeof(words));
    io::set_bits(mmio, Out{}.with_led(true));
    io::clear_bits(mmio.relaxed(), Out{}.with_relay(true));
    io::toggle_bits(mem, Out{}.with_level(7u));
    CHECK((words[4] == 0 && mmio.read32(0x14) == 2 && mmio.read32(0x18) == 1 && words[7] == 0x700));
}

TEST_CASE("which elements lie over each other is what a search finds") {
    const auto overlap =
        [](const io::detail::Place& place, std::ptrdiff_t moved, std::size_t size) {
            for (std::size_t a = 0; a < place.steps[0].count; ++a)
                for (std::size_t b = 0; b < place.steps[1].count; ++b)
                    for (std::size_t c = 0; c < place.steps[0].count; ++c)
                        for (std::size_t d = 0; d < place.steps[1].count; ++d)
                            if (place.offset_at({{a, b}}, size) + static_cast<std::size_t>(moved) ==
                                place.offset_at({{c, d}}, size))
                                return true;
            return false;
        };
    const io::detail::Place places[] = {
        {true, 0x1000},
        {true, 0x1000, false, 1, {{5, io::detail::natural_stride}}},
        {true, 0x1000, false, 1, {{3, 0x10}}},
        {true, 0x1000, false, 2, {{3, 0x40}, {4, 8}}},
        {true, 0x1000, false, 2, {{4, 8}, {3, 0x40}}},
        {true, 0x1000, false, 2, {{2, 0x10}, {4, 4}}},
    };
    for (const auto& place : places)
        for (std::ptrdiff_t moved = -0x200; moved <= 0x200; moved += 4) {
            INFO(&place - places << ", moved " << moved);
            CHECK(io::detail::meets_itself(place, moved, 4) == overlap(place, moved, 4));
        }
}
