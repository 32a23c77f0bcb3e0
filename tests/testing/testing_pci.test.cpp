// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The simulated PCI function behaves as one, so that what passes on it means something.
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

namespace io = ioview;
using io::testing::PciFunction;

static_assert(io::ConfigFunction<PciFunction>);

TEST_CASE("a simulated function starts as garbage beyond its header", "[testing]") {
    const PciFunction function(4'096);
    unsigned zeros = 0;
    for (std::uint16_t at = 0x40; at < 0x100; ++at)
        zeros += *function.read<std::uint8_t>(at) == 0 ? 1 : 0;
    CHECK(zeros < 20);
    const auto word = function.read<std::uint32_t>(0x80).value();
    CHECK(PciFunction(4'096, 1).read<std::uint32_t>(0x80).value() != word);
    CHECK(PciFunction(4'096).read<std::uint32_t>(0x80).value() == word);
    CHECK(function.size() == 4'096);
    CHECK(PciFunction().size() == 256);
}

TEST_CASE("bits are read only, writable, or cleared by ones", "[testing]") {
    PciFunction function;
    function.put(0x40, 0xf0f0'f0f0, 4).writable(0x40, 0x0000'00ff).clears(0x40, 0xff00'0000);
    CHECK(function.write<std::uint32_t>(0x40, 0x300f'0f0f));
    CHECK(function.read<std::uint32_t>(0x40) == 0xc0f0'f00fu);
    // narrow accesses are little-endian lanes
    CHECK(function.read<std::uint8_t>(0x43) == 0xc0u);
    CHECK(function.write<std::uint8_t>(0x43, 0x80));
    CHECK(function.write<std::uint16_t>(0x40, 0xff55));
    CHECK(function.read<std::uint32_t>(0x40) == 0x40f0'f055u);
}

TEST_CASE("base addresses answer sizing", "[testing]") {
    PciFunction function;
    function.memory64_bar(0, 0x4'0000'0000, 0x2'0000'0000).io_bar(2, 0xc000, 0x100);
    CHECK(function.write<std::uint32_t>(0x10, 0xffff'ffff));
    CHECK(function.write<std::uint32_t>(0x14, 0xffff'ffff));
    CHECK(function.write<std::uint32_t>(0x18, 0xffff'ffff));
    CHECK(function.read<std::uint32_t>(0x10) == 0x0000'0004u);
    CHECK(function.read<std::uint32_t>(0x14) == 0xffff'fffeu);
    CHECK(function.read<std::uint32_t>(0x18) == 0xffff'ff01u);
}

TEST_CASE("a simulated function refuses and fails as it is told", "[testing]") {
    PciFunction function;
    CHECK(function.read<std::uint32_t>(0x100).error() == io::Error::out_of_bounds);
    CHECK(function.read<std::uint32_t>(0x41).error() == io::Error::misaligned);
    function.fail_at(0x44, io::Error::busy);
    CHECK(function.read<std::uint8_t>(0x47).error() == io::Error::busy);
    CHECK(function.read<std::uint8_t>(0x48));

    PciFunction breaking;
    breaking.fail_after(2, io::Error::io_error);
    CHECK(breaking.read<std::uint8_t>(0x40));
    CHECK(breaking.write<std::uint8_t>(0x40, 0));
    CHECK(breaking.read<std::uint8_t>(0x40).error() == io::Error::io_error);
    CHECK(breaking.write<std::uint8_t>(0x40, 0).error() == io::Error::io_error);

    PciFunction gone;
    gone.writable(0x40, 0xff).unplug();
    CHECK(gone.read<std::uint16_t>(0x40) == 0xffffu);
    CHECK(gone.write<std::uint16_t>(0x40, 0));
}

TEST_CASE("a base address that is moved while it is decoded is noticed", "[testing]") {
    const auto moved = [](unsigned command, std::uint16_t at, std::uint32_t value) {
        PciFunction function;
        function.memory64_bar(0, 0x1'8000'0000, 0x1000).io_bar(2, 0xc000, 0x20);
        function.rom(0xfb00'0001, 0x1'0000).put(0x04, command, 2);
        CHECK(function.write<std::uint32_t>(at, value));
        return function.moved_while_decoding();
    };
    CHECK(moved(2, 0x10, 0x9000'0000) == 1);
    CHECK(moved(2, 0x14, 0x2) == 1); // the second half is memory, whatever its bit 0
    CHECK(moved(1, 0x14, 0x2) == 0);
    CHECK(moved(1, 0x18, 0xd000) == 1);
    CHECK(moved(2, 0x18, 0xd000) == 0);
    CHECK(moved(0, 0x10, 0x9000'0000) == 0);
    CHECK(moved(2, 0x10, 0x8000'0004) == 0); // the same address
    CHECK(moved(3, 0x1c, 0xffff'ffff) == 0); // no such register
    CHECK(moved(2, 0x30, 0xfc00'0001) == 1);
    CHECK(moved(2, 0x30, 0xfb00'0000) == 0); // off
    CHECK(moved(0, 0x30, 0xfc00'0001) == 0);

    PciFunction function;
    function.memory_bar(0, 0x8000'0000, 0x1000).put(0x04, 2, 2);
    CHECK(function.write<std::uint8_t>(0x13, 0x90)); // a byte of it
    CHECK(function.write<std::uint8_t>(0x13, 0x80));
    CHECK(function.moved_while_decoding() == 2);
}

TEST_CASE("a simulated function is pulled out at any access", "[testing]") {
    PciFunction function;
    function.writable(0x40, 0xffff'ffff).put(0x40, 0x1234, 4).unplug_after(2);
    CHECK(function.read<std::uint16_t>(0x40) == 0x1234u);
    CHECK(function.write<std::uint16_t>(0x40, 0x5678));
    CHECK(function.write<std::uint16_t>(0x40, 0)); // lost
    CHECK(function.read<std::uint16_t>(0x40) == 0xffffu);
    CHECK(function.read<std::uint8_t>(0x0e) == 0xffu);
}

TEST_CASE("a simulated ROM answers sizing, and pointers have reserved bits", "[testing]") {
    PciFunction device;
    device.rom(0xfb00'0000, 0x1'0000).pointer_bits(3).capability(0x40, 1).capability(0x48, 5);
    CHECK(device.write<std::uint32_t>(0x30, 0xffff'ffff));
    CHECK(device.read<std::uint32_t>(0x30) == 0xffff'0001u);
    CHECK(device.read<std::uint8_t>(0x34) == 0x43u);
    CHECK(device.read<std::uint8_t>(0x41) == 0x4bu);
    PciFunction bridge;
    bridge.bridge(0, 1, 1).rom(0, 0x800);
    CHECK(bridge.write<std::uint32_t>(0x38, 0xffff'ffff));
    CHECK(bridge.read<std::uint32_t>(0x38) == 0xffff'f801u);
}
