// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers.*le or be
// target: s390x
#include <ioview/ioview.hpp>

namespace io = ioview;

std::uint32_t f(io::IoSysMap<io::Region<16>> map) {
#ifdef IOVIEW_FIXED
    return map.read<io::le<std::uint32_t>>(8).value();
#else
    return map.read32(8);
#endif
}
