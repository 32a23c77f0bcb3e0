// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The checks of a board once more, on doubles: what the drivers do there, access by access, for
// run.py to compare with what QEMU has seen on the board.
//
//   replay <board> < what the board has printed
//
// prints, for each access: device, r or w, address, width, value.
#include <ioview/ioview.hpp>
#include <ioview/testing/fake_dma.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include "../../examples/drivers/edu_simulated.hpp"
#include "../../examples/drivers/nvme_simulated.hpp"
#include "../../examples/drivers/virtio_blk_simulated.hpp"
#include "../../examples/drivers/virtio_rng_simulated.hpp"
#include "checks/abi.hpp"
#include "checks/cmsdk.hpp"
#include "checks/edu.hpp"
#include "checks/fu740_uart.hpp"
#include "checks/goldfish.hpp"
#include "checks/msi.hpp"
#include "checks/ns16550.hpp"
#include "checks/nvme.hpp"
#include "checks/pl011.hpp"
#include "checks/pl031.hpp"
#include "checks/virtio_blk.hpp"
#include "checks/virtio_pci.hpp"
#include "doubles.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

namespace io = ioview;
using namespace hardware;
using Recorder = io::testing::Recorder<io::testing::DeviceBackend>;

constexpr io::Timing timing{std::uint64_t{10}, std::uint64_t{1'000'000}};
// run.py has the same.
constexpr std::string_view uart_line = "each of these characters is taken once\n";

void print(const char* name, std::uint64_t base, const io::testing::Log& log) {
    for (const auto& access : log) {
        if (access.op == io::testing::Op::fence)
            continue;
        std::printf("%s %c 0x%llx %u 0x%llx\n",
                    name,
                    access.op == io::testing::Op::read ? 'r' : 'w',
                    static_cast<unsigned long long>(base + access.address),
                    unsigned{access.width},
                    static_cast<unsigned long long>(access.value));
    }
}

// The console of the board: a driver over a recorder. What is printed here is the beginning of what
// the board has printed.
std::function<void(char)> console;
std::string printed;
void put(char c) {
    printed += c;
    if (console)
        console(c);
}
void put_the_rest(const std::string& serial) {
    if (serial.compare(0, printed.size(), printed) != 0)
        std::printf("console r 0x0 0 0x0\n"); // never equal to anything
    for (std::size_t i = printed.size(); i < serial.size(); ++i)
        console(serial[i]);
}

void replay_edu(bool under_uefi = false) {
    io::testing::FakeDma narrow{edu::Simulated::dma_mask};
    edu::Simulated device{narrow};
    Recorder recorder{device.bar()};
    Report report{put};
    const std::string kept = printed;
    const auto kept_console = std::exchange(console, nullptr);
    check_edu(report, recorder.view<edu::Edu>(), narrow, device.clock);
    if (under_uefi) {
        check_abi(report, recorder.view<edu::Edu>());
        const auto word = io::Coherent<std::uint32_t[], io::testing::FakeDma>::zeroed(narrow, 1);
        check_edu_message(
            report, recorder.view<edu::Edu>(), *word, device.clock, [] { return io::Result<>{}; });
    }
    console = kept_console;
    printed = kept;
    print("edu-mmio", 0, recorder.log());
}

void replay_nvme() {
    io::testing::FakeDma dma;
    nvme::Simulated device{dma};
    insert_disk(device);
    Recorder recorder{device.view()};
    Report report{put};
    const std::string kept = printed;
    const auto kept_console = std::exchange(console, nullptr);
    check_nvme(report, recorder.view<nvme::Bar>(), dma, device.clock);
    check_nvme_blocks(report, recorder.view<nvme::Bar>(), dma, device.clock);
    console = kept_console;
    printed = kept;
    print("nvme", 0, recorder.log());
}

// Devices 0 (the disk), 1 (another) and 2 (none).
void replay_virtio(std::uint64_t disk_at, std::uint64_t other_at, std::uint64_t empty_at) {
    io::testing::FakeDma dma;
    virtio_blk::Simulated disk{dma, 2 * half_bytes / virtio_blk::sector_bytes};
    const auto half = first_half();
    std::copy(half.begin(), half.end(), disk.bytes.begin());
    virtio_blk::Simulated other{dma, 0};
    other.id = 4;
    virtio_blk::Simulated empty{dma, 0};
    empty.id = 0;
    io::testing::Log log;
    Recorder on_disk{disk.view(), log, "disk"};
    Recorder on_other{other.view(), log, "other"};
    Recorder on_empty{empty.view(), log, "empty"};
    const std::string kept = printed;
    const auto kept_console = std::exchange(console, nullptr);
    Report report{put};
    check_virtio_blk(report,
                     virtio::OverMmio{on_disk.view<virtio::Mmio>()},
                     virtio::OverMmio{on_empty.view<virtio::Mmio>()},
                     virtio::OverMmio{on_other.view<virtio::Mmio>()},
                     dma,
                     disk.clock);
    console = kept_console;
    printed = kept;
    for (auto& access : log) {
        access.address += access.space == io::Text{"disk"}    ? disk_at
                          : access.space == io::Text{"other"} ? other_at
                                                              : empty_at;
    }
    print("virtio-mmio", 0, log);
}

