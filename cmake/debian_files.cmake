# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What Debian wants in a package and other installations do not have: run by cpack when the files of
# the components are together.

# The license's own text is on each Debian system; the exceptions are not.
file(READ ${CPACK_RESOURCE_FILE_LICENSE} license)
string(FIND "${license}" "---- LLVM Exceptions" exceptions)
string(SUBSTRING "${license}" ${exceptions} -1 exceptions)
set(copyright "Copyright 2026 the authors of ioview

License: Apache-2.0 with the LLVM exceptions, which stand below. The text of
Apache-2.0 is in /usr/share/common-licenses/Apache-2.0.

${exceptions}")

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  set(usr ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr)
  string(TOUPPER ${component} name)
  set(documentation ${usr}/share/doc/${CPACK_DEBIAN_${name}_PACKAGE_NAME})
  file(MAKE_DIRECTORY ${documentation})
  file(WRITE ${documentation}/copyright "${copyright}")
  file(COPY_FILE ${CPACK_IOVIEW_CHANGES} ${documentation}/NEWS)
  file(GLOB texts ${usr}/share/man/*/*.[1-8])
  foreach(text IN LISTS texts ITEMS ${documentation}/NEWS)
    execute_process(COMMAND gzip -9n ${text} COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endforeach()
