// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// plan_fields: the fields of a register as ioview has them. Those that lie where others do, and are
// not the one read and the other written, come in a further layer: a register of the same place.
//
//   for (RegisterFields& layer : plan_fields(flat, report)) …

#include "flatten.hpp"
#include "plan.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace gen {

// A field with what is yet to be called: its enumerators.
struct PlannedField {
    FieldPlan plan;
    std::vector<EnumeratorPlan> values; // none: it has no enumeration
    std::set<std::string> enum_names;   // that the description gives; empty: none
    std::string all_others;             // what every other value is called; may be empty
    Where where;
    Where enum_where;
    std::string element;
    std::size_t number = 0;  // of the register's
    bool is_writing = false; // of the field with this number, which is read
};

struct RegisterFields {
    std::string kind; // of the whole register; empty: rw
    std::string note; // what the kind does not say; may be empty
    std::vector<PlannedField> fields;
};

[[nodiscard]] std::vector<RegisterFields> plan_fields(const FlatRegister& flat, Report& report);

} // namespace gen
