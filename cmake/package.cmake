# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# `cpack -G DEB`: libioview-dev, the headers, for all architectures; and ioview-tools, iov and
# ioview-gen, for the one that they are built for, where they are.
set(CPACK_PACKAGE_CONTACT "the maintainers of ioview <ioview@localhost>"
    CACHE STRING "Maintainer of the packages, as Debian writes it")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian_files.cmake)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_IOVIEW_CHANGES ${PROJECT_SOURCE_DIR}/CHANGELOG.md)

set(CPACK_COMPONENTS_ALL headers)
if(TARGET iov OR TARGET ioview-gen)
  list(APPEND CPACK_COMPONENTS_ALL tools)
endif()
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

set(CPACK_DEBIAN_HEADERS_PACKAGE_NAME libioview-dev)
set(CPACK_DEBIAN_HEADERS_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_HEADERS_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_HEADERS_PACKAGE_SUGGESTS "ioview-tools, libfmt-dev")
set(CPACK_COMPONENT_HEADERS_DESCRIPTION
    "Memory-mapped I/O, PCI configuration space, DMA memory and I/O ports by one
set of methods. C++20, headers only; <ioview/format.hpp> takes libfmt-dev.")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME ioview-tools)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SUGGESTS libioview-dev)
set(CPACK_COMPONENT_TOOLS_DESCRIPTION
    "iov shows the registers of this machine's PCI functions; ioview-gen makes
headers of a vendor's description of registers.")

include(CPack)
