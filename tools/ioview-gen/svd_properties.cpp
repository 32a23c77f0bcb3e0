// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "svd_properties.hpp"

#include "number.hpp"
#include "words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <utility>

namespace gen {
namespace {

// Not of the schema, but in files that vendors ship.
constexpr std::pair<std::string_view, Access> accesses_of_vendors[] = {
    {"read", Access::read_only},
    {"write", Access::write_only},
    {"read-writeonce", Access::read_write_once},
    {"writeonce", Access::write_once},
};

// The children of each element, by schema 1.3.10, and what older files have.
const std::set<std::string_view>& known_children(std::string_view element) {
    static const std::set<std::string_view> none;
    static const std::map<std::string_view, std::set<std::string_view>> known = {
        {"device",
         {"vendor",
          "vendorID",
          "name",
          "series",
          "version",
          "description",
          "licenseText",
          "cpu",
          "headerSystemFilename",
          "headerDefinitionsPrefix",
          "addressUnitBits",
          "width",
          "size",
          "access",
          "protection",
          "resetValue",
          "resetMask",
          "peripherals",
          "vendorExtensions"}},
        {"cpu",
         {"name",
          "revision",
          "endian",
          "mpuPresent",
          "fpuPresent",
          "fpuDP",
          "dspPresent",
          "icachePresent",
          "dcachePresent",
          "itcmPresent",
          "dtcmPresent",
          "vtorPresent",
          "pmuPresent",
          "pmuNumEventCnt",
          "mvePresent",
          "mveFP",
          "nvicPrioBits",
          "vendorSystickConfig",
          "deviceNumInterrupts",
          "sauNumRegions",
          "sauRegionsConfig"}},
        {"peripherals", {"peripheral"}},
        {"peripheral",
         {"dim",
          "dimIncrement",
          "dimIndex",
          "dimName",
          "dimArrayIndex",
          "name",
          "version",
          "description",
          "alternatePeripheral",
          "groupName",
          "prependToName",
          "appendToName",
          "headerStructName",
          "disableCondition",
          "baseAddress",
          "size",
          "access",
          "protection",
          "resetValue",
          "resetMask",
          "addressBlock",
          "interrupt",
          "registers"}},
        {"addressBlock", {"offset", "size", "usage", "protection"}},
        {"interrupt", {"name", "description", "value"}},
        {"registers", {"cluster", "register"}},
        {"cluster",
         {"dim",
          "dimIncrement",
          "dimIndex",
          "dimName",
          "dimArrayIndex",
          "name",
          "description",
          "alternateCluster",
          "headerStructName",
          "addressOffset",
          "size",
          "access",
          "protection",
          "resetValue",
          "resetMask",
          "register",
          "cluster"}},
        {"register",
         {"dim",
          "dimIncrement",
          "dimIndex",
          "dimName",
          "dimArrayIndex",
          "name",
          "displayName",
          "description",
          "alternateGroup",
          "alternateRegister",
          "addressOffset",
          "size",
          "access",
          "protection",
          "resetValue",
          "resetMask",
          "dataType",
          "modifiedWriteValues",
          "writeConstraint",
          "readAction",
          "fields"}},
        {"fields", {"field"}},
        {"field",
         {"dim",
          "dimIncrement",
          "dimIndex",
          "dimName",
          "dimArrayIndex",
          "name",
          "description",
          "bitOffset",
          "bitWidth",
          "lsb",
          "msb",
          "bitRange",
          "access",
          "modifiedWriteValues",
          "writeConstraint",
          "readAction",
          "enumeratedValues"}},
        {"enumeratedValues", {"name", "headerEnumName", "usage", "enumeratedValue"}},
        {"enumeratedValue", {"name", "description", "value", "isDefault"}},
        {"writeConstraint", {"writeAsRead", "useEnumeratedValues", "range"}},
        {"range", {"minimum", "maximum"}},
    };
    const auto found = known.find(element);
    return found == known.end() ? none : found->second;
}

// Of "0-3", "A-D" and "3,4,7"; empty for what is none of these.
std::vector<std::string> index_names(const std::string& text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::vector<std::string> names;
    const auto dash = text.find('-');
    if (dash != std::string::npos && text.find(',') == std::string::npos) {
        const std::string first = tidy(text.substr(0, dash));
        const std::string last = tidy(text.substr(dash + 1));
        const auto low = parse_number(first);
        const auto high = parse_number(last);
        if (low && high && *low <= *high && *high - *low < most_of_a_dim) {
            for (std::uint64_t i = *low; i <= *high; ++i)
                names.push_back(std::to_string(i));
        } else if (first.size() == 1 && last.size() == 1 &&
                   letters.find(first[0]) != std::string_view::npos &&
                   letters.find(last[0]) != std::string_view::npos) {
            for (std::size_t i = letters.find(first[0]); i <= letters.find(last[0]); ++i)
                names.emplace_back(1, letters[i]);
        }
        return names;
    }
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        names.push_back(tidy(text.substr(at, end - at)));
        at = end + 1;
    }
    return names;
}

// The member of the JSON form that an element is of, which a patch may set; else empty.
std::string member_of(std::string_view element) {
    static const std::map<std::string_view, std::string> all = {
        {"size", "size"},
        {"access", "access"},
        {"protection", "protection"},
        {"resetValue", "reset"},
        {"resetMask", "reset_mask"},
        {"modifiedWriteValues", "on_write"},
        {"readAction", "on_read"},
        {"dim", "dim"},
        {"dimIncrement", "dim"},
        {"dimIndex", "dim"},
        {"enumeratedValues", "enumerations"},
        {"enumeratedValue", "enumerations"},
        {"usage", "enumerations"},
        {"endian", "cpu"},
        {"nvicPrioBits", "cpu"},
        {"deviceNumInterrupts", "cpu"}};
    const auto found = all.find(element);
    return found == all.end() ? std::string() : found->second;
}

} // namespace

