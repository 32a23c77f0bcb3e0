// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/format/snapshot.hpp>
#include <ioview/ioview.hpp>
#include <ioview/register/field_array.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <fmt/format.h>

namespace io = ioview;
using io::testing::Memory;

namespace {

// A field of the user's own, which does not say how it is printed.
struct Level {
    io::Bounded<std::uint32_t, 2> steps;
    explicit constexpr Level(io::Bounded<std::uint32_t, 2> s) : steps(s) {}
    explicit constexpr operator io::Bounded<std::uint32_t, 2>() const { return steps; }
};
enum class Mode : std::uint8_t { off, slow, fast };
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x00>> {
    IO_FIELDS(unshifted(31, 12, base),
              bits(9, 8, level, Level),
              bits(5, 4, mode, Mode),
              bit(0, enable));
};
struct Count : io::Register<Count, std::uint16_t, io::fixed<0x04>> {};
struct Slot : io::Register<Slot, std::uint8_t, io::array<0x10, 4, 2>> {
    IO_FIELDS(bits(3, 0, owner));
};
struct Cell : io::Register<Cell, std::uint8_t, io::banked<0x20, 2, 8, 3, 2>> {
    IO_FIELDS(bits(7, 0, value));
};
struct Pins : io::Register<Pins, std::uint8_t, io::fixed<0x08>> {
    IO_FIELDS(array(7, 0, pin, 8));
};
using Second = io::element<Slot, 2>;
using Corner = io::element<Cell, 1, 2>;

} // namespace

TEST_CASE("what differs between two snapshots is a field a line", "[snapshot]") {
    Memory<0x40> memory;
    const auto view = memory.view<io::Region<0x40>>();
    const auto take = [&] { return io::snapshot<Control, Count, Second, Corner>(view); };
    const auto set = [&](std::uint32_t control, std::uint16_t count, std::uint8_t slot) {
        view.write(Control::from_raw(control));
        view.write(Count::from_raw(count));
        view.write(Second{}, Slot::from_raw(slot));
        view.write(Corner{}, Cell::from_raw(slot));
    };
    set(0x0000'1110, 0, 0x05);
    const auto before = take();
    set(0xfee0'0262, 0x100, 0x35);
    const auto after = take();
    CHECK(fmt::format("{}", io::diff(before, after)) == "Control.base: 0x1000 -> 0xfee00000\n"
                                                        "Control.level: 0x1 -> 0x2\n"
                                                        "Control.mode: slow -> fast\n"
                                                        "Control in 0x42: 0x0 -> 0x42\n"
                                                        "Count: 0x0 -> 0x100\n"
                                                        "Slot[2] in 0x30: 0x0 -> 0x30\n"
                                                        "Cell[1][2].value: 5 -> 53");
    CHECK(fmt::format("{}", io::diff(after, after)).empty());
    set(0xfee0'0263, 0x100, 0x35);
    CHECK(fmt::format("{:>25}", io::diff(after, take())) == "   Control.enable: 0 -> 1");
}

TEST_CASE("a snapshot is a register a line, with its fields", "[snapshot]") {
    Memory<0x40> memory;
    const auto view = memory.view<io::Region<0x40>>();
    view.write(Control::from_raw(0x21));
    view.write(Second{}, Slot::from_raw(5));
    CHECK(fmt::format("{}", io::snapshot<Control, Second>(view)) ==
          "Control{base: 0x0, level: 0x0, mode: fast, enable: 1}\nSlot[2]{owner: 5}");
}

TEST_CASE("of an array of fields the one that differs is named", "[snapshot]") {
    Memory<0x40> memory;
    const auto view = memory.view<io::Region<0x40>>();
    view.write(Pins::from_raw(0x81));
    const auto before = io::snapshot<Pins>(view);
    view.write(Pins::from_raw(0x88));
    CHECK(fmt::format("{}", io::diff(before, io::snapshot<Pins>(view))) ==
          "Pins.pin[0]: 1 -> 0\nPins.pin[3]: 0 -> 1");
}
