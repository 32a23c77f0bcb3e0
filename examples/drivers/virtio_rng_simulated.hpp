// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A source of random bytes of virtio as a double, behind either transport: virtio_simulated.hpp.
// What it gives counts up, so that it is known.
//
//   io::testing::FakeDma dma;
//   virtio_rng::Simulated random{dma, virtio::Behind::mmio};
//   auto started = virtio_rng::start(virtio::OverMmio{random.view()}, dma, random.clock);

#include <ioview/testing/fake_dma.hpp>

#include "virtio_rng.hpp"
#include "virtio_simulated.hpp"

#include <cstdint>

namespace virtio_rng {

class Simulated : public virtio::Simulated {
public:
    Simulated(io::testing::FakeDma& memory, virtio::Behind behind)
        : virtio::Simulated(memory, virtio::DeviceId::entropy, behind) {}

    std::uint32_t most = 64; // bytes at a time
    unsigned char next = 1;

private:
    std::uint32_t serve(std::uint16_t head) override {
        const auto entry = descriptor(head);
        if (entry.flags != virtio::device_writes || entry.length == 0) {
            device.report_failure("queue: no single entry to write to");
            return 0;
        }
        const std::uint32_t count = entry.length < most ? std::uint32_t{entry.length} : most;
        if (auto* place = at(address_of(entry), count)) {
            for (std::uint32_t i = 0; i < count; ++i)
                place[i] = next++;
        }
        return count;
    }
};

} // namespace virtio_rng
