// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ipxact_words.hpp"

#include "failure.hpp"
#include "number.hpp"
#include "rdl_evaluate.hpp"
#include "rdl_words.hpp"
#include "svd_tree.hpp"

namespace gen {
namespace {

// SystemVerilog has 'hff and 8'shff, SystemRDL 8'hff alone.
std::string with_widths(const std::string& text) {
    std::string made;
    for (std::size_t i = 0; i != text.size(); ++i) {
        const char next = i + 1 == text.size() ? '\0' : text[i + 1];
        const bool is_base = text[i] == '\'' && next != '\0' && next != '(' && next != '{';
        if (is_base && (made.empty() || !is_digit(made.back())))
            made += "64";
        made += text[i];
        if (is_base && (next == 's' || next == 'S'))
            ++i;
    }
    return made;
}

std::vector<RdlToken> words_of(const std::string& text) {
    RdlLexer lexer(text, {});
    std::vector<RdlToken> words;
    do
        words.push_back(lexer.next());
    while (words.back().kind != RdlToken::Kind::end);
    return words;
}

// UART/DR/DATA: what has a name around it.
std::string element_of(pugi::xml_node node) {
    std::string path;
    for (; node && local_name(node) != "component"; node = node.parent()) {
        const std::string name = tidy(local_child(node, "name").text().get());
        if (!name.empty())
            path.insert(0, path.empty() ? name : name + '/');
    }
    return path.empty() ? "the component" : path;
}

} // namespace

std::string_view local_name(pugi::xml_node node) {
    const std::string_view name = node.name();
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node local_child(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_node child : node.children())
        if (local_name(child) == name)
            return child;
    return {};
}

std::vector<pugi::xml_node> local_children(pugi::xml_node node, std::string_view name) {
    std::vector<pugi::xml_node> found;
    for (const pugi::xml_node child : node.children())
        if (local_name(child) == name)
            found.push_back(child);
    return found;
}

IpxactWords::IpxactWords(const XmlFile& file, Report& report) : file_(&file), report_(&report) {
    read_parameters(file.root());
}

// Those that are numbers, by what expressions call them.
void IpxactWords::read_parameters(pugi::xml_node component) {
    for (const pugi::xml_node one :
         local_children(local_child(component, "parameters"), "parameter")) {
        const std::string id = one.attribute("parameterId").value();
        const auto value = evaluated(text(one, "value"));
        if (id.empty() || !value || parameters_.names.contains(id))
            continue;
        RdlValue number;
        number.number = *value;
        parameters_.declare(id, {}, std::move(number));
    }
}

std::optional<std::uint64_t> IpxactWords::evaluated(const std::string& text) const {
    if (const auto number = parse_number(text))
        return number;
    try {
        RdlWords words(words_of(with_widths(text)));
        const RdlExpression expression = words.expression();
        if (words.now().kind != RdlToken::Kind::end)
            return std::nullopt;
        return rdl_number(expression, parameters_.now());
    } catch (const Failure&) {
        return std::nullopt;
    }
}

std::string IpxactWords::text(pugi::xml_node node, std::string_view name) const {
    return tidy(local_child(node, name).text().get());
}

std::optional<std::uint64_t> IpxactWords::number_of(pugi::xml_node node) {
    const std::string said = tidy(node.text().get());
    const auto value = evaluated(said);
    if (!value)
        add(node,
            fmt::format("<{}> is \"{}\", which is no number", local_name(node), said),
            "as if it were not said");
    return value;
}

std::optional<std::uint64_t> IpxactWords::number(pugi::xml_node node, std::string_view name) {
    const pugi::xml_node child = local_child(node, name);
    return child ? number_of(child) : std::nullopt;
}

bool IpxactWords::is_present(pugi::xml_node node) {
    return number(node, "isPresent").value_or(1) != 0;
}

void IpxactWords::look_at_children(pugi::xml_node node, std::string_view known) {
    for (const pugi::xml_node child : node.children())
        if (child.type() == pugi::node_element &&
            known.find(" " + std::string(local_name(child)) + " ") == std::string_view::npos)
            add(child, fmt::format("<{}> is not read here", local_name(child)), "left out");
}

void IpxactWords::add(pugi::xml_node node, std::string what, std::string done) {
    report_->add(where(node), element_of(node), std::move(what), std::move(done));
}

} // namespace gen
