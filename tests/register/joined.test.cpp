// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/config_space.hpp>
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace io = ioview;
using io::testing::Device;
using io::testing::Log;
using io::testing::Memory;
using io::testing::Op;
using io::testing::Recorder;

namespace {

constexpr std::uint64_t number = 0x1122'3344'5566'7788;

struct Timer : io::Region<0x80, 8> {};
struct High : io::Register<High, std::uint32_t, io::fixed<0x00, Timer>> {};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x04, Timer>> {
    IO_FIELDS(bits(31, 0, all));
};
// Three parts of different widths, of which the middle one is a field.
struct Top : io::Register<Top, std::uint8_t, io::fixed<0x08, Timer>> {};
struct Middle : io::Register<Middle, std::uint32_t, io::fixed<0x0c, Timer>> {
    IO_FIELDS(bits(31, 24, mode), split(count, (15, 8), (3, 0)), bit(4, event, io::w1c));
};
struct Bottom : io::Register<Bottom, std::uint16_t, io::fixed<0x10, Timer>> {};
// An address whose low bits are zero, beside flags.
struct Base : io::Register<Base, std::uint32_t, io::fixed<0x14, Timer>> {
    IO_FIELDS(unshifted(31, 12, address), bits(2, 1, type));
};
struct Command : io::Register<Command, std::uint32_t, io::fixed<0x18, Timer>, io::wo> {
    IO_FIELDS(bits(7, 0, upper));
};
struct CommandLow
    : io::Register<CommandLow, io::be<std::uint32_t>, io::fixed<0x1c, Timer>, io::wo> {};
// A channel each.
struct Uppers : io::Register<Uppers, std::uint32_t, io::array<0x20, 4, 8, Timer>> {};
struct Lowers : io::Register<Lowers, std::uint32_t, io::array<0x24, 4, 8, Timer>> {};
struct Words : io::Register<Words, std::uint32_t, io::array<0x40, 4, 4, Timer>> {};
// A statistic that is gone once its upper half was read.
struct Octets : io::Register<Octets, std::uint32_t, io::fixed<0x50, Timer>, io::ro> {};
struct OctetsHigh : io::Register<OctetsHigh, std::uint32_t, io::fixed<0x54, Timer>, io::rc> {};

// One thing read and another written.
struct Window : io::Register<Window, std::uint32_t, io::fixed<0x58, Timer>> {
    IO_FIELDS(bits(15, 0, seen, io::ro), bits(15, 0, wanted, io::wo));
};

using Latched = io::Joined<std::uint64_t, io::low_first, High, Low>;
using Plain = io::Joined<std::uint64_t, io::high_first, High, Low>;
using Running = io::Joined<std::uint64_t, io::stable, High, Low>;
using Count = io::Joined<std::uint64_t, io::high_first, Top, IO_PART(Middle, count), Bottom>;
using CountBack = io::Joined<std::uint64_t, io::low_first, Top, IO_PART(Middle, count), Bottom>;
using RunningCount = io::Joined<std::uint64_t, io::stable, Top, IO_PART(Middle, count), Bottom>;
using Address = io::Joined<std::uint64_t, io::low_first, High, IO_PART(Base, address)>;
using Order = io::Joined<std::uint64_t, io::high_first, IO_PART(Command, upper), CommandLow>;
using Channel = io::Joined<std::uint64_t, io::low_first, Uppers, Lowers>;
using Second =
    io::Joined<std::uint64_t, io::low_first, io::element<Words, 1>, io::element<Words, 0>>;
using Pair = io::Joined<std::uint64_t, io::high_first, Words, Words>;

} // namespace

