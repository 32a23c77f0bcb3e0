# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The toolchain of QEMU's mps2-an385, a Cortex-M3, and how an image is run there.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR cortex-m3)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_FLAGS_INIT "-mcpu=cortex-m3 -mthumb")
set(CMAKE_ASM_FLAGS_INIT "-mcpu=cortex-m3 -mthumb")

set(BOARD ${CMAKE_CURRENT_LIST_DIR})
set(BOARD_RUN qemu-system-arm -M mps2-an385 -nic none -nodefaults -display none
    -serial stdio -monitor none -semihosting-config enable=on,target=native -kernel)
