# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The toolchain of QEMU's virt for AArch64, and how an image is run there.
# [board]
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_ASM_COMPILER aarch64-linux-gnu-gcc)
# with the MMU off, memory takes no access that is not aligned
set(CMAKE_CXX_FLAGS_INIT -mstrict-align)
set(CMAKE_EXE_LINKER_FLAGS_INIT -no-pie)

set(BOARD ${CMAKE_CURRENT_LIST_DIR})
set(BOARD_RUN qemu-system-aarch64 -M virt -cpu cortex-a53 -m 128 -nodefaults -display none
    -serial stdio -monitor none -semihosting-config enable=on,target=native -kernel)
# [/board]
