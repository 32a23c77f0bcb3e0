// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// read_ipxact: the device that an IP-XACT component describes, IEEE 1685-2014 or 1685-2009.
//
//   Report report;
//   const Device device = read_ipxact(XmlFile::read("uart.xml"), report);
//
// Each address block is a peripheral; register files are clusters. An element that cannot be
// understood is reported and left out. Failure where the whole is no component.

#include "model.hpp"
#include "report.hpp"
#include "xml_file.hpp"

namespace gen {

[[nodiscard]] Device read_ipxact(const XmlFile& file, Report& report);

} // namespace gen
