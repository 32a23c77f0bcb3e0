// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a lock that nobody else can have keeps nobody out; give the lock a name
#include <ioview/ioview.hpp>
#include <ioview/register/update_locked.hpp>

namespace io = ioview;

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(0, enable));
};
struct Spin {
    void lock() noexcept { taken = true; }
    void unlock() noexcept { taken = false; }
    bool taken = false;
};

void f(io::Mmio<io::Region<0x100>> bar) {
#ifdef IOVIEW_FIXED
    static Spin spin;
    io::update_locked<Control>(bar, spin, [](Control c) { return c.with_enable(true); });
#else
    io::update_locked<Control>(bar, Spin{}, [](Control c) { return c.with_enable(true); });
#endif
}
