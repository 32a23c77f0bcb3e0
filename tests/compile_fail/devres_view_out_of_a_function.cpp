// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its guard; use it inside the function
#include <ioview/ioview.hpp>
#include <ioview/resource.hpp>

namespace io = ioview;
struct Device {
    io::DevresList devres;
};
struct Regs {
    io::Mmio<std::uint32_t> view() const noexcept;
};

bool f(io::Devres<Regs, Device>& regs) {
#ifdef IOVIEW_FIXED
    return regs.try_access_with([](Regs& r) { return r.view().read(); }).has_value();
#else
    return regs.try_access_with([](Regs& r) { return r.view(); }).has_value();
#endif
}
