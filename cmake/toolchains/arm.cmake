# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(IOVIEW_CROSS_TRIPLET arm-linux-gnueabihf)
set(IOVIEW_CROSS_PROCESSOR arm)
set(IOVIEW_CROSS_EMULATOR qemu-arm)
include(${CMAKE_CURRENT_LIST_DIR}/linux.cmake)
