// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// edu without any IOMMU: its BAR through sysfs, memory in huge pages by its physical addresses.
#include <ioview/linux/hugepage_dma.hpp>
#include <ioview/linux/sysfs_bar.hpp>

#include "../hardware/checks/edu.hpp"
#include "support/guest.hpp"
#include "support/pci.hpp"

#include <cerrno>
#include <cstdint>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace io = ioview;

namespace {

using guest::Report;

// In a process of its own, which is nobody's: what f() gives, false for a success.
template <class F>
bool as_nobody(F f) {
    const ::pid_t child = ::fork();
    if (child == 0)
        std::_Exit(::setgid(65'534) == 0 && ::setuid(65'534) == 0 && f() ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    return status == 0;
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        guest::Clock clock;
        const auto address = guest::find(edu::vendor_id, edu::device_id);
        guest::write_file(guest::directory_of(address) + "/enable", "1");
        const auto bar = io::pci::SysfsBar<edu::Edu>::map(address, edu::bar_number);
        report.check("sysfs", "BAR 0 mapped", [&] { return bar.has_value(); });
        if (!bar)
            return;
        report.refuses("sysfs", "BAR 0 mapped twice", io::Error::busy, [&] {
            return io::pci::SysfsBar<edu::Edu>::map(address, edu::bar_number);
        });
        report.check("sysfs", "nobody may not map it", [&] {
            return as_nobody([&] {
                const auto refused = io::pci::SysfsBar<edu::Edu>::map(address, edu::bar_number);
                return !refused && refused.error() == io::Error::unsupported && errno == EACCES;
            });
        });
        report.check("hugepages", "from nobody the kernel hides where memory is", [] {
            return as_nobody([] {
                const auto refused = io::HugepageDma::open(io::DmaMask::of<28>());
                return !refused && refused.error() == io::Error::unsupported &&
                       (errno == EPERM || errno == EACCES);
            });
        });
        auto dma = io::HugepageDma::open(io::DmaMask::of<28>());
        report.check("hugepages", "opened", [&] { return dma.has_value(); });
        if (!dma)
            return;
        report.check("hugepages", "none is set aside", [&] {
            const auto refused = dma->allocate(64, 64, {});
            return !refused && refused.error() == io::Error::no_memory && errno == ENOMEM;
        });
        guest::write_file("/proc/sys/vm/nr_hugepages", "4");
        report.check("hugepages", "a page is taken, and holds several", [&] {
            const auto one = io::Coherent<std::uint32_t[], io::HugepageDma>::zeroed(*dma, 4);
            const auto two = io::Coherent<std::uint32_t[], io::HugepageDma>::zeroed(*dma, 4);
            return one && two && one->dma_address() % io::HugepageDma::page_bytes == 0 &&
                   two->dma_address() == one->dma_address() + 64;
        });
        guest::set_bus_master(address, true);
        hardware::check_edu(report, *bar, *dma, clock);
        guest::set_bus_master(address, false);
        report.check("sysfs", "without bus mastering nothing is written", [&] {
            auto words = io::Coherent<std::uint32_t[], io::HugepageDma>::zeroed(*dma, 16);
            if (!words)
                return false;
            words->at(0).write(0x5a5a'a5a5);
            return edu::copy_from_device(*bar, 0, *words, clock).has_value() &&
                   words->at(0).read() == 0x5a5a'a5a5;
        });
        report.check(
            "hugepages", "all memory was given back", [&] { return dma->outstanding() == 0; });
    });
}
