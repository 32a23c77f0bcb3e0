// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SvdTree: the elements of a CMSIS-SVD file with what they are derived from, at every level and in
// any order.
//
//   const Element uart = tree.element(node, scope);
//   uart.text("baseAddress")                     // its own, or that of what it is derived from

#include "report.hpp"
#include "xml_file.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gen {

// An element, and behind it those that it is derived from, the nearest first.
class Element {
public:
    explicit Element(std::vector<pugi::xml_node> chain) : chain_(std::move(chain)) {}

    [[nodiscard]] pugi::xml_node own() const { return chain_.front(); }
    [[nodiscard]] const std::vector<pugi::xml_node>& chain() const { return chain_; }
    [[nodiscard]] bool is_derived() const { return chain_.size() > 1; }
    // The first of the chain that has this child; null where none has.
    [[nodiscard]] pugi::xml_node child(const char* name) const;
    // The first of the chain that has one of these children.
    [[nodiscard]] pugi::xml_node with_one_of(std::initializer_list<const char*> names) const;
    // Without blanks around it; empty where there is none.
    [[nodiscard]] std::string text(const char* name) const;

private:
    std::vector<pugi::xml_node> chain_;
};

class SvdTree {
public:
    explicit SvdTree(const XmlFile& file);

    // A peripheral, cluster, register, field or enumeratedValues with what it is derived from;
    // Failure for a circle. What is derived from what is not there is reported, and stands alone.
    [[nodiscard]] Element element(pugi::xml_node node, Report& report) const;
    // The children of these kinds, of the element itself and of what it is derived from, in which
    // those of the element take the place of others with the same name.
    [[nodiscard]] static std::vector<pugi::xml_node> members(
        const Element& element, const char* list, std::initializer_list<std::string_view> wanted);

    [[nodiscard]] Where where(pugi::xml_node node) const { return file_->where(node); }
    // "UART0/DR/DATA"
    [[nodiscard]] static std::string path(pugi::xml_node node);

private:
    using Named = std::unordered_map<std::string, std::vector<pugi::xml_node>>;

    void index(pugi::xml_node node);
    [[nodiscard]] pugi::xml_node base_of(pugi::xml_node node, const std::string& name) const;
    [[nodiscard]] pugi::xml_node by_path(std::string_view path, std::string_view kind) const;

    const XmlFile* file_;
    Named everywhere_; // "register:DR", by kind and name
};

// All text of an element, around comments and in CDATA, tidied.
[[nodiscard]] std::string content(pugi::xml_node node);

// Without blanks at its ends, and with one where there were several.
[[nodiscard]] std::string tidy(std::string_view text);

} // namespace gen
