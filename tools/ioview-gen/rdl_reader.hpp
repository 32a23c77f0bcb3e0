// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// read_rdl: the device that a SystemRDL 2.0 description is of, as far as software sees it.
//
//   Report report;
//   const Device device = read_rdl("soc.rdl", report);
//
// The device is the address map that is put into nothing, or else the last that is defined. In it,
// an address map that holds no registers of its own is a bus; every other is a peripheral, with
// register files and address maps in it as clusters. What software does not see is read over; what
// the model has no word for is reported. Failure for what is not of the language.

#include "model.hpp"
#include "rdl_source.hpp"
#include "rdl_tree.hpp"
#include "report.hpp"

#include <string>

namespace gen {

[[nodiscard]] Device read_rdl(const std::string& path, Report& report);

// With files that are not on the disk.
[[nodiscard]] Device
read_rdl(const std::string& path, RdlSource::Files files, const RdlLimits& limits, Report& report);

} // namespace gen
