// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The dual timer of the mps2-an385 by its driver, in the place of the template's main.cpp.
#include "board.hpp"
#include "drivers/dual_timer.hpp"

namespace {

namespace io = ioview;

// [work]
io::Result<> work() {
    using Device = io::ExclusiveIoMem<dual_timer::DualTimer, board::Mapper>;
    const auto device = Device::map(board::mapper, {0x4000'2000, 0x1000});
    if (!device)
        return io::fail(device.error());
    if (auto found = dual_timer::identify(*device); !found)
        return found;
    const auto second = device->subview<dual_timer::Timer>(0x20);

    const std::uint64_t start = board::clock.now();
    if (auto done = dual_timer::delay(second, 25'000, board::clock); !done) // 1 ms of 25 MHz
        return done;
    const std::uint64_t took = board::clock.now() - start;
    board::text(took >= 1'000 && took < 100'000 ? "a millisecond\n" : "another time\n");
    return {};
}
// [/work]

} // namespace

int main() {
    const auto done = work();
    if (!done)
        board::text(io::to_string(done.error()));
    return done ? 0 : 1;
}
