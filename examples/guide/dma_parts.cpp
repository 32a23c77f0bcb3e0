// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The DMA address of a part of coherent memory is that of its projection.

#include <ioview/dma.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstdint>
#include <cstdio>

namespace io = ioview;

namespace {

struct Descriptor {
    io::le<std::uint64_t> address;
    io::le<std::uint64_t> next;
};
struct Queues {
    Descriptor send[8];
    Descriptor receive[8];
    io::le<std::uint32_t> head;
};

io::Result<> run(io::testing::FakeDma& dma) {
    // [parts]
    auto memory = io::Coherent<Queues, io::testing::FakeDma>::zeroed(dma);
    if (!memory)
        return io::fail(memory.error());
    const auto receive = IO_PROJECT(*memory, receive); // a view of Descriptor[8]
    for (std::size_t i = 0; i < 8; ++i)                // each tells the device where the next is
        IO_WRITE(receive, at(i), next, IO_PROJECT(receive, at((i + 1) % 8)).dma_address());

    const auto offset_of = [&](const auto& part) {
        return static_cast<unsigned>(part.dma_address() - memory->dma_address());
    };
    std::printf("receive: +0x%x\n", offset_of(receive));
    std::printf("receive[3]: +0x%x\n", offset_of(IO_PROJECT(receive, at(3))));
    std::printf("head: +0x%x\n", offset_of(IO_PROJECT(*memory, head)));
    // [/parts]
    return {};
}

} // namespace

int main() {
    io::testing::FakeDma dma;
    if (auto done = run(dma); !done) {
        std::printf("failed: %s\n", io::to_string(done.error()));
        return 1;
    }
}
