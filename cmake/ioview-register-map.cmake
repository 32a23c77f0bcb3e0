# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Headers of registers made from a vendor's description, as a part of the build.
include_guard(GLOBAL)

# Beside the package, when that was installed with the tool.
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH _ioview_gen_hint)

# ioview_add_register_map(<target> <file> [PERIPHERALS name…] [PATCHES file…] [NAMESPACE name]
#                         [FIELD_FUNCTIONS])
#
# Makes headers of a CMSIS-SVD, SystemRDL, IP-XACT or JSON file, which the sources of the target
# include below the name of the file: rp2040.svd as <rp2040/uart.hpp>, and all of it as
# <rp2040/rp2040.hpp>. They are made anew when the file, a patch or the tool changes. PERIPHERALS:
# these alone. NAMESPACE: in place of the name that the file has for the device. FIELD_FUNCTIONS:
# name() and with_name() for each field, which costs the compiler twice as much.
function(ioview_add_register_map target file)
  cmake_parse_arguments(PARSE_ARGV 2 map "FIELD_FUNCTIONS" "NAMESPACE" "PERIPHERALS;PATCHES")
  if(map_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "ioview_add_register_map: what is \"${map_UNPARSED_ARGUMENTS}\"?")
  endif()
  if(TARGET ioview-gen)
    set(generator ioview-gen)
  else()
    find_program(IOVIEW_GEN ioview-gen
                 HINTS ${_ioview_gen_hint}/../../../bin ${_ioview_gen_hint}/../../bin
                       ${_ioview_gen_hint}/../bin)
    mark_as_advanced(IOVIEW_GEN)
    if(NOT IOVIEW_GEN)
      message(FATAL_ERROR "ioview_add_register_map: there is no ioview-gen; install ioview with its "
                          "tools (libpugixml-dev, nlohmann-json3-dev, libcli11-dev, libfmt-dev), or "
                          "name one with -DIOVIEW_GEN=…")
    endif()
    set(generator ${IOVIEW_GEN})
  endif()

  cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
  cmake_path(GET file STEM LAST_ONLY name)
  set(directory ${CMAKE_CURRENT_BINARY_DIR}/${target}_maps)
  set(arguments ${file} --output ${directory}/${name})
  foreach(peripheral IN LISTS map_PERIPHERALS)
    list(APPEND arguments --only ${peripheral})
  endforeach()
  foreach(patch IN LISTS map_PATCHES)
    cmake_path(ABSOLUTE_PATH patch BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    list(APPEND arguments --patch ${patch})
    list(APPEND patches ${patch})
  endforeach()
  if(map_NAMESPACE)
    list(APPEND arguments --namespace ${map_NAMESPACE})
  endif()
  if(map_FIELD_FUNCTIONS)
    list(APPEND arguments --field-functions)
  endif()

  set(stamp ${directory}/${name}.stamp)
  add_custom_command(OUTPUT ${stamp}
                     COMMAND ${generator} ${arguments}
                     COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
                     DEPENDS ${file} ${patches} ${generator}
                     COMMENT "Registers of ${name}"
                     VERBATIM)
  add_custom_target(${target}_${name}_map DEPENDS ${stamp})
  add_dependencies(${target} ${target}_${name}_map)
  get_target_property(type ${target} TYPE)
  set(scope PRIVATE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${directory})
  target_link_libraries(${target} ${scope} ioview::ioview)
endfunction()
