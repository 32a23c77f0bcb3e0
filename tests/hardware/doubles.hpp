// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Doubles of the boards' smaller devices, only as much as the checks ask of them.

#include <ioview/testing/device.hpp>

#include "../../examples/drivers/cmsdk.hpp"
#include "../../examples/drivers/goldfish.hpp"
#include "../../examples/drivers/ns16550.hpp"
#include "../../examples/drivers/pl011.hpp"
#include "../../examples/drivers/pl031.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>

namespace hardware {

namespace io = ioview;

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

// A UART that has sent at once.
struct CmsdkUartDouble {
    io::testing::Device device{0x1000};
    CmsdkUartDouble() {
        auto& pending = device.reg<cmsdk::IntStatus>("int status").on_write(io::testing::w1c());
        auto& ctrl = device.reg<cmsdk::Ctrl>("ctrl");
        device.reg<cmsdk::State>("state").on_write(io::testing::w1c(0xc));
        device.reg<cmsdk::BaudDiv>("baud div");
        device.reg<cmsdk::Transmit>("data").on_write([&](auto&, auto) {
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
        device.reg<cmsdk::TimerInt>("int").on_write(io::testing::w1c()).on_read([&](auto& now) {
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

} // namespace hardware
