# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Each header alone, for one compiler:
#   cmake -DCOMPILER=… -DINCLUDE=… -DWARNINGS=… -DFREESTANDING=… -DHOSTED=… -DSTAMP=…
#         -P freestanding.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/passed.cmake)

set(flags -std=c++20 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics -O0
          -fsyntax-only ${WARNINGS} -Werror -I${INCLUDE} -x c++ -)
set(ENV{LC_ALL} C)
set(faults "")

file(GLOB_RECURSE files ${INCLUDE}/*.hpp)
input_key(key "${COMPILER}" "${files};${CMAKE_CURRENT_LIST_FILE}" "${flags};${FREESTANDING};${HOSTED}")
passed_before(passed ${STAMP} ${key})
if(passed)
  return()
endif()

# compile(<header>): sets result and errors; twice in one file, so that a missing guard shows
macro(compile header)
  string(REPEAT "#include <ioview/${header}>\n" 2 source)
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${source}"
                  COMMAND ${COMPILER} ${flags} RESULTS_VARIABLE results ERROR_VARIABLE errors)
  list(GET results 1 result)
endmacro()

# Of the files under arch/, the one for this compiler's target
execute_process(COMMAND ${CMAKE_COMMAND} -E echo "#include <ioview/arch/select.hpp>"
                COMMAND ${COMPILER} -std=c++20 -I${INCLUDE} -M -x c++ - OUTPUT_VARIABLE includes
                COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "arch/[a-z0-9_]+\\.hpp" picked "${includes}")
list(REMOVE_ITEM picked arch/select.hpp)

foreach(header IN LISTS FREESTANDING picked)
  compile("${header}")
  if(NOT result STREQUAL "0")
    string(APPEND faults "\n${header} must compile freestanding\n${errors}")
  endif()
endforeach()
list(REMOVE_ITEM HOSTED "")
foreach(header IN LISTS HOSTED)
  compile("${header}")
  if(result STREQUAL "0")
    string(APPEND faults "\n${header} is listed as hosted and must refuse a freestanding compiler\n")
  elseif(NOT errors MATCHES "needs a hosted implementation")
    string(APPEND faults "\n${header} must say \"needs a hosted implementation\"\n${errors}")
  endif()
endforeach()

if(faults)
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${faults}")
  message(FATAL_ERROR "see above")
endif()
file(WRITE ${STAMP} ${key})
