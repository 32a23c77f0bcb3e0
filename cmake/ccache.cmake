# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compile through ccache where it is installed; paths below the source tree are made relative, so
# that a second clone finds the objects of the first.
if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(IOVIEW_CCACHE ccache)
  mark_as_advanced(IOVIEW_CCACHE)
  if(IOVIEW_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${IOVIEW_CCACHE})
  endif()
endif()
