// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One member of shared memory at a time, however deep it is: queues between a driver and a device.

#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>

namespace io = ioview;

namespace {

struct Entry {
    std::uint64_t address;
    std::uint32_t length;
    std::uint32_t flags;
};
struct Queue {
    std::uint32_t read_ptr;
    std::uint32_t write_ptr;
    Entry entries[8];
};
struct Queues {
    Queue commands;
    Queue replies;
};

// [project]
// Puts a buffer into slot `i` of the commands; out_of_bounds where there is none.
template <io::IoOf<Queues> View>
io::Result<> put(View queues, std::size_t i, std::uint64_t address) {
    auto entry = IO_PROJECT(queues, commands.entries, try_at(i)); // a Result of a view, passed on
    if (!entry)
        return io::fail(entry.error());
    IO_WRITE(*entry, address, address);
    IO_WRITE(*entry, length, 64u);
    IO_WRITE(queues, replies.entries, static_at(7), flags, 1u);          // 8 would not compile
    IO_UPDATE(queues, commands.write_ptr, [](auto p) { return p + 1; }); // one read, one write
    return {};
}
// [/project]

} // namespace

int main() {
    io::testing::Memory<sizeof(Queues)> memory;
    IO_WRITE(memory.view<Queues>(), commands.write_ptr, 2u);
    IO_WRITE(memory.view<Queues>(), replies.entries, static_at(7), flags, 0u);
    io::testing::Recorder recorder{memory.view<Queues>()};
    for (const std::size_t i : {2u, 8u})
        if (auto done = put(recorder.view<Queues>(), i, 0x1000); !done)
            std::printf("%zu: %s\n", i, io::to_string(done.error()));
    for (const auto& access : recorder.log())
        if (access.op == io::testing::Op::write)
            std::puts(to_string(access).c_str());
}
