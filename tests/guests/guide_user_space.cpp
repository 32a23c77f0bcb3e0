// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The program of the guide's chapter about user space, on a machine that has the device: edu by
// sysfs, and behind an IOMMU by VFIO, with its interrupt and a transfer.
#include "../../examples/guide/user_space.hpp"
#include "support/guest.hpp"
#include "support/pci.hpp"

namespace io = ioview;

int main() {
    return guest::run([](guest::Report& report) {
        const auto address = guest::find(edu::vendor_id, edu::device_id);
        user_space::Clock clock;
        report.refuses("sysfs", "no function there", io::Error::no_device, [&] {
            return user_space::by_sysfs({.bus = 0xee}, clock);
        });
        report.check(
            "sysfs", "driven", [&] { return user_space::by_sysfs(address, clock) == 3'628'800u; });
        report.refuses("vfio", "not bound to vfio-pci", io::Error::no_device, [&] {
            return user_space::by_vfio(address, clock);
        });
        guest::bind(address, "vfio-pci");
        report.check("vfio", "driven, with its interrupt and a transfer", [&] {
            return user_space::by_vfio(address, clock) == 3'628'800u;
        });
        report.check(
            "vfio", "and again", [&] { return user_space::by_vfio(address, clock) == 3'628'800u; });
    });
}
