// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: flush.. reads, and reading this register has side effects
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Data : io::Register<Data, std::uint32_t, io::fixed<0x0>, io::rc> {
    IO_FIELDS(bits(7, 0, byte));
};
struct Command : io::Register<Command, std::uint32_t, io::fixed<0x4>, io::wo> {
    IO_FIELDS(bits(31, 0, code));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x8>> {
    IO_FIELDS(bit(8, ready), bits(7, 0, count, io::rc));
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
struct Lane : io::Register<Lane, std::uint32_t, io::array<0x20, 4>, io::rc> {
    IO_FIELDS(bits(7, 0, byte));
};
struct Quiet : io::Register<Quiet, std::uint32_t, io::array<0x20, 4>, io::ro> {
    IO_FIELDS(bits(7, 0, byte));
};
struct Block {
    Control control;
    Command command;
    Status status;
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    io::flush<Control>(bar);
#else
    io::flush<Data>(bar);
#endif
}
