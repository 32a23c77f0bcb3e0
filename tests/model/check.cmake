# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# One run of spin over every execution of a model:
#   cmake -DSPIN=… -DCC=… -DMODEL=… -DDEFINES=A=1;B=2 -DFOUND=… -DDIRECTORY=… -P check.cmake
# FOUND is what it must come to: nothing, stale (a message that was not sent, by assertion) or lost
# (a message that never arrives, by everybody waiting).
cmake_minimum_required(VERSION 3.25)

if(NOT SPIN OR NOT CC)
  message("SKIPPED: no spin, or no C compiler for what it writes")
  return()
endif()

file(REMOVE_RECURSE ${DIRECTORY})
file(MAKE_DIRECTORY ${DIRECTORY})
list(TRANSFORM DEFINES PREPEND -D)
execute_process(COMMAND ${SPIN} -a ${DEFINES} ${MODEL} WORKING_DIRECTORY ${DIRECTORY}
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CC} -O1 -w -DSAFETY -o pan pan.c WORKING_DIRECTORY ${DIRECTORY}
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ./pan -m100000 WORKING_DIRECTORY ${DIRECTORY} OUTPUT_VARIABLE report
                ERROR_VARIABLE report)

# Which of the three it is; a search that was cut short for another reason is none of them.
if(report MATCHES "assertion violated" AND report MATCHES "errors: 1\n")
  set(result stale)
elseif(report MATCHES "invalid end state" AND report MATCHES "errors: 1\n")
  set(result lost)
elseif(report MATCHES "errors: 0\n" AND report MATCHES "assertion violations[ \t]*[+]"
       AND report MATCHES "invalid end states[ \t]*[+]"
       AND NOT report MATCHES "not completed|too small|out of memory")
  set(result nothing)
else()
  set(result "neither")
endif()
string(REGEX MATCH "[0-9.e+]+ states, stored" states "${report}")
message("found ${result} (${states})")
if(NOT result STREQUAL FOUND)
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${report}")
  message(FATAL_ERROR "expected to find ${FOUND}")
endif()
