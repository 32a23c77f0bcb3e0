// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_constant_is_too_wide
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

auto f() {
#ifdef IOVIEW_FIXED
    return Control{}.with_gain(7);
#else
    return Control{}.with_gain(8);
#endif
}
