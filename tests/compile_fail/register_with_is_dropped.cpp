// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: with_x.. changes a copy
// flags: -Werror=unused-result
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

enum class Mode : std::uint8_t { off, slow, fast };
enum class Parity : std::uint8_t { none, even, odd };
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(31, 16, divisor),
              bits(15, 12, gain, std::int8_t),
              bits(11, 10, parity, Parity),
              bits(6, 4, mode, Mode),
              bit(3, ready, io::ro),
              bit(2, event, io::w1c),
              bit(0, enable));
};

auto f(Control c) {
#ifdef IOVIEW_FIXED
    c = c.with_enable(true);
    return c;
#else
    c.with_enable(true);
    return c;
#endif
}
