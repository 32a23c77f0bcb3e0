# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Runs one example:  cmake -DEXPECTED=<file or empty> -P run.cmake -- <program> [<argument>…]
# -DLINES=CRLF: the program is one for Windows, whose lines end so.
# It must exit with 0 and, where EXPECTED is a file, print exactly what that file holds.
cmake_minimum_required(VERSION 3.25)

set(command)
set(after_dashes FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  if(after_dashes)
    string(REPLACE ";" "\\;" argument "${CMAKE_ARGV${i}}")
    list(APPEND command "${argument}")
  elseif(CMAKE_ARGV${i} STREQUAL "--")
    set(after_dashes TRUE)
  endif()
endforeach()

execute_process(COMMAND ${command} RESULT_VARIABLE result OUTPUT_VARIABLE output
                ERROR_VARIABLE errors)
if(LINES STREQUAL "CRLF")
  string(REPLACE "\r\n" "\n" output "${output}")
endif()
if(EXPECTED)
  file(READ "${EXPECTED}" expected)
endif()

# by hand: message() would wrap and indent it
execute_process(COMMAND ${CMAKE_COMMAND} -E echo_append "${output}${errors}")
if(NOT result STREQUAL "0")
  message(FATAL_ERROR "exit code ${result}")
elseif(EXPECTED AND NOT output STREQUAL expected)
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "-- expected --\n${expected}")
  message(FATAL_ERROR "printed something else than ${EXPECTED}")
endif()
