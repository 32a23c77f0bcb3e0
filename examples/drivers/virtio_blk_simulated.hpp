// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A disk of virtio as a double, behind either transport: virtio_simulated.hpp.
//
//   io::testing::FakeDma dma;
//   virtio_blk::Simulated disk{dma, 64};
//   auto started = virtio_blk::start(virtio::OverMmio{disk.view()}, dma, disk.clock);

#include <ioview/testing/fake_dma.hpp>

#include "virtio_blk.hpp"
#include "virtio_simulated.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace virtio_blk {

class Simulated : public virtio::Simulated {
public:
    Simulated(io::testing::FakeDma& memory,
              std::uint64_t sectors,
              virtio::Behind behind = virtio::Behind::mmio)
        : virtio::Simulated(memory, virtio::DeviceId::block, behind),
          bytes(static_cast<std::size_t>(sectors) * sector_bytes),
          sectors_said(sectors) {
        config_register("capacity low", 0).on_read([this](auto&) {
            return sectors_said & 0xffff'ffff;
        });
        config_register("capacity high", 4).on_read([this](auto&) { return sectors_said >> 32; });
    }

    std::vector<unsigned char> bytes; // of the disk
    std::uint64_t sectors_said;       // more than there are: the disk ends early

private:
    // A chain of three: header, data, status. Bytes written to the driver's memory.
    std::uint32_t serve(std::uint16_t head) override {
        const auto header = descriptor(head);
        const auto data = descriptor(header.next);
        const auto status = descriptor(data.next);
        if (header.length != header_bytes || (header.flags & 1) == 0 || (data.flags & 1) == 0 ||
            status.length != 1 || status.flags != virtio::device_writes) {
            device.report_failure("queue: no chain of header, data and status");
            return 0;
        }
        const auto request = load<Request>(address_of(header));
        const std::uint64_t first =
            (std::uint64_t{request.sector_high} << 32 | request.sector_low) * sector_bytes;
        const std::uint32_t count = data.length;
        const bool reading = request.type == static_cast<std::uint32_t>(Type::read);
        Outcome outcome = Outcome::ok;
        if (reading != ((data.flags & virtio::device_writes) != 0))
            device.report_failure("queue: the direction is not that of the request");
        if (first > bytes.size() || count > bytes.size() - first)
            outcome = Outcome::io_error;
        else if (auto* place = at(address_of(data), count))
            std::memcpy(reading ? place : bytes.data() + first,
                        reading ? bytes.data() + first : place,
                        count);
        store(address_of(status), static_cast<std::uint8_t>(outcome));
        return reading && outcome == Outcome::ok ? count + 1 : 1;
    }
};

} // namespace virtio_blk
