// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The walk over buses: who is found, in which order, and that wrong numbering ends.
#include <ioview/pci/bus.hpp>
#include <ioview/testing/pci.hpp>

#include "support/catch.hpp"

#include <vector>

namespace io = ioview;
namespace pci = ioview::pci;
using io::testing::PciFunction;

namespace {

template <class Host>
std::vector<pci::Address> found_on(const Host& host, io::Error expected = {}) {
    std::vector<pci::Address> found;
    const auto done = pci::for_each_function(
        host, {}, [&](const pci::Address& at, const auto&) { found.push_back(at); });
    CHECK((done ? io::Error{} : done.error()) == expected);
    return found;
}

} // namespace

namespace Catch {
template <>
struct StringMaker<pci::Address> {
    static std::string convert(const pci::Address& a) {
        return std::to_string(a.bus) + ':' + std::to_string(a.device) + '.' +
               std::to_string(a.function);
    }
};
} // namespace Catch

TEST_CASE("functions are found in order; 1 to 7 only where function 0 says so", "[pci]") {
    PciFunction a, b, c, d, hidden;
    for (PciFunction* function : {&a, &b, &c, &d, &hidden})
        function->identify(0x1af4, 0x1000, 0);
    b.multi_function();
    io::testing::PciBus<5> bus;
    REQUIRE(bus.add({.device = 31}, d));
    REQUIRE(bus.add({.device = 4, .function = 7}, c));
    REQUIRE(bus.add({.device = 4}, b));
    REQUIRE(bus.add({.device = 2}, a));
    REQUIRE(bus.add({.device = 2, .function = 1}, hidden));
    CHECK(found_on(bus) ==
          std::vector<pci::Address>{
              {.device = 2}, {.device = 4}, {.device = 4, .function = 7}, {.device = 31}});
}

