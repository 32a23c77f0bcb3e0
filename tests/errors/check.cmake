# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Looks for the refusals in the headers, static_assert texts and comments of deleted functions that
# begin with "ioview: " and functions with a name for a message, and for an entry of each in
# docs/errors.md:
#   cmake -DROOT=<project> -P check.cmake
# An entry is a line ### `<text>`, where the text goes as far as the first semicolon. Panics are not
# refusals.
cmake_minimum_required(VERSION 3.25)

# All headers but those where the words are no refusal: a test says them at run time, or a comment.
file(GLOB_RECURSE headers ${ROOT}/include/ioview/*.hpp)
list(FILTER headers EXCLUDE REGEX "/(system_error|support/panic)\\.hpp$")
file(READ ${ROOT}/docs/errors.md entries)

set(faults "")
set(count 0)
foreach(header IN LISTS headers)
  cmake_path(GET header FILENAME name)
  file(READ ${header} text)
  # `;` would cut a CMake list, and strings go on in the next line
  string(REPLACE ";" "\t" text "${text}")
  string(REGEX REPLACE "\"[ \n]+\"" "" text "${text}")
  string(REGEX REPLACE "panic\\([ \n]*\"ioview: [^\"]*" "" text "${text}")
  string(REGEX REPLACE "const char\\* [a-z_]+ =[ \n]*\"ioview: [^\"]*" "" text "${text}")
  string(REGEX REPLACE "message << \"ioview: [^\"]*" "" text "${text}")
  # a function whose name is the whole message, since it is no constant expression
  string(REGEX MATCHALL "\n(inline )?void [a-z]+_[a-z]+_[A-Za-z_]+\\(\\)" names "${text}")
  foreach(key IN LISTS names)
    string(REGEX REPLACE "^.*[ \n]([A-Za-z_]+).*$" "\\1" key "${key}")
    math(EXPR count "${count} + 1")
    string(FIND "${entries}" "\n### `${key}`\n" found)
    if(found LESS 0)
      string(APPEND faults "${name}: ${key}\n")
    endif()
  endforeach()
  while(text MATCHES "(\"|// )(ioview: [^\t\n\"]*)")
    set(match "${CMAKE_MATCH_2}")
    string(FIND "${text}" "${CMAKE_MATCH_0}" at)
    string(LENGTH "${CMAKE_MATCH_0}" length)
    math(EXPR at "${at} + ${length}")
    # what stands beside the declaration of a function or type whose name is the message
    string(SUBSTRING "${text}" 0 ${at} head)
    string(SUBSTRING "${text}" ${at} -1 text)
    set(key "${match}")
    if(head MATCHES "struct ([a-z0-9_]+){}\t // ioview: [^\n]*$"
       OR head MATCHES "void ([A-Za-z0-9_]+)\\(\\)[ \n]+requires\\(bool\\(\"ioview: [^\n]*$")
      set(key "${CMAKE_MATCH_1}")
    endif()
    string(STRIP "${key}" key)
    math(EXPR count "${count} + 1")
    string(FIND "${entries}" "\n### `${key}`\n" found)
    if(found LESS 0)
      string(APPEND faults "${name}: ${key}\n")
    endif()
  endwhile()
endforeach()

if(count LESS 200)
  message(FATAL_ERROR "only ${count} refusals found; has their spelling changed?")
elseif(faults)
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${faults}")
  message(FATAL_ERROR "refusals without an entry in docs/errors.md")
endif()
message("${count} refusals have their entries")
