// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "enum_plan.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace gen {
namespace {

// What a register has by its bases; an enumeration in it is called otherwise.
const std::set<std::string>& members_of_registers() {
    static const std::set<std::string> all = {"At",
                                              "Companions",
                                              "IoAccess",
                                              "IoBits",
                                              "IoField",
                                              "IoSelf",
                                              "IsIoRegister",
                                              "Location",
                                              "Register",
                                              "Storage",
                                              "StoredAs"};
    return all;
}

unsigned element_bits(const FieldPlan& plan) {
    const unsigned width = plan.high - plan.low + 1;
    return plan.count == 0 ? width : width / plan.count;
}

unsigned type_bits(unsigned width) {
    return width <= 8 ? 8 : width <= 16 ? 16 : width <= 32 ? 32 : 64;
}

std::string without_number(const std::string& name) {
    const auto last = name.find_last_not_of("0123456789_");
    return last == std::string::npos ? name : name.substr(0, last + 1);
}

// Of fields that are all called alike but for a number.
std::string common_name(const std::vector<std::string>& fields) {
    if (std::all_of(fields.begin(), fields.end(), [&](const auto& f) { return f == fields[0]; }))
        return fields[0];
    return without_number(fields[0]);
}

} // namespace

std::string Enumerations::key_of(const PlannedField& field) {
    std::string key = std::to_string(type_bits(element_bits(field.plan)));
    for (const EnumeratorPlan& value : field.values)
        key += fmt::format(
            ";{}={},{},{}", value.name, value.value, value.any, static_cast<unsigned>(value.usage));
    return key + ';' + field.all_others;
}

void Enumerations::add(std::size_t of_register, const PlannedField& field) {
    if (field.values.empty())
        return;
    Use& use = uses_[key_of(field)];
    if (use.values.empty()) {
        use.values = field.values;
        if (!field.all_others.empty())
            use.comment = "All other values: " + field.all_others + '.';
        use.bits = type_bits(element_bits(field.plan));
        use.order = uses_.size();
        use.of = {field.enum_where, field.element, "", ""};
    }
    use.registers.insert(of_register);
    use.given.insert(field.enum_names.begin(), field.enum_names.end());
    use.is_given_to_all = use.is_given_to_all && !field.enum_names.empty();
    use.fields.push_back(field.plan.source);
}

void Enumerations::settle(BlockPlan& block, Names& names, Report& report) {
    std::vector<Use*> all;
    all.reserve(uses_.size());
    for (auto& [key, use] : uses_)
        all.push_back(&use);
    // Those of several registers first: in a register that uses one, nothing may hide it.
    const auto is_before = [](const Use* a, const Use* b) {
        const bool a_is_shared = a->registers.size() > 1;
        const bool b_is_shared = b->registers.size() > 1;
        return a_is_shared != b_is_shared ? a_is_shared : a->order < b->order;
    };
    std::sort(all.begin(), all.end(), is_before);
    std::map<std::size_t, std::set<std::string>> seen; // names that a register must not hide
    for (Use* use : all) {
        const bool is_given = use->given.size() == 1 && use->is_given_to_all;
        const std::string source = is_given ? *use->given.begin() : common_name(use->fields);
        const std::string name = type_name(source);
        const bool is_shared = use->registers.size() > 1;
        const std::size_t first = *use->registers.begin();
        RegisterPlan& only = block.registers[first];
        seen[first].insert(only.name);
        const bool is_taken = members_of_registers().contains(name) ||
                              (is_shared ? names.has(name) : seen[first].contains(name));
        Names inside(seen[first]);
        const std::string wanted = is_taken ? name + "Value" : name;
        use->name = (is_shared ? names : inside).unique(wanted);
        // Where the description has no name for it, ours is not another than that.
        report_name(report, use->of, source, "type", is_given ? name : wanted, use->name);
        if (!is_given && !use->given.empty())
            report.add(use->of.where,
                       use->of.element,
                       fmt::format("the enumeration is called {}, and is one with others that are "
                                   "not",
                                   fmt::join(use->given, " and ")),
                       "called " + use->name);
        for (const std::size_t user : use->registers)
            seen[user].insert(use->name);
        EnumPlan made{use->name, use->bits, use->values, use->comment};
        (is_shared ? block.enumerations : only.enumerations).push_back(std::move(made));
    }
}

std::string Enumerations::type_of(const PlannedField& field) const {
    if (field.values.empty())
        return {};
    return uses_.at(key_of(field)).name;
}

} // namespace gen
