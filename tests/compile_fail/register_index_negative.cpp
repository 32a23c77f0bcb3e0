// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: the_index_is_negative
#include <ioview/ioview.hpp>
#include <ioview/register.hpp>

namespace io = ioview;

struct CpuBase;
struct GpuBase;
struct Cpu0 : io::RegisterBase<CpuBase, 0x40> {};
struct Gpu0 : io::RegisterBase<GpuBase, 0x80> {};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
struct Scratch : io::Register<Scratch, std::uint32_t, io::array<0x80, 8, 8>> {
    IO_FIELDS(bits(31, 0, value));
};
struct CpuCtl : io::Register<CpuCtl, std::uint32_t, io::relative<CpuBase, 0x4>> {
    IO_FIELDS(bit(0, start));
};
struct CpuMail : io::Register<CpuMail, std::uint32_t, io::relative_array<CpuBase, 0x20, 4>> {
    IO_FIELDS(bits(31, 0, word));
};
struct CpuStatus : io::Register<CpuStatus, std::uint32_t, io::alias<CpuCtl>> {
    IO_FIELDS(bit(1, halted));
};
struct Member : io::Register<Member, std::uint32_t> {
    IO_FIELDS(bit(0, enable));
};

auto f() {
#ifdef IOVIEW_FIXED
    return Scratch::at(1);
#else
    return Scratch::at(-1);
#endif
}
