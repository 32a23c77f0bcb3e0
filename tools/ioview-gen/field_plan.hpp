// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// plan_fields: the fields of a register as ioview has them. Those that lie where others do, and are
// not the one read and the other written, come in a further layer: a register of the same place.
//
//   for (RegisterFields& layer : plan_fields(flat, report)) …

#include "flatten.hpp"
#include "plan.hpp"

#include <string>
#include <vector>

namespace gen {

// A field with what is yet to be called: its enumerators.
struct PlannedField {
    FieldPlan plan;
    std::vector<EnumeratorPlan> values; // none: it has no enumeration
    std::string enum_name;              // that the description gives; may be empty
    std::string all_others;             // what every other value is called; may be empty
};

struct RegisterFields {
    std::string kind; // of the whole register; empty: rw
    std::vector<PlannedField> fields;
};

[[nodiscard]] std::vector<RegisterFields> plan_fields(const FlatRegister& flat, Report& report);

} // namespace gen
