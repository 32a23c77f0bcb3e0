// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The program: a driver, a poll and memory for a device on the board. Yours takes its place.
#include "board.hpp"

namespace {

namespace io = ioview;

// What each PrimeCell has in its last four words, a byte each: 0xb105f00d. The consoles of both
// boards are such.
struct PrimeCell : io::Region<0x1000> {};
struct ComponentId
    : io::Register<ComponentId, std::uint32_t, io::array<0xff0, 4, 4, PrimeCell>, io::ro> {
    IO_FIELDS(bits(7, 0, id));
};

template <io::IoOf<PrimeCell> View>
constexpr std::uint32_t component_id(const View& device) {
    const auto byte = [&](auto at) { return std::uint32_t{device.read(at).id()}; };
    return byte(ComponentId::at(3)) << 24 | byte(ComponentId::at(2)) << 16 |
           byte(ComponentId::at(1)) << 8 | byte(ComponentId::at(0));
}

constinit board::Mapper mapper;

// What the firmware does; an error ends it.
io::Result<> work() {
    using Device = io::ExclusiveIoMem<PrimeCell, board::Mapper>;
    const auto device = Device::map(mapper, {board::console_address, 0x1000});
    if (!device)
        return io::fail(device.error());
    board::text("component ");
    board::hex(component_id(*device));

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
