// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// headers_of: the text of the headers that a plan stands for: one a block of registers, one of the
// interrupts and one that includes all; or all in one.
//
//   for (const OutputFile& file : headers_of(plan, {.source = "rp2040.svd"})) …

#include "plan.hpp"

#include <string>
#include <vector>

namespace gen {

struct HeaderOptions {
    std::string source;               // the file that the registers are from
    bool has_base_addresses = true;   // where each peripheral is
    bool is_split = true;             // a header a block; else one of all
    bool has_field_functions = false; // IO_FIELDS, with name() and with_name(), for IO_FIELD_TYPES
};

struct OutputFile {
    std::string name;
    std::string text;
};

[[nodiscard]] std::vector<OutputFile> headers_of(const Plan& plan, const HeaderOptions& options);

} // namespace gen
