# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(IOVIEW_CROSS_TRIPLET i686-linux-gnu)
set(IOVIEW_CROSS_PROCESSOR i686)
set(IOVIEW_CROSS_EMULATOR qemu-i386)
include(${CMAKE_CURRENT_LIST_DIR}/linux.cmake)
