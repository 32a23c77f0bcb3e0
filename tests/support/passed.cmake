# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# For tests that only run compilers: with the same inputs as when it last passed, such a test need
# not run again. Its stamp is a file in the build directory; delete that to have it run.
#
#   input_key(key "${COMPILERS}" "${files}" "${everything else that matters}")
#   passed_before(passed ${STAMP} ${key})
#   if(passed) return() endif()
#   … and when all is well:  file(WRITE ${STAMP} ${key})

function(input_key out compilers files text)
  foreach(compiler IN LISTS compilers)
    file(REAL_PATH ${compiler} path)
    file(SIZE ${path} size)
    file(TIMESTAMP ${path} time)
    string(APPEND text "\n${path} ${size} ${time}")
  endforeach()
  foreach(file IN LISTS files)
    file(SHA256 ${file} hash)
    string(APPEND text "\n${file} ${hash}")
  endforeach()
  string(SHA256 key "${text}")
  set(${out} ${key} PARENT_SCOPE)
endfunction()

function(passed_before out stamp key)
  set(${out} FALSE PARENT_SCOPE)
  if(EXISTS ${stamp})
    file(READ ${stamp} old)
    if(old STREQUAL key)
      message("the inputs are those with which it last passed")
      set(${out} TRUE PARENT_SCOPE)
    endif()
  endif()
endfunction()
