// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/config_space.hpp>
#include <ioview/ioview.hpp>
#include <ioview/register/snapshot.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace io = ioview;
using io::testing::Device;
using io::testing::Log;
using io::testing::Memory;
using io::testing::Op;
using io::testing::Recorder;

namespace {

struct Timer : io::Region<0x80> {};
enum class Mode : std::uint8_t { off, slow, fast };
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x00, Timer>> {
    IO_FIELDS(bits(15, 8, divisor), bits(5, 4, mode, Mode), bit(1, key, io::wo), bit(0, enable));
};
struct Status : io::Register<Status, std::uint16_t, io::fixed<0x06, Timer>, io::ro> {
    IO_FIELDS(split(level, (15, 12), (3, 0)), bit(9, ready), bit(8, busy));
};
struct Count : io::Register<Count, std::uint32_t, io::fixed<0x08, Timer>> {};
struct Slot : io::Register<Slot, std::uint8_t, io::array<0x10, 4, 2, Timer>> {
    IO_FIELDS(bits(3, 0, owner));
};
struct Cell : io::Register<Cell, std::uint8_t, io::banked<0x20, 2, 8, 3, 2, Timer>> {
    IO_FIELDS(bits(7, 0, value));
};
struct Events : io::Register<Events, std::uint32_t, io::fixed<0x30, Timer>> {
    IO_FIELDS(bit(4, seen, io::rc), bits(3, 0, mask));
};
struct Data : io::Register<Data, std::uint32_t, io::fixed<0x34, Timer>> {
    IO_FIELDS(bits(15, 8, key, io::wo), bits(7, 0, received, io::ro), bits(7, 0, sent, io::wo));
};
using Second = io::element<Slot, 2>;
using Corner = io::element<Cell, 1, 2>;

} // namespace

