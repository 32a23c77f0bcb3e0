# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(IOVIEW_CROSS_TRIPLET aarch64-linux-gnu)
set(IOVIEW_CROSS_PROCESSOR aarch64)
set(IOVIEW_CROSS_EMULATOR qemu-aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/linux.cmake)
