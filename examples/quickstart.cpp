// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The shortest driver: a UART transmit function, run in the compiler and on a recorded simulation.

// [quickstart]
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstdio>

namespace io = ioview;

// PrimeCell UART (Arm DDI 0183), the registers that a transmitter needs.
struct Flags : io::Register<Flags, std::uint32_t, io::fixed<0x18>, io::ro> {
    IO_FIELDS(bit(7, transmit_empty), bit(5, transmit_full), bit(3, busy));
};
struct Pl011 {
    std::uint32_t data; // 0x00
    std::uint32_t reserved[5];
    Flags flags; // 0x18
};

// Any view of a Pl011: io::Mmio on hardware, simulated memory in tests.
template <io::IoOf<Pl011> Uart>
constexpr io::Result<> put(Uart uart, char c) {
    if (IO_READ(uart, flags).transmit_full())
        return io::fail(io::Error::busy);
    IO_WRITE(uart, data, static_cast<unsigned char>(c));
    return {};
}

// Run by the compiler: a full transmitter is left alone.
static_assert([] {
    io::testing::Memory<sizeof(Pl011)> memory;
    memory[0] = 'x';
    memory[0x18] = 1 << 5;
    return put(memory.view<Pl011>(), 'A').error() == io::Error::busy && memory[0] == 'x';
}());

int main() {
    io::testing::Memory<sizeof(Pl011)> memory;
    memory.view<io::Region<0x1c>>().write32(0x18, 1 << 7); // the transmitter is empty
    io::testing::Recorder recorder{memory.view<Pl011>()};
    for (const char c : {'h', 'i'})
        if (auto sent = put(recorder.view<Pl011>(), c); !sent)
            std::printf("put: %s\n", io::to_string(sent.error()));
    for (const auto& access : recorder.log())
        std::puts(to_string(access).c_str());
}
// [/quickstart]
