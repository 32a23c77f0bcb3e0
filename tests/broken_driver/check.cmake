# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# PROGRAM fails and prints SAYS; SOURCE with DEFINE is refused by the compiler with COMPILER_SAYS,
# where that is not empty.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${PROGRAM} RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE out)
if(result STREQUAL "0" OR NOT out MATCHES "${SAYS}")
  message(FATAL_ERROR "it ended with ${result} and said\n${out}\nbut should fail and say\n${SAYS}")
endif()

if(COMPILER_SAYS)
  execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only -I${INCLUDE} ${DEFINE} ${SOURCE}
                  RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE errors)
  if(result STREQUAL "0" OR NOT errors MATCHES "${COMPILER_SAYS}")
    message(FATAL_ERROR "the compiler should refuse it and say ${COMPILER_SAYS}:\n${errors}")
  endif()
endif()
