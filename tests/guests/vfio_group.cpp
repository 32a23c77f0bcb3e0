// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What stands in the way of VFIO: a driver of the kernel, neighbours in the IOMMU group, another
// owner, permission, and the limit of locked memory.
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>

#include "../../examples/drivers/edu.hpp"
#include "support/guest.hpp"
#include "support/pci.hpp"

#include <cerrno>
#include <cstdint>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace io = ioview;

namespace {

using guest::Report;

constexpr std::uint16_t virtio_vendor = 0x1af4;
constexpr std::uint16_t rng_device = 0x1005; // behind a conventional bridge it is a legacy one

// Both at once: what a call gave, and errno.
bool is(const auto& outcome, io::Error error, int number) {
    const int said = errno;
    return !outcome && outcome.error() == error && said == number;
}

// In a process of its own, which is nobody's and may lock so many bytes.
template <class F>
bool as_nobody(::rlim_t may_lock, F f) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        const ::rlimit limit{may_lock, may_lock};
        std::_Exit(::setrlimit(RLIMIT_MEMLOCK, &limit) == 0 && ::setgid(65'534) == 0 &&
                           ::setuid(65'534) == 0 && f()
                       ? 0
                       : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    return status == 0;
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        const auto edu = guest::find(edu::vendor_id, edu::device_id);
        const auto rng = guest::find(virtio_vendor, rng_device);
        report.check("vfio", "a driver of the kernel has it", [&] {
            return is(io::VfioDevice::open(rng), io::Error::busy, EBUSY);
        });
        guest::bind(edu, "vfio-pci");
        report.check("vfio", "a neighbour is with a driver of the kernel", [&] {
            return is(io::VfioDevice::open(edu), io::Error::busy, EBUSY);
        });
        guest::bind(rng, "vfio-pci");
        report.check("vfio", "and then is not", [&] { return io::VfioDevice::open(edu); });
        {
            const auto device = io::VfioDevice::open(edu);
            report.check("vfio", "the group has an owner already", [&] {
                return device && is(io::VfioDevice::open(rng), io::Error::busy, EBUSY);
            });
        }
        report.check("vfio", "the kernel has no node of the function", [&] {
            return is(io::VfioDevice::open(edu, io::VfioWay::cdev), io::Error::unsupported, ENOSYS);
        });

        constexpr ::rlim_t much = 1 << 20;
        report.check("vfio", "nobody may not", [&] {
            return as_nobody(much, [&] {
                return is(io::VfioDevice::open(edu), io::Error::unsupported, EACCES);
            });
        });
        const std::string group = io::detail::link_target(guest::directory_of(edu) + "/iommu_group")
                                      .value_or(std::string());
        if (::chown(("/dev/vfio/" + group).c_str(), 65'534, 65'534) != 0)
            guest::give_up(group.c_str());
        report.check("vfio", "nobody may, once the node is his", [&] {
            return as_nobody(much, [&] {
                const auto device = io::VfioDevice::open(edu);
                return device && device->bar<edu::Edu>(0).has_value();
            });
        });
        report.check("dma", "locked memory is limited, and what fits is there", [&] {
            return as_nobody(8'192, [&] {
                const auto device = io::VfioDevice::open(edu);
                if (!device)
                    return false;
                auto dma = io::VfioDma::of(*device, io::DmaMask::of<32>());
                return dma && is(dma->allocate(12'288, 1, {}), io::Error::no_memory, ENOMEM) &&
                       dma->outstanding() == 0 && dma->allocate(8'192, 1, {}).has_value() &&
                       is(dma->allocate(1, 1, {}), io::Error::no_memory, ENOMEM);
            });
        });
        report.check("dma", "no huge page is set aside, and then two are", [&] {
            const auto device = io::VfioDevice::open(edu);
            if (!device)
                return false;
            auto dma = io::VfioDma::of(*device, io::DmaMask::of<32>(), io::VfioDma::Pages::huge);
            if (!dma || !is(dma->allocate(1, 1, {}), io::Error::no_memory, ENOMEM))
                return false;
            guest::write_file("/proc/sys/vm/nr_hugepages", "2");
            const auto region = dma->allocate(3 << 20, 1, {});
            return region && region->dma % (2u << 20) == 0;
        });
        report.check("dma", "memory that is none", [&] {
            const auto device = io::VfioDevice::open(edu);
            if (!device)
                return false;
            auto dma = io::VfioDma::of(*device, io::DmaMask::of<32>());
            return dma && is(dma->map(reinterpret_cast<const void*>(0x1000),
                                      4'096,
                                      io::DmaDirection::to_device),
                             io::Error::io_error,
                             EFAULT);
        });
    });
}
