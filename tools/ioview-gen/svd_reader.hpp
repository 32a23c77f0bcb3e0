// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// read_svd: the device that a CMSIS-SVD file describes, by its schema 1.3 and as vendors write it.
//
//   Report report;
//   const Device device = read_svd(XmlFile::read("rp2040.svd"), report);
//
// An element that cannot be understood is reported and left out. Failure where the whole is no such
// file: no <device>, or something is derived from itself.

#include "model.hpp"
#include "report.hpp"
#include "xml_file.hpp"

namespace gen {

[[nodiscard]] Device read_svd(const XmlFile& file, Report& report);

} // namespace gen
