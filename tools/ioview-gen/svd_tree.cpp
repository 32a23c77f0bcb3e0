// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "svd_tree.hpp"

#include "failure.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace gen {
namespace {

constexpr std::array<std::string_view, 5> kinds = {
    "peripheral", "cluster", "register", "field", "enumeratedValues"};

bool is_element(pugi::xml_node node) {
    return std::find(kinds.begin(), kinds.end(), node.name()) != kinds.end();
}

std::string key_of(std::string_view kind, std::string_view name) {
    return fmt::format("{}:{}", kind, name);
}

// What is around an element; the lists between do not count.
pugi::xml_node holder_of(pugi::xml_node node) {
    do
        node = node.parent();
    while (node && !is_element(node));
    return node;
}

std::string own_text(pugi::xml_node node, const char* name) {
    return content(node.child(name));
}

// The name and, of a list or an array, the name with the place of the index taken out.
std::vector<std::string> names_of(pugi::xml_node node) {
    const std::string name = own_text(node, "name");
    std::vector<std::string> all{name};
    for (const std::string_view index : {"[%s]", "%s"})
        if (const auto at = name.find(index); at != std::string::npos) {
            std::string without = name;
            all.push_back(without.erase(at, index.size()));
            all.push_back(std::string(name).replace(at, index.size(), "0"));
            all.push_back(std::string(name).replace(at, index.size(), "[0]"));
            break;
        }
    return all;
}

bool is_called(pugi::xml_node node, std::string_view name) {
    const auto names = names_of(node);
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<pugi::xml_node> around(pugi::xml_node node) {
    std::vector<pugi::xml_node> all;
    for (pugi::xml_node at = holder_of(node); at; at = holder_of(at))
        all.push_back(at);
    return all;
}

} // namespace

std::string tidy(std::string_view text) {
    std::string out;
    bool blank = false;
    for (std::size_t i = 0; i != text.size(); ++i) {
        const char c = text[i];
        // Some vendors write line ends as \n, two letters.
        if (c == '\\' && i + 1 != text.size() && text[i + 1] == 'n') {
            blank = !out.empty();
            ++i;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f') {
            blank = !out.empty();
            continue;
        }
        if (blank)
            out += ' ';
        blank = false;
        out += c;
    }
    // A reference to half a character, &#xD800;, is no character.
    for (std::size_t at = first_not_utf8(out); at != std::string::npos; at = first_not_utf8(out))
        out.erase(at, 1);
    return out;
}

std::string content(pugi::xml_node node) {
    std::string text;
    for (const pugi::xml_node child : node.children())
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
            text += child.value();
    return tidy(text);
}

pugi::xml_node Element::child(const char* name) const {
    for (const pugi::xml_node node : chain_)
        if (const pugi::xml_node found = node.child(name))
            return found;
    return {};
}

pugi::xml_node Element::with_one_of(std::initializer_list<const char*> names) const {
    for (const pugi::xml_node node : chain_)
        for (const char* name : names)
            if (!node.child(name).empty())
                return node;
    return {};
}

std::string Element::text(const char* name) const {
    return content(child(name));
}

SvdTree::SvdTree(const XmlFile& file) : file_(&file) {
    for (const pugi::xml_node peripheral : file.root().child("peripherals").children("peripheral"))
        index(peripheral);
}

// As deep as the file is, which XmlFile bounds.
void SvdTree::index(pugi::xml_node node) {
    if (is_element(node))
        for (const std::string& name : names_of(node))
            if (!name.empty())
                everywhere_[key_of(node.name(), name)].push_back(node);
    for (const pugi::xml_node child : node.children())
        if (child.type() == pugi::node_element)
            index(child);
}

std::string SvdTree::path(pugi::xml_node node) {
    std::string path;
    for (pugi::xml_node at = node; at; at = holder_of(at)) {
        if (!is_element(at))
            continue;
        std::string name = own_text(at, "name");
        if (name.empty())
            name = at.name();
        path.insert(0, path.empty() ? name : name + '/');
    }
    return path.empty() ? "device" : path;
}

// A.B.C: the last is called C, what is around it B, and so on; levels may be left out in front.
pugi::xml_node SvdTree::by_path(std::string_view path, std::string_view kind) const {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= path.size();) {
        const auto end = std::min(path.find('.', at), path.size());
        parts.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    const auto found = everywhere_.find(key_of(kind, parts.back()));
    if (found == everywhere_.end())
        return {};
    for (const pugi::xml_node node : found->second) {
        pugi::xml_node around = holder_of(node);
        auto part = parts.rbegin() + 1;
        while (part != parts.rend() && !around.empty() && is_called(around, *part)) {
            around = holder_of(around);
            ++part;
        }
        if (part == parts.rend())
            return node;
    }
    return {};
}

// Of several with this name, the one with most around it in common.
pugi::xml_node SvdTree::base_of(pugi::xml_node node, const std::string& name) const {
    const auto found = everywhere_.find(key_of(node.name(), name));
    const std::vector<pugi::xml_node> mine = around(node);
    pugi::xml_node best;
    std::ptrdiff_t most = -1;
    if (found != everywhere_.end())
        for (const pugi::xml_node candidate : found->second) {
            if (candidate == node)
                continue;
            // How many of the elements around it are around the node, too.
            std::ptrdiff_t common = 0;
            for (pugi::xml_node at = holder_of(candidate); at; at = holder_of(at))
                common += std::count(mine.begin(), mine.end(), at);
            if (common > most)
                best = candidate;
            most = std::max(most, common);
            if (most == static_cast<std::ptrdiff_t>(mine.size()))
                break;
        }
    if (!best && name.find('.') != std::string::npos)
        best = by_path(name, node.name());
    return best;
}

Element SvdTree::element(pugi::xml_node node, Report& report) const {
    std::vector<pugi::xml_node> chain{node};
    while (const pugi::xml_attribute from = chain.back().attribute("derivedFrom")) {
        const std::string name = tidy(from.value());
        const pugi::xml_node base = base_of(chain.back(), name);
        if (!base && is_called(chain.back(), name))
            throw Failure(Exit::refused,
                          "{}:{}: {}: is derived from itself",
                          where(chain.back()).file,
                          where(chain.back()).line,
                          path(chain.back()));
        if (!base) {
            report.add(where(chain.back()),
                       path(chain.back()),
                       fmt::format("is derived from {}, which is not there", name),
                       "taken as it stands",
                       std::string_view(node.name()) == "enumeratedValues" ? "enumerations" : "");
            break;
        }
        if (std::find(chain.begin(), chain.end(), base) != chain.end())
            throw Failure(Exit::refused,
                          "{}:{}: {}: is derived from itself, by way of {}",
                          where(node).file,
                          where(node).line,
                          path(node),
                          name);
        chain.push_back(base);
    }
    return Element(std::move(chain));
}

std::vector<pugi::xml_node> SvdTree::members(const Element& element,
                                             const char* list,
                                             std::initializer_list<std::string_view> wanted) {
    std::vector<pugi::xml_node> all;
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t level = element.chain().size(); level-- != 0;) {
        const pugi::xml_node node = element.chain()[level];
        const pugi::xml_node holder = list ? node.child(list) : node;
        const std::size_t inherited = all.size();
        for (const pugi::xml_node child : holder.children()) {
            if (std::find(wanted.begin(), wanted.end(), child.name()) == wanted.end())
                continue;
            const std::string key = key_of(child.name(), own_text(child, "name"));
            const auto before = seen.find(key);
            if (before != seen.end() && before->second < inherited) {
                all[before->second] = child;
            } else {
                seen[key] = all.size();
                all.push_back(child);
            }
        }
    }
    return all;
}

} // namespace gen
