# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The version stands in include/ioview/version.hpp and nowhere else: read it, or stop.
set(IOVIEW_VERSION "")
file(READ ${CMAKE_CURRENT_LIST_DIR}/../include/ioview/version.hpp header)
foreach(part IN ITEMS MAJOR MINOR PATCH)
  if(NOT header MATCHES "\n#define IOVIEW_VERSION_${part} ([0-9]+)\n")
    message(FATAL_ERROR "no IOVIEW_VERSION_${part} in include/ioview/version.hpp")
  endif()
  list(APPEND IOVIEW_VERSION ${CMAKE_MATCH_1})
endforeach()
unset(header)
list(JOIN IOVIEW_VERSION "." IOVIEW_VERSION)
