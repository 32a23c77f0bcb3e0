// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A whole PCI driver: found on its bus, enabled, its BAR owned through Devres, its interrupts
// handled, and unbound while the interrupt handler may still run. On a simulated `edu`; the same
// probe() takes a machine's configuration mechanism and mapper, as on_hardware() shows.

#include <ioview/pci.hpp>
#include <ioview/pci/registers.hpp>
#include <ioview/resource.hpp>
#include <ioview/testing/pci.hpp>

#include "drivers/edu.hpp"
#include "drivers/edu_simulated.hpp"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <utility>

namespace io = ioview;
namespace pci = ioview::pci;

namespace {

// What a bus knows of a device that it binds.
struct PciDevice {
    io::DevresList devres;
};

// [driver]
// Bar owns the registers: pci::Bar on hardware.
template <io::IoOf<edu::Edu> Bar>
class Driver {
public:
    Driver(PciDevice& device, Bar bar) : bar_(device, std::move(bar)) {}

    // At probe the device is bound: no guard needed.
    template <class Clock>
    io::Result<> start(const io::Bound<PciDevice>& bound, Clock& clock) {
        const auto bar = bar_.access(bound);
        if (!bar)
            return io::fail(bar.error());
        const auto id = edu::identify(**bar);
        if (!id)
            return io::fail(id.error());
        std::printf("edu %u.%u\n", unsigned{id->major()}, unsigned{id->minor()});
        if (auto alive = edu::check_alive(**bar, 0x1234'5678); !alive)
            return alive;
        edu::interrupt_when_computed(**bar, true);
        const auto product = edu::factorial(**bar, 10, clock);
        if (!product)
            return io::fail(product.error());
        std::printf("10! = %u\n", *product);
        edu::raise(**bar, 0x40);
        return {};
    }

    // Called by the interrupt, at any time: no_device once the device is unbound.
    io::Result<> interrupted() {
        const auto causes =
            bar_.try_access_with([](Bar& bar) { return edu::take_interrupts(bar); });
        if (!causes)
            return io::fail(causes.error());
        std::printf("interrupt:%s%s 0x%x\n",
                    causes->computed() ? " computed" : "",
                    causes->dma_done() ? " dma" : "",
                    causes->raw());
        return {};
    }

private:
    io::Devres<Bar, PciDevice> bar_;
};

// Turns the function on and gives its BAR 0, by map(resources, number) -> Result<owner of an Edu>.
template <pci::ConfigView Config, class Map>
auto probe(Config cfg, Map map) -> decltype(map(pci::BarResources{}, edu::bar_number)) {
    const auto bars = pci::size_bars(cfg); // nobody uses the function yet
    if (!bars)
        return io::fail(bars.error());
    const auto resources = pci::resources_of(*bars);
    const auto header = cfg.template subview<pci::HeaderType0>(0);
    std::printf("revision %u, BAR 0: %llu KiB at 0x%llx\n",
                unsigned{IO_READ(header, class_revision).revision()},
                static_cast<unsigned long long>(resources.bar[0].size >> 10),
                static_cast<unsigned long long>(resources.bar[0].start));
    IO_UPDATE(header, command, [](pci::Command command) {
        return command.with_memory_space(true).with_bus_master(true);
    });
    return map(resources, edu::bar_number);
}
// [/driver]

// [hardware]
// Firmware that owns the machine and runs with all of memory mapped, BARs included.
struct FlatMapper {
    io::Result<> request(const io::Resource&) noexcept { return {}; }
    void release(const io::Resource&) noexcept {}
    io::Result<std::uintptr_t> map(const io::Resource& resource) noexcept {
        return static_cast<std::uintptr_t>(resource.start);
    }
    void unmap(std::uintptr_t, std::size_t) noexcept {}
};
template <class Clock>
io::Result<> on_hardware(pci::Ecam<io::Mmio<io::Region<>>> ecam, pci::Address at, Clock& clock) {
    using Function = decltype(ecam)::Function;
    using Bar = pci::Bar<edu::Edu, FlatMapper>;
    const auto function = ecam.function(at);
    if (!function)
        return io::fail(function.error());
    const auto cfg = io::ConfigSpace<Function, pci::Normal>::of(*function);
    if (!cfg)
        return io::fail(cfg.error());
    FlatMapper mapper;
    auto bar = probe(*cfg, [&](const pci::BarResources& resources, unsigned number) {
        return Bar::map(mapper, resources, number);
    });
    if (!bar)
        return io::fail(bar.error());
    PciDevice device;
    Driver<Bar> driver{device, std::move(*bar)};
    return driver.start(io::Bound{device}, clock);
}
// [/hardware]
// Compiled here, run by nobody: a host has no ECAM of its own.
[[maybe_unused]] constexpr auto on_a_machine_of_its_own = on_hardware<edu::SimulatedClock>;

// A bus with an edu behind a host bridge.
struct Machine {
    Machine() {
        host_bridge.identify(0x8086, 0x29c0, 0x06'0000);
        function.identify(edu::vendor_id, edu::device_id, 0x00'ff00, 0x10);
        function.memory_bar(edu::bar_number, 0xfea0'0000, 0x10'0000);
        static_cast<void>(bus.add({.device = 0}, host_bridge));
        static_cast<void>(bus.add({.device = 4}, function));
    }
    io::testing::PciFunction host_bridge;
    io::testing::PciFunction function;
    io::testing::PciBus<2> bus;
    io::testing::FakeDma dma{edu::Simulated::dma_mask};
    edu::Simulated edu{dma};
};

io::Result<> run(Machine& machine) {
    using Function = io::testing::PciBus<2>::Slot;
    std::optional<Function> found;
    const auto walked =
        pci::for_each_function(machine.bus, {}, [&](pci::Address at, const Function& function) {
            const auto cfg = io::ConfigSpace<Function, pci::Normal>::of(function);
            if (!cfg || cfg->read16(0x00) != edu::vendor_id || cfg->read16(0x02) != edu::device_id)
                return;
            std::printf("found at %02x:%02x.%x\n", at.bus, at.device, at.function);
            found = function;
        });
    if (!walked)
        return walked;
    if (!found)
        return io::fail(io::Error::no_device);

    const auto cfg = io::ConfigSpace<Function, pci::Normal>::of(*found);
    using Bar = io::testing::DeviceView<edu::Edu>;
    const auto bar = probe(*cfg, [&](const pci::BarResources&, unsigned) {
        return io::Result<Bar>{machine.edu.bar()};
    });
    if (!bar)
        return io::fail(bar.error());

    PciDevice device;
    Driver<Bar> driver{device, *bar};
    machine.edu.interrupt.on_change([&](bool level) {
        if (level && !driver.interrupted())
            std::puts("interrupt lost");
    });
    if (auto started = driver.start(io::Bound{device}, machine.edu.clock); !started)
        return started;

    device.devres.revoke_all(); // the device is unbound
    std::printf("unbound; the handler finds: %s\n", io::to_string(driver.interrupted().error()));
    machine.edu.interrupt.on_change({});
    return {};
}

} // namespace

int main() {
    Machine machine;
    if (auto done = run(machine); !done) {
        std::printf("failed: %s\n", io::to_string(done.error()));
        return 1;
    }
}
