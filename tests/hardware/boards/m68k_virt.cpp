// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// QEMU's virt for the m68k, which is big-endian: so are the goldfish devices, while virtio is
// little-endian as everywhere.
#include "../../../examples/drivers/virtio_mmio.hpp"
#include "../checks/goldfish.hpp"
#include "../checks/virtio_blk.hpp"
#include "../support/image.hpp"

namespace hardware {
namespace {

using Word = io::be<std::uint32_t>;

auto rtc() {
    return mmio<goldfish::Rtc<Word>>(0xff00'6000);
}

auto tty() {
    return mmio<goldfish::Tty<Word>>(0xff00'8000);
}
// Device 0 has the last of 128 places.
auto virtio_at(unsigned device) {
    return virtio::OverMmio{mmio<virtio::Mmio>(0xff01'0000 + 0x200 * (127 - device))};
}

// Of the board's own device for its end.
struct Control : io::Region<8> {};
struct ControlCommand : io::Register<ControlCommand, Word, io::fixed<0x04, Control>, io::wo> {};

} // namespace
} // namespace hardware

namespace board {

std::uint64_t microseconds() noexcept {
    return goldfish::now<hardware::Word>(hardware::rtc()).value_or(0) / 1'000;
}

void put(char c) noexcept {
    goldfish::put<hardware::Word>(hardware::tty(), static_cast<std::uint8_t>(c));
}

void leave(int status) noexcept {
    constexpr std::uint32_t halt = 2;
    constexpr std::uint32_t panic = 3;
    mmio<hardware::Control>(0xff00'9000)
        .write(hardware::ControlCommand::from_raw(status == 0 ? halt : panic));
    for (;;) {
    }
}

} // namespace board

int main() {
    using namespace hardware;
    Report report{board::put};
    check_goldfish_tty<Word>(report, tty(), dma);
    check_goldfish_rtc<Word>(report, rtc());
    check_goldfish_rtc_removal<Word>(report, rtc());
    check_virtio_blk(report, virtio_at(0), virtio_at(2), virtio_at(1), dma, clock);
    report.check("cpu", "keeps memory and devices in order", keeps_order);
    return report.finish();
}
