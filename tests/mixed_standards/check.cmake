# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles each of the two files with the library's own Result and with std::expected, and links
# them crosswise: those that agree become a program that runs, the others none.
#   cmake -DCXX=g++ -DROOT=<project> -DOUT=<directory> -P check.cmake
# Without std::expected in the compiler's C++23, only what the library does for its part is looked
# at: files of its own Result link, and their symbols carry its name.
cmake_minimum_required(VERSION 3.25)

function(run out)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
  set(${out} ${code} PARENT_SCOPE)
  set(${out}_text "${text}" PARENT_SCOPE)
endfunction()

# <expected> may be there without the monadic operations, which these files do without.
file(WRITE ${OUT}/probe.cpp "#include <expected>\nstd::expected<int, char> probe;\n")
run(probe ${CXX} -std=c++23 -fsyntax-only ${OUT}/probe.cpp)
set(kinds 0)
if(probe EQUAL 0)
  set(kinds 0 1)
endif()
foreach(kind IN LISTS kinds)
  if(kind)
    set(standard c++23)
  else()
    set(standard c++20)
  endif()
  foreach(file library program)
    run(compiled ${CXX} -std=${standard} -DIOVIEW_STD_EXPECTED=${kind} -I${ROOT}/include
        -c ${CMAKE_CURRENT_LIST_DIR}/${file}.cpp -o ${OUT}/${file}.${kind}.o)
    if(NOT compiled EQUAL 0)
      message(FATAL_ERROR "${file}.cpp with IOVIEW_STD_EXPECTED=${kind}:\n${compiled_text}")
    endif()
  endforeach()
endforeach()

foreach(library IN LISTS kinds)
  foreach(program IN LISTS kinds)
    run(linked ${CXX} ${OUT}/library.${library}.o ${OUT}/program.${program}.o -o ${OUT}/mixed)
    if(library EQUAL program)
      if(NOT linked EQUAL 0)
        message(FATAL_ERROR "files that agree (${library}) do not link:\n${linked_text}")
      endif()
      run(ran ${OUT}/mixed)
      if(NOT ran EQUAL 0)
        message(FATAL_ERROR "files that agree (${library}) do not run: ${ran}\n${ran_text}")
      endif()
    else()
      # each of the four ways in which a Result goes from one file to the other
      foreach(name made member_of_a_class taken kept)
        if(linked EQUAL 0 OR NOT linked_text MATCHES "undefined reference to [^\n]*${name}")
          message(FATAL_ERROR "a library with IOVIEW_STD_EXPECTED=${library} and a program with "
                              "${program} link where a Result is ${name}:\n${linked_text}")
        endif()
      endforeach()
    endif()
  endforeach()
endforeach()
if(NOT probe EQUAL 0)
  file(STRINGS ${OUT}/library.0.o tag REGEX "IOVIEW_STD_EXPECTED_0")
  if(NOT tag)
    message(FATAL_ERROR "the names of the library's own Result do not say so")
  endif()
endif()
message("${kinds}: files that agree link")
