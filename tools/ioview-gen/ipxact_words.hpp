// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IpxactWords: the words and numbers of an IP-XACT file, whichever its prefix (ipxact: or spirit:),
// with the parameters of the component put into expressions.
//
//   if (const auto offset = words.number(node, "addressOffset")) …

#include "rdl_scope.hpp"
#include "report.hpp"
#include "xml_file.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gen {

// Without its prefix.
[[nodiscard]] std::string_view local_name(pugi::xml_node node);
// The first child of the name; null where there is none.
[[nodiscard]] pugi::xml_node local_child(pugi::xml_node node, std::string_view name);
[[nodiscard]] std::vector<pugi::xml_node> local_children(pugi::xml_node node,
                                                         std::string_view name);

class IpxactWords {
public:
    IpxactWords(const XmlFile& file, Report& report);

    // Without blanks around it; empty where there is no such child.
    [[nodiscard]] std::string text(pugi::xml_node node, std::string_view name) const;
    // None where there is no such child, or none that is a number: then that is reported.
    [[nodiscard]] std::optional<std::uint64_t> number(pugi::xml_node node, std::string_view name);
    // Of the element itself.
    [[nodiscard]] std::optional<std::uint64_t> number_of(pugi::xml_node node);
    [[nodiscard]] bool is_present(pugi::xml_node node);
    // What is said of the word of a child; none, and reported, where it is none of them.
    template <class T>
    [[nodiscard]] std::optional<T>
    word(pugi::xml_node node,
         std::string_view name,
         std::initializer_list<std::pair<std::string_view, T>> words);
    // Children of other names are reported.
    void look_at_children(pugi::xml_node node, std::string_view known);

    void add(pugi::xml_node node, std::string what, std::string done);
    // That what is added next is of; empty: of none.
    void set_peripheral(std::string name) { report_->set_peripheral(std::move(name)); }
    [[nodiscard]] Where where(pugi::xml_node node) const { return file_->where(node); }

private:
    void read_parameters(pugi::xml_node component);
    [[nodiscard]] std::optional<std::uint64_t> evaluated(const std::string& text) const;

    const XmlFile* file_;
    Report* report_;
    RdlScope parameters_;
};

template <class T>
std::optional<T> IpxactWords::word(pugi::xml_node node,
                                   std::string_view name,
                                   std::initializer_list<std::pair<std::string_view, T>> words) {
    const std::string said = text(node, name);
    if (said.empty())
        return std::nullopt;
    for (const auto& [word, meaning] : words)
        if (word == said)
            return meaning;
    add(local_child(node, name),
        "\"" + said + "\" is no " + std::string(name),
        "as if it were not said");
    return std::nullopt;
}

} // namespace gen