TEST_CASE("a snapshot reads each register once, in the order of its list", "[snapshot]") {
    Memory<0x80> memory;
    const auto plain = memory.view<Timer>();
    plain.write(Control::from_raw(0xffff'ffff));
    plain.write(Slot::at(2), Slot::from_raw(7));
    plain.write(Count::from_raw(5));
    Recorder recorder{plain};
    const auto taken = io::snapshot<Count, Second, Control, Corner>(recorder.view<Timer>());
    CHECK(taken.get<Count>() == Count::from_raw(5));
    CHECK(taken.get<Second>().owner() == 7);
    CHECK(taken.get<Control>() == Control::from_raw(0xffff'fffd)); // the key means nothing
    CHECK(recorder.log() == Log{{Op::read, 0x08, 4, 5},
                                {Op::read, 0x14, 1, 7},
                                {Op::read, 0x00, 4, 0xffff'ffff},
                                {Op::read, 0x2c, 1, taken.get<Corner>().raw()}});
    CHECK(io::try_snapshot<Count, Second, Control, Corner>(recorder.view<Timer>()) == taken);
    CHECK(recorder.log().size() == 8);
}

namespace {

struct Change {
    std::string name;
    std::uint64_t mask = 0, was = 0, is = 0;
    friend bool operator==(const Change&, const Change&) = default;
};
template <class Diff>
std::vector<Change> changes(const Diff& diff) {
    std::vector<Change> all;
    diff.for_each([&](const io::FieldChange& change, const auto& was, const auto& is) {
        const io::Text entry = change.entry.name;
        const io::Text field = change.field.name;
        std::string name(entry.data, entry.size);
        for (unsigned i = 0; i != change.entry.indices; ++i)
            name += '[' + std::to_string(change.entry.index[i]) + ']';
        all.push_back({name + '.' + std::string(field.data, field.size),
                       change.field.mask,
                       static_cast<std::uint64_t>(was),
                       static_cast<std::uint64_t>(is)});
    });
    return all;
}

} // namespace

TEST_CASE("a diff is the fields that differ, by name, and bits that no field has", "[snapshot]") {
    Memory<0x80> memory;
    const auto timer = memory.view<Timer>();
    timer.write(Control::from_raw(0x0000'0c10));
    timer.bytes().subview(0x06, 1).fill(std::byte{0});
    timer.bytes().subview(0x07, 1).fill(std::byte{2}); // ready
    timer.write(Count::from_raw(0));
    timer.write(Slot::at(2), Slot::from_raw(0));
    timer.write(*Cell::try_at(1)->try_at(2), Cell::from_raw(1));
    const auto take = [&] { return io::snapshot<Control, Status, Count, Second, Corner>(timer); };
    const auto before = take();
    CHECK(io::diff(before, take()).is_empty());
    CHECK(changes(io::diff(before, take())).empty());

    timer.write(Control::from_raw(0x8000'0c22)); // mode, a bit of no field, and the key
    timer.write(Count::from_raw(0x1'0000));
    timer.write(Slot::at(2), Slot::from_raw(0x35));
    timer.write(*Cell::try_at(1)->try_at(2), Cell::from_raw(2));
    timer.bytes().subview(0x07, 1).fill(std::byte{0x53}); // busy, too
    const auto after = take();
    const auto diff = io::diff(before, after);
    CHECK_FALSE(diff.is_empty());
    CHECK(changes(diff) == std::vector<Change>{{"Control.mode", 0x30, 1, 2},
                                               {"Control.", 0x8000'0000, 0, 0x8000'0000},
                                               {"Status.level", 0xf00f, 0, 0x50},
                                               {"Status.busy", 0x100, 0, 1},
                                               {"Count.", 0xffff'ffff, 0, 0x1'0000},
                                               {"Slot[2].owner", 0xf, 0, 5},
                                               {"Slot[2].", 0x30, 0, 0x30},
                                               {"Cell[1][2].value", 0xff, 1, 2}});
}

TEST_CASE("what is one field read and another written is in a snapshot as it is read",
          "[snapshot]") {
    Memory<0x80> memory;
    const auto timer = memory.view<Timer>();
    timer.write(Data::from_raw(0xaa55));
    CHECK(io::snapshot<Data>(timer).get<Data>().received() == 0x55);
    CHECK(io::snapshot<Data>(timer).get<Data>().raw() == 0x55);
}

TEST_CASE("what reading clears is in a snapshot only where that is said", "[snapshot]") {
    Device device{0x80};
    device.reg<Events>("events").holds(0x13);
    device.reg<Count>("count").holds(4);
    const auto timer = device.view<Timer>();
    const auto first = io::try_snapshot<Count, io::with_side_effects<Events>>(timer);
    const auto second = io::try_snapshot<Count, io::with_side_effects<Events>>(timer);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->get<Events>().seen());
    CHECK_FALSE(second->get<Events>().seen());
    CHECK(first->get<Events>().mask() == 3);
    CHECK(changes(io::diff(*first, *second)) == std::vector<Change>{{"Events.", 0x10, 0x10, 0}});
}

TEST_CASE("a snapshot of places that are known at run time", "[snapshot]") {
    Memory<0x80> memory;
    const auto timer = memory.view<Timer>();
    timer.write(Slot::at(3), Slot::from_raw(9));
    timer.write(Count::from_raw(1));
    Recorder recorder{timer};
    const unsigned i = 3;
    const auto taken = io::try_snapshot(recorder.view<Timer>(), *Slot::try_at(i), Count::At{});
    REQUIRE(taken);
    CHECK(taken->get<Slot>().owner() == 9);
    CHECK(recorder.log() == Log{{Op::read, 0x16, 1, 9}, {Op::read, 0x08, 4, 1}});
}

namespace {

struct Command : io::Register<Command, std::uint16_t, io::fixed<0x04>> {
    IO_FIELDS(bit(2, master), bit(1, memory));
};
struct Revision : io::Register<Revision, std::uint8_t, io::fixed<0x08>, io::ro> {};
struct Line : io::Register<Line, std::uint8_t, io::fixed<0x3c>> {};

struct Config {
    mutable int left = 100;
    mutable std::vector<int> log{};
    template <class W>
    io::Result<W> read(std::uint16_t offset) const {
        if (left-- == 0)
            return io::fail(io::Error::io_error);
        log.push_back(offset);
        return static_cast<W>(offset);
    }
    template <class W>
    io::Result<> write(std::uint16_t, W) const {
        return io::fail(io::Error::no_device);
    }
    std::size_t size() const { return 256; }
};

} // namespace

TEST_CASE("half a snapshot is none: the error, and no read after it", "[snapshot]") {
    Config config;
    const auto space = *io::ConfigSpace<Config, io::pci::Normal>::of(config);
    const auto whole = io::try_snapshot<Line, Command, Revision>(space);
    REQUIRE(whole);
    CHECK(whole->get<Command>().raw() == 4);
    CHECK(config.log == std::vector<int>{0x3c, 0x04, 0x08});
    for (int left = 0; left < 3; ++left) {
        config.left = left;
        config.log.clear();
        const auto part = io::try_snapshot<Line, Command, Revision>(space);
        CHECK(part.error() == io::Error::io_error);
        CHECK(config.log.size() == static_cast<std::size_t>(left));
    }
}

TEST_CASE("snapshots and diffs in constant expressions", "[snapshot]") {
    STATIC_REQUIRE([] {
        Memory<0x80> memory;
        const auto timer = memory.view<Timer>();
        timer.write(Control::from_raw(0x100));
        const auto before = io::snapshot<Control>(timer);
        timer.write(Control::from_raw(0x300));
        unsigned sum = 0;
        io::diff(before, io::snapshot<Control>(timer))
            .for_each([&](const io::FieldChange& change, const auto& was, const auto& is) {
                if (change.field.name == io::Text("divisor"))
                    sum += static_cast<unsigned>(was) + 10 * static_cast<unsigned>(is);
            });
        return sum == 31;
    }());
}
