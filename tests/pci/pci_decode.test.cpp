// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// examples/pci_decode.hpp on simulated functions: in the compiler, at run time, through sysfs
// files, and on functions that lie.
#include "../../examples/pci_decode.hpp"

#include <ioview/linux/sysfs_config.hpp>
#include <ioview/pci/bus.hpp>
#include <ioview/testing.hpp>

#include "../../examples/pci_print.hpp"
#include "../../examples/pci_simulated.hpp"
#include "support/catch.hpp"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <variant>

namespace io = ioview;
namespace pci = ioview::pci;
using io::testing::PciFunction;
using pci_list::decode;
using pci_list::Function;

namespace {

template <class T = pci::Normal>
constexpr io::Result<Function> decoded(const PciFunction& function) {
    const auto cfg = io::ConfigSpace<PciFunction, T>::of(function);
    return cfg ? decode(*cfg) : io::fail(cfg.error());
}

} // namespace

// ---- a whole decode, in the compiler ----

constexpr Function network = [] {
    const pci_list::SimulatedMachine machine;
    return decoded<pci::Extended>(machine.network).value();
}();
static_assert(network.vendor_id == 0x8086 && network.device_id == 0x1572);
static_assert(network.class_revision.base_class() == 2u && network.class_revision.revision() == 2u);
static_assert(network.command.bus_master() && !network.command.io_space());
static_assert(network.status.devsel() == pci::Devsel::medium);
static_assert(network.status.received_master_abort() && !network.status.interrupt_status());
static_assert(network.header_type.multi_function() && network.header_type.layout() == 0u);
static_assert(network.subsystem_vendor_id == 0x1af4 && network.subsystem_id == 0x1100);
static_assert(network.bars.bar[0] == pci::BarInfo{pci::BarKind::memory64, true, 0x40'fe00'0000});
static_assert(network.bars.bar[3] == pci::BarInfo{pci::BarKind::memory32, false, 0xfd00'0000});
static_assert(network.expansion_rom.enable() && network.expansion_rom.address() == 0xfb00'0000);
static_assert(network.interrupt_pin == 1 && network.min_grant == 4 && network.max_latency == 8);
static_assert(network.capabilities.count == 5 && network.capabilities.error == io::Error{});
static_assert(network.capabilities.items[0].at == pci::Capability{.id = 0x01, .offset = 0x40});
static_assert(std::get<pci::PowerManagement>(network.capabilities.items[0].content)
                  .control_status.pme_status());
static_assert(std::get<pci_list::Msi>(network.capabilities.items[1].content).address ==
              0x1'fee0'0000);
static_assert(std::get<pci_list::Msi>(network.capabilities.items[1].content).mask == 2);
static_assert(std::get<pci::Msix>(network.capabilities.items[2].content).pending.offset() ==
              0x1000);
static_assert(
    std::get<pci_list::Express>(network.capabilities.items[3].content).link_status.width() == 4u);
static_assert(network.capabilities.items[4].content.index() == 0); // by name only
static_assert(network.extended.count == 3 && network.extended.error == io::Error{});
static_assert(network.extended.items[1] == pci::Capability{.id = 3, .offset = 0x148, .version = 1});

constexpr Function bridge = [] {
    const pci_list::SimulatedMachine machine;
    return decoded(machine.bridge).value();
}();
static_assert(bridge.header_type.layout() == 1u && bridge.bars.count == 2);
static_assert(bridge.bridge.secondary_bus == 1 && bridge.bridge.subordinate_bus == 1);
static_assert(bridge.bridge.io.is_wide && bridge.bridge.io.base == 0xc000 &&
              bridge.bridge.io.limit == 0xdfff);
static_assert(bridge.bridge.memory.base == 0xfe80'0000 &&
              bridge.bridge.memory.limit == 0xfe9f'ffff);
static_assert(bridge.bridge.prefetchable.base > bridge.bridge.prefetchable.limit);
static_assert(bridge.bridge.status.received_master_abort());
static_assert(bridge.bridge.control.vga_enable() && !bridge.bridge.control.isa_enable());

// ---- the same elsewhere ----

TEST_CASE("decoding makes reads only", "[pci_decode]") {
    const pci_list::SimulatedMachine machine;
    const auto cfg = io::ConfigSpace<PciFunction>::of(machine.network).value();
    io::testing::Recorder recorder{cfg};
    REQUIRE(decode(recorder.view<pci::Extended>()));
    CHECK(recorder.log().size() > 40);
    for (const auto& access : recorder.log())
        CHECK(access.op == io::testing::Op::read);
}

TEST_CASE("a sysfs file and the simulated function decode to the same text", "[pci_decode]") {
    char name[] = "/tmp/ioview-decode-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    const std::string config = std::string(name) + "/config";
    const pci_list::SimulatedMachine machine;
    const auto done = pci::for_each_function(
        machine.bus, {}, [&](const pci::Address& address, const auto& function) {
            std::FILE* file = std::fopen(config.c_str(), "w");
            REQUIRE(file != nullptr);
            for (std::uint16_t at = 0; at < function.size(); ++at)
                std::fputc(*function.template read<std::uint8_t>(at), file);
            std::fclose(file);
            const auto sysfs = pci::SysfsConfig::open(name);
            REQUIRE(sysfs);
            CHECK(sysfs->size() == function.size());
            using Fn = std::remove_cvref_t<decltype(function)>;
            const auto a =
                decode(io::ConfigSpace<pci::SysfsConfig, pci::Normal>::of(*sysfs).value());
            const auto b = decode(io::ConfigSpace<Fn, pci::Normal>::of(function).value());
            REQUIRE((a && b));
            CHECK(to_text(address, *a) == to_text(address, *b));
        });
    CHECK(done);
    static_cast<void>(std::system(("rm -r " + std::string(name)).c_str()));
}

TEST_CASE("64 bytes, as an ordinary user is given, are a header and an error", "[pci_decode]") {
    char name[] = "/tmp/ioview-decode-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    const std::string config = std::string(name) + "/config";
    const pci_list::SimulatedMachine machine;
    std::FILE* file = std::fopen(config.c_str(), "w");
    REQUIRE(file != nullptr);
    for (std::uint16_t at = 0; at < 256; ++at)
        std::fputc(*machine.network.read<std::uint8_t>(at), file);
    std::fclose(file);
    const auto sysfs = pci::SysfsConfig::open(name);
    REQUIRE(::truncate(config.c_str(), 64) == 0);
    const auto f = decode(io::ConfigSpace<pci::SysfsConfig, pci::Normal>::of(*sysfs).value());
    REQUIRE(f);
    CHECK(f->vendor_id == 0x8086);
    CHECK(f->bars.bar[3].address == 0xfd00'0000);
    CHECK(f->capabilities.count == 0);
    CHECK(f->capabilities.error == io::Error::io_error);

    REQUIRE(::truncate(config.c_str(), 32) == 0);
    CHECK(decode(io::ConfigSpace<pci::SysfsConfig, pci::Normal>::of(*sysfs).value()).error() ==
          io::Error::io_error);
    static_cast<void>(std::system(("rm -r " + std::string(name)).c_str()));
}

// ---- functions that lie ----

TEST_CASE("nothing there is no_device", "[pci_decode]") {
    PciFunction function;
    function.unplug();
    CHECK(decoded(function).error() == io::Error::no_device);
}

TEST_CASE("an error of the mechanism in the header is the outcome", "[pci_decode]") {
    for (const std::size_t word : {0x00u, 0x04u, 0x08u, 0x0cu, 0x2cu, 0x30u, 0x3cu}) {
        PciFunction function;
        function.identify(0x8086, 0x1234, 0).fail_at(word, io::Error::timed_out);
        CAPTURE(word);
        CHECK(decoded(function).error() == io::Error::timed_out);
    }
}

TEST_CASE("a list that goes wrong keeps its sound beginning", "[pci_decode]") {
    PciFunction function(4'096);
    function.identify(0x8086, 0x1234, 0).capability(0x40, 0x01, 8).capability(0x50, 0x11, 12);
    function.extended_capability(0x100, 1, 1);
    const auto with_next = [&](unsigned pointer) {
        function.put(0x51, pointer, 1);
        const auto f = decoded<pci::Extended>(function).value();
        CHECK(f.capabilities.count == 2);
        CHECK(f.extended.count == 1);
        return f.capabilities.error;
    };
    CHECK(with_next(0x00) == io::Error{});
    CHECK(with_next(0x40) == io::Error::invalid_argument);
    CHECK(with_next(0x3c) == io::Error::out_of_bounds);
    CHECK(with_next(0x43) == io::Error::invalid_argument);

    function.put(0x100, 0x1001'0001, 4); // the extended list is a loop
    function.put(0x51, 0, 1);
    CHECK(decoded<pci::Extended>(function).value().extended.error == io::Error::invalid_argument);
}

TEST_CASE("a structure that does not fit behind its header is an error", "[pci_decode]") {
    for (const int id : {0x01, 0x05, 0x10, 0x11}) {
        PciFunction function;
        function.identify(0x8086, 0x1234, 0)
            .capability(0xfc, static_cast<std::uint8_t>(id))
            .put(0xfe, 0x01ff, 2);
        CAPTURE(id);
        CHECK(decoded(function).value().capabilities.error == io::Error::out_of_bounds);
    }
}

TEST_CASE("MSI of every length may be the last thing in the space", "[pci_decode]") {
    struct Layout {
        std::size_t bytes;
        std::uint32_t control;
        std::size_t data;
    };
    constexpr Layout layouts[] = {
        {10, 0x0001, 8}, {14, 0x0081, 12}, {20, 0x0101, 8}, {24, 0x0181, 12}};
    for (const Layout& layout : layouts) {
        CAPTURE(layout.bytes);
        const std::size_t last = (0x100 - layout.bytes) / 4 * 4;
        for (const std::size_t at : {std::size_t{0x40}, last - 4, last, last + 4}) {
            PciFunction function;
            function.identify(0x8086, 2, 0x2'0000);
            function.capability(at, 0x05, at <= last ? layout.bytes : 4);
            function.put(at + 2, layout.control, 2);
            if (at <= last)
                function.put(at + 4, 0xfee0'0000, 4).put(at + layout.data, 0x41, 2);
            // and what follows it in the list is read all the same
            function.capability(0x70, 0x11, 12).put(0x72, 0x8007, 2).put(0x74, 0x2003, 4);
            const auto f = decoded(function).value();
            REQUIRE(f.capabilities.count == 2);
            CHECK(std::get<pci::Msix>(f.capabilities.items[1].content).table.offset() == 0x2000);
            CHECK(f.capabilities.error == (at <= last ? io::Error{} : io::Error::out_of_bounds));
            const auto* msi = std::get_if<pci_list::Msi>(&f.capabilities.items[0].content);
            REQUIRE((msi != nullptr) == (at <= last));
            if (msi != nullptr) {
                CHECK(msi->address == 0xfee0'0000);
                CHECK(msi->data == 0x41);
            }
        }
    }
}

TEST_CASE("the layouts of MSI end with their capability", "[pci_decode]") {
    PciFunction function;
    const auto cfg = io::ConfigSpace<PciFunction, pci::Normal>::of(function).value();
    CHECK(cfg.try_subview<pci::Msi32>(0xf4));
    CHECK(cfg.try_subview<pci::Msi64>(0xf0));
    CHECK(cfg.try_subview<pci::MaskedMsi32>(0xec));
    CHECK(cfg.try_subview<pci::MaskedMsi64>(0xe8));
    CHECK(cfg.try_subview<pci::Msi32>(0xf8).error() == io::Error::out_of_bounds);
    CHECK(cfg.try_subview<pci::MaskedMsi64>(0xec).error() == io::Error::out_of_bounds);
}

TEST_CASE("base addresses that cannot be are an error of their own", "[pci_decode]") {
    PciFunction function;
    function.identify(0x8086, 0x1234, 0).put(0x10, 0xfe00'0006, 4);
    auto f = decoded(function).value();
    CHECK(f.bars_error == io::Error::invalid_argument);
    CHECK(f.bars.count == 0);
    CHECK(pci_list::to_text({}, f).find("Regions: <invalid_argument>") != std::string::npos);
    function.put(0x0e, 0x7e, 1);
    f = decoded(function).value();
    CHECK(f.bars_error == io::Error::unsupported);
    CHECK(pci_list::to_text({}, f).find("unknown layout 126") != std::string::npos);
}
