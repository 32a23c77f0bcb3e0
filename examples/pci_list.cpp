// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Lists the PCI functions of this machine, or simulated ones where it has none.
// run: --simulated -> pci_list.simulated.expected
// run: --simulated 01:00.0 -> pci_list.function.expected
//
//   pci_list [--simulated] [<function>]      01:00.0, or with its domain 0000:01:00.0

#include <ioview/linux/sysfs_config.hpp>
#include <ioview/pci/bus.hpp>

#include "pci_decode.hpp"
#include "pci_print.hpp"
#include "pci_simulated.hpp"

#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace {

namespace io = ioview;
namespace pci = ioview::pci;

// With the extended capabilities where the mechanism reaches them.
template <class Fn>
io::Result<pci_list::Function> decode(const Fn& function) {
    if (const auto cfg = io::ConfigSpace<Fn, pci::Extended>::of(function))
        return pci_list::decode(*cfg);
    const auto cfg = io::ConfigSpace<Fn, pci::Normal>::of(function);
    if (!cfg)
        return io::fail(cfg.error());
    return pci_list::decode(*cfg);
}

std::string wanted; // which function, or its end; empty: all

void print(const pci::Address& address, const io::Result<pci_list::Function>& function) {
    const std::string name = to_string(address);
    if (name != wanted && name != "0000:" + wanted && !wanted.empty())
        return;
    if (function)
        fmt::print("{}\n", pci_list::to_text(address, *function));
    else
        fmt::print("{} cannot be read: {}\n\n", name, io::to_string(function.error()));
}

// The kernel knows the sizes, so that nothing has to be written to find them.
void take_sizes(pci::Bars& bars, const std::string& directory) {
    const auto resources = pci::sysfs_resources(directory);
    for (unsigned i = 0; resources && i < bars.count && i < resources->size(); ++i)
        bars.bar[i].size = (*resources)[i].size();
}

void list_machine(const std::vector<pci::Address>& addresses) {
    for (const pci::Address& address : addresses) {
        const auto file = pci::SysfsConfig::open(address);
        auto function = file ? decode(*file) : io::fail(file.error());
        if (function)
            take_sizes(function->bars, std::string(pci::sysfs_devices) + '/' + to_string(address));
        print(address, function);
    }
}

io::Result<> list_simulated() {
    pci_list::SimulatedMachine machine;
    return pci::for_each_function(
        machine.bus, {}, [](const pci::Address& address, const auto& function) {
            auto decoded = decode(function);
            print(address, decoded);
        });
}

} // namespace

int main(int argc, char** argv) {
    const bool simulated = argc > 1 && std::strcmp(argv[1], "--simulated") == 0;
    const int arguments = argc - (simulated ? 2 : 1);
    if (arguments > 1 || (arguments == 1 && argv[argc - 1][0] == '-')) {
        fmt::print(stderr, "usage: pci_list [--simulated] [<function>]\n");
        return 2;
    }
    if (arguments == 1)
        wanted = argv[argc - 1];
    if (!simulated) {
        const auto functions = pci::sysfs_functions();
        if (functions && !functions->empty()) {
            list_machine(*functions);
            return 0;
        }
        fmt::print("No PCI on this machine ({}): this is the simulated bus.\n\n",
                   functions ? "no function" : io::to_string(functions.error()));
    }
    const auto listed = list_simulated();
    if (!listed)
        fmt::print(stderr, "the walk ended early: {}\n", io::to_string(listed.error()));
    return listed ? 0 : 1;
}
