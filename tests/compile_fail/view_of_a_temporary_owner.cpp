// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the view would outlive its owner; give the owner a name
#include <ioview/resource.hpp>

namespace io = ioview;
struct Mapper {
    io::Result<> request(const io::Resource&) noexcept { return {}; }
    void release(const io::Resource&) noexcept {}
    io::Result<std::uintptr_t> map(const io::Resource& r) noexcept { return r.start & 0xffff; }
    void unmap(std::uintptr_t, std::size_t) noexcept {}
};
using Regs = io::ExclusiveIoMem<io::Region<0x10>, Mapper>;

std::uint32_t f(Mapper& mapper, const io::Resource& resource) {
#ifdef IOVIEW_FIXED
    const auto regs = Regs::map(mapper, resource);
    return regs->view().read32(0x0);
#else
    const auto regs = Regs::map(mapper, resource).value().view();
    return regs.read32(0x0);
#endif
}
