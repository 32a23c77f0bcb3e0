// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Enumerations: those of a block's fields, each list of enumerators once. One that a single
// register uses stands in it, one that several use before them.
//
//   Enumerations all;
//   all.add(register_number, field);  …  all.settle(block, fields);

#include "field_plan.hpp"
#include "names.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace gen {

class Enumerations {
public:
    // A field of the register with this number, which has enumerators.
    void add(std::size_t of_register, const PlannedField& field);
    // Names all of them, clear of the names of the block, and puts them where they belong. A name
    // of the description that is not kept is reported.
    void settle(BlockPlan& block, Names& names, Report& report);
    // What the type of a field is called; empty where it has none.
    [[nodiscard]] std::string type_of(const PlannedField& field) const;

private:
    struct Use {
        std::set<std::size_t> registers;
        std::set<std::string> given; // by the description
        bool is_given_to_all = true;
        std::vector<std::string> fields;
        unsigned bits = 8;
        std::vector<EnumeratorPlan> values;
        std::string comment;
        std::size_t order = 0;
        std::string name;
        Finding of; // where it is, for reports
    };
    [[nodiscard]] static std::string key_of(const PlannedField& field);

    std::map<std::string, Use> uses_;
};

} // namespace gen
