// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Doubles of the boards' smaller devices, only as much as the checks ask of them.

#include <ioview/testing/device.hpp>
#include <ioview/testing/fake_dma.hpp>

#include "../../examples/drivers/cmsdk.hpp"
#include "../../examples/drivers/fu740_uart.hpp"
#include "../../examples/drivers/fw_cfg.hpp"
#include "../../examples/drivers/goldfish.hpp"
#include "../../examples/drivers/ns16550.hpp"
#include "../../examples/drivers/nvme_simulated.hpp"
#include "../../examples/drivers/pl011.hpp"
#include "../../examples/drivers/pl031.hpp"
#include "checks/disk.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace hardware {

namespace io = ioview;

// What the host writes to a disk, at its start.
inline std::vector<std::uint8_t> first_half() {
    std::vector<std::uint8_t> bytes(half_bytes);
    for (std::uint32_t i = 0; i < half_bytes; ++i)
        bytes[i] = static_cast<std::uint8_t>(pattern_at(first_seed, i / 4) >> i % 4 * 8);
    return bytes;
}
// Of 6 MiB.
inline void insert_disk(nvme::Simulated& device) {
    const auto bytes = first_half();
    const std::size_t block = std::size_t{1} << device.block_shift;
    device.blocks = (6u << 20) / block;
    for (std::size_t at = 0; at < bytes.size(); at += block)
        device.kept[at / block].assign(&bytes[at], &bytes[at] + block);
}

// A PL011 whose FIFO is always empty. Its registers are memory, but those that the device sets.
struct Pl011Double {
    io::testing::Device device{0x1000};
    Pl011Double() {
        device.range(
            "pl011",
            0,
            0x1000,
            [this](std::size_t offset, std::size_t) -> std::uint64_t {
                constexpr unsigned char ids[] = {0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1};
                if (offset >= 0xfe0)
                    return ids[(offset - 0xfe0) / 4];
                return offset == 0x18 ? 0x90 : words_[offset / 4];
            },
            [this](std::size_t offset, std::size_t, std::uint64_t value) {
                words_[offset / 4] = static_cast<std::uint32_t>(value);
            });
        words_[0x30 / 4] = 0x300;
    }

private:
    std::uint32_t words_[0x1000 / 4]{};
};

// A clock that stands still.
struct Pl031Double {
    io::testing::Device device{0x1000};
    Pl031Double() {
        auto& up = device.reg<pl031::Ris>("ris");
        auto& now = device.reg<pl031::Dr>("dr");
        device.reg<pl031::Lr>("lr").on_write([&](auto&, auto value) { now.holds(value); });
        device.reg<pl031::Mr>("mr").on_write([&](auto&, auto value) {
            if (value == now.value())
                up.holds(1);
        });
        device.reg<pl031::Icr>("icr").on_write(
            [&](auto&, auto bits) { up.holds(up.value() & ~bits); });
        constexpr unsigned char ids[] = {0x31, 0x10, 0x04, 0x00};
        for (std::size_t i = 0; i < 4; ++i)
            device.reg("id", 0xfe0 + 4 * i).holds(ids[i]).read_only();
    }
};

// Always empty, but for its loop.
struct Ns16550Double {
    io::testing::Device device{8};
    Ns16550Double() {
        device.range(
            "ns16550",
            0,
            8,
            [this](std::size_t offset, std::size_t) -> std::uint64_t {
                if (offset == 0 && !divides()) {
                    const std::uint64_t c = loop_.empty() ? 0 : loop_.front();
                    if (!loop_.empty())
                        loop_.pop_front();
                    return c;
                }
                if (offset == 2)
                    return 0xc1;
                if (offset == 5)
                    return loop_.empty() ? 0x60 : 0x61;
                return bytes_[offset];
            },
            [this](std::size_t offset, std::size_t, std::uint64_t value) {
                if (offset == 0 && !divides()) {
                    if ((bytes_[4] & 0x10) != 0)
                        loop_.push_back(value);
                    return;
                }
                bytes_[offset] = value;
            });
    }

private:
    bool divides() const { return (bytes_[3] & 0x80) != 0; }
    std::uint64_t bytes_[8]{};
    std::deque<std::uint64_t> loop_;
};

// One that has sent at once.
struct Fu740UartDouble {
    std::deque<char> waiting; // what comes
    io::testing::Device device{io::min_size_of<fu740::Uart>};
    Fu740UartDouble() {
        namespace uart = fu740::uart;
        device.reg<uart::Txdata>("txdata").holds(0);
        device.reg<uart::Rxdata>("rxdata").on_read([this](auto&) -> std::uint64_t {
            if (waiting.empty())
                return 0x8000'0000;
            const char c = waiting.front();
            waiting.pop_front();
            return static_cast<unsigned char>(c);
        });
        device.reg<uart::Txctrl>("txctrl");
        device.reg<uart::Rxctrl>("rxctrl");
        device.reg<uart::Ie>("ie");
        device.reg<uart::Ip>("ip").holds(1);
        device.reg<uart::Div>("div");
    }
};

