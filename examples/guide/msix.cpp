// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// MSI-X vectors of a PCI function, set up and switched on in the order that PCI has for it.

#include <ioview/pci.hpp>
#include <ioview/pci/msix_setup.hpp>
#include <ioview/testing.hpp>
#include <ioview/testing/pci.hpp>

#include <cstdint>
#include <cstdio>

namespace io = ioview;
namespace pci = ioview::pci;

namespace {

// [vectors]
// One vector for each queue, and one for errors. Whoever owns the interrupt controller gives the
// messages; `bar` is the one that holds the table, msix_layout() says which that is.
template <pci::ConfigView Config, io::IoBase Bar>
io::Result<> set_up(const Config& config,
                    std::uint16_t capability,
                    const Bar& bar,
                    io::Span<const pci::MsixMessage> messages) {
    const auto layout = pci::msix_layout(config, capability);
    if (!layout)
        return io::fail(layout.error());
    const auto table = pci::set_up_msix(config, *layout, bar, messages);
    if (!table)
        return io::fail(table.error());
    for (std::size_t vector = 0; vector < messages.size(); ++vector)
        if (auto done = table->unmask(vector); !done) // its handler is there
            return done;
    return {};
}
// [/vectors]

} // namespace

int main() {
    constexpr std::uint16_t capability = 0x70;
    io::testing::PciFunction function{256};
    function.identify(0x1af4, 0x1041, 0x02'0000).memory_bar(4, 0xfe00'0000, 0x1000);
    function.capability(capability, pci::Msix::id, sizeof(pci::Msix));
    function.put(capability + 2, 0x0003, 2); // 4 vectors
    function.writable(capability + 2, 0xc000, 2);
    function.put(capability + 4, 0x0004, 4); // their table at the start of BAR 4
    function.put(capability + 8, 0x0804, 4);
    io::testing::Memory<0x1000> bar;
    const auto config = io::ConfigSpace<io::testing::PciFunction, pci::Normal>::of(function);
    const auto view = bar.view<io::Region<0x1000>>();

    const pci::MsixMessage messages[] = {{0xfee0'0000, 0x41}, {0xfee0'0000, 0x42}};
    const auto done = set_up(*config, capability, view, messages);
    std::printf("two vectors: %s, control 0x%x\n",
                done ? "on" : io::to_string(done.error()),
                config->read16(capability + 2));
    for (std::size_t vector = 0; vector < 4; ++vector)
        std::printf("vector %zu: %s\n",
                    vector,
                    (*view.try_read32(16 * vector + 12) & 1) != 0 ? "masked" : "unmasked");

    const pci::MsixMessage five[5] = {};
    std::printf("five: %s\n", io::to_string(set_up(*config, capability, view, five).error()));
}
