// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What the levels of a CMSIS-SVD file hand down, and the words and numbers of its elements.
//
//   const Properties of_register = reader.properties(element, of_peripheral);

#include "svd_tree.hpp"

#include <optional>
#include <string>

namespace gen {

// registerPropertiesGroup and what registers hand to fields.
struct Properties {
    unsigned size = 32;
    Access access = Access::read_write;
    std::string protection;
    std::optional<std::uint64_t> reset;
    std::uint64_t reset_mask = ~std::uint64_t{0};
    WriteAction on_write = WriteAction::modify;
    ReadAction on_read = ReadAction::none;
};

// Reads what stands in elements, and reports what is no such thing.
class SvdWords {
public:
    SvdWords(const SvdTree& tree, Report& report) : tree_(&tree), report_(&report) {}

    // None where the element has no such child, or none that is a number: then that is reported.
    [[nodiscard]] std::optional<std::uint64_t> number(const Element& element, const char* name);
    [[nodiscard]] bool flag(const Element& element, const char* name);
    // What an element states, over what is handed down to it.
    [[nodiscard]] Properties properties(const Element& element, Properties from_above);
    [[nodiscard]] std::optional<Dim> dim(const Element& element, std::string& name);
    [[nodiscard]] std::string constraint(const Element& element);
    // Children that the schema does not know are reported.
    void look_at_children(pugi::xml_node node);

    void add(pugi::xml_node node, std::string what, std::string done);

private:
    const SvdTree* tree_;
    Report* report_;
};

} // namespace gen
