// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: an Ecam keeps a view of its window; give the window a name
#include <ioview/ioview.hpp>

namespace io = ioview;
struct Mapper {
    io::Result<> request(const io::Resource&) noexcept { return {}; }
    void release(const io::Resource&) noexcept {}
    io::Result<std::uintptr_t> map(const io::Resource& r) noexcept { return r.start & 0xf000; }
    void unmap(std::uintptr_t, std::size_t) noexcept {}
};
using Window = io::IoMem<io::Region<0x1000>, Mapper>;

void f(Mapper& mapper, const io::Resource& resource) {
#ifdef IOVIEW_FIXED
    const auto window = Window::map(mapper, resource);
    const io::pci::Ecam host{*window};
#else
    const io::pci::Ecam host{*Window::map(mapper, resource)};
#endif
}
