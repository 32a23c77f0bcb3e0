// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/pci/rom_bar.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"
#include "support/counting_mapper.hpp"

#include <cstdint>
#include <utility>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using ioview::tests::Calls;
using ioview::tests::CountingMapper;

namespace {

using Config = io::ConfigSpace<io::testing::PciFunction, pci::Normal>;
using Rom = pci::RomBar<io::Region<0x200>, CountingMapper, Config>;

Config view_of(const io::testing::PciFunction& function) {
    return *Config::of(function);
}

} // namespace

TEST_CASE("a ROM is decoded while it is mapped, and no longer", "[pci]") {
    CountingMapper mapper;
    io::testing::PciFunction function;
    function.rom(0xfe00'0000, 0x800);
    const auto cfg = view_of(function);
    const auto info = pci::size_rom(cfg);
    REQUIRE(info);
    CHECK(pci::rom_resource(*info) == io::Resource{0xfe00'0000, 0x800});
    CHECK(pci::rom_resource(*info, 0x8'0000'0000).start == 0x8'0000'0000);
    {
        auto rom = Rom::map(mapper, cfg, pci::rom_resource(*info));
        REQUIRE(rom);
        CHECK(cfg.read32(0x30) == 0xfe00'0001);
        CHECK(rom->size_bytes() == 0x800);
        static_cast<void>(rom->read16(0));
        CHECK(rom->view().address() == mapper.base());
        auto moved = std::move(*rom);
        CHECK(cfg.read32(0x30) == 0xfe00'0001);
        CHECK(moved.address() == mapper.base());
    }
    CHECK(cfg.read32(0x30) == 0xfe00'0000);
    CHECK(mapper.calls == Calls{"request", "map", "unmap", "release"});
    CHECK(mapper.is_clean());
    CHECK(function.moved_while_decoding() == 0);
}

TEST_CASE("a ROM of a bridge, and one that firmware left on stays on", "[pci]") {
    CountingMapper mapper;
    io::testing::PciFunction function;
    function.bridge(0, 1, 1).rom(0xfe00'0001, 0x800);
    const auto cfg = view_of(function);
    {
        auto rom = Rom::map(mapper, cfg, {0xfe00'0000, 0x800});
        CHECK(cfg.read32(0x38) == 0xfe00'0001);
    }
    CHECK(cfg.read32(0x38) == 0xfe00'0001);
    CHECK(mapper.is_clean());
}

TEST_CASE("a ROM's errors come in the order of the steps, and nothing stays", "[pci]") {
    CountingMapper mapper;
    io::testing::PciFunction function;
    function.rom(0xfe00'0000, 0x800);
    const auto cfg = view_of(function);
    const io::Resource good{0xfe00'0000, 0x800};
    SECTION("no length, no address") {
        CHECK(Rom::map(mapper, cfg, {0xfe00'0000, 0}).error() == Error::no_memory);
        CHECK(Rom::map(mapper, cfg, {0, 0x800}).error() == Error::no_memory);
        CHECK(mapper.calls.empty());
    }
    SECTION("ports") {
        CHECK(Rom::map(mapper, cfg, {0xc000, 0x800, io::Resource::Kind::port}).error() ==
              Error::unsupported);
    }
    SECTION("taken") {
        mapper.fail_call(1, Error::busy);
        CHECK(Rom::map(mapper, cfg, good).error() == Error::busy);
    }
    SECTION("too small") {
        CHECK(Rom::map(mapper, cfg, {0xfe00'0000, 0x100}).error() == Error::out_of_bounds);
    }
    SECTION("the medium") {
        function.fail_at(0x30, Error::io_error);
        CHECK(Rom::map(mapper, cfg, good).error() == Error::io_error);
    }
    SECTION("the function has gone") {
        function.unplug();
        CHECK(Rom::map(mapper, cfg, good).error() == Error::no_device);
    }
    SECTION("its bit does not stick") {
        function.writable(0x30, 0xffff'f800);
        CHECK(Rom::map(mapper, cfg, good).error() == Error::unsupported);
        CHECK(mapper.calls == Calls{"request", "map", "unmap", "release"});
    }
    CHECK(mapper.is_clean());
}

TEST_CASE("what is assigned to ends before the other takes its place", "[pci]") {
    CountingMapper mapper;
    io::testing::PciFunction first, second;
    first.rom(0xfe00'0000, 0x800);
    second.rom(0xfd00'0000, 0x800);
    {
        auto rom = Rom::map(mapper, view_of(first), {0xfe00'0000, 0x800});
        auto other = Rom::map(mapper, view_of(second), {0xfd00'0000, 0x800});
        REQUIRE(rom);
        REQUIRE(other);
        *rom = std::move(*other);
        CHECK(view_of(first).read32(0x30) == 0xfe00'0000);
        CHECK(view_of(second).read32(0x30) == 0xfd00'0001);
    }
    CHECK(view_of(second).read32(0x30) == 0xfd00'0000);
    CHECK(mapper.is_clean());
}
