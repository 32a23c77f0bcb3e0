// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: a claim has one owner; std::move it, or pass .view
#include <ioview/resource.hpp>

namespace io = ioview;
struct Mapper {
    io::Result<> request(const io::Resource&) noexcept { return {}; }
    void release(const io::Resource&) noexcept {}
    io::Result<std::uintptr_t> map(const io::Resource& r) noexcept { return r.start & 0xffff; }
    void unmap(std::uintptr_t, std::size_t) noexcept {}
};
using Regs = io::ExclusiveIoMem<io::Region<0x10>, Mapper>;

void f(Regs& regs, Regs& other) {
#ifdef IOVIEW_FIXED
    regs = std::move(other);
#else
    regs = other;
#endif
}
