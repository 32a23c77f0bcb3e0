# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Installs into an empty directory, and runs what is there:
#   cmake -DBUILD=<build directory> -DTO=<directory> -DVERSION=<version> -P install.cmake
file(REMOVE_RECURSE ${TO})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${TO}
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
foreach(file IN ITEMS share/man/man1/iov.1 share/bash-completion/completions/iov
             share/zsh/site-functions/_iov)
  if(NOT EXISTS ${TO}/${file})
    message(FATAL_ERROR "not installed: ${file}")
  endif()
endforeach()
execute_process(COMMAND ${TO}/bin/iov --version OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(NOT said STREQUAL "iov ${VERSION}\n")
  message(FATAL_ERROR "iov --version says ${said}")
endif()
file(REMOVE_RECURSE ${TO})
