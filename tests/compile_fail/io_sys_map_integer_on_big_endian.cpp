// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: ioview: on a big-endian CPU an IoSysMap has no byte order for plain integers.*le or be
// target: s390x
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Header {
#ifdef IOVIEW_FIXED
    io::le<std::uint32_t> magic;
    io::be<std::uint32_t> version;
#else
    std::uint32_t magic;
    std::uint32_t version;
#endif
};
auto f(io::IoSysMap<Header> map) {
#ifdef IOVIEW_FIXED
    IO_WRITE(map, version, io::be<std::uint32_t>{2u});
#endif
    return IO_READ(map, magic);
}
