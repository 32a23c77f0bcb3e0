# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Builds and runs one consumer from nothing:
#   cmake -DWAY=… -DSOURCE=… -DBUILD=… -DWORK=… -DCOMPILER=… -DGENERATOR=… -DPKG_CONFIG=… -P check.cmake
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT result STREQUAL "0")
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
endfunction()

function(build_consumer)
  run(${CMAKE_COMMAND} -S ${SOURCE}/tests/consumer/${WAY} -B ${WORK}/build -G ${GENERATOR}
      -DCMAKE_CXX_COMPILER=${COMPILER} ${ARGN})
  run(${CMAKE_COMMAND} --build ${WORK}/build)
  run(${WORK}/build/consumer)
endfunction()

if(NOT COMPILER)
  message("SKIPPED: no clang 19 here")
  return()
endif()
file(REMOVE_RECURSE ${WORK})
if(WAY STREQUAL "add_subdirectory")
  build_consumer(-DIOVIEW_SOURCE=${SOURCE})
  return()
endif()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
file(GLOB_RECURSE have RELATIVE ${SOURCE}/include ${SOURCE}/include/*.hpp)
file(GLOB_RECURSE installed RELATIVE ${WORK}/prefix/include ${WORK}/prefix/include/*)
list(SORT have)
list(SORT installed)
if(NOT have STREQUAL installed)
  message(FATAL_ERROR "headers: ${have}\ninstalled: ${installed}")
endif()

if(WAY MATCHES "^(find_package|precompiled|import)$")
  build_consumer(-DCMAKE_PREFIX_PATH=${WORK}/prefix)
elseif(NOT PKG_CONFIG)
  message("SKIPPED: no pkg-config here")
else()
  set(ENV{PKG_CONFIG_PATH} ${WORK}/prefix/share/pkgconfig)
  execute_process(COMMAND ${PKG_CONFIG} --cflags ioview OUTPUT_VARIABLE flags
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  run(${COMPILER} -std=c++20 ${flags} ${SOURCE}/tests/consumer/main.cpp -o ${WORK}/consumer)
  run(${WORK}/consumer)
endif()
