// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Registers of a vendor's description, made while building: by one line of CMake,
//
//   ioview_add_register_map(<target> stm32f407_blink.svd)
//
// Here on memory in place of the device: a pin becomes an output, and shows by name what it is
// then.
#include <ioview/format.hpp>
#include <ioview/testing/memory.hpp>

#include <fmt/format.h>
#include <stm32f407_blink/stm32f407.hpp>

namespace io = ioview;
namespace gpio = stm32f407::gpio;

int main() {
    io::testing::Memory<0x400> memory;
    const auto port = memory.view<stm32f407::Gpio>();
    port.write(gpio::Moder::reset());
    IO_MODIFY(port, gpio::Moder, moder(12u, gpio::Moder::Mode::output));
    port.write(gpio::Odr::reset());
    IO_MODIFY(port, gpio::Odr, odr(12u, true));

    fmt::print("GPIOD is at {:#x}\n", stm32f407::gpiod_base);
    fmt::print("{}\n", port.read<gpio::Moder>());
    fmt::print("{}\n", port.read<gpio::Odr>());
}
