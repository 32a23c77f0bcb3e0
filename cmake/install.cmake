# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `cmake --install`: the headers, a CMake package and a pkg-config file.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_DATADIR}/cmake/ioview)
install(TARGETS ioview EXPORT ioview-targets FILE_SET HEADERS FILE_SET arch_headers
        FILE_SET fmt_headers)
install(EXPORT ioview-targets NAMESPACE ioview:: DESTINATION ${package_dir})

configure_package_config_file(cmake/ioview-config.cmake.in ioview-config.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(ioview-config-version.cmake COMPATIBILITY SameMinorVersion
                                 ARCH_INDEPENDENT)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ioview-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/ioview-config-version.cmake
              cmake/ioview-compiled-once.cmake cmake/ioview-register-map.cmake modules/ioview.cppm
        DESTINATION ${package_dir})

configure_file(cmake/ioview.pc.in ioview.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ioview.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
