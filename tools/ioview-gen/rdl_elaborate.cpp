// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_evaluate.hpp"
#include "rdl_tree.hpp"

#include <set>

namespace gen {
namespace {

// Instances in each other.
constexpr std::size_t most_instance_levels = 64;

bool can_hold(RdlType outer, RdlType inner) {
    if (inner == RdlType::signal)
        return true;
    switch (outer) {
    case RdlType::addrmap:
        return inner != RdlType::field;
    case RdlType::regfile:
        return inner == RdlType::regfile || inner == RdlType::reg;
    case RdlType::reg:
        return inner == RdlType::field;
    case RdlType::mem:
        return inner == RdlType::reg;
    case RdlType::field:
    case RdlType::signal:
        break;
    }
    return false;
}

class Elaborator {
public:
    Elaborator(const RdlDescription& description, const RdlLimits& limits, Report& report)
        : description_(description), limits_(limits), report_(report) {}

    std::vector<RdlNode> tops();

private:
    using EnumType = std::shared_ptr<const RdlEnumType>;

    void items(const std::vector<RdlItem>& items, RdlScope& scope, RdlNode& node);
    void enumeration(const RdlEnum& said, RdlScope& scope);
    void assignment(const RdlAssignment& said, RdlScope& scope, RdlNode& node);
    static void set_default(const RdlAssignment& said, RdlValue value, RdlScope& scope);
    void distant(const RdlDistantAssignment& said, const RdlScope& scope, RdlNode& node);
    void instances(const RdlInstances& said, RdlScope& scope, RdlNode& node);
    [[nodiscard]] RdlNode instance(const RdlDefinition& definition,
                                   const RdlInstances& said,
                                   const RdlInstance& one,
                                   const RdlScope& scope);
    void place(const RdlInstance& said, const RdlView& view, RdlNode& node) const;
    [[nodiscard]] RdlDefinition definition(const RdlInstances& said, const RdlScope& scope) const;
    [[nodiscard]] RdlNode
    component(const RdlDefinition& definition, const RdlInstances* said, const RdlView& from);
    void parameters(const RdlComponent& component,
                    const RdlInstances* said,
                    const RdlView& from,
                    RdlScope& scope) const;
    void defaults(const RdlView& view, RdlNode& node) const;
    [[nodiscard]] const RdlProperty* property(const RdlAssignment& said) const;
    void set(const RdlProperty& property, RdlValue value, const RdlPlace& at, RdlNode& node) const;

