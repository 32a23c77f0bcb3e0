# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What tests, examples and benchmarks are made with.
set(IOVIEW_SANITIZE "" CACHE STRING "Sanitizers for our own programs, as in -fsanitize=…")
option(IOVIEW_THREADS_ONLY "Keep only the tests that say `// labels: threads`" OFF)
option(IOVIEW_COMPILER_MATRIX "Also run the tests that try every compiler found by themselves" ON)
option(IOVIEW_TEST_AMALGAMATED "Compile our own programs on what scripts/amalgamate writes" OFF)
set(IOVIEW_TEST_FILTER "" CACHE STRING "Keep only the test files whose name matches this regex")

find_package(fmt 9 QUIET)
if(CMAKE_CROSSCOMPILING AND NOT fmt_FOUND AND EXISTS /usr/include/fmt/format.h)
  # its headers are enough, and are the same for every architecture
  add_library(ioview_fmt INTERFACE)
  add_library(fmt::fmt ALIAS ioview_fmt)
  target_compile_definitions(ioview_fmt INTERFACE FMT_HEADER_ONLY)
  set(fmt_FOUND TRUE)
endif()
find_package(Threads REQUIRED)

# The compilers that ioview promises to work with, as far as this machine has them.
find_program(IOVIEW_GXX NAMES g++-12 g++)
find_program(IOVIEW_CLANGXX_14 NAMES clang++-14)
find_program(IOVIEW_CLANGXX_19 NAMES clang++-19)
mark_as_advanced(IOVIEW_GXX IOVIEW_CLANGXX_14 IOVIEW_CLANGXX_19)
set(IOVIEW_COMPILERS ${IOVIEW_GXX} ${IOVIEW_CLANGXX_14} ${IOVIEW_CLANGXX_19})
list(FILTER IOVIEW_COMPILERS EXCLUDE REGEX "-NOTFOUND$")

# Compilers for other instruction sets.
include(${CMAKE_CURRENT_LIST_DIR}/architectures.cmake)
set(IOVIEW_CROSS_COMPILERS)
foreach(triplet IN LISTS IOVIEW_TRIPLETS)
  find_program(IOVIEW_GXX_${triplet} NAMES ${triplet}-g++)
  mark_as_advanced(IOVIEW_GXX_${triplet})
  if(IOVIEW_GXX_${triplet})
    list(APPEND IOVIEW_CROSS_COMPILERS ${IOVIEW_GXX_${triplet}})
  endif()
endforeach()

# Every program of ours links this one.
add_library(ioview_own INTERFACE)
target_link_libraries(ioview_own INTERFACE ioview::ioview ioview_warnings Threads::Threads)
if(fmt_FOUND AND CMAKE_CXX_FLAGS MATCHES "-stdlib=libc[+][+]")
  target_link_libraries(ioview_own INTERFACE fmt::fmt-header-only) # the library is for libstdc++
elseif(fmt_FOUND)
  target_link_libraries(ioview_own INTERFACE fmt::fmt)
endif()
if(IOVIEW_TEST_AMALGAMATED)
  # before include/, which has no header that is not here, too
  set(amalgamated ${PROJECT_BINARY_DIR}/amalgamated)
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/scripts/amalgamate --all ${amalgamated}
                  COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.hpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${headers}
                                         ${PROJECT_SOURCE_DIR}/scripts/amalgamate)
  target_include_directories(ioview_own BEFORE INTERFACE ${amalgamated})
endif()
if(IOVIEW_SANITIZE)
  target_compile_options(ioview_own INTERFACE -fsanitize=${IOVIEW_SANITIZE}
                                              -fno-sanitize-recover=all -fno-omit-frame-pointer
                                              # g++ finds it everywhere between the checks
                                              $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(ioview_own INTERFACE -fsanitize=${IOVIEW_SANITIZE})
  # The tests' own system calls (tests/support/system_calls.hpp) are weak, and so are those of
  # clang's runtime, which come first where it is linked in: the shared one comes after.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND IOVIEW_SANITIZE MATCHES "address")
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libclang_rt.asan-x86_64.so
                    OUTPUT_VARIABLE runtime OUTPUT_STRIP_TRAILING_WHITESPACE)
    cmake_path(GET runtime PARENT_PATH runtime)
    target_link_options(ioview_own INTERFACE -shared-libsan -Wl,-rpath,${runtime})
  endif()
endif()

# ioview_read_directives(<out> <key> <file>): the texts of all lines `// <key>: text` of a file.
function(ioview_read_directives out key file)
  file(STRINGS ${file} lines REGEX "^(//|#) ${key}: ")
  list(TRANSFORM lines REPLACE "^(//|#) ${key}: *" "")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  set(${out} ${lines} PARENT_SCOPE)
endfunction()

# ioview_keep_buildable(<list>): drops the files that need fmt where there is none.
function(ioview_keep_buildable list)
  set(kept)
  foreach(file IN LISTS ${list})
    file(STRINGS ${file} needs_fmt REGEX "^#include <(ioview/format|fmt/)")
    if(fmt_FOUND OR NOT needs_fmt)
      list(APPEND kept ${file})
    else()
      message(STATUS "ioview: left out for lack of fmt: ${file}")
    endif()
  endforeach()
  set(${list} ${kept} PARENT_SCOPE)
endfunction()