TEST_CASE("a device whose function 0 is hidden is found", "[pci]") {
    PciFunction a, b, c;
    a.identify(0x1af4, 0x1000, 0);
    b.identify(0x1af4, 0x1000, 0).multi_function();
    c.identify(0x1b36, 2, 0x06'0400).bridge(0, 1, 1);
    io::testing::PciBus<4> bus;
    REQUIRE(bus.add({.device = 4, .function = 1}, a));
    REQUIRE(bus.add({.device = 5, .function = 7}, b));
    REQUIRE(bus.add({.device = 31, .function = 2}, c));
    REQUIRE(bus.add({.bus = 1, .device = 0, .function = 3}, a));
    CHECK(found_on(bus) == std::vector<pci::Address>{{.device = 4, .function = 1},
                                                     {.device = 5, .function = 7},
                                                     {.device = 31, .function = 2},
                                                     {.bus = 1, .device = 0, .function = 3}});
}

TEST_CASE("a device that is pulled out while it is looked at is not found", "[pci]") {
    PciFunction bridge, other;
    bridge.identify(0x1b36, 2, 0x06'0400).bridge(0, 1, 1).unplug_after(1);
    other.identify(0x1af4, 0x1000, 0);
    io::testing::PciBus<2> bus;
    REQUIRE(bus.add({.device = 1}, bridge));
    REQUIRE(bus.add({.device = 2}, other));
    CHECK(found_on(bus) == std::vector<pci::Address>{{.device = 2}});
}

TEST_CASE("buses behind bridges are walked once, in order", "[pci]") {
    PciFunction to_2, to_2_again, to_5, end;
    to_2.identify(1, 2, 0x06'0400).put(0x00, 0x1b36, 2).bridge(0, 2, 5);
    to_2_again.identify(0x1b36, 2, 0x06'0400).bridge(0, 2, 2);
    to_5.identify(0x1b36, 2, 0x06'0400).bridge(2, 5, 5);
    end.identify(0x1af4, 0x1000, 0);
    io::testing::PciBus<4> bus;
    REQUIRE(bus.add({.device = 1}, to_2));
    REQUIRE(bus.add({.device = 2}, to_2_again));
    REQUIRE(bus.add({.bus = 2}, to_5));
    REQUIRE(bus.add({.bus = 5, .device = 3}, end));
    CHECK(found_on(bus) == std::vector<pci::Address>{
                               {.device = 1}, {.device = 2}, {.bus = 2}, {.bus = 5, .device = 3}});
}

TEST_CASE("bridges that point backwards or at themselves make no endless walk", "[pci]") {
    PciFunction to_0, to_1;
    to_1.identify(0x1b36, 2, 0x06'0400).bridge(0, 1, 1);
    to_0.identify(0x1b36, 2, 0x06'0400).bridge(1, 0, 1);
    io::testing::PciBus<3> bus;
    REQUIRE(bus.add({}, to_1));
    REQUIRE(bus.add({.bus = 1}, to_0));
    REQUIRE(bus.add({.bus = 1, .device = 1}, to_1));
    CHECK(found_on(bus) == std::vector<pci::Address>{{}, {.bus = 1}, {.bus = 1, .device = 1}});
}

TEST_CASE("a function that puts its answer off is reported after the others", "[pci]") {
    PciFunction late, ready;
    late.identify(0x0001, 0xffff, 0);
    ready.identify(0x1af4, 0x1000, 0);
    io::testing::PciBus<2> bus;
    REQUIRE(bus.add({.device = 1}, late));
    REQUIRE(bus.add({.device = 2}, ready));
    CHECK(found_on(bus, io::Error::busy) == std::vector<pci::Address>{{.device = 2}});
}

TEST_CASE("an error of the mechanism ends the walk", "[pci]") {
    PciFunction broken, ready;
    broken.identify(0x1af4, 0x1000, 0).fail_at(0x0c, io::Error::io_error);
    ready.identify(0x1af4, 0x1000, 0);
    io::testing::PciBus<2> bus;
    REQUIRE(bus.add({.device = 2}, ready));
    REQUIRE(bus.add({.device = 3}, broken));
    CHECK(found_on(bus, io::Error::io_error) == std::vector<pci::Address>{{.device = 2}});
}

TEST_CASE("an error of any access ends the walk", "[pci]") {
    for (unsigned good = 0; good <= 3; ++good) { // vendor, layout, secondary bus
        PciFunction bridge;
        bridge.identify(0x1b36, 2, 0x06'0400).bridge(0, 2, 2);
        bridge.fail_after(good, io::Error::timed_out);
        io::testing::PciBus<1> bus;
        REQUIRE(bus.add({}, bridge));
        CHECK(found_on(bus, good == 3 ? io::Error{} : io::Error::timed_out).size() ==
              (good == 3 ? 1 : 0));
    }
}

TEST_CASE("an error of the host ends the walk", "[pci]") {
    struct Host { // without the devices from 3 on
        io::testing::PciBus<1> bus;
        io::Result<io::testing::PciBus<1>::Slot> function(const pci::Address& at) const {
            if (at.device >= 3)
                return io::fail(io::Error::unsupported);
            return bus.function(at);
        }
    } host;
    PciFunction ready;
    ready.identify(0x1af4, 0x1000, 0);
    REQUIRE(host.bus.add({.device = 2}, ready));
    CHECK(found_on(host, io::Error::unsupported) == std::vector<pci::Address>{{.device = 2}});
}

TEST_CASE("what is taken or does not fit is not added to a simulated bus", "[pci]") {
    PciFunction a;
    io::testing::PciBus<2> bus;
    CHECK(bus.add({.device = 2}, a));
    CHECK(bus.add({.device = 2}, a).error() == io::Error::busy);
    CHECK(bus.add({.device = 3}, a));
    CHECK(bus.add({.device = 4}, a).error() == io::Error::no_memory);
    CHECK(bus.function({.device = 32}).error() == io::Error::invalid_argument);
    const auto nobody = bus.function({.device = 9});
    REQUIRE(nobody);
    CHECK(nobody->read<std::uint32_t>(0) == 0xffff'ffffu);
    CHECK(nobody->write<std::uint32_t>(0, 0));
    CHECK(nobody->read<std::uint32_t>(0) == 0xffff'ffffu);
    CHECK(nobody->size() == 4'096);
    const auto somebody = bus.function({.device = 3});
    REQUIRE(somebody);
    CHECK(somebody->write<std::uint8_t>(0x0c, 0x10));
    CHECK(somebody->size() == a.size());
}
