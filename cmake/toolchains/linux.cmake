# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What the toolchain files next to this one have in common: Debian's cross g++, programs without
# shared libraries, so that user-mode QEMU runs them with nothing else of that architecture here.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${IOVIEW_CROSS_PROCESSOR})
set(CMAKE_CXX_COMPILER ${IOVIEW_CROSS_TRIPLET}-g++)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -s")
set(CMAKE_CROSSCOMPILING_EMULATOR ${IOVIEW_CROSS_EMULATOR})
# Directory entries of 64 bits everywhere; not what g++ 12 notes about 32-bit Arm before its 7.1, nor
# what it finds in its own std::string.
set(CMAKE_CXX_FLAGS_INIT "-D_FILE_OFFSET_BITS=64 -Wno-psabi -Wno-stringop-overread")
