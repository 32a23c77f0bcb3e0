# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(IOVIEW_CROSS_TRIPLET s390x-linux-gnu)
set(IOVIEW_CROSS_PROCESSOR s390x)
set(IOVIEW_CROSS_EMULATOR qemu-s390x)
include(${CMAKE_CURRENT_LIST_DIR}/linux.cmake)
