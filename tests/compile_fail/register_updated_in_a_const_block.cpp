// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x0>> {
    IO_FIELDS(bit(0, enable));
};
struct Block {
    std::uint32_t control;
};
#ifdef IOVIEW_FIXED
void f(io::Mmio<Block> block) {
#else
void f(io::Mmio<const Block> block) {
#endif
    block.update<Control>([](Control c) { return c.with_enable(true); });
}
