// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions that may use general registers alone, as interrupt handlers are compiled, can use every
// access. handlers.sh compiles this file and looks for vector registers in it.
#include <ioview/ioview.hpp>

#include <cstddef>
#include <cstdint>

namespace io = ioview;
using u32 = std::uint32_t;

#define HANDLER [[gnu::target("general-regs-only")]]

struct Device {
    u32 command, status;
    io::be<std::uint16_t> big;
    std::uint8_t bytes[6];
    u32 many[4];
};
struct Level {
    constexpr explicit Level(io::Bounded<u32, 8> bits) : percent(bits.get() / 2) {}
    constexpr explicit operator io::Bounded<u32, 8>() const {
        return io::Bounded<u32, 8>::masked(percent * 2);
    }
    u32 percent;
};
struct Fan : io::Register<Fan, u32, io::fixed<0x4>> {
    IO_FIELDS(bits(15, 8, upper, Level), bits(7, 0, lower, Level));
};
struct Control : io::Register<Control, u32, io::fixed<0x0>> {
    IO_FIELDS(bit(0, on), bits(7, 4, depth));
};
struct Clock {
    std::uint64_t now() { return ++ticks; }
    void sleep_for(std::uint64_t interval) { ticks += interval; }
    std::uint64_t ticks = 0;
};
using View = io::Mmio<Device>;
using Bar = io::Mmio<io::Region<64>>;

extern "C" {
HANDLER void macros(View d) {
    IO_WRITE(d, command, 1u);
    IO_WRITE(d, big, 2);
    IO_WRITE(d, bytes, static_at(1), std::uint8_t{3});
    IO_UPDATE(d, command, [](u32 v) { return v | 1; });
}
HANDLER u32 checked_steps(View d, unsigned i) {
    static_cast<void>(IO_WRITE(d, many, try_at(i), 1u));
    static_cast<void>(IO_UPDATE(d, many, try_at(i), [](u32 v) { return v + 1; }));
    const auto value = IO_READ(d, many, try_at(i));
    const auto part = IO_PROJECT(d, many, try_at(i));
    return value && part ? *value + part->read() : 0;
}
HANDLER u32 panicking_steps(View d, unsigned i) {
    return IO_READ(d, many, at(i)) + io::project(d, &Device::many, io::at(i)).read();
}
HANDLER u32 loops(View d) {
    u32 sum = 0;
    for (auto place : IO_PROJECT(d, many))
        sum += place.read();
    for (auto place : IO_PROJECT(d.relaxed(), many))
        place.write(sum);
    return sum;
}
HANDLER u32 offsets(Bar bar, std::size_t offset) {
    bar.write32(4, bar.read32(8));
    static_cast<void>(bar.try_write16(offset, 1));
    return bar.try_read32(offset).value_or(0);
}
HANDLER u32 registers(Bar bar) {
    bar.write(Control{}.with_on(true).with_depth(3));
    bar.update<Control>([](Control c) { return c.with_on(false); });
    static_cast<void>(bar.try_update<Control>([](Control c) { return c.with_depth(1); }));
    return bar.read<Control>().depth() + (bar.read<Control>().on() ? 1 : 0);
}
HANDLER u32 own_types(Bar bar) {
    bar.update<Fan>([](Fan f) { return f.with_lower(f.upper()); });
    return bar.read<Fan>().lower().percent;
}
HANDLER u32 memory(io::SysMem<Device> d) {
    IO_WRITE(d, command, 1u);
    io::publish(IO_PROJECT(d, status), 1u);
    io::release_to_device(IO_PROJECT(d, status), 2u);
    return io::observe(IO_PROJECT(d, status));
}
HANDLER void copies(Bar bar, std::byte* buffer) {
    bar.bytes().copy_to(io::Span<std::byte>{buffer, 64});
    bar.bytes().copy_from(io::Span<const std::byte>{buffer, 64});
    bar.bytes().fill(std::byte{0});
}
HANDLER bool polls(View d, Clock& clock) {
    return io::read_poll_timeout([&] { return IO_READ(d, status); },
                                 [](u32 v) { return v != 0; },
                                 std::uint64_t{0},
                                 std::uint64_t{10},
                                 clock)
        .has_value();
}
HANDLER void barriers() {
    io::mb();
    io::dma_wmb();
    io::mmiowb();
}
#if IOVIEW_ARCH_X86
HANDLER std::uint8_t ports(io::PortIo<std::uint8_t> port) {
    port.write(1);
    return port.read();
}
#endif
}
