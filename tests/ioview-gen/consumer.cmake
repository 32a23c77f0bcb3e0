# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Builds the consumer: with the sources of ioview, and with a package that is installed, whose own
# ioview-gen it has to find. With the sources it is built twice: the second time its patch says
# another name, which the headers follow.
#   cmake -DWAY=add_subdirectory|find_package -DSOURCE=… -DBUILD=… -DGEN=… -DWORK=… -DCOMPILER=…
#         -DGENERATOR=… -P consumer.cmake
file(REMOVE_RECURSE ${WORK})
file(COPY ${CMAKE_CURRENT_LIST_DIR}/consumer/ DESTINATION ${WORK}/source)
file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/svd/constructs.svd ${WORK}/source/map.svd)

macro(run)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${said}")
  endif()
endmacro()

if(WAY STREQUAL "find_package")
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
  set(ioview -DCMAKE_PREFIX_PATH=${WORK}/prefix)
else()
  set(ioview -DIOVIEW_SOURCE=${SOURCE} -DIOVIEW_GEN=${GEN})
endif()
run(${CMAKE_COMMAND} -S ${WORK}/source -B ${WORK}/build -G ${GENERATOR} ${ioview}
    -DCMAKE_CXX_COMPILER=${COMPILER})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer)
set(header ${WORK}/build/consumer_maps/map/uart.hpp)
file(READ ${header} text)
if(NOT text MATCHES "struct Data :" OR text MATCHES "struct Dr :")
  message(FATAL_ERROR "the patch was not applied:\n${text}")
endif()
if(EXISTS ${WORK}/build/consumer_maps/map/dma.hpp)
  message(FATAL_ERROR "dma.hpp was made, too")
endif()

if(WAY STREQUAL "find_package")
  load_cache(${WORK}/build READ_WITH_PREFIX found_ IOVIEW_GEN)
  if(NOT found_IOVIEW_GEN STREQUAL "${WORK}/prefix/bin/ioview-gen")
    message(FATAL_ERROR "the headers are from ${found_IOVIEW_GEN}")
  endif()
  return()
endif()

file(READ ${WORK}/source/map.patch.json patch)
string(REPLACE "DATA" "CHARACTER" patch "${patch}")
file(WRITE ${WORK}/source/map.patch.json "${patch}")
run(${CMAKE_COMMAND} --build ${WORK}/build)
file(READ ${header} text)
if(NOT text MATCHES "struct Character :")
  message(FATAL_ERROR "the header was not made again when the patch changed")
endif()
