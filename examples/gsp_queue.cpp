// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Talks to a simulated GSP over shared memory: boots it, sends a command larger than a record can
// be, and gets it back. The firmware runs in a second thread, on the same memory.

#include <ioview/std_clock.hpp>
#include <ioview/testing.hpp>

#include "gsp_queue/command_queue.hpp"
#include "gsp_queue/simulated_gsp.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
namespace io = ioview;
using gsp::Function;

namespace {

// [drive]
io::Result<std::size_t> run(io::testing::FakeDma& dma, auto&& boot) {
    using Memory = io::Coherent<gsp::GspMem, io::testing::FakeDma>;

    // The queues are set up while the memory is still the CPU's alone, then handed over.
    auto box = io::CoherentBox<gsp::GspMem, io::testing::FakeDma>::zeroed(dma);
    if (!box)
        return io::fail(box.error());
    gsp::GspMem::start(**box);
    const Memory memory = std::move(*box).share();
    if (auto mapped = gsp::GspMem::map(memory); !mapped)
        return io::fail(mapped.error());

    io::testing::Memory<0x11'0c04> registers;
    gsp::CommandQueue queue{memory.view(),
                            registers.view<io::Region<0x11'0c04>>(),
                            io::StdClock{},
                            {std::chrono::nanoseconds(1us), std::chrono::nanoseconds(1s)},
                            std::chrono::nanoseconds(1ms)};
    const auto firmware = boot(memory.as_sys_mem());

    std::vector<std::byte> buffer(gsp::max_element);
    if (auto ready = queue.receive(Function::gsp_init_done, buffer, 5s); !ready)
        return ready;
    const std::vector<std::byte> command(100'000, std::byte{0x5a});
    if (auto sent = queue.send(Function::gsp_rm_control, command); !sent)
        return io::fail(sent.error());
    auto first = queue.receive(Function::gsp_rm_control, buffer, 5s);
    if (!first)
        return first;
    auto rest = queue.receive(Function::continuation_record, buffer, 5s);
    if (!rest)
        return rest;
    return *first + *rest;
}
// [/drive]

} // namespace

int main() {
    io::testing::FakeDma dma;
    std::atomic<int> commands = 0;
    const auto echoed = run(dma, [&](io::SysMem<gsp::GspMem> memory) {
        return std::jthread([&commands, memory](const std::stop_token& stop) {
            gsp::SimulatedGsp firmware{memory};
            firmware.post(Function::gsp_init_done, {});
            while (!stop.stop_requested()) {
                if (const auto command = firmware.take()) {
                    ++commands;
                    while (!firmware.post(static_cast<Function>(command->header.rpc.function),
                                          command->payload) &&
                           !stop.stop_requested())
                        std::this_thread::yield();
                } else {
                    std::this_thread::yield();
                }
            }
        });
    });
    if (!echoed) {
        std::printf("failed: %s\n", io::to_string(echoed.error()));
        return 1;
    }
    std::printf("%d records sent, %zu bytes came back\n", commands.load(), *echoed);
}
