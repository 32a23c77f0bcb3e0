# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Unit tests compiled several files at a time: what each includes is half of its time.

# ioview_together(<list>): puts files in place of test files that include eight of them each. All that
# those include comes first, so that the files themselves, each inside a namespace, only have their
# tests; a namespace each, since most call their registers and helpers alike. By themselves stay files
# with `// alone: <reason>`, and those that say so by what they have:
#   template <>                  a specialisation, which belongs in the namespace of its template
#   #define, #undef, #pragma     for the rest of what is compiled; a macro in capital letters with
#                                parameters is a file's own
#   #if before an #include       decides what is included
# What begins with support/panic_hook.hpp, which changes the library, is by itself, too.
function(ioview_together list)
  set(result)
  foreach(hook with without)
    set(batch)
    set(number 1)
    foreach(file IN LISTS ${list})
      file(STRINGS ${file} lines REGEX
           "^(# *(include|if|ifdef|ifndef|define|undef|pragma)|template <>|// alone: )")
      list(FILTER lines EXCLUDE REGEX "^#define [A-Z_]+\\(")
      string(REGEX MATCHALL "support/panic_hook.hpp" hooks "${lines}")
      if((hooks AND hook STREQUAL "without") OR (NOT hooks AND hook STREQUAL "with"))
        continue()
      elseif("${lines}" MATCHES "(^|;)(# *(define|undef|pragma)|template|// alone: |# *if[^;]*;(.*;)?# *include)")
        list(APPEND result ${file})
        continue()
      endif()
      list(APPEND batch ${file})
      list(LENGTH batch length)
      if(length EQUAL 8)
        write_together(result ${hook}_hook_${number} "${batch}")
        set(batch)
        math(EXPR number "${number} + 1")
      endif()
    endforeach()
    if(batch)
      write_together(result ${hook}_hook_${number} "${batch}")
    endif()
  endforeach()
  set(${list} ${result} PARENT_SCOPE)
endfunction()

# write_together(<to> <name> <files>): appends the file that includes them
function(write_together to name files)
  set(includes)
  set(bodies "")
  foreach(file IN LISTS files)
    cmake_path(ABSOLUTE_PATH file OUTPUT_VARIABLE absolute)
    cmake_path(GET absolute PARENT_PATH directory)
    file(STRINGS ${file} lines REGEX "^# *include ")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "[>\"][^>\"]*$" "" line "${line}") # without a comment
      string(REGEX REPLACE "^# *include +[<\"]" "" header "${line}")
      if(line MATCHES "<")
        list(APPEND includes "<${header}>")
      else()
        if(EXISTS ${directory}/${header})
          set(header ${directory}/${header})
        endif()
        list(APPEND includes "\"${header}\"")
      endif()
    endforeach()
    string(MAKE_C_IDENTIFIER "together_${file}" namespace)
    string(APPEND bodies "namespace ${namespace} {\n#include \"${absolute}\"\n}\n")
  endforeach()
  # the hook is a macro for all that follows
  list(FILTER includes EXCLUDE REGEX "panic_hook")
  if(name MATCHES "^with_")
    list(PREPEND includes "\"support/panic_hook.hpp\"")
  endif()
  list(REMOVE_DUPLICATES includes)
  list(TRANSFORM includes PREPEND "#include ")
  list(JOIN includes "\n" includes)
  set(together ${CMAKE_CURRENT_BINARY_DIR}/together/${name}.cpp)
  file(CONFIGURE OUTPUT ${together} CONTENT "${includes}\n\n${bodies}" @ONLY)
  set(${to} ${${to}} ${together} PARENT_SCOPE)
endfunction()
