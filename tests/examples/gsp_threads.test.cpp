// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// labels: threads
// native: emulated threads are slow, and keep the order of the host
// Driver and firmware on the same memory at the same time: an honest echo, and a firmware that
// changes what it has handed over.

#include <ioview/std_clock.hpp>
#include <ioview/testing.hpp>

#include "../../examples/gsp_queue/command_queue.hpp"
#include "../../examples/gsp_queue/simulated_gsp.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace io = ioview;
using namespace std::chrono_literals;
using gsp::Function;
using gsp::GspMem;

namespace {

constexpr std::size_t doorbell_end = 0x11'0c04;

struct Shared {
    struct alignas(4'096) Pages {
        std::byte bytes[sizeof(GspMem)];
    };
    std::unique_ptr<Pages> pages = std::make_unique<Pages>();
    std::unique_ptr<io::testing::Memory<doorbell_end>> registers =
        std::make_unique<io::testing::Memory<doorbell_end>>();
    io::SysMem<GspMem> memory = [this] {
        auto* plain = reinterpret_cast<GspMem*>(pages->bytes);
        GspMem::start(*plain);
        return io::SysMem<GspMem>::from_pointer(plain);
    }();
    auto driver() {
        return gsp::CommandQueue<io::SysMem<GspMem>,
                                 decltype(registers->view<io::Region<doorbell_end>>()),
                                 io::StdClock>{
            memory, registers->view<io::Region<doorbell_end>>(), io::StdClock{}, {1us, 20s}, 10us};
    }
};

std::vector<std::byte> pattern(std::size_t bytes, unsigned seed) {
    std::vector<std::byte> data(bytes);
    for (auto& byte : data)
        byte = static_cast<std::byte>((seed = seed * 1'664'525 + 1'013'904'223) >> 24);
    return data;
}

// A second thread, told to stop and waited for where the test ends; libc++ 19 has no std::jthread.
class Firmware {
public:
    template <class F>
    explicit Firmware(F run) : thread_([this, run] { run(stop_); }) {}
    ~Firmware() {
        stop_ = true;
        thread_.join();
    }

private:
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

} // namespace

TEST_CASE("GSP: an echo in a second thread gives every byte back", "[gsp][threads]") {
    Shared shared;
    const Firmware firmware([memory = shared.memory](const std::atomic<bool>& stop) {
        gsp::SimulatedGsp gsp{memory};
        while (!stop) {
            const auto command = gsp.take();
            if (!command) {
                std::this_thread::yield();
                continue;
            }
            while (
                !gsp.post(static_cast<Function>(command->header.rpc.function), command->payload) &&
                !stop)
                std::this_thread::yield();
        }
    });
    auto driver = shared.driver();
    std::vector<std::byte> buffer(gsp::max_element);
    for (unsigned i = 0; i < 300; ++i) {
        const auto payload = pattern((i * 977) % 30'000, i);
        REQUIRE(driver.send(Function::gsp_rm_control, payload));
        const auto size = driver.receive(Function::gsp_rm_control, buffer, 20s);
        REQUIRE(size);
        REQUIRE(*size == payload.size());
        REQUIRE(std::equal(payload.begin(), payload.end(), buffer.begin()));
    }
}

TEST_CASE("GSP: a record that changes while it is read is refused or whole, never torn",
          "[gsp][threads]") {
    Shared shared;
    const auto small = gsp::make_record(Function::gsp_init_done, pattern(100, 1));
    const auto large = gsp::make_record(Function::gsp_init_done, pattern(3'000, 2));
    // the firmware rewrites the slot that it has handed over, again and again
    const Firmware firmware([&](const std::atomic<bool>& stop) {
        const auto queue = GspMem::message_queue(shared.memory);
        for (bool first = true; !stop; first = !first) {
            const auto& record = first ? small : large;
            const auto read = GspMem::messages_read(shared.memory).read() % gsp::slots;
            gsp::copy_in(queue, read, 0, gsp::bytes_of(record.header));
            gsp::copy_in(queue, read, sizeof(gsp::ElementHeader), record.payload);
            io::publish(IO_PROJECT(queue, tx.write_ptr), (read + 1) % gsp::slots);
        }
    });
    auto driver = shared.driver();
    std::vector<std::byte> buffer(gsp::max_element);
    unsigned whole = 0;
    unsigned refused = 0;
    for (unsigned i = 0; i < 3'000; ++i) {
        const auto message = driver.receive_record(buffer, 20s);
        if (!message) {
            REQUIRE(message.error() == io::Error::io_error);
            ++refused;
            continue;
        }
        ++whole;
        const auto& expected = message->size == 100 ? small.payload : large.payload;
        REQUIRE(message->size == expected.size());
        REQUIRE(std::equal(expected.begin(), expected.end(), buffer.begin()));
    }
    CHECK(whole + refused == 3'000);
}
