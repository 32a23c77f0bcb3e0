// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/pci.hpp>
#include <ioview/pci/read_only.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;
namespace pci = ioview::pci;

namespace {

template <class V>
concept Writes = requires(const V& view) { view.write32(0x10, 0u); };
template <class V>
concept TriesToWrite = requires(const V& view) { view.try_write32(0x10, 0u); };

} // namespace

TEST_CASE("who is given a ReadOnly reads, lists and decodes, and has no way to write", "[pci]") {
    io::testing::PciFunction function;
    function.identify(0x1af4, 0x1041, 0x02'0000).memory_bar(0, 0xfe00'0000, 0x1000);
    function.capability(0x40, 0x11, 12);
    const pci::ReadOnly shown{function};
    const auto cfg =
        io::ConfigSpace<pci::ReadOnly<io::testing::PciFunction>, const pci::Normal>::of(shown);
    REQUIRE(cfg);
    CHECK(cfg->read32(0x00) == 0x1041'1af4);
    CHECK(cfg->try_read16(0x02) == 0x1041);
    CHECK(pci::read_bar(*cfg, 0)->address == 0xfe00'0000);
    int found = 0;
    for (auto each : pci::capabilities(*cfg))
        found += each && each->id == 0x11;
    CHECK(found == 1);
    using View = decltype(cfg)::value_type;
    STATIC_REQUIRE(!Writes<View>);
    STATIC_REQUIRE(!TriesToWrite<View>);

    CHECK(shown.write<std::uint32_t>(0x10, 1).error() == io::Error::unsupported);
    CHECK(function.read<std::uint32_t>(0x10) == 0xfe00'0000);
    CHECK(shown.size() == function.size());
    function.unplug();
    CHECK(cfg->read16(0x00) == 0xffff);
}

TEST_CASE("the same function is written by who has it", "[pci]") {
    io::testing::PciFunction function;
    function.memory_bar(0, 0xfe00'0000, 0x1000);
    const auto own = io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function);
    const auto lent = io::ConfigSpace<io::testing::PciFunction, const pci::Normal>::of(function);
    STATIC_REQUIRE(Writes<decltype(own)::value_type>);
    STATIC_REQUIRE(!Writes<decltype(lent)::value_type>);
    own->write32(0x10, 0xfd00'0000);
    CHECK(lent->read32(0x10) == 0xfd00'0000);
}
