// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: a mapping has one owner
#include <ioview/resource.hpp>

namespace io = ioview;
struct Mapper {
    io::Result<> request(const io::Resource&) noexcept { return {}; }
    void release(const io::Resource&) noexcept {}
    io::Result<std::uintptr_t> map(const io::Resource& r) noexcept { return r.start & 0xffff; }
    void unmap(std::uintptr_t, std::size_t) noexcept {}
};
using Regs = io::IoMem<io::Region<0x10>, Mapper>;

std::uint32_t read_id(Regs regs) {
    return regs.read32(0x0);
}
std::uint32_t f(Regs& regs) {
#ifdef IOVIEW_FIXED
    return read_id(std::move(regs));
#else
    return read_id(regs);
#endif
}
