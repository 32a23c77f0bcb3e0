# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `cmake --install`: the headers, a CMake package and a pkg-config file; with the tools, where those
# are built, in a component of their own. Whatever lies below the prefix may be moved with it. A
# directory that is absolute stays where it is (docs/install.md).
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/ioview)
set(pkg_config_dir ${CMAKE_INSTALL_DATADIR}/pkgconfig)

# Headers go by INSTALL_INTERFACE and not by file sets: CMake 3.25 puts the prefix before the
# absolute directory of a file set, too.
target_include_directories(ioview INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
install(DIRECTORY include/ioview DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT headers
        FILES_MATCHING PATTERN *.hpp)
install(TARGETS ioview EXPORT ioview-targets COMPONENT headers)
install(EXPORT ioview-targets NAMESPACE ioview:: DESTINATION ${package_dir} COMPONENT headers)

configure_package_config_file(cmake/ioview-config.cmake.in ioview-config.cmake
                              INSTALL_DESTINATION ${package_dir} PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(ioview-config-version.cmake COMPATIBILITY SameMinorVersion
                                 ARCH_INDEPENDENT)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ioview-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/ioview-config-version.cmake
              cmake/ioview-compiled-once.cmake cmake/ioview-register-map.cmake modules/ioview.cppm
        DESTINATION ${package_dir} COMPONENT headers)

# The prefix as the pkg-config file sees it: from where that is, or, if that is an absolute
# directory, the one of now.
if(IS_ABSOLUTE ${pkg_config_dir})
  set(pkg_config_prefix ${CMAKE_INSTALL_PREFIX})
  install(CODE "if(NOT CMAKE_INSTALL_PREFIX STREQUAL \"${CMAKE_INSTALL_PREFIX}\")
                  message(FATAL_ERROR \"ioview: its package goes to ${CMAKE_INSTALL_DATADIR} and looks \"
                    \"for the rest in ${CMAKE_INSTALL_PREFIX}: choose CMAKE_INSTALL_PREFIX when \"
                    \"configuring, not --prefix\")
                endif()" COMPONENT headers)
else()
  file(RELATIVE_PATH up /${pkg_config_dir} /)
  string(REGEX REPLACE "/$" "" up "${up}")
  set(pkg_config_prefix "\${pcfiledir}/${up}")
endif()
set(pkg_config_include ${CMAKE_INSTALL_INCLUDEDIR})
if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_INCLUDEDIR})
  string(PREPEND pkg_config_include "\${prefix}/")
endif()
configure_file(cmake/ioview.pc.in ioview.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ioview.pc DESTINATION ${pkg_config_dir} COMPONENT headers)
