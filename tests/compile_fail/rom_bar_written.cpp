// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: the target is const, so it is read only
#include <ioview/pci/rom_bar.hpp>

#include "config_function.hpp"

namespace io = ioview;

struct Mapper {
    io::Result<> request(const io::Resource&) noexcept;
    void release(const io::Resource&) noexcept;
    io::Result<std::uintptr_t> map(const io::Resource&) noexcept;
    void unmap(std::uintptr_t, std::size_t) noexcept;
};
using Config = io::ConfigSpace<Function, io::pci::Normal>;

unsigned f(const io::pci::RomBar<io::Region<512>, Mapper, Config>& rom) {
#ifdef IOVIEW_FIXED
    return rom.read16(0);
#else
    rom.write16(0, 0xaa55);
    return 0;
#endif
}
