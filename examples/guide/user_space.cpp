// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The driver of user_space.hpp as a program:
//
//   user_space sysfs 0000:00:03.0
//   user_space vfio  0000:00:03.0
//   user_space uio   0              /dev/uio0 and its map 0
//   user_space mem   0xfe800000     a physical address
//   user_space                      simulated
//
// Nothing of it is there on a machine where the tests run:
// run: sysfs 7fff:00:00.0 -> user_space.absent.expected
// run: vfio 7fff:00:00.0 -> user_space.absent.expected
// run: uio 9999 -> user_space.absent.expected

#include "user_space.hpp"

#include "../drivers/edu_simulated.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace io = ioview;
namespace pci = ioview::pci;
using namespace user_space;

namespace {

io::Result<std::uint32_t> simulated() {
    io::testing::FakeDma dma{edu::Simulated::dma_mask};
    edu::Simulated device{dma};
    return drive(device.bar(), device.clock);
}

pci::Address address_of(const char* text) {
    unsigned segment = 0;
    unsigned bus = 0;
    unsigned device = 32; // none
    unsigned function = 0;
    if (std::sscanf(text, "%x:%x:%x.%x", &segment, &bus, &device, &function) != 4)
        device = 32;
    return {segment, std::uint8_t(bus), std::uint8_t(device), std::uint8_t(function)};
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view way = argc == 3 ? argv[1] : "";
    Clock clock;
    const auto done = way == "sysfs"  ? by_sysfs(address_of(argv[2]), clock)
                      : way == "vfio" ? by_vfio(address_of(argv[2]), clock)
                      : way == "uio"  ? by_uio(unsigned(std::strtoul(argv[2], nullptr, 0)), clock)
                      : way == "mem"  ? by_address(std::strtoull(argv[2], nullptr, 0), clock)
                                      : simulated();
    if (!done)
        std::printf("%s: %s\n", io::to_string(done.error()), std::strerror(errno));
    else
        std::printf("10! = %u\n", *done);
}
