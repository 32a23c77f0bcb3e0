// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The queue of transmit_ring.hpp, attacked by a device that says what it likes:
//
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -DWITH_LIBFUZZER
//       -I include fuzz_driver.cpp -o fuzz_driver && ./fuzz_driver -max_total_time=60
//
// Without libFuzzer it is a program that makes inputs of its own.

#include "transmit_ring.hpp"
#include "transmit_ring_simulated.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace io = ioview;

namespace {
unsigned long all_sent = 0;
unsigned long all_back = 0;
} // namespace

// [harness]
// Each byte is a step: the driver sends, the device moves its index anywhere, or the driver looks.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    io::testing::CachedFakeDma dma; // its faults end the program
    tx::Simulated device{dma};
    device.is_late = true;
    io::StreamingBuffer<tx::Frame> buffers[tx::slots];
    auto memory = io::Coherent<tx::Queue, io::testing::CachedFakeDma>::zeroed(dma).value();
    tx::Sender<decltype(device.registers.view<tx::Nic>()),
               decltype(memory.view()),
               io::testing::CachedFakeDma>
        sender{device.registers.view<tx::Nic>(), memory.view()};
    sender.start(memory.dma_address());
    unsigned sent = 0;
    unsigned back = 0;
    for (const std::uint8_t* step = bytes; step != bytes + size; ++step) {
        if (*step % 3 == 0 && sender.has_room())
            sent += sender.send(*io::stream_to_device(dma, buffers[sent % tx::slots]), 1) ? 1 : 0;
        else if (*step % 3 == 1)
            device.say(*step < 0xf0 ? *step / 3u % (tx::slots + 1) : *step * 0x0101'0101u);
        else if (const auto frame = sender.completed(); frame && *frame)
            ++back;
        if (back > sent)
            std::abort(); // a frame that was never the device's
    }
    tx::Clock clock;
    if (!sender.stop(clock) || dma.outstanding() != 1) // the queue is left
        std::abort();
    all_sent += sent;
    all_back += back;
    return 0;
}
// [/harness]

#ifndef WITH_LIBFUZZER
int main() {
    std::uint32_t state = 1;
    for (int input = 0; input < 5'000; ++input) {
        std::uint8_t bytes[64];
        for (std::uint8_t& byte : bytes) {
            state = state * 1'664'525 + 1'013'904'223; // Numerical Recipes
            byte = static_cast<std::uint8_t>(state >> 24);
        }
        LLVMFuzzerTestOneInput(bytes, sizeof bytes);
    }
    std::printf("5000 inputs: %lu frames sent, %lu came back\n", all_sent, all_back);
}
#endif
