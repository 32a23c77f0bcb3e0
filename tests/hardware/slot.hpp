// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What bad input is made of: a slot that a device is pulled out of, and memory whose leaks are
// counted.

#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hardware {

namespace io = ioview;

// The slot that a device is in. Pulled out, it reads as all ones, writes are lost, and no access is
// an error, as on a bus; the device does not know it, and may go on writing memory.
class Slot {
public:
    explicit Slot(io::testing::Device& device) : front_(device.size_bytes()) {
        device.on_failure([this](const std::string& text) { failures.push_back(text); });
        front_.range(
            "slot",
            0,
            device.size_bytes(),
            [&device, this](std::size_t at, std::size_t width) {
                const std::size_t n = accesses_++;
                if (is_stuck_)
                    return stuck_at_;
                const std::uint64_t seen = n < good_ ? device.read(at, width) : ~std::uint64_t{0};
                return n == lie_at_ ? lie_ : seen;
            },
            [&device, this](std::size_t at, std::size_t width, std::uint64_t value) {
                if (accesses_++ < good_)
                    device.write(at, width, value);
            });
    }
    template <class T>
    auto view() {
        return front_.view<T>();
    }

    void unplug_after(std::size_t n) { good_ = n; }
    // What the n-th access finds, if it is a read.
    void lie_at(std::size_t n, std::uint64_t value) {
        lie_at_ = n;
        lie_ = value;
    }
    // What each read finds from now on; writes arrive.
    void stick_at(std::uint64_t value) {
        is_stuck_ = true;
        stuck_at_ = value;
    }
    std::size_t accesses() const { return accesses_; }
    bool is_empty() const { return accesses_ > good_; }

    std::vector<std::string> failures;

    // Of the device's: memory that it reaches for, and that is nobody's any more.
    std::size_t wild_accesses() const {
        std::size_t count = 0;
        for (const auto& text : failures)
            count += text.find("DMA") != std::string::npos;
        return count;
    }

private:
    io::testing::Device front_;
    std::size_t accesses_ = 0;
    std::size_t good_ = static_cast<std::size_t>(-1);
    std::size_t lie_at_ = static_cast<std::size_t>(-1);
    std::uint64_t lie_ = 0;
    bool is_stuck_ = false;
    std::uint64_t stuck_at_ = 0;
};

// Leaks are counted, and given back at the end of the test.
class LeakyDma : public io::testing::FakeDma {
public:
    using FakeDma::FakeDma;
    ~LeakyDma() {
        for (const auto& [region, bytes] : leaks_)
            free(region, bytes);
    }
    void leaked(io::DmaRegion region, std::size_t bytes) { leaks_.emplace_back(region, bytes); }
    std::size_t leaks() const { return leaks_.size(); }

private:
    std::vector<std::pair<io::DmaRegion, std::size_t>> leaks_;
};

} // namespace hardware
