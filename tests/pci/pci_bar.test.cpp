// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/pci/bar.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"
#include "support/counting_mapper.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;
using ioview::tests::Calls;
using ioview::tests::CountingMapper;
using Kind = io::Resource::Kind;

namespace {

using Page = io::Region<0x100>;
template <class T>
using Bar = io::pci::Bar<T, CountingMapper>;
template <class T>
using PortBar = io::pci::PortBar<T, CountingMapper>;

struct Uart {
    std::uint8_t data;
    std::uint8_t rest[7];
};

// BAR 0 memory, 1 ports, 2 and 3 a 64-bit one, 4 absent; a device has six, this one five.
constexpr io::Resource resources[5] = {
    {0xfe00'0000, 0x100}, {0xc000, 0x20, Kind::port}, {0x10'0000'0000, 0x1000}, {}, {}};

template <io::IoOf<Page> Regs>
std::uint32_t identify(const Regs& regs) {
    return regs.read32(0x0);
}

} // namespace

TEST_CASE("pci bar: requested, mapped, unmapped, released", "[pci]") {
    CountingMapper mapper;
    {
        auto bar = Bar<Page>::map(mapper, resources, 0);
        REQUIRE(bar);
        CHECK(mapper.requested == std::vector{resources[0]});
        CHECK(bar->address() == mapper.base());
        CHECK(bar->size_bytes() == 0x100);
        bar->write32(0x0, 0x11e8'1234);
        CHECK(identify(*bar) == 0x11e8'1234);
        CHECK(identify(bar->view()) == 0x11e8'1234);
        CHECK(bar->try_read32(0x100).error() == io::Error::out_of_bounds);
        const auto device = bar->subview<Uart>(0x10);
        IO_WRITE(device, data, std::uint8_t{'A'});
        CHECK(bar->read8(0x10) == 'A');
    }
    CHECK(mapper.calls == Calls{"request", "map", "unmap", "release"});
    CHECK(mapper.is_clean());
}

TEST_CASE("pci bar: errors come in the order of the steps", "[pci]") {
    CountingMapper mapper;
    SECTION("no such BAR") {
        CHECK(Bar<Page>::map(mapper, resources, 5).error() == io::Error::invalid_argument);
        CHECK(Bar<Page>::map(mapper, resources, -1).error() == io::Error::invalid_argument);
        CHECK(Bar<Page>::map(mapper, resources, 0x1'0000'0000).error() ==
              io::Error::invalid_argument);
        CHECK(Bar<Page>::map(mapper, {}, 0).error() == io::Error::invalid_argument);
        CHECK(mapper.calls.empty());
    }
    SECTION("length 0") {
        CHECK(Bar<Page>::map(mapper, resources, 3).error() == io::Error::no_memory);
        CHECK(Bar<Page>::map(mapper, resources, 4).error() == io::Error::no_memory);
        CHECK(mapper.calls.empty());
    }
    // semantics, known defects, 17: ports are never accessed as memory
    SECTION("a BAR of ports is not for the memory owner") {
        CHECK(Bar<Page>::map(mapper, resources, 1).error() == io::Error::unsupported);
        CHECK(mapper.calls.empty());
    }
    SECTION("taken") {
        mapper.fail_call(1, io::Error::busy);
        CHECK(Bar<Page>::map(mapper, resources, 0).error() == io::Error::busy);
        CHECK(mapper.calls == Calls{"request!"});
    }
    SECTION("taken by another owner of the same function") {
        const auto first = Bar<Page>::map(mapper, resources, 0);
        mapper.clear_calls();
        CHECK(Bar<Page>::map(mapper, resources, 0).error() == io::Error::busy);
        CHECK(mapper.calls == Calls{"request!"});
    }
    SECTION("not mapped") {
        mapper.fail_call(2, io::Error::no_memory);
        CHECK(Bar<Page>::map(mapper, resources, 0).error() == io::Error::no_memory);
        CHECK(mapper.calls == Calls{"request", "map!", "release"});
    }
    SECTION("mapped to null") {
        mapper.maps_null = true;
        CHECK(Bar<Page>::map(mapper, resources, 0).error() == io::Error::no_memory);
        CHECK(mapper.calls == Calls{"request", "map", "release"});
    }
    SECTION("too small for the target") {
        CHECK(Bar<io::Region<0x101>>::map(mapper, resources, 0).error() ==
              io::Error::out_of_bounds);
        CHECK(mapper.calls == Calls{"request", "map", "unmap", "release"});
    }
    SECTION("misaligned") {
        mapper.shift = 4;
        CHECK(Bar<io::Region<0x100, 8>>::map(mapper, resources, 0).error() ==
              io::Error::misaligned);
        CHECK(mapper.calls == Calls{"request", "map", "unmap", "release"});
    }
    CHECK(mapper.is_clean());
}

TEST_CASE("pci bar: moving it leaves one owner", "[pci]") {
    CountingMapper mapper;
    mapper.spacing = 0x100;
    {
        auto first = Bar<Page>::map(mapper, resources, 0);
        auto second = Bar<Page>::map(mapper, resources, 2);
        REQUIRE((first && second));
        mapper.clear_calls();
        *first = std::move(*second);
        CHECK(mapper.calls == Calls{"unmap", "release"});
        CHECK(mapper.requested == std::vector{resources[2]});
    }
    CHECK(mapper.is_clean());
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Bar<Page>>);
    STATIC_REQUIRE(io::IoOf<Bar<Page>, Page>);
    STATIC_REQUIRE(std::is_same_v<Bar<Page>::Backend, io::MmioBackend>);
}

TEST_CASE("pci bar: ports have an owner of their own", "[pci]") {
    CountingMapper mapper;
    {
        auto bar = PortBar<io::Region<0x20>>::request(mapper, resources, 1);
        REQUIRE(bar);
        CHECK(bar->address() == 0xc000);
        CHECK(bar->size_bytes() == 0x20);
        CHECK(bar->view() == io::PortIo<io::Region<0x20>>::from_port(0xc000));
        CHECK(PortBar<Uart>::request(mapper, resources, 1).error() == io::Error::busy);
    }
    CHECK(mapper.calls == Calls{"request", "request!", "release"}); // never mapped
    {
        const auto uart = PortBar<Uart>::request(mapper, resources, 1);
        REQUIRE(uart);
        CHECK(IO_PROJECT(*uart, rest, at(3)).address() == 0xc004);
    }
    CHECK(mapper.is_clean());
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<PortBar<Page>>);
    STATIC_REQUIRE(std::is_same_v<PortBar<Page>::Backend, io::PortIoBackend>);
}

TEST_CASE("pci bar: the errors of ports come in the same order", "[pci]") {
    CountingMapper mapper;
    using Ports = PortBar<io::Region<0x20>>;
    CHECK(Ports::request(mapper, resources, 5).error() == io::Error::invalid_argument);
    CHECK(Ports::request(mapper, resources, 4).error() == io::Error::no_memory);
    CHECK(Ports::request(mapper, resources, 0).error() == io::Error::unsupported);
    CHECK(mapper.calls.empty());
    mapper.fail_call(1, io::Error::busy);
    CHECK(Ports::request(mapper, resources, 1).error() == io::Error::busy);
    CHECK(mapper.calls == Calls{"request!"});

    const auto error_of = []<class T>(std::type_identity<T>, io::Resource resource) {
        CountingMapper its;
        auto result = PortBar<T>::request(its, {&resource, 1}, 0);
        CHECK(its.calls == Calls{"request", "release"});
        CHECK(its.is_clean());
        return result.error();
    };
    constexpr std::type_identity<io::Region<8>> region;
    constexpr std::type_identity<std::uint32_t> word;
    constexpr std::type_identity<std::uint8_t[8]> bytes;
    CHECK(error_of(bytes, {0xfff9, 8, Kind::port}) == io::Error::out_of_bounds);
    CHECK(error_of(region, {0xc000, 7, Kind::port}) == io::Error::out_of_bounds);
    CHECK(error_of(region, {0xc002, 8, Kind::port}) == io::Error::misaligned);
    CHECK(error_of(region, {0xfffc, 8, Kind::port}) == io::Error::out_of_bounds);
    CHECK(error_of(region, {0x1'0000, 8, Kind::port}) == io::Error::out_of_bounds);
    CHECK(error_of(region, {0x8000'0000'0000'c000, 8, Kind::port}) == io::Error::out_of_bounds);
    CHECK(error_of(region, {0xc000, ~std::uint64_t{0}, Kind::port}) == io::Error::out_of_bounds);
    CHECK(error_of(word, {0xc002, 4, Kind::port}) == io::Error::misaligned);
    CHECK(error_of(word, {0xc000, 3, Kind::port}) == io::Error::out_of_bounds);
}

TEST_CASE("pci bar: resources come from registers that were sized", "[pci]") {
    io::testing::PciFunction function;
    function.identify(0x1234, 0x11e8, 0x00'ff00).memory_bar(0, 0xfe00'0000, 0x1000);
    function.io_bar(1, 0xc000, 0x20).memory64_bar(2, 0x10'0000'0000, 0x2000);
    const auto cfg = io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(function);
    const auto bars = io::pci::size_bars(*cfg);
    REQUIRE(bars);

    const auto same = io::pci::resources_of(*bars);
    CHECK(same.count == 6);
    CHECK(same.bar[0] == io::Resource{0xfe00'0000, 0x1000});
    CHECK(same.bar[1] == io::Resource{0xc000, 0x20, Kind::port});
    CHECK(same.bar[2] == io::Resource{0x10'0000'0000, 0x2000});
    for (const unsigned i : {3u, 4u, 5u})
        CHECK(same.bar[i] == io::Resource{});

    const auto moved =
        io::pci::resources_of(*bars, [](io::pci::BarKind kind, std::uint64_t address) {
            return kind == io::pci::BarKind::memory64 ? address + 0x40'0000'0000 : address;
        });
    CHECK(moved.bar[0].start == 0xfe00'0000);
    CHECK(moved.bar[2] == io::Resource{0x50'0000'0000, 0x2000});

    CountingMapper mapper;
    CHECK(Bar<Page>::map(mapper, same, 0));
    CHECK(Bar<Page>::map(mapper, same, 3).error() == io::Error::no_memory);
    CHECK(Bar<Page>::map(mapper, same, 6).error() == io::Error::invalid_argument);
    CHECK(PortBar<io::Region<0x20>>::request(mapper, same, 1));

    // not sized: no length
    const auto read_only = io::pci::resources_of(*io::pci::read_bars(*cfg));
    CHECK(Bar<Page>::map(mapper, read_only, 0).error() == io::Error::no_memory);
    CHECK(mapper.is_clean());
}

TEST_CASE("pci bar: what nobody gave an address does not map", "[pci]") {
    io::testing::PciFunction function;
    function.memory_bar(0, 0, 0x1000).io_bar(1, 0, 0x20).memory64_bar(2, 0, 0x2000);
    function.memory_bar(4, 0xfe00'0000, 0x1000);
    const auto cfg = io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(function);
    const auto bars = io::pci::size_bars(*cfg);
    REQUIRE(bars);
    CountingMapper mapper;
    unsigned asked = 0;
    const auto same = io::pci::resources_of(*bars);
    const auto moved = io::pci::resources_of(*bars, [&](io::pci::BarKind, std::uint64_t address) {
        ++asked;
        return address + 0x40'0000'0000; // bus address 0 of this window is no BAR's
    });
    CHECK(asked == 1);
    CHECK(moved.bar[4].start == 0x40'fe00'0000);
    const auto outside = io::pci::resources_of(
        *bars, [](io::pci::BarKind, std::uint64_t) { return std::uint64_t{0}; });
    for (const auto& resources_found : {same, moved, outside}) {
        CHECK(resources_found.bar[0] == io::Resource{0, 0x1000});
        for (const unsigned i : {0u, 2u})
            CHECK(Bar<Page>::map(mapper, resources_found, i).error() == io::Error::no_memory);
        CHECK(PortBar<io::Region<0x20>>::request(mapper, resources_found, 1).error() ==
              io::Error::no_memory);
    }
    CHECK(Bar<Page>::map(mapper, outside, 4).error() == io::Error::no_memory);
    CHECK(mapper.calls.empty());
    CHECK(Bar<Page>::map(mapper, same, 4));
}

TEST_CASE("pci bar: a bridge has two", "[pci]") {
    io::testing::PciFunction function;
    function.identify(0x1b36, 0x0001, 0x06'0400).bridge(0, 1, 1).memory_bar(1, 0xfe00'0000, 0x1000);
    const auto cfg = io::ConfigSpace<io::testing::PciFunction, io::pci::Normal>::of(function);
    const auto resources_of_bridge = io::pci::resources_of(*io::pci::size_bars(*cfg));
    CountingMapper mapper;
    CHECK(Bar<Page>::map(mapper, resources_of_bridge, 1));
    CHECK(Bar<Page>::map(mapper, resources_of_bridge, 2).error() == io::Error::invalid_argument);
}
