// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Ports that an ordinary program can reach: its IN and OUT end in a signal, whose handler plays
// memory behind them and notes each access.
//
//   PortsBySignal ports;
//   io::PortIo<io::Region<8>>::from_port(0xfe08).write8(1, 0x11);
//   CHECK(ports.accesses() == std::vector<PortAccess>{{true, 0xfe09, 1, 0x11}});

#if defined(__x86_64__) && defined(__linux__)
#define HAS_PORTS_BY_SIGNAL 1

#include <csignal>
#include <cstdint>
#include <initializer_list>
#include <ucontext.h>
#include <vector>

struct PortAccess {
    bool is_write;
    unsigned port, width;
    std::uint32_t value;
    friend bool operator==(const PortAccess&, const PortAccess&) = default;
};

class PortsBySignal {
public:
    PortsBySignal() {
        struct sigaction action {};
        action.sa_sigaction = play;
        action.sa_flags = SA_SIGINFO;
        ::sigaction(SIGSEGV, &action, &before_);
        now() = this;
    }
    ~PortsBySignal() {
        ::sigaction(SIGSEGV, &before_, nullptr);
        now() = nullptr;
    }
    PortsBySignal(const PortsBySignal&) = delete;
    PortsBySignal& operator=(const PortsBySignal&) = delete;

    const std::vector<PortAccess>& accesses() const { return accesses_; }

    // What a read finds: the least significant byte at the port itself, as x86 has it.
    void set(unsigned port, std::initializer_list<std::uint8_t> bytes) {
        for (const auto byte : bytes)
            bytes_[port++] = byte;
    }

private:
    static PortsBySignal*& now() {
        static PortsBySignal* ports = nullptr;
        return ports;
    }

    // IN and OUT are 0xe4 to 0xe7 with the port behind, 0xec to 0xef with the port in DX; bit 1 is
    // OUT, bit 0 is 32 bits, and 16 after the prefix 0x66 (Intel SDM, volume 2).
    static void play(int, siginfo_t*, void* context) {
        auto& registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
        const auto* const start = reinterpret_cast<const unsigned char*>(registers[REG_RIP]);
        const auto* at = start;
        const bool is_16 = *at == 0x66;
        at += is_16 ? 1 : 0;
        const unsigned code = *at++;
        if ((code & 0xf4) != 0xe4) {
            std::signal(SIGSEGV, SIG_DFL); // no port instruction: a fault like any other
            return;
        }
        const unsigned port = (code & 8) != 0 ? registers[REG_RDX] & 0xffff : *at++;
        const unsigned width = (code & 1) == 0 ? 1 : is_16 ? 2 : 4;
        const bool is_write = (code & 2) != 0;
        const std::uint32_t mask = 0xffff'ffff >> (32 - 8 * width);
        auto word = static_cast<std::uint32_t>(registers[REG_RAX]) & mask;
        if (is_write) {
            now()->store(port, width, word);
        } else {
            word = now()->load(port, width);
            registers[REG_RAX] = width == 4 ? word : (registers[REG_RAX] & ~greg_t{mask}) | word;
        }
        now()->accesses_.push_back({is_write, port, width, word});
        registers[REG_RIP] += at - start;
    }

    std::uint32_t load(unsigned port, unsigned width) const {
        std::uint32_t word = 0;
        for (unsigned i = width; i-- != 0;)
            word = word << 8 | bytes_[port + i];
        return word;
    }
    void store(unsigned port, unsigned width, std::uint32_t word) {
        for (unsigned i = 0; i != width; ++i, word >>= 8)
            bytes_[port + i] = static_cast<std::uint8_t>(word);
    }

    struct sigaction before_ {};
    std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(0x1'0003);
    std::vector<PortAccess> accesses_;
};

#endif
