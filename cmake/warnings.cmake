# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What our own targets are built with; users of ioview::ioview never see any of it. The presets make
# errors of warnings (CMAKE_COMPILE_WARNING_AS_ERROR); scripts/demo, which has to work with
# compilers newer than these lines, does not.
set(IOVIEW_WARNING_FLAGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow)

add_library(ioview_warnings INTERFACE)
target_compile_options(ioview_warnings INTERFACE ${IOVIEW_WARNING_FLAGS}
                       # clang has this one on by default and under another name
                       $<$<CXX_COMPILER_ID:GNU>:-Wvolatile>)
