// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The program of another project, which imports ioview; and then includes what the module leaves
// out. With IOVIEW_INCLUDED it includes all of it, for comparison.
#include <ioview/macros.hpp>

#include <cstdint>

#ifdef IOVIEW_INCLUDED
#include <ioview/ioview.hpp>
#else
import ioview;
#endif

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor), bits(6, 4, mode), bit(1, overrun, io::w1c), bit(0, enable));
};

struct Queue {
    std::uint32_t head;
    std::uint32_t entries[4];
};

// What a driver does, by all that the module has to export: views, registers, macros, results.
template <class Device>
std::uint32_t start(const Device& device) {
    device.template update<Control>([](Control r) { return r.with_divisor(12).with_enable(true); });
    return device.template read<Control>().divisor();
}
template <class Device>
std::uint32_t start_by_values(const Device& device) {
    device.write(IO_VALUE(Control, mode(5)));
    IO_MODIFY(device, Control, divisor(13), enable(true));
    static_cast<void>(IO_TRY_MODIFY(device, Control, mode(6)));
    return device.template read<Control>().raw();
}
std::uint32_t entry(const io::SysMem<Queue>& queue, unsigned i) {
    IO_WRITE(queue, head, i);
    return IO_READ(queue, entries, try_at(i)).value_or(0);
}

// After what uses the module: a header that the module leaves out would show what it includes.
#include <ioview/testing.hpp>

int main() {
    alignas(8) std::byte memory[0x100] = {};
    memory[0x10] = std::byte{2};
    const auto device = io::SysMem<io::Region<0x100>>::from_bytes(memory, sizeof memory);
    const bool started = device && start(*device) == 12 && memory[0x10] == std::byte{1} &&
                         memory[0x12] == std::byte{12} && start_by_values(*device) == 0xd'0061;
    Queue queue{9, {5, 6, 7, 8}};
    const auto view = io::SysMem<Queue>::from_pointer(&queue);
    const bool read = entry(view, 2) == 7 && entry(view, 4) == 0 && queue.head == 4;
    return started && read ? 0 : 1;
}