// A UART that has sent at once.
struct CmsdkUartDouble {
    io::testing::Device device{0x1000};
    CmsdkUartDouble() {
        auto& pending = device.reg<cmsdk::IntStatus>("int status");
        auto& ctrl = device.reg<cmsdk::Ctrl>("ctrl");
        device.reg<cmsdk::State>("state");
        device.reg<cmsdk::BaudDiv>("baud div");
        device.reg<cmsdk::Data>("data").on_write([&](auto&, auto) {
            if ((ctrl.value() & 4) != 0)
                pending.holds(pending.value() | 1);
        });
        device.reg<cmsdk::UartId>("id").holds(0x21);
    }
};

// A timer that has come to its end at the next look but one.
struct CmsdkTimerDouble {
    io::testing::Device device{0x1000};
    CmsdkTimerDouble() {
        ctrl_ = &device.reg<cmsdk::TimerCtrl>("ctrl");
        device.reg<cmsdk::TimerReload>("reload");
        auto& value = device.reg<cmsdk::TimerValue>("value");
        value.on_read([this](auto& now) { return runs() ? --now : now; });
        device.reg<cmsdk::TimerInt>("int").on_read([&](auto& now) {
            if (runs() && value.value() < 0x1'0000 && looks_++ == 1)
                now = 1;
            return now;
        });
        device.reg<cmsdk::TimerId>("id").holds(0x22);
    }

private:
    bool runs() const { return (ctrl_->value() & 1) != 0; }
    io::testing::DeviceRegister* ctrl_ = nullptr;
    unsigned looks_ = 0;
};

// Items by number, of which none can be written, and a directory that names those from 0x20 on.
struct FwCfgDouble {
    io::testing::Device device{io::min_size_of<fw_cfg::FwCfg>};
    std::string signature = "QEMU";
    std::uint8_t features = 3;
    bool works = true; // does the transfers that it is told to do

    FwCfgDouble(io::testing::FakeDma& memory,
                std::vector<std::pair<std::string, std::string>> files)
        : memory_(&memory), files_(std::move(files)) {
        device.reg("data", 0, 1).read_only().on_read([this](auto&) {
            const std::string bytes = item(selected_);
            return next_ < bytes.size() ? static_cast<unsigned char>(bytes[next_++]) : 0u;
        });
        // big-endian registers in a little-endian double
        device.reg("selector", 8, 2).write_only().on_write([this](auto&, auto written) {
            selected_ = __builtin_bswap16(static_cast<std::uint16_t>(written));
            next_ = 0;
        });
        device.reg("dma", 0x10, 8).on_write([this](auto&, auto written) {
            if (works)
                transfer(__builtin_bswap64(written));
        });
    }

private:
    static std::string big(std::uint64_t value, int bytes) {
        std::string text;
        while (bytes-- > 0)
            text += static_cast<char>(value >> 8 * bytes);
        return text;
    }
    std::string item(unsigned number) const {
        if (number == fw_cfg::item_signature)
            return signature;
        if (number == fw_cfg::item_features)
            return std::string(1, static_cast<char>(features)) + std::string(3, '\0');
        if (number == fw_cfg::item_files) {
            std::string text = big(files_.size(), 4);
            for (std::size_t i = 0; i < files_.size(); ++i) {
                std::string name = files_[i].first;
                name.resize(56);
                text += big(files_[i].second.size(), 4) + big(0x20 + i, 2) + big(0, 2) + name;
            }
            return text;
        }
        return number - 0x20 < files_.size() ? files_[number - 0x20].second : "";
    }
    void transfer(std::uint64_t address) {
        auto* const place = memory_->device_pointer(address, sizeof(fw_cfg::Access));
        if (place == nullptr)
            return device.report_failure("DMA: no access is allocated there");
        fw_cfg::Access access;
        std::memcpy(&access, place, sizeof access);
        const std::uint32_t control = access.control;
        auto* const buffer = memory_->device_pointer(access.address, access.length);
        if (buffer == nullptr)
            return device.report_failure("DMA: no buffer is allocated there");
        if ((control & fw_cfg::do_write) != 0) {
            access.control = fw_cfg::do_error;
        } else {
            std::string bytes = item(control >> 16);
            bytes.resize(access.length);
            std::memcpy(buffer, bytes.data(), bytes.size());
            access.control = 0;
        }
        std::memcpy(place, &access, sizeof access);
    }

    io::testing::FakeDma* memory_;
    std::vector<std::pair<std::string, std::string>> files_;
    unsigned selected_ = 0;
    std::size_t next_ = 0;
};

} // namespace hardware
