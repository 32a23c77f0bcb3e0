# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# One refusal, on every compiler:
#   cmake -DSOURCE=… -DINCLUDE=… -DCOMPILERS=g++;… -DCROSS_COMPILERS=… -DSTAMP=…
#         [-DPRECOMPILED=<what precompile.cmake has made>] -P check.cmake
# The file must be refused (exit code) for the stated reason (text) briefly (lines), and its twin,
# compiled with IOVIEW_FIXED, must be accepted: a typing error or a missing include then cannot pass
# for a refusal. The file says, each on a line of its own that starts with //
#   expect: <regex>          CMake regex for what the compiler prints; several lines: all must match
#   compilers: g++ clang++-14   only these (g++, clang++-14, clang++-19); for compiler bugs
#   flags: <flag>…           further flags
#   target: s390x            the cross compiler of that file in cmake/toolchains instead (s390x:
#                            big-endian, arm: 32 bits); skipped where it is missing
#   lines: <n>               another limit than 15 lines on g++ and 25 on clang; say why beside it
# Precompiled are the includes that the file begins with, so nothing is declared that it does not
# include. What then is not as it must be is compiled again without, and that counts: g++ forgets the
# header's `#pragma GCC diagnostic` there, and clang prints a line more of where a header came from.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/passed.cmake)

file(READ ${SOURCE} text)

# directive(<out> <key>): the texts of all `// key: text` lines. Not file(STRINGS): a list would be
# cut at the `;` and joined at the `[` that a regex may hold. Hence out_0 … out_<n-1>, and out_count.
function(directive out key)
  set(rest "\n${text}")
  set(count 0)
  while(rest MATCHES "\n// ${key}: *([^\n]*)")
    set(${out}_${count} "${CMAKE_MATCH_1}" PARENT_SCOPE)
    set(match "${CMAKE_MATCH_0}")
    math(EXPR count "${count} + 1")
    string(FIND "${rest}" "${match}" at)
    string(LENGTH "${match}" length)
    math(EXPR at "${at} + ${length}")
    string(SUBSTRING "${rest}" ${at} -1 rest)
  endwhile()
  set(${out}_count ${count} PARENT_SCOPE)
endfunction()

directive(expect expect)
directive(only compilers)
directive(flags flags)
directive(target target)
directive(lines lines)
if(NOT expect_count)
  message(FATAL_ERROR "${SOURCE} has no line `// expect: <regex>`")
endif()
if(NOT text MATCHES "\n#ifn?def IOVIEW_FIXED\n")
  message(FATAL_ERROR "${SOURCE} has no corrected twin under `#ifdef IOVIEW_FIXED`")
endif()

set(compilers ${COMPILERS})
if(target_count)
  set(toolchain ${CMAKE_CURRENT_LIST_DIR}/../../cmake/toolchains/${target_0}.cmake)
  if(NOT EXISTS ${toolchain})
    message(FATAL_ERROR "unknown target ${target_0}")
  endif()
  file(STRINGS ${toolchain} triplet REGEX "IOVIEW_CROSS_TRIPLET ")
  string(REGEX REPLACE ".* |[)]" "" triplet ${triplet})
  set(compilers ${CROSS_COMPILERS})
  list(FILTER compilers INCLUDE REGEX "(^|/)${triplet}-[^/]*$")
endif()
if(only_count)
  separate_arguments(only UNIX_COMMAND "${only_0}")
  set(kept)
  foreach(compiler IN LISTS compilers)
    cmake_path(GET compiler FILENAME name)
    string(REGEX REPLACE "^g[+][+].*" "g++" name ${name})
    if(name IN_LIST only)
      list(APPEND kept ${compiler})
    endif()
  endforeach()
  set(compilers ${kept})
endif()
if(NOT compilers)
  message("SKIPPED: no compiler for it here")
  return()
endif()

set(command -std=c++20 -I${INCLUDE} -Wall -Wextra -fsyntax-only)
if(flags_count)
  separate_arguments(flags UNIX_COMMAND "${flags_0}")
  list(APPEND command ${flags})
endif()

file(GLOB_RECURSE files ${INCLUDE}/*.hpp ${CMAKE_CURRENT_LIST_DIR}/*.hpp)
list(APPEND files ${SOURCE} ${CMAKE_CURRENT_LIST_FILE})
input_key(key "${compilers}" "${files}" "${command}")
passed_before(passed ${STAMP} ${key})
if(passed)
  return()
endif()

set(ENV{LC_ALL} C)
math(EXPR last_expect "${expect_count} - 1")

# judge(<out> <compiler> <flag>…): what is not as it must be, or nothing.
function(judge out compiler)
  cmake_path(GET compiler FILENAME name)
  set(limit 15)
  if(name MATCHES "clang")
    set(limit 25)
  endif()
  if(lines_count)
    string(REGEX MATCH "^[0-9]+" limit "${lines_0}") # behind it may stand why
    if(limit STREQUAL "")
      message(FATAL_ERROR "${SOURCE}: `// lines:` takes a number")
    endif()
  endif()

  set(faults "")
  execute_process(COMMAND ${compiler} ${ARGN} -DIOVIEW_FIXED ${SOURCE} RESULT_VARIABLE result
                  OUTPUT_QUIET ERROR_VARIABLE errors)
  if(NOT result STREQUAL "0")
    string(APPEND faults "\n${name}: the corrected twin must compile\n${errors}")
  endif()

  execute_process(COMMAND ${compiler} ${ARGN} ${SOURCE} RESULT_VARIABLE result OUTPUT_QUIET
                  ERROR_VARIABLE errors)
  string(REGEX REPLACE "[.]passed$" ".${name}.said" said "${STAMP}")
  file(WRITE ${said} "${errors}") # for errors.first_line
  if(result STREQUAL "0")
    set(${out} "${faults}\n${name}: compiled, but must be refused\n${errors}" PARENT_SCOPE)
    return()
  endif()
  foreach(i RANGE ${last_expect})
    if(NOT errors MATCHES "${expect_${i}}")
      string(APPEND faults "\n${name}: refused for another reason than\n  ${expect_${i}}\n${errors}")
    endif()
  endforeach()
  string(REGEX REPLACE "[^\n]" "" newlines "${errors}")
  string(LENGTH "${newlines}" count)
  if(count GREATER limit)
    string(APPEND faults "\n${name}: ${count} lines, at most ${limit} are allowed\n${errors}")
  endif()
  message("${name}: refused in ${count} lines")
  set(${out} "${faults}" PARENT_SCOPE)
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/precompiled.cmake)
set(ways plain)
if(PRECOMPILED AND NOT flags_count AND NOT target_count)
  file(READ ${PRECOMPILED}/all.hpp precompiled)
  leading_includes(leading "${text}")
  if(precompiled STREQUAL leading)
    list(PREPEND ways precompiled)
  endif()
endif()

set(faults "")
foreach(compiler IN LISTS compilers)
  foreach(way IN LISTS ways)
    set(with)
    if(way STREQUAL "precompiled")
      precompiled_flags(with ${PRECOMPILED} ${compiler})
    endif()
    judge(found ${compiler} ${command} ${with})
    if(found STREQUAL "")
      break()
    endif()
  endforeach()
  string(APPEND faults "${found}")
endforeach()

if(faults)
  # by hand: message() would wrap and indent what the compilers say
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${faults}")
  message(FATAL_ERROR "${SOURCE}")
endif()
file(WRITE ${STAMP} ${key})
