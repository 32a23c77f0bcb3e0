# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The includes that many refusals begin with, compiled once for all of them, as tests that others need:
#   cmake -DDIRECTORY=… -DINCLUDE=… -DCOMPILERS=g++;… -P precompiled.cmake
# <directory>/all.hpp holds those includes.
cmake_minimum_required(VERSION 3.25)
set(COMPILE_FAIL ${CMAKE_CURRENT_LIST_DIR})

# leading_includes(<out> <text>): the include lines that a file begins with, behind its comments.
function(leading_includes out text)
  string(REGEX MATCH "^(//[^\n]*\n)*((#include [^\n]*\n)+)" match "${text}")
  set(${out} "${CMAKE_MATCH_2}" PARENT_SCOPE)
endfunction()

# precompiled_flags(<out> <directory> <compiler>): what makes the compiler take it.
function(precompiled_flags out directory compiler)
  cmake_path(GET compiler FILENAME name)
  if(name MATCHES "clang")
    set(${out} -include-pch ${directory}/${name}.pch PARENT_SCOPE)
  else()
    set(${out} -include ${directory}/all.hpp PARENT_SCOPE)
  endif()
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  return()
endif()

include(${CMAKE_CURRENT_LIST_DIR}/../support/passed.cmake)
set(command -std=c++20 -I${INCLUDE} -iquote ${COMPILE_FAIL} -Wall -Wextra -x c++-header
    ${DIRECTORY}/all.hpp)
file(GLOB_RECURSE files ${INCLUDE}/*.hpp ${COMPILE_FAIL}/*.hpp)
list(APPEND files ${DIRECTORY}/all.hpp ${CMAKE_CURRENT_LIST_FILE})
input_key(key "${COMPILERS}" "${files}" "${command}")
passed_before(passed ${DIRECTORY}/passed ${key})
if(passed)
  return()
endif()
foreach(compiler IN LISTS COMPILERS)
  cmake_path(GET compiler FILENAME name)
  set(result ${DIRECTORY}/all.hpp.gch)
  if(name MATCHES "clang")
    set(result ${DIRECTORY}/${name}.pch)
  endif()
  execute_process(COMMAND ${compiler} ${command} -o ${result} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(WRITE ${DIRECTORY}/passed ${key})