TEST_CASE("a value over two registers: each once, in the order of its type", "[joined]") {
    Memory<0x80> memory;
    Recorder recorder{memory.view<Timer>()};
    const auto timer = recorder.view<Timer>();
    io::write_joined<Latched>(timer, number);
    CHECK(io::read_joined<Latched>(timer) == number);
    CHECK(recorder.log() == Log{{Op::write, 4, 4, 0x5566'7788},
                                {Op::write, 0, 4, 0x1122'3344},
                                {Op::read, 4, 4, 0x5566'7788},
                                {Op::read, 0, 4, 0x1122'3344}});
    recorder.clear();
    CHECK(io::try_write_joined<Plain>(timer, number + 1));
    CHECK(io::try_read_joined<Plain>(timer) == number + 1);
    CHECK(recorder.log() == Log{{Op::write, 0, 4, 0x1122'3344},
                                {Op::write, 4, 4, 0x5566'7789},
                                {Op::read, 0, 4, 0x1122'3344},
                                {Op::read, 4, 4, 0x5566'7789}});
}

TEST_CASE("parts of other widths, fields among them: the rest of a register stays", "[joined]") {
    STATIC_REQUIRE(Latched::width == 64);
    STATIC_REQUIRE(Count::width == 36);
    Memory<0x80> memory;
    memory.view<Timer>().write(Middle::from_raw(0xa5ff'ffff));
    Recorder recorder{memory.view<Timer>()};
    const auto timer = recorder.view<Timer>();
    io::write_joined<Count>(timer, 0xa'bcde'f012); // top ab, middle cde, bottom f012
    CHECK(io::read_joined<Count>(timer) == 0xa'bcde'f012);
    CHECK(recorder.log() == Log{{Op::write, 0x08, 1, 0xab},
                                {Op::read, 0x0c, 4, 0xa5ff'ffff},
                                {Op::write, 0x0c, 4, 0xa5ff'cdee}, // the event's bit not set
                                {Op::write, 0x10, 2, 0xf012},
                                {Op::read, 0x08, 1, 0xab},
                                {Op::read, 0x0c, 4, 0xa5ff'cdee},
                                {Op::read, 0x10, 2, 0xf012}});
    recorder.clear();
    CHECK(io::try_write_joined<CountBack>(timer, 5u));
    CHECK(io::try_read_joined<CountBack>(timer) == 5u);
    CHECK(recorder.log() == Log{{Op::write, 0x10, 2, 5},
                                {Op::read, 0x0c, 4, 0xa5ff'cdee},
                                {Op::write, 0x0c, 4, 0xa5ff'00e0},
                                {Op::write, 0x08, 1, 0},
                                {Op::read, 0x10, 2, 5},
                                {Op::read, 0x0c, 4, 0xa5ff'00e0},
                                {Op::read, 0x08, 1, 0}});
    recorder.clear();
    for (const std::uint64_t value : {std::uint64_t{1} << 36, ~std::uint64_t{0}})
        CHECK(io::try_write_joined<Count>(timer, value).error() == io::Error::overflow);
    CHECK(io::try_write_joined<Count>(timer, -1).error() == io::Error::overflow);
    CHECK(io::try_write_joined<Latched>(timer, -1).error() == io::Error::overflow);
    CHECK(recorder.log().empty());
    const auto bounded = io::Bounded<std::uint64_t, 36>::masked(number);
    io::write_joined<Count>(timer, bounded);
    CHECK(io::read_joined<Count>(timer) == (number & 0xf'ffff'ffff));
    CHECK(io::try_write_joined<Count>(timer, io::Bounded<std::uint32_t, 20>(7u)));
    CHECK(io::read_joined<Count>(timer) == 7);
}

TEST_CASE("an address in place: the bits below the last part are zero", "[joined]") {
    Memory<0x80> memory;
    memory.view<Timer>().write(Base::from_raw(0x0000'0ffe));
    Recorder recorder{memory.view<Timer>()};
    const auto timer = recorder.view<Timer>();
    CHECK(io::try_write_joined<Address>(timer, 0x0000'0001'fee0'1000));
    CHECK(io::read_joined<Address>(timer) == 0x0000'0001'fee0'1000u);
    CHECK(recorder.log() == Log{{Op::read, 0x14, 4, 0x0000'0ffe},
                                {Op::write, 0x14, 4, 0xfee0'1ffe},
                                {Op::write, 0x00, 4, 1},
                                {Op::read, 0x14, 4, 0xfee0'1ffe},
                                {Op::read, 0x00, 4, 1}});
    recorder.clear();
    CHECK(io::try_write_joined<Address>(timer, 0x0000'0001'fee0'1800).error() ==
          io::Error::overflow);
    CHECK(recorder.log().empty());
}

TEST_CASE("what cannot be read back is written as a whole", "[joined]") {
    Memory<0x80> memory;
    Recorder recorder{memory.view<Timer>()};
    io::write_joined<Order>(recorder.view<Timer>(), 0x12'3456'789a);
    CHECK(recorder.log() == Log{{Op::write, 0x18, 4, 0x12}, {Op::write, 0x1c, 4, 0x9a78'5634}});
}

TEST_CASE("a part that is read as one field and written as another", "[joined]") {
    using Seen = io::Joined<std::uint64_t, io::low_first, High, IO_PART(Window, seen)>;
    Memory<0x80> memory;
    memory.view<Timer>().write(High::from_raw(1));
    memory.view<Timer>().write(Window::from_raw(0x1234'5678));
    CHECK(io::read_joined<Seen>(memory.view<Timer>()) == 0x1'5678);
}

TEST_CASE("elements of arrays, and places known at run time", "[joined]") {
    Memory<0x80> memory;
    Recorder recorder{memory.view<Timer>()};
    const auto timer = recorder.view<Timer>();
    io::write_joined<Second>(timer, number);
    CHECK(io::read_joined<Second>(timer) == number);
    const unsigned i = 3;
    CHECK(io::try_write_joined<Channel>(timer, number, *Uppers::try_at(i), *Lowers::try_at(i)));
    CHECK(io::try_read_joined<Channel>(timer, Uppers::at(3), Lowers::at(3)) == number);
    CHECK(io::try_read_joined<Pair>(timer, Words::at(1), Words::at(0)) == number);
    CHECK(recorder.log() == Log{{Op::write, 0x40, 4, 0x5566'7788},
                                {Op::write, 0x44, 4, 0x1122'3344},
                                {Op::read, 0x40, 4, 0x5566'7788},
                                {Op::read, 0x44, 4, 0x1122'3344},
                                {Op::write, 0x3c, 4, 0x5566'7788},
                                {Op::write, 0x38, 4, 0x1122'3344},
                                {Op::read, 0x3c, 4, 0x5566'7788},
                                {Op::read, 0x38, 4, 0x1122'3344},
                                {Op::read, 0x44, 4, 0x1122'3344},
                                {Op::read, 0x40, 4, 0x5566'7788}});
    recorder.clear();
    CHECK(io::try_read_joined<Pair>(timer, Words::at(1), Words::at(1)).error() ==
          io::Error::invalid_argument);
    CHECK(io::try_write_joined<Pair>(timer, number, Words::at(2), Words::at(2)).error() ==
          io::Error::invalid_argument);
    CHECK(io::try_write_joined<Channel>(timer, -1, Uppers::at(0), Lowers::at(0)).error() ==
          io::Error::overflow);
    CHECK(recorder.log().empty());
}

// Whatever the counter does between two accesses, what is read is what it was at some time between
// the first access and the last.
TEST_CASE("a counter that carries while it is read is never torn", "[joined]") {
    for (std::uint64_t step : {std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{0x1000'0001}})
        for (std::uint64_t before = 0; before < 8; ++before) {
            std::uint64_t ticks = 0x0000'0007'ffff'ffff - before * step;
            const std::uint64_t start = ticks;
            std::size_t reads = 0;
            const auto running = [&](unsigned shift) {
                return [&, shift](std::uint64_t&) {
                    const std::uint64_t seen = ticks >> shift & 0xffff'ffff;
                    ticks += step;
                    ++reads;
                    return seen;
                };
            };
            Device device{0x80};
            device.reg<High>("high").on_read(running(32));
            device.reg<Low>("low").on_read(running(0));
            const auto read = io::try_read_joined<Running>(device.view<Timer>());
            REQUIRE(read);
            CHECK(*read >= start);
            CHECK(*read < ticks);
            CHECK((*read - start) % step == 0);
            CHECK(reads % 2 == 1);
            CHECK(reads <= 5);
        }
}

TEST_CASE("three parts come to rest before they are believed", "[joined]") {
    std::uint64_t ticks = 0x9'ffff'ffff; // top, middle and bottom carry together
    std::vector<std::size_t> places;
    const auto running = [&](std::size_t place, unsigned shift, std::uint64_t mask) {
        return [&, place, shift, mask](std::uint64_t&) {
            places.push_back(place);
            return ticks++ >> shift & mask;
        };
    };
    Device device{0x80};
    device.reg<Top>("top").on_read(running(0x08, 28, 0xff));
    device.reg<Middle>("middle").on_read([&](std::uint64_t&) {
        places.push_back(0x0c);
        const std::uint64_t count = ticks++ >> 16 & 0xfff;
        return (count >> 4) << 8 | (count & 0xf) | 0xa500'0000;
    });
    device.reg<Bottom>("bottom").on_read(running(0x10, 0, 0xffff));
    const auto read = io::try_read_joined<RunningCount>(device.view<Timer>());
    CHECK(read == 0xa'0000'0004u);
    CHECK(places == std::vector<std::size_t>{0x08, 0x0c, 0x10, 0x08, 0x0c, 0x10, 0x08, 0x0c});
}

TEST_CASE("what never comes to rest is no counter: timed_out, in a bounded number of reads",
          "[joined]") {
    std::uint64_t value = 0;
    std::size_t reads = 0;
    Device device{0x80};
    device.reg<High>("high").on_read([&](std::uint64_t&) { return ++reads, value++; });
    device.reg<Low>("low").on_read([&](std::uint64_t&) { return ++reads, value; });
    CHECK(io::try_read_joined<Running>(device.view<Timer>()).error() == io::Error::timed_out);
    CHECK(reads == 1 + 2 * 8);
}

TEST_CASE("a counter that is pulled out reads as all ones, at once", "[joined]") {
    Memory<0x80> memory;
    memory.view<Timer>().write(High::from_raw(0xffff'ffff));
    memory.view<Timer>().write(Low::from_raw(0xffff'ffff));
    Recorder recorder{memory.view<Timer>()};
    CHECK(io::try_read_joined<Running>(recorder.view<Timer>()) == ~std::uint64_t{0});
    CHECK(recorder.log().size() == 3);
}

namespace {

struct BarLow : io::Register<BarLow, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(unshifted(31, 4, address), bit(3, prefetchable), bits(2, 1, type), bit(0, io_space));
};
struct BarHigh : io::Register<BarHigh, std::uint32_t, io::fixed<0x14>> {};
using Bar = io::Joined<std::uint64_t, io::low_first, BarHigh, IO_PART(BarLow, address)>;
using BarRead = io::Joined<std::uint64_t, io::stable, BarHigh, IO_PART(BarLow, address)>;

// Configuration space whose access number `left` fails.
struct Config {
    mutable int left = 100;
    mutable std::vector<int> log{}; // offsets, negative ones are writes
    mutable std::uint32_t words[64]{};
    template <class W>
    io::Result<W> read(std::uint16_t offset) const {
        if (left-- == 0)
            return io::fail(io::Error::io_error);
        log.push_back(offset);
        return static_cast<W>(words[offset / 4]);
    }
    template <class W>
    io::Result<> write(std::uint16_t offset, W value) const {
        if (left-- == 0)
            return io::fail(io::Error::no_device);
        log.push_back(-offset);
        words[offset / 4] = static_cast<std::uint32_t>(value);
        return {};
    }
    std::size_t size() const { return 256; }
};

} // namespace

TEST_CASE("a medium that fails ends it: the error, and no access after it", "[joined]") {
    Config config;
    config.words[4] = 0x0000'000c;
    const auto space = *io::ConfigSpace<Config, io::pci::Normal>::of(config);
    CHECK(io::try_write_joined<Bar>(space, number & ~std::uint64_t{0xfff}));
    CHECK(io::try_read_joined<Bar>(space) == (number & ~std::uint64_t{0xfff}));
    CHECK(config.words[4] == 0x5566'700c);
    CHECK(config.log == std::vector<int>{0x10, -0x10, -0x14, 0x10, 0x14});
    for (int left = 0; left < 3; ++left) {
        config.left = left;
        config.log.clear();
        CHECK(io::try_write_joined<Bar>(space, 0u).error() ==
              (left == 0 ? io::Error::io_error : io::Error::no_device));
        CHECK(config.log.size() == static_cast<std::size_t>(left));
        config.left = left;
        config.log.clear();
        const auto read = io::try_read_joined<BarRead>(space);
        CHECK(read.error() == io::Error::io_error);
        CHECK(config.log.size() == static_cast<std::size_t>(left));
    }
    using HighFirst = io::Joined<std::uint64_t, io::high_first, BarHigh, IO_PART(BarLow, address)>;
    for (int left = 0; left < 3; ++left) {
        config.left = left;
        config.log.clear();
        CHECK(io::try_write_joined<HighFirst>(space, 0u).error() ==
              (left == 1 ? io::Error::io_error : io::Error::no_device));
        CHECK(config.log.size() == static_cast<std::size_t>(left));
    }
    for (int left = 0; left < 2; ++left) {
        config.left = left;
        config.log.clear();
        CHECK(io::try_read_joined<Bar>(space).error() == io::Error::io_error);
        CHECK(config.log.size() == static_cast<std::size_t>(left));
        config.left = left;
        CHECK(io::try_read_joined<HighFirst>(space).error() == io::Error::io_error);
        CHECK(config.log.size() == static_cast<std::size_t>(2 * left));
    }
    config.left = 3; // it is written again, as a whole
    CHECK(io::try_write_joined<Bar>(space, 0u));
    config.left = 100;
    CHECK(io::try_read_joined<Bar>(space) == 0u);
}

TEST_CASE("what a read clears is read last", "[joined]") {
    using Statistic = io::Joined<std::uint64_t, io::low_first, OctetsHigh, Octets>;
    Device device{0x80};
    device.reg<Octets>("octets").holds(7);
    device.reg<OctetsHigh>("octets high").holds(1);
    CHECK(io::try_read_joined<Statistic>(device.view<Timer>()) == 0x1'0000'0007u);
    CHECK(io::try_read_joined<Statistic>(device.view<Timer>()) == 7u);
}

TEST_CASE("joined values in constant expressions", "[joined]") {
    STATIC_REQUIRE([] {
        Memory<0x80> memory;
        const auto timer = memory.view<Timer>();
        io::write_joined<Latched>(timer, number);
        return io::read_joined<Plain>(timer) == number &&
               io::try_read_joined<Running>(timer) == number;
    }());
}
