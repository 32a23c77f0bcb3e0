// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_tree.hpp"

namespace gen {

const RdlValue* RdlNode::find(std::string_view property) const {
    for (const auto& [known, value] : properties)
        if (known->name == property)
            return &value;
    return nullptr;
}

bool RdlNode::flag(std::string_view property) const {
    const RdlValue* value = find(property);
    return value != nullptr && value->kind == RdlValue::Kind::boolean && value->number != 0;
}

std::string RdlNode::text(std::string_view property) const {
    const RdlValue* value = find(property);
    return value == nullptr ? std::string() : value->text;
}

std::optional<std::uint64_t> RdlNode::number(std::string_view property) const {
    const RdlValue* value = find(property);
    if (value == nullptr || value->kind == RdlValue::Kind::reference)
        return std::nullopt;
    return value->number;
}

void RdlNode::set(const RdlProperty& property, RdlValue value) {
    for (auto& [known, now] : properties)
        if (known == &property) {
            now = std::move(value);
            return;
        }
    properties.emplace_back(&property, std::move(value));
}

bool RdlNode::is_present() const {
    return find("ispresent") == nullptr || flag("ispresent");
}

RdlNode* RdlNode::child(std::string_view wanted) {
    for (RdlNode& child : children)
        if (child.name == wanted)
            return &child;
    return nullptr;
}

} // namespace gen
