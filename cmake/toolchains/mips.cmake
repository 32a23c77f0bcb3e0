# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(IOVIEW_CROSS_TRIPLET mips-linux-gnu)
set(IOVIEW_CROSS_PROCESSOR mips)
set(IOVIEW_CROSS_EMULATOR qemu-mips)
include(${CMAKE_CURRENT_LIST_DIR}/linux.cmake)
