# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Looks for functions of the headers that return a Result and are not [[nodiscard]]: in C++23 a Result
# is a std::expected, which is not so by itself in every library.
#   cmake -DINCLUDE=<include directory> -P declared.cmake
cmake_minimum_required(VERSION 3.25)

file(GLOB_RECURSE headers ${INCLUDE}/ioview/*.hpp)
list(FILTER headers EXCLUDE REGEX "/support/(un)?expected")
set(faults "")
set(count 0)
foreach(header IN LISTS headers)
  file(READ ${header} text)
  # `;` and brackets would cut and join a CMake list
  string(REGEX REPLACE "[[][[]nodiscard([(][A-Z_]+[)])?[]][]]" "nodiscard" text "${text}")
  string(REGEX REPLACE "[];[]" "\t" text "${text}")
  # the line of a declaration, or its two lines
  string(REGEX MATCHALL
         "\n *(nodiscard )?((static|inline|constexpr|IOVIEW_INLINE) )+Result<[^\n=(]*>[ \n]+[a-z_]+\\([^\n]*" found
         "${text}")
  foreach(line IN LISTS found)
    math(EXPR count "${count} + 1")
    if(NOT line MATCHES "nodiscard" AND NOT line MATCHES "= delete|IOVIEW_REFUSED")
      string(APPEND faults "${header}:${line}\n")
    endif()
  endforeach()
endforeach()

if(count LESS 80)
  message(FATAL_ERROR "only ${count} functions found; has their spelling changed?")
elseif(faults)
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${faults}")
  message(FATAL_ERROR "functions that return a Result without [[nodiscard]]")
endif()
message("${count} functions return a Result that is not to be dropped")