// What both have in common: the other structures are elsewhere on a double.
void print_common(const char* name, const Recorder& recorder) {
    io::testing::Log log;
    for (const auto& access : recorder.log()) {
        if (access.address < io::min_size_of<virtio::pci::Common>)
            log.push_back(access);
    }
    print(name, 0, log);
}
void replay_pci_virtio_rng() {
    io::testing::FakeDma dma;
    virtio_rng::Simulated device{dma, virtio::Behind::pci};
    Recorder recorder{device.device.view<io::Region<>>()};
    const std::string kept = printed;
    const auto kept_console = std::exchange(console, nullptr);
    Report report{put};
    const auto transport =
        over_one_bar(*virtio::find_structures(device.config()), recorder.view<io::Region<>>());
    check_virtio_rng(report, *transport, dma, device.clock);
    console = kept_console;
    printed = kept;
    print_common("virtio-pci-common-virtio-rng", recorder);
}
void replay_pci_virtio_blk() {
    io::testing::FakeDma dma;
    virtio_blk::Simulated disk{dma, 2 * half_bytes / virtio_blk::sector_bytes, virtio::Behind::pci};
    const auto half = first_half();
    std::copy(half.begin(), half.end(), disk.bytes.begin());
    Recorder recorder{disk.device.view<io::Region<>>()};
    const std::string kept = printed;
    const auto kept_console = std::exchange(console, nullptr);
    Report report{put};
    auto found = *virtio::find_structures(disk.config());
    const auto transport = over_one_bar(found, recorder.view<io::Region<>>());
    found.device = 0;
    const auto none = over_one_bar(found, recorder.view<io::Region<>>());
    check_virtio_blk(report, *transport, *none, *none, dma, disk.clock);
    console = kept_console;
    printed = kept;
    print_common("virtio-pci-common-virtio-blk", recorder);
}