void SvdWords::add(pugi::xml_node node, std::string what, std::string done) {
    report_->add(tree_->where(node),
                 SvdTree::path(node),
                 std::move(what),
                 std::move(done),
                 member_of(node.name()));
}

std::optional<std::uint64_t> SvdWords::number(const Element& element, const char* name) {
    const pugi::xml_node node = element.child(name);
    if (!node)
        return std::nullopt;
    const auto value = parse_number(content(node));
    if (!value)
        add(node,
            fmt::format("<{}> is \"{}\", which is no number of 64 bits", name, element.text(name)),
            "taken as if it were not there");
    return value;
}

bool SvdWords::flag(const Element& element, const char* name) {
    const std::string text = element.text(name);
    return text == "true" || text == "1";
}

Properties SvdWords::properties(const Element& element, Properties from_above) {
    Properties all = std::move(from_above);
    if (const auto size = number(element, "size")) {
        if (*size == 0 || *size > 4'096)
            add(element.child("size"), fmt::format("a size of {} bits", *size), "taken as 32");
        all.size = *size == 0 || *size > 4'096 ? 32 : static_cast<unsigned>(*size);
    }
    const auto take = [&]<class Enum>(const char* name, Enum& into) {
        const pugi::xml_node node = element.child(name);
        if (!node)
            return;
        const std::string text = element.text(name);
        if (const auto found = find_word<Enum>(text))
            into = *found;
        else
            add(node,
                fmt::format("<{}> is \"{}\", which is no word of it", name, text),
                "taken as inherited");
    };
    const std::string access = element.text("access");
    const auto* const vendors = std::find_if(std::begin(accesses_of_vendors),
                                             std::end(accesses_of_vendors),
                                             [&](const auto& w) { return w.first == access; });
    if (vendors != std::end(accesses_of_vendors)) {
        all.access = vendors->second;
        add(element.child("access"),
            fmt::format("<access> is \"{}\", which is no word of CMSIS-SVD", access),
            fmt::format("taken as {}", word_of(all.access)));
    } else {
        take("access", all.access);
    }
    take("modifiedWriteValues", all.on_write);
    take("readAction", all.on_read);
    if (!element.child("protection").empty())
        all.protection = element.text("protection");
    if (const auto reset = number(element, "resetValue"))
        all.reset = reset;
    if (const auto mask = number(element, "resetMask"))
        all.reset_mask = *mask;
    return all;
}

std::optional<Dim> SvdWords::dim(const Element& element, std::string& name) {
    const bool has_index = name.find("%s") != std::string::npos;
    const auto count = number(element, "dim");
    if (!count) {
        if (has_index)
            add(element.own(), "has %s in its name and no <dim>", "taken as one");
        for (const std::string_view index : {"[%s]", "%s"})
            if (const auto at = name.find(index); at != std::string::npos)
                name.erase(at, index.size());
        return std::nullopt;
    }
    Dim dim;
    dim.count = *count;
    dim.increment = number(element, "dimIncrement").value_or(0);
    if (dim.count == 0 || dim.count > most_of_a_dim) {
        add(element.child("dim"),
            fmt::format("<dim> is {}, and at most {} are believed", dim.count, most_of_a_dim),
            "left out");
        dim.count = 0;
        return dim;
    }
    if (!has_index) {
        add(element.own(), "has a <dim> and no %s in its name", "taken as an array");
        name += "[%s]";
    }
    dim.is_array = name.find("[%s]") != std::string::npos;
    if (!element.child("dimIndex").empty()) {
        dim.index = index_names(element.text("dimIndex"));
        if (dim.index.size() != dim.count) {
            add(element.child("dimIndex"),
                fmt::format("<dimIndex> \"{}\" names {} and <dim> says {}",
                            element.text("dimIndex"),
                            dim.index.size(),
                            dim.count),
                "numbered from 0");
            dim.index.clear();
        }
    }
    if (dim.index.empty())
        for (std::uint64_t i = 0; i != dim.count; ++i)
            dim.index.push_back(std::to_string(i));
    return dim;
}

std::string SvdWords::constraint(const Element& element) {
    const pugi::xml_node node = element.child("writeConstraint");
    if (node.child("writeAsRead").text().as_bool())
        return "write what was read";
    if (node.child("useEnumeratedValues").text().as_bool())
        return "write one of the enumerators";
    if (const pugi::xml_node range = node.child("range"))
        return fmt::format("write {} to {}",
                           tidy(range.child_value("minimum")),
                           tidy(range.child_value("maximum")));
    return {};
}

void SvdWords::look_at_children(pugi::xml_node node) {
    if (std::string_view(node.name()) == "vendorExtensions")
        return;
    if (std::string_view(node.name()) == "peripheral")
        report_->set_peripheral(SvdTree::path(node));
    const auto& known = known_children(node.name());
    for (const pugi::xml_node child : node.children()) {
        if (child.type() != pugi::node_element)
            continue;
        if (!known.empty() && !known.contains(child.name()))
            add(child,
                fmt::format("<{}> is no element of <{}>", child.name(), node.name()),
                "ignored");
        else
            look_at_children(child);
    }
}

} // namespace gen
