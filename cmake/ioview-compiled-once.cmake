# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# <ioview/ioview.hpp> compiled once for many files, by either of two ways; `benchmarks/include_cost`
# shows what they save.
#
#   target_link_libraries(driver PRIVATE ioview::precompiled)   # in place of ioview::ioview
#   ioview_enable_import(driver)                                # import ioview; in its sources
include_guard(GLOBAL)

set(_ioview_module ${CMAKE_CURRENT_LIST_DIR}/ioview.cppm)
if(NOT EXISTS ${_ioview_module})
  set(_ioview_module ${CMAKE_CURRENT_LIST_DIR}/../modules/ioview.cppm)
endif()
cmake_path(NORMAL_PATH _ioview_module)
set_property(GLOBAL PROPERTY IOVIEW_MODULE ${_ioview_module})

# ioview::precompiled: each target that links it precompiles the header with its own flags. On g++
# it is ioview::ioview: g++ 12 takes a satisfied concept for an unsatisfied one behind such a header.
if(NOT TARGET ioview::precompiled)
  add_library(ioview::precompiled INTERFACE IMPORTED GLOBAL)
  target_link_libraries(ioview::precompiled INTERFACE ioview::ioview)
  target_precompile_headers(ioview::precompiled INTERFACE
    "$<$<CXX_COMPILER_ID:Clang>:<ioview/ioview.hpp$<ANGLE-R>>")
endif()

# ioview_enable_import(<target>): its sources may say `import ioview;`, with <ioview/macros.hpp> for
# the macros. The module is compiled with the options, definitions and features that the target has
# by its own and by what it links. By clang 19 or newer: whichever CMake is there.
function(ioview_enable_import target)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR "ioview_enable_import(${target}) takes clang 19 or newer; "
                        "include <ioview/ioview.hpp>, or link ioview::precompiled")
  endif()
  set(module ${target}_ioview_module)
  set(interface ${CMAKE_CURRENT_BINARY_DIR}/${module}.pcm)
  get_property(source GLOBAL PROPERTY IOVIEW_MODULE)

  add_library(${module} OBJECT ${source})
  set_source_files_properties(${source} PROPERTIES LANGUAGE CXX)
  target_link_libraries(${module} PRIVATE ioview::ioview
                                          $<TARGET_PROPERTY:${target},LINK_LIBRARIES>)
  foreach(what IN ITEMS OPTIONS DEFINITIONS FEATURES)
    set_property(TARGET ${module} PROPERTY COMPILE_${what}
                                           $<TARGET_PROPERTY:${target},COMPILE_${what}>)
  endforeach()
  foreach(what IN ITEMS CXX_STANDARD CXX_EXTENSIONS POSITION_INDEPENDENT_CODE)
    get_target_property(value ${target} ${what})
    if(NOT value STREQUAL "value-NOTFOUND")
      set_property(TARGET ${module} PROPERTY ${what} ${value})
    endif()
  endforeach()
  # CMake 3.28 and newer would look for the module by itself.
  set_target_properties(${module} ${target} PROPERTIES CXX_SCAN_FOR_MODULES OFF)
  target_compile_options(${module} PRIVATE -x c++-module -fmodule-output=${interface}.new)

  # A file in between, which files of the target wait for; they do not wait for another target's.
  add_custom_command(
    OUTPUT ${interface}
    COMMAND ${CMAKE_COMMAND} -E copy_if_different ${interface}.new ${interface}
    DEPENDS ${module} $<TARGET_OBJECTS:${module}>
    COMMENT "" VERBATIM)
  target_link_libraries(${target} PRIVATE ioview::ioview)
  target_sources(${target} PRIVATE ${interface} $<TARGET_OBJECTS:${module}>)
  target_compile_options(${target} PRIVATE -fmodule-file=ioview=${interface})
endfunction()