void aarch64(const std::string& serial) {
    virtio_blk::Simulated::Clock clock;
    Pl011Double uart;
    Recorder on_uart{uart.device.view<io::Region<0x1000>>()};
    const pl011::Driver driver{on_uart.view<Pl011>(), clock, timing};
    console = [&](char c) { static_cast<void>(driver.put(static_cast<std::uint8_t>(c))); };
    static_cast<void>(driver.init({.clock_hz = 24'000'000}));
    Report report{put};
    check_pl011(report, on_uart.view<Pl011>(), driver);
    Pl031Double rtc;
    Recorder on_rtc{rtc.device.view<pl031::Pl031>()};
    check_pl031(report, on_rtc.view<pl031::Pl031>(), on_uart.view<pl031::Pl031>());
    put_the_rest(serial);
    print("pl011", 0x0900'0000, on_uart.log());
    print("pl031", 0x0901'0000, on_rtc.log());
    replay_edu();
    replay_nvme();
    replay_virtio(0x0a00'3e00, 0x0a00'3c00, 0x0a00'3a00);
    replay_pci_virtio_rng();
}

void riscv64(const std::string& serial) {
    virtio_blk::Simulated::Clock clock;
    Ns16550Double uart;
    Recorder on_uart{uart.device.view<Ns16550>()};
    const ns16550::Driver driver{on_uart.view<Ns16550>(), clock, timing};
    console = [&](char c) { static_cast<void>(driver.put(static_cast<std::uint8_t>(c))); };
    static_cast<void>(driver.init(3'686'400, 115'200));
    Report report{put};
    check_ns16550(report, on_uart.view<Ns16550>(), driver);
    put_the_rest(serial);
    print("serial", 0x1000'0000, on_uart.log());
    replay_edu();
    replay_nvme();
    replay_virtio(0x1000'8000, 0x1000'7000, 0x1000'6000);
    replay_pci_virtio_rng();
}

void sifive_u(const std::string& serial) {
    virtio_blk::Simulated::Clock clock;
    constexpr fu740::UartConfig config{.clock_hz = 130'000'000};
    io::testing::Log log;
    Fu740UartDouble uart;
    Fu740UartDouble other;
    for (const char c : uart_line)
        other.waiting.push_back(c);
    Recorder on_uart{uart.device.view<fu740::Uart>(), log, "uart"};
    Recorder on_other{other.device.view<fu740::Uart>(), log, "other"};
    const fu740::UartDriver driver{on_uart.view<fu740::Uart>(), clock, timing};
    console = [&](char c) { static_cast<void>(driver.put(static_cast<std::uint8_t>(c))); };
    static_cast<void>(driver.init(config));
    Report report{put};
    check_fu740_uart(report, on_uart.view<fu740::Uart>(), driver, 1'127);
    check_fu740_uart_line(
        report, fu740::UartDriver{on_other.view<fu740::Uart>(), clock, timing}, config, clock);
    put_the_rest(serial);
    for (auto& access : log)
        access.address += access.space == io::Text{"uart"} ? 0x1001'0000u : 0x1001'1000u;
    print("riscv.sifive.uart", 0, log);
}

void ppc(const std::string& serial) {
    virtio_blk::Simulated::Clock clock;
    Ns16550Double uart;
    Recorder on_uart{uart.device.view<Ns16550>()};
    const ns16550::Driver driver{on_uart.view<Ns16550>(), clock, timing};
    console = [&](char c) { static_cast<void>(driver.put(static_cast<std::uint8_t>(c))); };
    static_cast<void>(driver.init(400'000'000, 115'200));
    Report report{put};
    check_ns16550(report, on_uart.view<Ns16550>(), driver);
    put_the_rest(serial);
    print("serial", 0xf'e000'4500, on_uart.log());
    replay_nvme();
    replay_pci_virtio_rng();
    replay_pci_virtio_blk();
}

void x86_64(const std::string&) {
    replay_edu();
}

void cortexm3(const std::string& serial) {
    virtio_blk::Simulated::Clock clock;
    CmsdkUartDouble uart;
    Recorder on_uart{uart.device.view<cmsdk::Uart>()};
    const auto view = on_uart.view<cmsdk::Uart>();
    console = [&](char c) {
        static_cast<void>(cmsdk::put(view, static_cast<std::uint8_t>(c), clock));
    };
    static_cast<void>(cmsdk::init(view, 25'000'000, 115'200));
    Report report{put};
    check_cmsdk_uart(report, view);
    CmsdkTimerDouble timer;
    Recorder on_timer{timer.device.view<cmsdk::Timer>()};
    check_cmsdk_timer(report, on_timer.view<cmsdk::Timer>(), on_uart.view<cmsdk::Timer>(), clock);
    // a space that a check sends is in what the board has printed
    std::string rest = serial;
    if (const auto sent = rest.find("...  ok"); sent != std::string::npos)
        rest.erase(sent + 3, 1);
    put_the_rest(rest);
    print("uart", 0x4000'4000, on_uart.log());
    print("cmsdk-apb-timer", 0x4000'0000, on_timer.log());
}

void m68k(const std::string& serial) {
    using Word = io::be<std::uint32_t>;
    io::testing::FakeDma dma;
    io::testing::Memory<0x24, std::endian::big> tty;
    for (std::size_t i = 0; i < 0x24; ++i)
        tty[i] = 0;
    io::testing::Recorder on_tty{tty.view<goldfish::Tty<Word>>()};
    const auto view = on_tty.view<goldfish::Tty<Word>>();
    console = [&](char c) { goldfish::put<Word>(view, static_cast<std::uint8_t>(c)); };
    Report report{put};
    check_goldfish_tty<Word>(report, view, dma);
    // what the terminal has fetched is in what the board has printed
    std::string rest = serial;
    if (const auto fetched = rest.find("<fetched> "); fetched != std::string::npos)
        rest.erase(fetched, std::strlen("<fetched> "));
    put_the_rest(rest);
    print("goldfish_tty", 0xff00'8000, on_tty.log());
    replay_virtio(0xff01'fe00, 0xff01'fc00, 0xff01'fa00);
}

} // namespace

int main(int argc, char** argv) {
    const std::string board = argc == 2 ? argv[1] : "";
    const std::string serial{std::istreambuf_iterator<char>(std::cin), {}};
    if (board == "aarch64_virt")
        aarch64(serial);
    else if (board == "riscv64_virt")
        riscv64(serial);
    else if (board == "riscv64_sifive_u")
        sifive_u(serial);
    else if (board == "x86_64_pc")
        x86_64(serial);
    else if (board == "x86_64_uefi")
        replay_edu(true);
    else if (board == "cortexm3_mps2")
        cortexm3(serial);
    else if (board == "m68k_virt")
        m68k(serial);
    else if (board == "ppc_e500")
        ppc(serial);
    else
        return 2;
}
