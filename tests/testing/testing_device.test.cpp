// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/endian.hpp>
#include <ioview/poll.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/device.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace io = ioview;
using io::testing::Device;
using io::testing::Log;

namespace {

constexpr auto rd = io::testing::Op::read;
constexpr auto wr = io::testing::Op::write;

struct Id : io::Register<Id, std::uint32_t, io::fixed<0x00>, io::ro> {
    IO_FIELDS(bits(31, 0, value));
};
struct Key : io::Register<Key, std::uint16_t, io::fixed<0x06>, io::wo> {
    IO_FIELDS(bits(15, 0, value));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x20>> {
    IO_FIELDS(bit(7, overrun, io::w1c), bit(0, busy));
};
// Two bits of each kind in every position that matters: 0 and 1 are stored, written as 0 and 1.
struct Kinds : io::Register<Kinds, std::uint32_t, io::fixed<0x30>> {
    static constexpr std::uint32_t reset_value = 0x0300'0c0f;
    IO_FIELDS(bits(27, 26, taken, io::rc),
              reserved(25, 24, io::rsvdo),
              reserved(23, 22),
              bits(21, 20, kept, io::w0c),
              bits(19, 18, raised, io::w1s),
              bits(17, 16, flags, io::w1c),
              bits(15, 14, go, io::wo),
              bits(11, 10, state, io::ro),
              split(mode, (5, 4), (1, 0)));
};
struct Causes : io::Register<Causes, std::uint32_t, io::fixed<0x34>, io::w1c> {
    IO_FIELDS(bit(9, fixed, io::ro), bit(8, enable, io::rw), bit(0, done));
};
struct Events : io::Register<Events, std::uint32_t, io::fixed<0x38>, io::rc> {
    IO_FIELDS(bits(7, 0, seen));
};
struct BigFlags : io::Register<BigFlags, io::be<std::uint32_t>, io::fixed<0x3c>> {
    static constexpr std::uint32_t reset_value = 0x8000'0002;
    IO_FIELDS(bit(31, overrun, io::w1c), bit(1, busy, io::ro), bit(0, enable));
};
// Says nothing of bit 16, which is w1c there, and less of bit 17.
struct KindsAlias : io::Register<KindsAlias, std::uint32_t, io::alias<Kinds>> {
    IO_FIELDS(bit(17, plain));
};
struct Pending : io::Register<Pending, std::uint16_t, io::array<0x40, 4, 8>, io::w1c> {
    static constexpr std::uint16_t reset_value = 0x8001;
};
struct Channels {};
struct Second : io::RegisterBase<Channels, 0x80> {};
struct Taken : io::Register<Taken, std::uint8_t, io::relative<Channels, 0x04>, io::rc> {};
struct Done : io::Register<Done, std::uint32_t, io::relative_array<Channels, 0x08, 2, 4>> {
    IO_FIELDS(bit(1, done, io::w1c), bit(0, run));
};
struct Block {
    std::uint32_t id;
    std::uint32_t data;
};
using Regs = io::Region<0x100, 8>;

// A device whose failures a test looks at.
struct Watched : Device {
    explicit Watched(std::size_t bytes = 0x100) : Device(bytes) {
        on_failure([this](const std::string& text) { failures.push_back(text); });
    }
    std::vector<std::string> failures;
};
using Failures = std::vector<std::string>;

} // namespace

TEST_CASE("device: a plain register holds what is written", "[testing]") {
    Watched dev;
    auto& scratch = dev.reg("scratch", 0x10).holds(7);
    const auto bar = dev.view<Regs>();
    CHECK(bar.read32(0x10) == 7);
    bar.write32(0x10, 0x1234'5678);
    CHECK(scratch.value() == 0x1234'5678);
    CHECK(bar.read32(0x10) == 0x1234'5678);
    scratch.holds(9); // by itself
    CHECK(bar.read32(0x10) == 9);
    CHECK(scratch.reads() == 3);
    CHECK(scratch.writes() == 1);
    CHECK(dev.failures.empty());
}

TEST_CASE("device: callbacks see the stored value and what was written", "[testing]") {
    Watched dev;
    auto& complement =
        dev.reg("complement", 0x04).on_write([](auto& value, auto written) { value = ~written; });
    dev.reg("wide", 0x08, 8).on_read([](auto&) { return 0x1122'3344'5566'7788u; });
    dev.reg("byte", 0x01, 1).on_read([](auto& value) { return ++value; });
    const auto bar = dev.view<Regs>();
    bar.write32(0x04, 0x0000'ffff);
    CHECK(bar.read32(0x04) == 0xffff'0000);
    CHECK(complement.value() == 0xffff'0000); // no wider than the register
    CHECK(bar.read64(0x08) == 0x1122'3344'5566'7788);
    CHECK(bar.read8(0x01) == 1);
    CHECK(bar.read8(0x01) == 2);
    CHECK(dev.failures.empty());
}

TEST_CASE("device: declared by register types", "[testing]") {
    Watched dev;
    dev.reg<Id>("id").holds(0x0100'00ed);
    dev.reg<Key>("key");
    dev.reg<Status>("status").holds(0x81);
    const auto bar = dev.view<Regs>();
    CHECK(bar.read<Id>().value() == 0x0100'00edu);
    bar.write(Key{}.with_value(3));
    bar.update<Status>([](Status s) { return s; }); // does not clear the flag
    CHECK(bar.read<Status>().overrun());
    bar.write(Status{}.with_overrun(true).with_busy(true));
    CHECK(bar.read<Status>().raw() == 0x01);
    CHECK(dev.failures.empty());

    bar.write32(0x00, 1);
    CHECK(bar.read16(0x06) == 0xffff);
    CHECK(dev.failures ==
          Failures{"write32 0x0 <- 0x1: id is read-only", "read16 0x6: key is write-only"});
    CHECK(bar.read32(0x00) == 0x0100'00ed);
}

TEST_CASE("device: each access kind does what hardware does", "[testing]") {
    struct Row {
        const char* what;
        std::uint32_t holds;
        std::uint32_t written;
        std::uint32_t then; // holds
    };
    constexpr std::uint32_t rsvdo = 0x0300'0000;
    const Row row =
        GENERATE(Row{"plain bits, of a split field and of none", 0x0000'1320, 0x2211, 0x2211},
                 Row{"ro: keeps what the device put there", 0x0000'0800, 0x0000'0400, 0x0000'0800},
                 Row{"wo: stored, for the device", 0x0000'4000, 0x0000'8000, 0x0000'8000},
                 Row{"w1c: zeros do nothing", 0x0003'0000, 0x0000'0000, 0x0003'0000},
                 Row{"w1c: ones clear", 0x0003'0000, 0x0001'0000, 0x0002'0000},
                 Row{"w1c: ones do not set", 0x0000'0000, 0x0003'0000, 0x0000'0000},
                 Row{"w1s: zeros do nothing", 0x0004'0000, 0x0000'0000, 0x0004'0000},
                 Row{"w1s: ones set", 0x0004'0000, 0x0008'0000, 0x000c'0000},
                 Row{"w0c: zeros clear", 0x0030'0000, 0x0010'0000, 0x0010'0000},
                 Row{"w0c: ones do not set", 0x0000'0000, 0x0030'0000, 0x0000'0000},
                 Row{"rc: a write does nothing", 0x0400'0000, 0x0800'0000, 0x0400'0000},
                 Row{"rsvdo: stays as it is", 0x0100'0000, 0x0000'0000, 0x0100'0000});
    INFO(row.what);
    Watched dev;
    auto& kinds = dev.reg<Kinds>("kinds").holds(row.holds);
    dev.view<Regs>().write32(0x30, row.written | rsvdo);
    CHECK(kinds.value() == row.then);
    CHECK(dev.failures.empty());
}

TEST_CASE("device: what reads see, and what they take", "[testing]") {
    Watched dev;
    auto& kinds = dev.reg<Kinds>("kinds");
    const auto bar = dev.view<Regs>();
    CHECK(kinds.value() == Kinds::reset_value);
    kinds.holds(0xffff'ffff);
    CHECK(bar.read32(0x30) == 0xffff'3fff); // write-only bits read as zero
    CHECK(bar.read32(0x30) == 0xf3ff'3fff); // what reading takes is gone
    kinds.holds(0x0c00'0000).on_read([](auto& value) {
        const auto seen = value & ~0x0400'0000u;
        value |= 0x0800'0000;
        return seen;
    });
    CHECK(bar.read32(0x30) == 0x0800'0000);
    CHECK(kinds.value() == 0x0400'0000); // nobody has seen that one
    dev.reset();
    CHECK(kinds.value() == Kinds::reset_value);

    auto& events = dev.reg<Events>("events").holds(0x105);
    CHECK(bar.read<Events>().raw() == 0x105u);
    CHECK(events.value() == 0);
    bar.write32(0x38, 0xff);
    CHECK(dev.failures == Failures{"write32 0x38 <- 0xff: events is read-only"});
}

TEST_CASE("device: reserved bits that are written wrongly are a failure", "[testing]") {
    Watched dev;
    auto& kinds = dev.reg<Kinds>("kinds");
    const auto bar = dev.view<Regs>();
    bar.write32(0x30, 0x0340'0000);
    bar.write32(0x30, 0x0200'0000);
    CHECK(dev.failures ==
          Failures{"write32 0x30 <- 0x3400000: kinds: reserved bits are wrong: 0x400000",
                   "write32 0x30 <- 0x2000000: kinds: reserved bits are wrong: 0x1000000"});
    CHECK((kinds.value() & 0x03c0'0000) == 0x0300'0000);
    bar.write32(0x30, 0x0340'2211); // nor does the rest of such a write arrive
    CHECK(kinds.value() == Kinds::reset_value);
    CHECK(kinds.writes() == 0);
    dev.failures.clear();
    bar.write(Kinds{});
    CHECK(dev.failures.empty());
}

TEST_CASE("device: a register of one kind, with fields of others", "[testing]") {
    Watched dev;
    auto& causes = dev.reg<Causes>("causes").holds(0x8000'0301);
    const auto bar = dev.view<Regs>();
    bar.write(Causes{}); // acknowledges nothing, but the field that is none
    CHECK(causes.value() == 0x8000'0201);
    bar.write(Causes{}.with_done(true).with_enable(true));
    CHECK(causes.value() == 0x8000'0300);
    bar.write32(0x34, 0x8000'0200); // a bit without a field is the register's
    CHECK(causes.value() == 0x200);
    CHECK(dev.failures.empty());
}

TEST_CASE("device: access kinds of big-endian registers and of aliases", "[testing]") {
    Watched dev;
    dev.reg<BigFlags>("big");
    auto& alias = dev.reg<KindsAlias>("alias").holds(0x0003'0c00);
    const auto bar = dev.view<Regs>();
    CHECK(bar.read<BigFlags>().raw() == BigFlags::reset_value);
    bar.write(BigFlags{}.with_enable(true));
    CHECK(bar.read<BigFlags>().raw() == 0x8000'0003);
    bar.write(BigFlags{}.with_overrun(true));
    CHECK(bar.read<BigFlags>().raw() == 0x0000'0002);
    bar.write32(0x30, 0x0302'0000);
    CHECK(alias.value() == 0x0003'0c00);
    bar.write32(0x30, 0x0301'0000);
    CHECK(alias.value() == 0x0000'0c00);
    CHECK(dev.failures.empty());
}

TEST_CASE("device: elements of register arrays and relative registers, each by its kind",
          "[testing]") {
    Watched dev;
    auto& last = dev.reg("pending 3", Pending::at(3));
    auto& taken = dev.reg("taken", Taken::of<Second>()).holds(0x5a);
    auto& done = dev.reg("done 1", Done::of<Second>().at(1)).holds(2);
    const auto bar = dev.view<Regs>();
    bar.write(Pending::at(3), Pending::from_raw(1));
    CHECK(last.value() == 0x8000);
    dev.reset();
    CHECK(last.value() == 0x8001);
    taken.holds(0x5a);
    CHECK(bar.read8(0x84) == 0x5a);
    CHECK(bar.read8(0x84) == 0);
    done.holds(2);
    bar.update(Done::of<Second>().at(1), [](Done d) { return d.with_run(true); });
    CHECK(done.value() == 3);
    bar.write32(0x8c, 2);
    CHECK(done.value() == 0);
    CHECK(dev.failures.empty());
    bar.write8(0x84, 0);
    bar.write32(0x58, 1);
    CHECK(dev.failures == Failures{"write8 0x84 <- 0x0: taken is read-only",
                                   "write32 0x58 <- 0x1: pending 3 is at 0x58 and 16 bits wide"});
}

TEST_CASE("device: accesses to a part act on that part alone", "[testing]") {
    Watched dev;
    auto& kinds = dev.reg<Kinds>("kinds").holds(0x0f30'ffff).also_parts();
    const auto bar = dev.view<Regs>();
    bar.write8(0x32, 0x20); // clears a flag of w0c, and nothing else
    CHECK(kinds.value() == 0x0f20'ffff);
    bar.write16(0x30, 0x0001);
    CHECK(kinds.value() == 0x0f20'0c01);
    CHECK(bar.read16(0x30) == 0x0c01);
    CHECK(bar.read8(0x32) == 0x20);
    CHECK(kinds.value() == 0x0f20'0c01);
    CHECK(bar.read8(0x33) == 0x0f);
    CHECK(kinds.value() == 0x0320'0c01);
    CHECK(dev.failures.empty());
    CHECK(bar.read64(0x30) == ~std::uint64_t{0});
    CHECK(dev.failures == Failures{"read64 0x30: kinds is at 0x30 and 32 bits wide"});

    auto& wide = dev.reg("wide", 0x80, 8).also_width(4).holds(0x1111'1111'2222'2222);
    bar.write32(0x80, 3);
    CHECK(wide.value() == 0x1111'1111'0000'0003);
}

TEST_CASE("device: a callback refines what the bits do", "[testing]") {
    Watched dev;
    std::vector<std::uint64_t> held;
    auto& status = dev.reg<Status>("status").holds(0x80);
    status.on_write([&](auto& value, auto written) {
        held.push_back(status.before());
        if ((written & 1) != 0)
            value |= 0x100;
    });
    const auto bar = dev.view<Regs>();
    bar.write(Status{}.with_busy(true));
    CHECK(status.value() == 0x181);
    bar.write(Status{}.with_overrun(true));
    CHECK(status.value() == 0);
    CHECK(held == std::vector<std::uint64_t>{0x80, 0x181});

    // the same of a register that has no type
    auto& raw = dev.reg("raw", 0x10).holds(0xff).bits(io::Access::w1c, 0xf0);
    raw.on_write([](auto& value, auto) { value |= 0x100; });
    bar.write32(0x10, 0x11);
    CHECK(raw.value() == 0x1e1);
}

TEST_CASE("device: an access that no register answers is a failure", "[testing]") {
    Watched dev;
    dev.reg("status", 0x20).holds(5);
    const auto bar = dev.view<Regs>();
    const auto wrong = [&](auto access) {
        dev.failures.clear();
        access();
        return dev.failures;
    };
    CHECK(wrong([&] { CHECK(bar.read32(0x24) == 0xffff'ffff); }) ==
          Failures{"read32 0x24: nothing is declared there"});
    CHECK(wrong([&] { bar.write8(0xff, 0xab); }) ==
          Failures{"write8 0xff <- 0xab: nothing is declared there"});
    CHECK(wrong([&] { CHECK(bar.read16(0x20) == 0xffff); }) ==
          Failures{"read16 0x20: status is at 0x20 and 32 bits wide"});
    CHECK(wrong([&] { CHECK(bar.read8(0x23) == 0xff); }) ==
          Failures{"read8 0x23: status is at 0x20 and 32 bits wide"});
    CHECK(wrong([&] { bar.write64(0x20, 1); }) ==
          Failures{"write64 0x20 <- 0x1: status is at 0x20 and 32 bits wide"});
    CHECK(wrong([&] { static_cast<void>(bar.read64(0x18)); }) ==
          Failures{"read64 0x18: nothing is declared there"});
    CHECK(wrong([&] { static_cast<void>(bar.bytes().at(0x22).read()); }) ==
          Failures{"read8 0x22: status is at 0x20 and 32 bits wide"});
    CHECK(wrong([&] { CHECK(bar.read32(0x20) == 5); }).empty());
}

TEST_CASE("device: without a handler of its own, failures go where those of all doubles go",
          "[testing]") {
    Device dev{0x10};
    std::vector<std::string> shared;
    auto keep = [&](const char* message) { shared.push_back(message); };
    const auto before = io::testing::on_failure(keep);
    static_cast<void>(dev.view<std::uint32_t>().read());
    dev.report_failure("too hot");
    io::testing::on_failure(before);
    CHECK(shared == Failures{"Device: read32 0x0: nothing is declared there", "Device: too hot"});
}

TEST_CASE("device: further widths are answered when they are declared", "[testing]") {
    Watched dev;
    auto& source = dev.reg("source", 0x80, 8).also_width(4);
    const auto bar = dev.view<Regs>();
    bar.write32(0x80, 0x1000);
    CHECK(source.value() == 0x1000);
    CHECK(bar.read64(0x80) == 0x1000);
    CHECK(bar.read32(0x80) == 0x1000);
    CHECK(dev.failures.empty());
    bar.write32(0x84, 1);
    CHECK(dev.failures.size() == 1);
}

TEST_CASE("device: ranges answer in every width", "[testing]") {
    Watched dev;
    Log seen;
    dev.range(
        "mailbox",
        0x40,
        0x10,
        [&](std::size_t offset, std::size_t width) {
            seen.push_back({rd, offset, static_cast<std::uint8_t>(width), 0});
            return offset * 0x0101'0101;
        },
        [&](std::size_t offset, std::size_t width, std::uint64_t value) {
            seen.push_back({wr, offset, static_cast<std::uint8_t>(width), value});
        });
    dev.range(
        "rom", 0x60, 4, [](auto...) { return 3u; }, nullptr);
    dev.range("sink", 0x64, 4, nullptr, [](auto...) {});
    const auto bar = dev.view<Regs>();
    CHECK(bar.read8(0x41) == 0x41);
    CHECK(bar.read32(0x44) == 0x4444'4444);
    bar.write64(0x48, 5);
    CHECK(seen == Log{{rd, 0x41, 1, 0}, {rd, 0x44, 4, 0}, {wr, 0x48, 8, 5}});
    CHECK(bar.read16(0x62) == 3);
    bar.write8(0x67, 1);
    CHECK(dev.failures.empty());

    bar.write8(0x60, 1);
    CHECK(bar.read8(0x64) == 0xff);
    CHECK(bar.read64(0x60) == ~std::uint64_t{0});
    CHECK(dev.failures == Failures{"write8 0x60 <- 0x1: rom is read-only",
                                   "read8 0x64: sink is write-only",
                                   "read64 0x60: it runs over the edge of rom"});
}

TEST_CASE("device: memory starts as garbage and takes bulk copies", "[testing]") {
    Watched dev;
    unsigned char* const ram = dev.memory("ram", 0x80, 0x40);
    CHECK((ram[0] != 0 || ram[1] != 0 || ram[2] != 0));
    const auto bar = dev.view<Regs>();
    const auto window = *bar.try_subview<std::byte[]>(0x80, 0x40);
    window.fill(std::byte{0x5a});
    CHECK(ram[0x3f] == 0x5a);
    ram[3] = 0x11;
    CHECK(bar.read32(0x80) == 0x115a'5a5a);
    std::array<std::byte, 0x40> copy{};
    window.copy_to(std::span(copy));
    CHECK(copy[3] == std::byte{0x11});
    bar.write16(0x86, 0xa1b2);
    CHECK((ram[6] == 0xb2 && ram[7] == 0xa1));
    CHECK(dev.failures.empty());
}

TEST_CASE("device: w1c clears what is written as one, and stores the rest", "[testing]") {
    Watched dev;
    dev.reg("all", 0x00).holds(0xff).on_write(io::testing::w1c());
    dev.reg("some", 0x04).holds(0xff).on_write(io::testing::w1c(0xf0));
    const auto bar = dev.view<Regs>();
    bar.write32(0x00, 0x101);
    CHECK(bar.read32(0x00) == 0xfe);
    bar.write32(0x04, 0x35);
    CHECK(bar.read32(0x04) == 0xc5);
    CHECK(bar.read32(0x04) == 0xc5);
    auto& late = dev.reg("late", 0x08).holds(0xff).on_write([](auto& value, auto) { value = 0; });
    late.on_write(io::testing::w1c(0xf0)); // takes the callback's place
    bar.write32(0x08, 0x35);
    CHECK(late.value() == 0xc5);
}

TEST_CASE("device: clear on read, counters", "[testing]") {
    Watched dev;
    dev.reg("causes", 0x00).holds(0xff).on_read(io::testing::clear_on_read());
    dev.reg("errors", 0x04).holds(0xff).on_read(io::testing::clear_on_read(0x0f));
    dev.reg("ticks", 0x08).holds(0xffff'fffe).on_read(io::testing::counts());
    dev.reg("bytes", 0x0c, 2).on_read(io::testing::counts(512));
    const auto bar = dev.view<Regs>();
    CHECK(bar.read32(0x00) == 0xff);
    CHECK(bar.read32(0x00) == 0);
    CHECK(bar.read32(0x04) == 0xff);
    CHECK(bar.read32(0x04) == 0xf0);
    CHECK(bar.read32(0x08) == 0xffff'fffe);
    CHECK(bar.read32(0x08) == 0xffff'ffff);
    CHECK(bar.read32(0x08) == 0);
    CHECK(bar.read16(0x0c) == 0);
    CHECK(bar.read16(0x0c) == 512);
}

TEST_CASE("device: ready after so many reads", "[testing]") {
    Watched dev;
    auto& status = dev.reg<Status>("status").holds(1).on_read(io::testing::ready_after(2, 0x80));
    const auto bar = dev.view<Regs>();
    int waits = 0;
    const auto ready = io::read_poll_timeout_atomic([&] { return bar.read<Status>(); },
                                                    [](Status s) { return !s.busy(); },
                                                    1,
                                                    10,
                                                    [&](int) { ++waits; });
    REQUIRE(ready);
    CHECK(waits == 2);
    CHECK(ready->overrun());
    CHECK(status.reads() == 3);
    status.holds(1); // it is not ready again by itself
    CHECK(bar.read<Status>().busy());

    dev.reg("at once", 0x24).holds(1).on_read(io::testing::ready_after(0, 2));
    CHECK(bar.read32(0x24) == 2);
}

TEST_CASE("device: a command starts work that takes some looks", "[testing]") {
    Watched dev;
    io::testing::Countdown work;
    io::testing::InterruptLine line;
    std::vector<bool> levels;
    line.on_change([&](bool level) { levels.push_back(level); });
    auto& status = dev.reg<Status>("status").on_read(work.looked_at());
    dev.reg("go", 0x08).write_only().on_write([&](auto&, auto) {
        status.holds(1);
        work.start(2, [&] {
            status.holds(0);
            line.set(true);
        });
    });
    dev.reg("ack", 0x0c).write_only().on_write([&](auto&, auto) { line.set(false); });
    const auto bar = dev.view<Regs>();
    CHECK_FALSE(bar.read<Status>().busy());
    for (int i = 0; i < 2; ++i) {
        bar.write32(0x08, 1);
        CHECK(bar.read<Status>().busy());
        CHECK(work.is_running());
        CHECK(bar.read<Status>().busy());
        CHECK_FALSE(line.is_high());
        CHECK_FALSE(bar.read<Status>().busy());
        CHECK(line.is_high());
        CHECK_FALSE(work.is_running());
        bar.write32(0x0c, 0);
        bar.write32(0x0c, 0);
    }
    CHECK(levels == std::vector<bool>{true, false, true, false});
}

TEST_CASE("device: a FIFO loses what is too much and says so", "[testing]") {
    Watched dev;
    io::testing::Fifo fifo{3};
    dev.reg("data", 0x00).on_read(fifo.pop()).on_write(fifo.fill());
    const auto data = dev.view<std::uint32_t>();
    const std::array<std::uint32_t, 4> sent{1, 2, 3, 4};
    data.write_fifo(std::span(sent));
    CHECK(fifo.full());
    CHECK(fifo.size() == 3);
    CHECK(fifo.overruns() == 1);
    std::array<std::uint32_t, 4> got{9, 9, 9, 9};
    data.read_fifo(std::span(got));
    CHECK(got == std::array<std::uint32_t, 4>{1, 2, 3, 0});
    CHECK(fifo.empty());
    CHECK(fifo.size() == 0);
    CHECK(fifo.underruns() == 1);
}

TEST_CASE("device: views of every target", "[testing]") {
    Watched dev{0x24};
    dev.reg("id", 0x00).holds(0x1234);
    dev.reg("data", 0x04);
    const auto block = dev.view<Block>();
    IO_WRITE(block, data, 5u);
    CHECK(IO_READ(block, id) == 0x1234);
    CHECK(IO_READ(dev.view<io::le<std::uint32_t>[2]>(), at(1)) == 5);
    CHECK(dev.view<io::be<std::uint32_t>>().read() == 0x3412'0000);
    CHECK(dev.view<std::uint64_t[]>().size() == 4);
    CHECK(dev.view<io::Region<>>().size_bytes() == 0x24);
    CHECK(dev.view<io::Region<>>().try_read32(0x24).error() == io::Error::out_of_bounds);
    CHECK(dev.view<Block>() == block);
    CHECK(dev.failures.empty());
}

TEST_CASE("device: under a recorder", "[testing]") {
    Watched dev;
    dev.reg<Status>("status").holds(0x81);
    io::testing::Recorder recorder{dev.view<Regs>()};
    const auto bar = recorder.view<Regs>();
    bar.update<Status>([](Status s) { return s.with_busy(false); });
    static_cast<void>(bar.read8(0x30));
    CHECK(recorder.log() == Log{{rd, 0x20, 4, 0x81}, {wr, 0x20, 4, 0x00}, {rd, 0x30, 1, 0xff}});
    CHECK(dev.failures.size() == 1);
}

TEST_CASE("device: a callback works with other registers", "[testing]") {
    Watched dev;
    auto& low = dev.reg("low", 0x00);
    auto& high = dev.reg("high", 0x04);
    dev.reg("latch", 0x08).on_read([&](auto&) {
        low.holds(0x1111);
        high.holds(0x2222);
        return 1u;
    });
    const auto bar = dev.view<Regs>();
    CHECK(bar.read32(0x08) == 1);
    CHECK(bar.read32(0x00) == 0x1111);
    CHECK(bar.read32(0x04) == 0x2222);
}
