// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A block that is in device or in system memory, by ioview.

#include <ioview/backend/io_sys_map.hpp>
#include <ioview/ioview.hpp>

#include <cstdint>

namespace ported {

namespace io = ioview;

// [io_sys_map]
struct Mode {
    io::le<std::uint32_t> format;
    io::le<std::uint32_t> pitch;
    io::le<std::uint32_t> width;
    io::le<std::uint32_t> height;
};
inline void set_size(io::IoSysMap<Mode> mode, std::uint32_t width, std::uint32_t height) {
    IO_WRITE(mode, width, width);
    IO_WRITE(mode, height, height);
}
// [/io_sys_map]

} // namespace ported
