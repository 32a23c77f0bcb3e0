// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An application of UEFI, built for Microsoft's ABI: the driver of edu over EFI_PCI_IO_PROTOCOL,
// with the firmware's own console, memory and time.
#include <ioview/backend/port_io.hpp>
#include <ioview/dma.hpp>
#include <ioview/pci.hpp>
#include <ioview/pci/msi.hpp>

#include "../../../examples/uefi/pci_io.hpp"
#include "../checks/abi.hpp"
#include "../checks/edu.hpp"
#include "../checks/msi.hpp"
#include "../support/report.hpp"

#include <cstddef>
#include <cstdint>

namespace hardware {
namespace {

// Set once by efi_main.
uefi::SystemTable* system_table = nullptr;

void put(char c) {
    const char16_t text[] = {u'\r', static_cast<char16_t>(c), 0};
    uefi::TextOutput* const out = system_table->console_out;
    static_cast<void>(out->output_string(out, c == '\n' ? text : text + 1));
}

[[noreturn]] void leave(int status) noexcept {
    // isa-debug-exit: the status is value << 1 | 1
    io::PortIo<std::uint32_t>::from_port(0xf4).write(status == 0 ? 0x10 : 0x20);
    for (;;) {
    }
}

// The function with these ids, of all that the firmware has.
uefi::PciIoProtocol* find(std::uint16_t vendor, std::uint16_t device) {
    uefi::BootServices& boot = *system_table->boot_services;
    std::uintptr_t count = 0;
    uefi::Handle* handles = nullptr;
    if (boot.locate_handle_buffer(
            uefi::by_protocol, &uefi::pci_io_guid, nullptr, &count, &handles) != uefi::success)
        return nullptr;
    uefi::PciIoProtocol* found = nullptr;
    for (std::uintptr_t i = 0; i < count && found == nullptr; ++i) {
        void* interface = nullptr;
        if (boot.handle_protocol(handles[i], &uefi::pci_io_guid, &interface) != uefi::success)
            continue;
        auto* const protocol = static_cast<uefi::PciIoProtocol*>(interface);
        const uefi::PciIo function{*protocol, boot};
        const auto config = io::ConfigSpace<uefi::PciIo, io::pci::Normal>::of(function);
        if (config && config->read16(0x00) == vendor && config->read16(0x02) == device)
            found = protocol;
    }
    static_cast<void>(boot.free_pool(handles));
    return found;
}

int check_all(Report& report) {
    uefi::PciIoProtocol* const protocol = find(edu::vendor_id, edu::device_id);
    report.check("uefi", "the function found by its protocol", [&] { return protocol != nullptr; });
    if (protocol == nullptr)
        return report.finish();
    uefi::BootServices& boot = *system_table->boot_services;
    const uefi::PciIo function{*protocol, boot};
    report.check("uefi", "memory and bus mastering switched on", [&] { return function.enable(); });
    const auto config = io::ConfigSpace<uefi::PciIo, io::pci::Normal>::of(function);
    report.check("uefi", "its BAR by the protocol and by its register", [&] {
        const auto info = io::pci::read_bar(*config, edu::bar_number);
        const auto whole = function.memory<io::Region<1>>(edu::bar_number);
        return info && whole && info->address % whole->size_bytes() == 0 &&
               whole->size_bytes() == io::min_size_of<edu::Edu>;
    });
    report.refuses("uefi", "a BAR for more than it has", io::Error::out_of_bounds, [&] {
        return function.memory<io::Region<0x20'0000>>(edu::bar_number);
    });
    report.refuses("uefi", "a BAR that is none", io::Error::out_of_bounds, [&] {
        return function.memory<io::Region<1>>(1);
    });
    report.refuses("uefi", "its memory as ports", io::Error::unsupported, [&] {
        return function.ports<io::Region<1>>(edu::bar_number);
    });
    report.refuses("uefi",
                   "configuration space that it does not have",
                   io::Error::out_of_bounds,
                   [&] { return function.read<std::uint32_t>(0x100); });
    const auto bar = function.memory<edu::Edu>(edu::bar_number);
    if (!bar)
        return report.finish();
    uefi::Dma dma{function};
    uefi::StallClock clock{boot};
    check_edu(report, *bar, dma, clock);
    check_abi(report, *bar);
    if (const auto word = io::Coherent<std::uint32_t[], uefi::Dma>::zeroed(dma, 1)) {
        check_edu_message(report, *bar, *word, clock, [&]() -> io::Result<> {
            for (auto found : io::pci::capabilities(*config)) {
                if (!found)
                    return io::fail(found.error());
                if (found->id != io::pci::Msi64::id)
                    continue;
                const auto msi = io::pci::msi_of(*config, found->offset);
                if (!msi)
                    return io::fail(msi.error());
                auto done = msi->set(1, word->dma_address(), message_data);
                return done ? msi->enable() : done;
            }
            return io::fail(io::Error::unsupported);
        });
    }
    report.check("uefi", "no access went wrong unseen", [&] {
        return function.take_error() == io::Error{};
    });
    return report.finish();
}

} // namespace
} // namespace hardware

extern "C" [[noreturn]] void board_panic(const char* what) noexcept {
    hardware::Report{hardware::put}.text(what);
    hardware::leave(1);
}

extern "C" uefi::Status efi_main(uefi::Handle, uefi::SystemTable* system) {
    using namespace hardware;
    system_table = system;
    static_cast<void>(system->boot_services->set_watchdog_timer(0, 0, 0, nullptr));
    Report report{put};
    put('\n');
    leave(check_all(report));
}
