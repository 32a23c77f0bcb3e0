// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this.constant.does.nothing.to.the.field
#include <ioview/ioview.hpp>

namespace io = ioview;

enum class Mode : std::uint8_t { off, on };
struct Flags : io::Register<Flags, std::uint32_t, io::fixed<0>> {
    IO_FIELDS(bits(11, 8, cause, io::w1s),
              bits(7, 4, pending, io::w0c),
              bits(2, 1, mode, Mode, io::w1c),
              bit(0, done, io::w1c));
};
struct Acks : io::Register<Acks, std::uint32_t, io::fixed<4>, io::w1c> {
    IO_FIELDS(bit(0, first));
};

void f(io::Mmio<io::Region<16>> bar) {
#ifdef IOVIEW_FIXED
    bar.write(Acks{}.with_first(1));
#else
    bar.write(Acks{}.with_first(0));
#endif
}
