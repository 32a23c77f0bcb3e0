// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: this register is io::ro, io::wo or io::rc
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct Id : io::Register<Id, std::uint32_t, io::fixed<0x0>, io::ro> {
    IO_FIELDS(bits(31, 0, number));
};
struct Command : io::Register<Command, std::uint32_t, io::fixed<0x4>, io::wo> {
    IO_FIELDS(bits(31, 0, code));
};
struct Status : io::Register<Status, std::uint32_t, io::fixed<0x8>> {
    IO_FIELDS(bits(15, 8, level), bits(7, 0, data, io::rc));
};
struct Doorbell : io::Register<Doorbell, std::uint32_t, io::fixed<0xc>> {
    IO_FIELDS(bits(15, 8, level), bits(7, 0, ring, io::wo));
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
struct Block {
    Id id;
    Command command;
};

auto f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    bar.write(Command{});
#else
    bar.update<Command>([](Command r) { return r; });
#endif
}
