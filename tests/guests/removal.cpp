// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// edu goes while its driver works on it: what VFIO's memory is when the function decodes none, the
// kernel has taken the pages away, and the next access raises SIGBUS. Mapped anew it works again.
#include <ioview/linux/removable.hpp>
#include <ioview/linux/vfio.hpp>

#include "../../examples/drivers/edu.hpp"
#include "support/guest.hpp"
#include "support/pci.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace io = ioview;

namespace {

using guest::Report;
using Bar = io::Removable<io::VfioBar<edu::Edu>>;

io::Result<Bar> mapped(const io::VfioDevice& device) {
    auto bar = device.bar<edu::Edu>(edu::bar_number);
    if (!bar)
        return io::fail(bar.error());
    return Bar::of(std::move(*bar));
}

void decode_memory(const io::VfioDevice& device, bool on) {
    if (!device.write<std::uint16_t>(0x04, on ? 2 : 0))
        guest::give_up("command");
}

// A driver that polls while the device goes; what it ended with.
io::Result<std::uint32_t> work_until_it_goes(const io::VfioDevice& device, const Bar& bar) {
    std::atomic<bool> begun = false;
    io::Result<std::uint32_t> last = 0u;
    std::thread driver([&] {
        guest::Clock clock;
        while (last = edu::factorial(bar, 3, clock), last == 6u)
            begun = true;
        begun = true;
    });
    while (!begun)
        std::this_thread::yield();
    decode_memory(device, false);
    driver.join();
    return last;
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        guest::Clock clock;
        const auto address = guest::find(edu::vendor_id, edu::device_id);
        guest::bind(address, "vfio-pci");
        const auto device = io::VfioDevice::open(address);
        report.check("removal", "the device", [&] { return device.has_value(); });
        if (!device)
            return;
        decode_memory(*device, true);
        auto bar = mapped(*device);
        report.check("removal", "while it is there its driver works", [&] {
            return bar && edu::identify(*bar) && edu::factorial(*bar, 5, clock) == 120u;
        });
        if (!bar)
            return;
        report.check("removal", "the driver that was at it gives up with no_device", [&] {
            const auto last = work_until_it_goes(*device, *bar);
            return !last && last.error() == io::Error::no_device && bar->has_gone();
        });
        report.check("removal", "a try_ access is no_device", [&] {
            errno = 0;
            const auto id = bar->try_read<edu::Id>();
            return !id && id.error() == io::Error::no_device && errno == ENODEV;
        });
        report.check("removal", "a plain read is all ones, also of what was written", [&] {
            bar->write(edu::Liveness{}.with_value(5));
            return bar->read<edu::Liveness>().raw() == 0xffff'ffff;
        });
        report.check("removal", "so is another page of it", [&] {
            return bar->read32(0xf'fffc) == 0xffff'ffff;
        });
        report.check("removal", "without Removable it is the end of a process", [&] {
            const auto plain = device->bar<edu::Edu>(edu::bar_number);
            const ::pid_t child = ::fork();
            if (child == 0) {
                static_cast<void>(plain->read<edu::Id>());
                std::_Exit(0);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            return plain && WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS;
        });
        decode_memory(*device, true);
        report.check("removal", "what has gone stays so when the device is back", [&] {
            const auto id = bar->try_read<edu::Id>();
            return !id && id.error() == io::Error::no_device;
        });
        report.check("removal", "mapped anew it works", [&] {
            bar = mapped(*device);
            return bar && !bar->has_gone() && edu::identify(*bar) &&
                   edu::factorial(*bar, 6, clock) == 720u;
        });
    });
}
