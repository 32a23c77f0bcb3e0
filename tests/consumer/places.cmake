# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# ioview installed into places of all kinds, and a consumer built from each, through find_package and
# through pkg-config; what lies below the prefix alone is moved before it is used:
#   cmake -DSOURCE=… -DWORK=… -DCOMPILER=… -DGENERATOR=… -DPKG_CONFIG=… -P places.cmake
# Tools are played by a file, as installing them takes minutes: found is the one of the package.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)

set(abs ${WORK}/abs)
#    prefix       INCLUDEDIR      DATADIR      BINDIR     moved
set(places
    "prefix     | include       | share      | bin      | yes"
    "pre fix    | include       | share      | bin      | yes"
    "prefix     | include/x/y   | share/a/b  | a/bin    | yes"
    "prefix     | inc           | data       | bin      | yes"
    "prefix     | ${abs}/include| share      | bin      | yes"
    "prefix     | include       | ${abs}/data| bin      | no"
    "prefix     | ${abs}/include| ${abs}/data| ${abs}/b | no")

file(REMOVE_RECURSE ${WORK})
# a copy, since CMake takes no absolute directory that is in the source tree, where builds may be
copy_library(${WORK}/source)
foreach(place IN LISTS places)
  string(REGEX REPLACE " *\\| *" ";" columns "${place}")
  list(GET columns 0 prefix)
  list(GET columns 1 include)
  list(GET columns 2 data)
  list(GET columns 3 bin)
  list(GET columns 4 moved)
  set(prefix "${WORK}/${prefix}")
  message("${place}")

  # the same build directories for all of them: compilers are looked at once
  run(${CMAKE_COMMAND} -S ${WORK}/source -B ${WORK}/ioview -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
      -DIOVIEW_BUILD_TESTS=OFF -DIOVIEW_BUILD_EXAMPLES=OFF -DIOVIEW_BUILD_BENCHMARKS=OFF
      -DIOVIEW_BUILD_TOOLS=OFF "-DCMAKE_INSTALL_PREFIX=${prefix}" -DCMAKE_INSTALL_INCLUDEDIR=${include}
      -DCMAKE_INSTALL_DATADIR=${data} -DCMAKE_INSTALL_BINDIR=${bin})
  run(${CMAKE_COMMAND} --install ${WORK}/ioview)
  cmake_path(ABSOLUTE_PATH bin BASE_DIRECTORY ${prefix})
  file(WRITE "${bin}/ioview-gen" "#!/bin/sh\n")
  file(CHMOD "${bin}/ioview-gen" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  if(moved)
    file(RENAME "${prefix}" "${WORK}/moved")
    string(REPLACE "${prefix}" "${WORK}/moved" bin "${bin}")
    set(prefix "${WORK}/moved")
  endif()
  cmake_path(ABSOLUTE_PATH include BASE_DIRECTORY ${prefix})
  cmake_path(ABSOLUTE_PATH data BASE_DIRECTORY ${prefix})

  # as a user has it: by the prefix, where CMake looks below that, and else by its directory
  set(found -DCMAKE_PREFIX_PATH=${prefix} -Uioview_DIR)
  if(NOT data STREQUAL "${prefix}/share")
    set(found -UCMAKE_PREFIX_PATH "-Dioview_DIR=${data}/cmake/ioview")
  endif()
  run(${CMAKE_COMMAND} -S ${SOURCE}/tests/consumer/find_package -B ${WORK}/consumer -G ${GENERATOR}
      -DCMAKE_CXX_COMPILER=${COMPILER} -UIOVIEW_GEN ${found})
  run(${CMAKE_COMMAND} --build ${WORK}/consumer --clean-first)
  run(${WORK}/consumer/consumer)
  file(STRINGS ${WORK}/consumer/CMakeCache.txt generator REGEX "^IOVIEW_GEN:")
  expect_equal("the tool that was found" "${generator}" "IOVIEW_GEN:FILEPATH=${bin}/ioview-gen")

  if(PKG_CONFIG)
    # no compiler is told of it elsewhere, so what it compiles it found there
    set(ENV{PKG_CONFIG_PATH} "${data}/pkgconfig")
    build_by_pkg_config(${WORK}/by_pkg_config)
  endif()
  file(REMOVE_RECURSE "${prefix}" ${abs})
endforeach()

# Installed elsewhere than it was configured for, an absolute place of the package leads nowhere.
execute_process(COMMAND ${CMAKE_COMMAND} --install ${WORK}/ioview --prefix ${WORK}/elsewhere
                RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE said)
if(result STREQUAL "0" OR NOT said MATCHES "CMAKE_INSTALL_PREFIX")
  message(FATAL_ERROR "installed all the same: ${said}")
endif()