    const RdlDescription& description_;
    const RdlLimits& limits_;
    Report& report_;
    std::size_t elements_ = 0;
    std::size_t depth_ = 0;
};

RdlValue value_of(const RdlAssignment& said, const RdlView& view) {
    if (said.value)
        return rdl_value(*said.value, view);
    RdlValue made;
    made.kind = RdlValue::Kind::boolean;
    made.number = 1;
    return made;
}

// Whether a parameter of the type can be the value; a number that is a boolean is made one.
bool fits(const RdlParameter& parameter, RdlValue& value, const RdlView& view) {
    using Kind = RdlValue::Kind;
    if (parameter.is_array)
        return value.kind == Kind::array;
    if (parameter.type == "bit" || parameter.type == "longint")
        return value.kind == Kind::number || value.kind == Kind::boolean ||
               value.kind == Kind::enumerator;
    if (parameter.type == "boolean") {
        if (value.kind == Kind::number && value.number <= 1)
            value.kind = Kind::boolean;
        return value.kind == Kind::boolean;
    }
    if (parameter.type == "string")
        return value.kind == Kind::text;
    if (parameter.type == "accesstype" || parameter.type == "addressingtype" ||
        parameter.type == "onreadtype" || parameter.type == "onwritetype")
        return value.kind == Kind::word;
    const auto* type = view.find<std::shared_ptr<const RdlEnumType>>(parameter.type);
    if (type == nullptr)
        rdl_fail(parameter.place, "there is no type {}", parameter.type);
    return value.kind == Kind::enumerator && value.type == *type;
}

std::vector<RdlNode> Elaborator::tops() {
    RdlScope root;
    RdlNode outside;
    items(description_.items, root, outside);
    std::vector<RdlNode> made;
    for (RdlNode& node : outside.children)
        if (node.type == RdlType::addrmap)
            made.push_back(std::move(node));
        else if (node.type != RdlType::signal)
            report_.add(node.place.where(),
                        node.name,
                        with_article(node.type) + " in no addrmap",
                        "left out");
    if (!made.empty())
        return made;
    const RdlDefinition* last = nullptr;
    std::size_t order = 0;
    for (const auto& [name, entry] : root.names)
        if (const auto* definition = std::get_if<RdlDefinition>(&entry.named))
            if (definition->component->type == RdlType::addrmap && entry.order >= order) {
                last = definition;
                order = entry.order;
            }
    if (last == nullptr)
        return made;
    made.push_back(component(*last, nullptr, root.now()));
    made.back().name = last->component->name;
    return made;
}

void Elaborator::items(const std::vector<RdlItem>& items, RdlScope& scope, RdlNode& node) {
    for (const RdlItem& item : items) {
        if (const auto* said = std::get_if<std::shared_ptr<const RdlComponent>>(&item))
            scope.declare((*said)->name, (*said)->place, RdlDefinition{*said, scope.now()});
        else if (const auto* enumerated = std::get_if<std::shared_ptr<const RdlEnum>>(&item))
            enumeration(**enumerated, scope);
        else if (const auto* assigned = std::get_if<RdlAssignment>(&item))
            assignment(*assigned, scope, node);
        else if (const auto* elsewhere = std::get_if<RdlDistantAssignment>(&item))
            distant(*elsewhere, scope, node);
        else if (const auto* instanced = std::get_if<RdlInstances>(&item))
            instances(*instanced, scope, node);
    }
}

void Elaborator::enumeration(const RdlEnum& said, RdlScope& scope) {
    auto made = std::make_shared<RdlEnumType>();
    made->name = said.name;
    made->place = said.place;
    std::set<std::string_view> names;
    std::uint64_t next = 0;
    for (const RdlEnumMember& member : said.members) {
        if (!names.insert(member.name).second)
            rdl_fail(member.place, "{} is in {} twice", member.name, said.name);
        const std::uint64_t value = member.value ? rdl_number(*member.value, scope.now()) : next;
        next = value + 1;
        made->members.push_back(
            {member.name,
             member.title ? rdl_text(*member.title, scope.now()) : "",
             member.description ? rdl_text(*member.description, scope.now()) : "",
             value,
             member.place});
    }
    scope.declare(said.name, said.place, EnumType(std::move(made)));
}

const RdlProperty* Elaborator::property(const RdlAssignment& said) const {
    const RdlProperty* found = find_rdl_property(said.property);
    if (found == nullptr && !description_.properties.contains(said.property))
        rdl_fail(said.place, "there is no property {}", said.property);
    return found;
}

void Elaborator::set_default(const RdlAssignment& said, RdlValue value, RdlScope& scope) {
    for (const RdlDefault& one : scope.defaults)
        if (one.assignment->property == said.property)
            rdl_fail(said.place, "{} has two defaults in the same braces", said.property);
    scope.defaults.push_back({scope.next++, &said, std::move(value)});
}

void Elaborator::assignment(const RdlAssignment& said, RdlScope& scope, RdlNode& node) {
    const RdlProperty* known = property(said);
    if (known == nullptr)
        return;
    RdlValue value = checked_rdl_value(*known, value_of(said, scope.now()), said.place);
    if (said.is_default)
        set_default(said, std::move(value), scope);
    else if (scope.outer.scope == nullptr)
        rdl_fail(said.place, "{} is set of no component", said.property);
    else
        set(*known, std::move(value), said.place, node);
}

// The short forms are kept as what they stand for.
void Elaborator::set(const RdlProperty& property,
                     RdlValue value,
                     const RdlPlace& at,
                     RdlNode& node) const {
    if (!property.is_of(node.type))
        rdl_fail(at, "{} is no property of {}", property.name, with_article(node.type));
    const bool is_read = property.name == "rclr" || property.name == "rset";
    if (!is_read && property.name != "woclr" && property.name != "woset") {
        node.set(property, std::move(value));
        return;
    }
    const RdlProperty* long_form = find_rdl_property(is_read ? "onread" : "onwrite");
    RdlValue word;
    word.kind = RdlValue::Kind::word;
    word.text = property.name;
    if (value.number == 0 && node.text(long_form->name) != property.name)
        return;
    if (value.number == 0)
        word.text.clear();
    node.set(*long_form, std::move(word));
}

void Elaborator::distant(const RdlDistantAssignment& said, const RdlScope& scope, RdlNode& node) {
    const RdlAssignment& assigned = said.assignment;
    RdlNode* of = &node;
    bool is_one_of_many = false;
    for (const RdlPathStep& step : said.path) {
        RdlNode* next = of->child(step.name);
        if (next == nullptr)
            rdl_fail(assigned.place, "there is no {} here", step.name);
        if (step.has_index && next->dims.empty())
            rdl_fail(assigned.place, "{} is no array", step.name);
        is_one_of_many = is_one_of_many || step.has_index;
        of = next;
    }
    const RdlProperty* known = property(assigned);
    if (known == nullptr)
        return;
    RdlValue value = checked_rdl_value(*known, value_of(assigned, scope.now()), assigned.place);
    if (is_one_of_many)
        report_.add(assigned.place.where(),
                    of->name,
                    fmt::format("{} is set of one element of an array", assigned.property),
                    "left as it is of the others");
    else
        set(*known, std::move(value), assigned.place, *of);
}

RdlDefinition Elaborator::definition(const RdlInstances& said, const RdlScope& scope) const {
    if (said.component)
        return {said.component, scope.now()};
    const auto* found = scope.now().find<RdlDefinition>(said.type);
    if (found == nullptr)
        rdl_fail(said.place, "there is no component {} here", said.type);
    return *found;
}

void Elaborator::instances(const RdlInstances& said, RdlScope& scope, RdlNode& node) {
    const RdlDefinition of = definition(said, scope);
    const bool is_root = scope.outer.scope == nullptr;
    if (!is_root && !can_hold(node.type, of.component->type))
        rdl_fail(said.place,
                 "{} cannot be in {}",
                 with_article(of.component->type),
                 with_article(node.type));
    for (const RdlInstance& one : said.instances) {
        if (!scope.instances.insert(one.name).second)
            rdl_fail(one.place, "{} is there twice", one.name);
        node.children.push_back(instance(of, said, one, scope));
        const std::string& primary = said.alias_of;
        if (primary.empty())
            continue;
        const RdlNode* found = node.child(primary);
        if (found == nullptr || found->type != RdlType::reg || primary == one.name ||
            of.component->type != RdlType::reg)
            rdl_fail(
                one.place, "{} is an alias of {}, which is no register here", one.name, primary);
        node.children.back().alias_of = primary;
    }
}

RdlNode Elaborator::instance(const RdlDefinition& definition,
                             const RdlInstances& said,
                             const RdlInstance& one,
                             const RdlScope& scope) {
    RdlNode node = component(definition, &said, scope.now());
    node.name = one.name;
    node.place = one.place;
    place(one, scope.now(), node);
    if (one.reset) {
        const RdlProperty& reset = *find_rdl_property("reset");
        set(reset,
            checked_rdl_value(reset, rdl_value(*one.reset, scope.now()), one.reset->place),
            one.reset->place,
            node);
    }
    return node;
}

void Elaborator::place(const RdlInstance& said, const RdlView& view, RdlNode& node) const {
    const auto number = [&](const std::optional<RdlExpression>& expression) {
        return expression ? std::optional(rdl_number(*expression, view)) : std::nullopt;
    };
    for (const RdlExpression& dim : said.dims)
        node.dims.push_back(rdl_number(dim, view));
    node.left = number(said.left);
    node.right = number(said.right);
    node.at = number(said.at);
    node.stride = number(said.stride);
    node.align = number(said.align);
    const bool is_bits = node.type == RdlType::field || node.type == RdlType::signal;
    if (is_bits && (node.at || node.stride || node.align))
        rdl_fail(said.place, "{} is {}, which has no address", said.name, with_article(node.type));
    if (is_bits && node.dims.size() > 1)
        rdl_fail(said.place, "{} has several widths", said.name);
    if (!is_bits && node.left)
        rdl_fail(said.place, "{} is {}, which has no bits", said.name, with_article(node.type));
    if (!is_bits && node.stride && node.dims.empty())
        rdl_fail(said.place, "{} is no array, and += says how far its elements are", said.name);
    if (node.at && node.align)
        rdl_fail(said.place, "{} has both @ and %=", said.name);
}

RdlNode Elaborator::component(const RdlDefinition& definition,
                              const RdlInstances* said,
                              const RdlView& from) {
    const RdlComponent& component = *definition.component;
    if (++elements_ > limits_.elements)
        rdl_fail(component.place, "more than {} components", limits_.elements);
    if (++depth_ > most_instance_levels)
        rdl_fail(component.place, "more than {} components in each other", most_instance_levels);
    RdlNode node;
    node.type = component.type;
    node.place = component.place;
    RdlScope scope;
    scope.outer = definition.sees;
    parameters(component, said, from, scope);
    defaults(definition.sees, node);
    items(component.items, scope, node);
    --depth_;
    return node;
}

void Elaborator::parameters(const RdlComponent& component,
                            const RdlInstances* said,
                            const RdlView& from,
                            RdlScope& scope) const {
    std::set<std::string_view> given;
    const auto argument = [&](const RdlParameter& parameter) -> const RdlExpression* {
        if (said != nullptr)
            for (const RdlArgument& one : said->arguments)
                if (one.name == parameter.name) {
                    given.insert(one.name);
                    return &one.value;
                }
        return nullptr;
    };
    for (const RdlParameter& parameter : component.parameters) {
        const RdlExpression* value = argument(parameter);
        const RdlView view = value != nullptr ? from : scope.now();
        if (value == nullptr && parameter.value)
            value = &*parameter.value;
        if (value == nullptr)
            rdl_fail(said == nullptr ? parameter.place : said->place,
                     "the parameter {} has no value",
                     parameter.name);
        RdlValue found = rdl_value(*value, view);
        if (!fits(parameter, found, scope.now()))
            rdl_fail(value->place,
                     "the parameter {} is {}, and {} is wanted",
                     parameter.name,
                     rdl_kind(found),
                     parameter.type + (parameter.is_array ? "[]" : ""));
        scope.declare(parameter.name, parameter.place, std::move(found));
    }
    if (said != nullptr)
        for (const RdlArgument& one : said->arguments)
            if (!given.contains(one.name))
                rdl_fail(one.value.place, "there is no parameter {}", one.name);
}

// The nearest last, so that it counts.
void Elaborator::defaults(const RdlView& view, RdlNode& node) const {
    if (view.scope == nullptr)
        return;
    defaults(view.scope->outer, node);
    for (const RdlDefault& one : view.scope->defaults) {
        const RdlProperty& property = *find_rdl_property(one.assignment->property);
        if (one.order < view.end && property.is_of(node.type))
            set(property, one.value, one.assignment->place, node);
    }
}

} // namespace

std::vector<RdlNode>
elaborate_rdl(const RdlDescription& description, const RdlLimits& limits, Report& report) {
    return Elaborator(description, limits, report).tops();
}

} // namespace gen
