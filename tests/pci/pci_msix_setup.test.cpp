// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// MSI-X switched on: the function masked as a whole while its table is filled, and off after
// errors.
#include <ioview/pci/msix_setup.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace io = ioview;
namespace pci = ioview::pci;
using io::Error;
using io::testing::Log;
constexpr auto R = io::testing::Op::read;
constexpr auto W = io::testing::Op::write;

namespace {

constexpr std::uint16_t at = 0x70;
using Bar = io::Region<0x1000>;
constexpr pci::MsixMessage messages[] = {{0x1'fee0'0000, 0x41}, {0xfee0'1000, 0x42}};

// Four vectors at 0x800 of BAR 4, pending bits at 0xc00; configuration space and BAR in one log.
struct Function {
    io::testing::PciFunction config;
    io::testing::Memory<0x1000> memory;
    Log log;
    io::testing::Recorder<decltype(memory.view<Bar>())::Backend> bar;

    Function() : bar(memory.view<Bar>(), log, "bar") {
        config.capability(at, 0x11, 12).put(at + 2, 0x0003, 2);
        config.put(at + 4, 0x804, 4).put(at + 8, 0xc04, 4).writable(at + 2, 0xc000, 2);
        for (std::size_t i = 0; i < 4; ++i) // somebody before has left them unmasked
            CHECK(memory.view<Bar>().try_write32(0x80c + 16 * i, 0));
    }
    auto view() const {
        return *io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(config);
    }
};

} // namespace

TEST_CASE("the capability says how many vectors there are, and where", "[pci]") {
    Function function;
    const auto layout = pci::msix_layout(function.view(), at);
    REQUIRE(layout);
    CHECK(layout->size() == 4);
    CHECK(layout->table.bar() == 4);
    CHECK(layout->table.offset() == 0x800);
    CHECK(layout->pending.offset() == 0xc00);

    CHECK(pci::msix_layout(function.view(), 0xf8).error() == Error::out_of_bounds);
    function.config.put(at + 8, 0xc06, 4);
    CHECK(pci::msix_layout(function.view(), at).error() == Error::invalid_argument);
    function.config.put(at, 0x05, 1);
    CHECK(pci::msix_layout(function.view(), at).error() == Error::invalid_argument);
    function.config.unplug();
    CHECK(pci::msix_layout(function.view(), at).error() == Error::no_device);
}

TEST_CASE("every vector is set or masked while the whole function is", "[pci]") {
    Function function;
    io::testing::Log& log = function.log;
    io::testing::Recorder config{function.view(), log, "config"};
    const auto cfg = config.view<pci::Normal>();
    const auto layout = pci::msix_layout(function.view(), at).value();
    const auto table = pci::set_up_msix(cfg, layout, function.bar.view<Bar>(), messages);
    REQUIRE(table);
    CHECK(table->size() == 4);

    const auto& all = log;
    REQUIRE(all.size() == 3 + 7 + 7 + 3 + 3 + 3);
    CHECK(all[0].space == std::string_view("config"));
    CHECK(all[1].value == 0xc003); // on, and masked
    CHECK(all[1].op == W);
    CHECK(all[3].space == std::string_view("bar"));
    CHECK(all[22].space == std::string_view("bar"));
    CHECK(all[24].op == W);
    CHECK(all[24].value == 0x8003);
    CHECK(all[25].op == R);
    const auto bar = function.memory.view<Bar>();
    CHECK(bar.read32(0x800) == 0xfee0'0000);
    CHECK(bar.read32(0x804) == 1);
    CHECK(bar.read32(0x808) == 0x41);
    CHECK(bar.read32(0x810) == 0xfee0'1000);
    CHECK(bar.read32(0x818) == 0x42);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(table->masked(i) == true);
    bar.write32(0xc00, 0b10);
    CHECK(pci::msix_pending(bar, layout.control, layout.pending, 1) == true);
    CHECK(pci::stop_msix(cfg, layout));
    CHECK(function.view().read16(at + 2) == 0x0003);
}

TEST_CASE("more messages than vectors, and a table past its BAR: without an access", "[pci]") {
    Function function;
    const auto layout = pci::msix_layout(function.view(), at).value();
    const pci::MsixMessage five[5] = {};
    const auto bar = function.bar.view<Bar>();
    CHECK(pci::set_up_msix(function.view(), layout, bar, five).error() == Error::out_of_bounds);
    const auto small = bar.subview<io::Region<0x820>>(0);
    CHECK(pci::set_up_msix(function.view(), layout, small, messages).error() ==
          Error::out_of_bounds);
    CHECK(function.log.empty());
    CHECK(function.view().read16(at + 2) == 0x0003);
}

TEST_CASE("after an error MSI-X is off", "[pci]") {
    Function function;
    const auto layout = pci::msix_layout(function.view(), at).value();
    const pci::MsixMessage odd[] = {{0xfee0'0000, 1}, {0xfee0'0002, 2}};
    const auto bar = function.bar.view<Bar>();
    CHECK(pci::set_up_msix(function.view(), layout, bar, odd).error() == Error::invalid_argument);
    CHECK(function.view().read16(at + 2) == 0x0003);

    function.memory.view<Bar>().write32(0x82c, 0xffff'ffff); // a vector that does not answer
    CHECK(pci::set_up_msix(function.view(), layout, bar, messages).error() == Error::no_device);
    CHECK(function.view().read16(at + 2) == 0x0003);

    function.config.unplug();
    CHECK(pci::set_up_msix(function.view(), layout, bar, messages).error() == Error::no_device);
}
