// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// MSI in its four layouts: what is written in which order, and what is refused without an access.
#include <ioview/pci/msi.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::testing::Log;
constexpr auto R = io::testing::Op::read;
constexpr auto W = io::testing::Op::write;

namespace {

constexpr std::uint16_t at = 0x50;

// One that can send 2^capable vectors; everything else in it is garbage.
struct Function {
    io::testing::Memory<0x100> memory;
    io::testing::Recorder<decltype(memory.view<pci::Normal>())::Backend> recorder;

    Function(bool is_64_bit, bool can_mask, unsigned capable)
        : recorder(memory.view<pci::Normal>()) {
        const auto cfg = memory.view<pci::Normal>();
        cfg.write16(0x04, 0x0406);
        cfg.write8(at, 0x05);
        cfg.write16(at + 2,
                    static_cast<std::uint16_t>((can_mask ? 0x100u : 0u) | (is_64_bit ? 0x80u : 0u) |
                                               capable << 1 | 1u));
    }
    auto view() { return recorder.view<pci::Normal>(); }
};

} // namespace

TEST_CASE("MSI is set while it is disabled, in each of its layouts", "[pci]") {
    SECTION("32 bits") {
        Function function(false, false, 2);
        const auto msi = pci::msi_of(function.view(), at);
        REQUIRE(msi);
        CHECK(msi->size() == 4);
        CHECK(!msi->can_mask());
        function.recorder.clear();
        CHECK(msi->set(4, 0xfee0'1000, 0x40));
        CHECK(function.recorder.log() == Log{{R, at + 2, 2, 0x0005},
                                             {W, at + 2, 2, 0x0024},
                                             {R, at + 2, 2, 0x0024},
                                             {W, at + 4, 4, 0xfee0'1000},
                                             {W, at + 8, 2, 0x40},
                                             {R, at + 2, 2, 0x0024}});
        function.recorder.clear();
        CHECK(msi->enable());
        CHECK(msi->disable());
        CHECK(function.recorder.log() == Log{{R, at + 2, 2, 0x0024},
                                             {W, at + 2, 2, 0x0025},
                                             {R, at + 2, 2, 0x0025},
                                             {R, at + 2, 2, 0x0025},
                                             {W, at + 2, 2, 0x0024},
                                             {R, at + 2, 2, 0x0024}});
        CHECK(msi->mask(0).error() == Error::unsupported);
        CHECK(msi->pending(0).error() == Error::unsupported);
    }
    SECTION("64 bits, vectors masked one by one") {
        Function function(true, true, 5);
        const auto msi = pci::msi_of(function.view(), at);
        REQUIRE(msi);
        CHECK(msi->size() == 32);
        function.recorder.clear();
        CHECK(msi->set(1, 0x1'fee0'1000, 0x41));
        CHECK(function.recorder.log() == Log{{R, at + 2, 2, 0x018b},
                                             {W, at + 2, 2, 0x018a},
                                             {R, at + 2, 2, 0x018a},
                                             {W, at + 0x10, 4, 0xffff'ffff},
                                             {W, at + 4, 4, 0xfee0'1000},
                                             {W, at + 8, 4, 0x1},
                                             {W, at + 0xc, 2, 0x41},
                                             {R, at + 2, 2, 0x018a}});
        CHECK(msi->masked(31) == true);
        function.recorder.clear();
        CHECK(msi->unmask(31));
        CHECK(function.recorder.log() == Log{{R, at + 0x10, 4, 0xffff'ffff},
                                             {R, 0x04, 2, 0x0406}, // all ones: is it there?
                                             {W, at + 0x10, 4, 0x7fff'ffff},
                                             {R, at + 0x10, 4, 0x7fff'ffff}});
        CHECK(msi->masked(31) == false);
        CHECK(msi->mask(31));
        CHECK(msi->masked(31) == true);
        function.memory.view<pci::Normal>().write32(at + 0x14, 0x4);
        CHECK(msi->pending(2) == true);
        CHECK(msi->pending(3) == false);
    }
    SECTION("32 bits and masks, 64 bits without") {
        Function masked(false, true, 0);
        CHECK(pci::msi_of(masked.view(), at)->set(1, 0xfee0'0000, 7));
        CHECK(masked.memory.view<pci::Normal>().read32(at + 0xc) == 0xffff'ffff);
        CHECK(masked.memory.view<pci::Normal>().read16(at + 8) == 7);
        Function wide(true, false, 0);
        CHECK(pci::msi_of(wide.view(), at)->set(1, 0xfee0'0000, 7));
        CHECK(wide.memory.view<pci::Normal>().read32(at + 8) == 0);
        CHECK(wide.memory.view<pci::Normal>().read16(at + 0xc) == 7);
    }
}

TEST_CASE("what the function cannot send is refused without an access", "[pci]") {
    Function function(false, true, 2);
    const auto msi = pci::msi_of(function.view(), at).value();
    function.recorder.clear();
    CHECK(msi.set(8, 0xfee0'0000, 0).error() == Error::out_of_bounds);
    CHECK(msi.set(-1, 0xfee0'0000, 0).error() == Error::out_of_bounds);
    CHECK(msi.set(0, 0xfee0'0000, 0).error() == Error::invalid_argument);
    CHECK(msi.set(3, 0xfee0'0000, 0).error() == Error::invalid_argument);
    CHECK(msi.set(4, 0xfee0'0000, 0x42).error() == Error::invalid_argument);
    CHECK(msi.set(1, 0xfee0'0002, 0).error() == Error::invalid_argument);
    CHECK(msi.set(1, 0x1'0000'0000, 0).error() == Error::invalid_argument);
    CHECK(msi.mask(4).error() == Error::out_of_bounds);
    CHECK(msi.unmask(-1).error() == Error::out_of_bounds);
    CHECK(msi.masked(0x1'0000'0000).error() == Error::out_of_bounds);
    CHECK(msi.pending(4).error() == Error::out_of_bounds);
    CHECK(function.recorder.log().empty());
}

TEST_CASE("what is no MSI capability, or does not lie within the space", "[pci]") {
    Function function(true, true, 2);
    const auto cfg = function.memory.view<pci::Normal>();
    CHECK(pci::msi_of(function.view(), 0xfe).error() == Error::out_of_bounds);
    CHECK(pci::msi_of(function.view(), 0x100).error() == Error::out_of_bounds);
    cfg.write16(at + 2, 0x018c); // 64 vectors
    CHECK(pci::msi_of(function.view(), at).error() == Error::invalid_argument);
    cfg.write16(at + 2, 0x0184);
    cfg.write8(at, 0x11);
    CHECK(pci::msi_of(function.view(), at).error() == Error::invalid_argument);
    cfg.write8(0xf0, 0x05);
    cfg.write16(0xf2, 0x0080);
    CHECK(pci::msi_of(function.view(), 0xf0)); // to the last byte
    cfg.write16(0xf2, 0x0180);
    CHECK(pci::msi_of(function.view(), 0xf0).error() == Error::out_of_bounds);
    cfg.write16(at + 2, 0xffff);
    CHECK(pci::msi_of(function.view(), at).error() == Error::no_device);
}

TEST_CASE("a function that has gone ends the change of its MSI", "[pci]") {
    for (unsigned n = 1; n <= 7; ++n) {
        io::testing::PciFunction function;
        function.capability(at, 0x05, 0x18).put(at + 2, 0x018a, 2);
        function.writable(at + 2, 0x71, 2).writable(at + 0x10, 0xffff'ffff);
        const auto cfg =
            io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function).value();
        const auto msi = pci::msi_of(cfg, at).value();
        function.unplug_after(n);
        CAPTURE(n);
        CHECK(msi.set(32, 0xfee0'0000, 0x40).error() == Error::no_device);
    }
    io::testing::PciFunction function;
    function.capability(at, 0x05, 0x18).put(at + 2, 0x018a, 2).put(at + 0x10, 0, 4);
    const auto cfg = io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function).value();
    const auto msi = pci::msi_of(cfg, at).value();
    function.fail_at(at + 0x10, Error::io_error);
    CHECK(msi.set(1, 0xfee0'0000, 0x40).error() == Error::io_error);
    CHECK(msi.mask(0).error() == Error::io_error);
    function.unplug();
    CHECK(msi.enable().error() == Error::no_device);
}
