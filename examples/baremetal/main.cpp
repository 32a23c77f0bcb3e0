// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The program: a driver, a poll and memory for a device on the board. Yours takes its place.
#include "board.hpp"
#include "drivers/prime_cell.hpp"

namespace {

namespace io = ioview;

// What the firmware does; an error ends it.
io::Result<> work() {
    using Device = io::ExclusiveIoMem<prime_cell::PrimeCell, board::Mapper>;
    const auto device = Device::map(board::mapper, {board::console_address, 0x1000});
    if (!device)
        return io::fail(device.error());
    board::text("component ");
    board::hex(prime_cell::component_id(*device));

    const auto words = io::Coherent<std::uint32_t[], io::IdentityDma>::zeroed(board::dma, 64);
    if (!words)
        return io::fail(words.error());
    board::text("\nmemory for a device: ");
    board::hex(words->size_bytes());
    board::text(" bytes");

    const std::uint64_t start = board::clock.now();
    const auto ten_ms_on = [&](std::uint64_t now) { return now - start >= 10'000; };
    const auto waited =
        io::read_poll_timeout(board::microseconds, ten_ms_on, 1'000u, 1'000'000u, board::clock);
    if (!waited)
        return io::fail(waited.error());
    board::text("\nwaited 10 ms\n");
    return {};
}

} // namespace

int main() {
    const auto done = work();
    if (!done) {
        board::text(io::to_string(done.error()));
        board::text("\n");
    }
    return done ? 0 : 1;
}
