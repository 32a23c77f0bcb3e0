// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The device behind the queue of transmit_ring.hpp, for tests: callbacks, and memory that it
// reaches by DMA address alone.

#include <ioview/testing.hpp>

#include "transmit_ring.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tx {

struct Clock { // time that passes only while somebody sleeps
    unsigned time = 0;
    unsigned now() const { return time; }
    void sleep_for(unsigned ticks) { time += ticks; }
};

// [device]
class Simulated {
public:
    explicit Simulated(io::testing::CachedFakeDma& dma) : dma_(dma) {
        registers.reg<QueueBase>("queue base");
        registers.reg<Control>("control").on_write(
            [this](auto&, auto written) { status_.holds(written & 1); });
        registers.reg<Doorbell>("doorbell").on_write([this](auto&, auto next) {
            next_ = static_cast<std::uint32_t>(next);
            if (!is_late)
                work();
        });
    }

    io::testing::Device registers{0x20};
    std::vector<std::string> sent;
    bool is_late = false; // it sends when work() is called, and not at the doorbell

    void work() {
        if (status_.value() == 0)
            return;
        for (; done_ != next_; done_ = (done_ + 1) % slots) {
            Descriptor entry;
            Frame frame{};
            if (!dma_.device_read(queue() + done_ * sizeof entry, &entry, sizeof entry) ||
                !dma_.device_read(entry.address, &frame, entry.bytes))
                return; // the test has heard of it
            sent.emplace_back(frame.text, entry.bytes);
        }
        say(done_);
    }
    // The index that the driver looks at, be it true or not.
    void say(std::uint32_t number) {
        const io::le<std::uint32_t> done{number};
        dma_.device_write(queue() + offsetof(Queue, done), &done, sizeof done);
    }

private:
    std::uint64_t queue() { return registers.view<Nic>().read<QueueBase>().address(); }

    io::testing::CachedFakeDma& dma_;
    io::testing::DeviceRegister& status_ = registers.reg<Status>("status");
    std::uint32_t done_ = 0;
    std::uint32_t next_ = 0;
};
// [/device]

} // namespace tx
