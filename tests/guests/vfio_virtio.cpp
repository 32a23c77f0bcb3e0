// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// virtio through VFIO behind an emulated IOMMU: a source of random bytes and a disk, by the drivers
// and the checks of the boards.
#include <ioview/linux/vfio.hpp>
#include <ioview/linux/vfio_dma.hpp>
#include <ioview/linux/vfio_interrupts.hpp>

#include "support/guest.hpp"
#include "support/pci.hpp"
#include "support/virtio.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace io = ioview;

namespace {

using guest::OverPci;
using guest::Report;

// A function with what reaches its memory, and the memory that it reaches.
struct Owned {
    io::VfioDevice device;
    io::VfioBar<io::Region<>> bar;
    io::VfioDma dma;
    OverPci transport;

    static io::Result<Owned> open(const io::pci::Address& address) {
        const auto found = guest::structures_of(address);
        guest::bind(address, "vfio-pci");
        auto device = io::VfioDevice::open(address);
        if (!device)
            return io::fail(device.error());
        auto bar = device->bar<io::Region<>>(found.common.bar);
        if (!bar)
            return io::fail(bar.error());
        auto dma = io::VfioDma::of(*device, io::DmaMask::of<64>());
        if (!dma)
            return io::fail(dma.error());
        const auto transport = guest::over(found, bar->view());
        if (!transport)
            return io::fail(transport.error());
        if (const auto mastering = device->set_bus_master(true); !mastering)
            return io::fail(mastering.error());
        return Owned{std::move(*device), std::move(*bar), std::move(*dma), *transport};
    }
};

using Bytes = io::Coherent<std::uint8_t[], io::VfioDma>;
bool is_zero(const Bytes& bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes.at(i).read() != 0)
            return false;
    }
    return true;
}

// Memory that the IOMMU knows nothing of.
struct Nowhere {
    io::DmaAddress at = io::DmaAddress{1} << 30;

    [[nodiscard]] static std::size_t size_bytes() { return 64; }
    [[nodiscard]] io::DmaAddress dma_address() const { return at; }
};

void check_addresses(Report& report, Owned& random) {
    guest::Clock clock;
    auto started = virtio_rng::start(random.transport, random.dma, clock);
    if (!started)
        return;
    report.check("virtio-rng", "it was agreed that the IOMMU's addresses are meant", [&] {
        return guest::agreed_on_platform(random.transport);
    });
    // QEMU's device calls that a success, and its IOMMU says that it was blocked: run.py
    report.check("virtio-rng", "an address that is not mapped, and the next request as ever", [&] {
        static_cast<void>(started->fill(Nowhere{}));
        const auto bytes = Bytes::zeroed(random.dma, 64);
        return bytes && started->fill(*bytes).has_value() && !is_zero(*bytes);
    });
    report.check("virtio-rng", "nor what was given back: what has come after it is kept", [&] {
        auto bytes = Bytes::zeroed(random.dma, 64);
        if (!bytes || !started->fill(*bytes))
            return false;
        const Nowhere stale{bytes->dma_address()};
        bytes = Bytes::zeroed(random.dma, 64);
        if (!bytes || bytes->dma_address() == stale.dma_address())
            return false;
        static_cast<void>(started->fill(stale));
        return is_zero(*bytes);
    });
}

// It sleeps until the next interrupt.
struct InterruptClock : guest::Clock {
    const io::VfioInterrupts& interrupts;
    unsigned vector;
    unsigned taken = 0;

    InterruptClock(const io::VfioInterrupts& vectors, unsigned number)
        : interrupts(vectors), vector(number) {}
    void sleep_for(std::uint64_t) {
        if (const auto times = interrupts.wait(vector, std::chrono::seconds(1)))
            taken += static_cast<unsigned>(*times);
    }
};

void check_interrupts(Report& report, Owned& random) {
    const auto vectors = io::VfioInterrupts::enable(random.device, io::VfioIrq::msix, 2);
    report.check("interrupts", "vectors of MSI-X", [&] { return vectors.has_value(); });
    if (!vectors)
        return;
    InterruptClock clock{*vectors, 1};
    report.check("interrupts", "one for each answer, by the queue's vector alone", [&] {
        auto started = virtio_rng::start(random.transport.with_vector(1), random.dma, clock);
        const auto bytes = Bytes::zeroed(random.dma, 64);
        if (!started || !bytes)
            return false;
        for (unsigned i = 0; i < 5; ++i) {
            if (!started->fill(*bytes))
                return false;
        }
        // those of answers that came before the first look
        if (const auto rest = vectors->wait(1, std::chrono::milliseconds(100)))
            clock.taken += static_cast<unsigned>(*rest);
        return clock.taken == 5 && !vectors->wait(0, std::chrono::seconds(0));
    });
    report.refuses("interrupts", "a vector that it has not got", io::Error::unsupported, [&] {
        return virtio_rng::start(random.transport.with_vector(100), random.dma, clock);
    });
}

void check_bus_master(Report& report, Owned& random) {
    guest::Clock clock;
    report.check("vfio", "without bus mastering no byte arrives", [&] {
        auto started = virtio_rng::start(random.transport, random.dma, clock);
        const auto bytes = Bytes::zeroed(random.dma, 64);
        if (!started || !bytes || !random.device.set_bus_master(false))
            return false;
        const auto filled = started->fill(*bytes);
        return started->stop() && random.device.set_bus_master(true) && !filled && is_zero(*bytes);
    });
}

} // namespace

int main() {
    return guest::run([](Report& report) {
        guest::Clock clock;
        const auto random_at = guest::find(virtio::DeviceId::entropy);
        const auto disk_at = guest::find(virtio::DeviceId::block);
        {
            auto random = Owned::open(random_at);
            auto disk = Owned::open(disk_at);
            report.check("vfio", "two functions, their BARs, and memory of each", [&] {
                return random.has_value() && disk.has_value();
            });
            if (!random || !disk)
                return;
            hardware::check_virtio_rng(report, random->transport, random->dma, clock);
            check_addresses(report, *random);
            check_interrupts(report, *random);
            check_bus_master(report, *random);
            auto found = guest::structures_of(disk_at);
            found.device = 0;
            const auto empty = guest::over(found, disk->bar.view());
            hardware::check_virtio_blk(
                report, disk->transport, *empty, random->transport, disk->dma, clock);
            report.check("dma", "all memory was given back", [&] {
                return random->dma.outstanding() == 0 && disk->dma.outstanding() == 0;
            });
        }
        report.check("vfio", "ended, they master the bus no more", [&] {
            return !guest::masters(random_at) && !guest::masters(disk_at);
        });
    });
}
