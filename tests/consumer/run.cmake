# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What the scripts here share.

# run(<command>…): its output where it fails, and the end
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT result STREQUAL "0")
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
endfunction()

function(expect_equal what have want)
  if(NOT have STREQUAL want)
    message(FATAL_ERROR "${what}: ${have}\nnot: ${want}")
  endif()
endfunction()

# build_by_pkg_config(<program>): main.cpp compiled as the file in PKG_CONFIG_PATH says, and run
function(build_by_pkg_config program)
  execute_process(COMMAND ${PKG_CONFIG} --cflags ioview OUTPUT_VARIABLE flags
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  run(${COMPILER} -std=c++20 ${flags} ${SOURCE}/tests/consumer/main.cpp -o ${program})
  run(${program})
endfunction()

# copy_library(<directory>): what of the sources is the library, without its tests and tools
function(copy_library directory)
  file(COPY ${SOURCE}/CMakeLists.txt ${SOURCE}/LICENSE ${SOURCE}/CHANGELOG.md
            ${SOURCE}/cmake ${SOURCE}/include ${SOURCE}/modules
       DESTINATION ${directory})
endfunction()
