// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a lock policy has lock\(\) and unlock\(\), or unlock\(x\) for what lock\(\)
#include <ioview/ioview.hpp>
#include <ioview/register/update_locked.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
struct Irq {
    unsigned long disable() noexcept { return 0; }
    void restore(unsigned long) noexcept {}
#ifdef IOVIEW_FIXED
    unsigned long lock() noexcept { return disable(); }
    void unlock(unsigned long state) noexcept { restore(state); }
#endif
};

void f(io::Mmio<io::Region<0x100>> bar, Irq& irq) {
    io::update_locked<Control>(bar, irq, [](Control c) { return c.with_enable(true); });
}
