// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ipxact_register.hpp"

#include "number.hpp"

#include <algorithm>

namespace gen {
namespace {

constexpr std::string_view register_children =
    " name displayName description accessHandles isPresent dim addressOffset typeIdentifier size "
    "volatile access reset field alternateRegisters parameters vendorExtensions alternateGroups ";
constexpr std::string_view field_children =
    " name displayName description accessHandles isPresent bitOffset typeIdentifier resets "
    "bitWidth volatile access enumeratedValues modifiedWriteValue writeValueConstraint readAction "
    "testable reserved parameters vendorExtensions ";

// The hard one where there are several.
pugi::xml_node hard_reset(pugi::xml_node node) {
    const auto all = local_children(local_child(node, "resets"), "reset");
    for (const pugi::xml_node one : all) {
        const std::string_view type = one.attribute("resetTypeRef").value();
        if (type.empty() || type == "HARD")
            return one;
    }
    return all.empty() ? local_child(node, "reset") : all.front();
}

} // namespace

std::string IpxactRegisters::name(pugi::xml_node node) {
    std::string name = words_.text(node, "name");
    if (name.empty())
        words_.add(node, fmt::format("a <{}> without a name", local_name(node)), "left out");
    return name;
}

std::string IpxactRegisters::description(pugi::xml_node node) const {
    const std::string words = words_.text(node, "description");
    return words.empty() ? words_.text(node, "displayName") : words;
}

Access IpxactRegisters::access(pugi::xml_node node, Access from_above) {
    return words_
        .word<Access>(node,
                      "access",
                      {{"read-write", Access::read_write},
                       {"read-only", Access::read_only},
                       {"write-only", Access::write_only},
                       {"writeOnce", Access::write_once},
                       {"read-writeOnce", Access::read_write_once}})
        .value_or(from_above);
}

std::optional<std::uint64_t> IpxactRegisters::address(pugi::xml_node node, std::string_view name) {
    if (!local_child(node, name)) {
        words_.add(node, fmt::format("there is no <{}>", name), "left out");
        return std::nullopt;
    }
    const auto value = words_.number(node, name);
    if (value && *value > ~std::uint64_t{0} / unit_) {
        words_.add(node, fmt::format("<{}> is past 64 bits", name), "left out");
        return std::nullopt;
    }
    return value ? std::optional(*value * unit_) : std::nullopt;
}

bool IpxactRegisters::dim(pugi::xml_node node,
                          std::uint64_t size,
                          std::string& name,
                          std::optional<Dim>& dim) {
    const auto all = local_children(node, "dim");
    if (all.empty())
        return true;
    std::uint64_t count = 1;
    for (const pugi::xml_node one : all) {
        const std::uint64_t next = words_.number_of(one).value_or(0);
        if (next == 0 || next > most_of_a_dim || count * next > most_of_a_dim) {
            words_.add(one,
                       fmt::format("an array of none, or of more than {}", most_of_a_dim),
                       "left out");
            return false;
        }
        count *= next;
    }
    if (all.size() > 1)
        words_.add(node,
                   fmt::format("an array of {} dimensions", all.size()),
                   fmt::format("as {} in a row", count));
    dim = Dim{count, size, {}, true};
    for (std::uint64_t i = 0; i != count; ++i)
        dim->index.push_back(std::to_string(i));
    name += "[%s]";
    return true;
}

std::vector<Register> IpxactRegisters::registers(pugi::xml_node node, Access from_above) {
    std::vector<Register> made;
    Register one;
    one.name = name(node);
    if (one.name.empty() || !words_.is_present(node))
        return made;
    const auto offset = address(node, "addressOffset");
    const auto size = words_.number(node, "size");
    if (!offset)
        return made;
    one.offset = *offset;
    if (!size || *size == 0 || *size > 64) {
        words_.add(
            node, size ? fmt::format("{} bits wide", *size) : "there is no <size>", "left out");
        return made;
    }
    one.size = static_cast<unsigned>(*size);
    const std::uint64_t bytes = (*size + 7) / 8;
    if (!dim(node, (bytes + unit_ - 1) / unit_ * unit_, one.name, one.dim))
        return made;
    words_.look_at_children(node, register_children);
    fill(node, one, from_above);
    made.push_back(std::move(one));
    for (const pugi::xml_node other :
         local_children(local_child(node, "alternateRegisters"), "alternateRegister"))
        if (auto alternate = this->alternate(other, made.front()))
            made.push_back(std::move(*alternate));
    return made;
}

std::optional<Register> IpxactRegisters::alternate(pugi::xml_node node, const Register& of) {
    Register one;
    one.name = name(node);
    if (one.name.empty() || !words_.is_present(node))
        return std::nullopt;
    words_.look_at_children(node, register_children);
    one.alternate_register = of.name;
    one.alternate_group = words_.text(local_child(node, "alternateGroups"), "alternateGroup");
    one.offset = of.offset;
    one.size = of.size;
    one.dim = of.dim;
    if (one.dim)
        one.name += "[%s]";
    fill(node, one, of.access);
    return one;
}

void IpxactRegisters::fill(pugi::xml_node node, Register& one, Access from_above) {
    one.display_name = words_.text(node, "displayName");
    one.description = description(node);
    one.access = access(node, from_above);
    one.where = words_.where(node);
    one.reset_mask = 0;
    reset(node, 0, one.size, one); // as 1685-2009 has it
    for (const pugi::xml_node child : local_children(node, "field"))
        if (words_.is_present(child))
            if (auto field = this->field(child, one)) {
                reset(child, field->low, field->high - field->low + 1, one);
                one.fields.push_back(std::move(*field));
            }
    if (!one.reset)
        one.reset_mask = ~std::uint64_t{0};
}

void IpxactRegisters::reset(pugi::xml_node node, unsigned low, unsigned width, Register& one) {
    const pugi::xml_node said = hard_reset(node);
    if (!said)
        return;
    const auto value = words_.number(said, "value");
    const std::uint64_t mask = words_.number(said, "mask").value_or(mask_of(width));
    if (!value)
        return;
    if ((*value & ~mask_of(width)) != 0)
        words_.add(said,
                   fmt::format("the reset value 0x{:x} is past {} bits", *value, width),
                   "cut to them");
    const std::uint64_t bits = (mask & mask_of(width)) << low;
    one.reset = (one.reset.value_or(0) & ~bits) | (*value << low & bits);
    one.reset_mask |= bits;
}

std::optional<Field> IpxactRegisters::field(pugi::xml_node node, const Register& of) {
    Field made;
    made.name = name(node);
    if (made.name.empty())
        return std::nullopt;
    if (words_.number(node, "reserved").value_or(0) != 0) {
        words_.add(node, "reserved", "left out");
        return std::nullopt;
    }
    const auto low = words_.number(node, "bitOffset");
    const auto width = words_.number(node, "bitWidth");
    if (!low || !width || *width == 0 || *low >= of.size || *width > of.size - *low) {
        words_.add(
            node, fmt::format("the field is not in its register of {} bits", of.size), "left out");
        return std::nullopt;
    }
    words_.look_at_children(node, field_children);
    made.low = static_cast<unsigned>(*low);
    made.high = static_cast<unsigned>(*low + *width - 1);
    made.description = description(node);
    made.access = access(node, of.access);
    made.constraint = constraint(node);
    made.on_write = on_write(node, made);
    made.on_read = words_
                       .word<ReadAction>(node,
                                         "readAction",
                                         {{"clear", ReadAction::clear},
                                          {"set", ReadAction::set},
                                          {"modify", ReadAction::modify}})
                       .value_or(ReadAction::none);
    made.enumerations = enumerations(node);
    made.where = words_.where(node);
    return made;
}

WriteAction IpxactRegisters::on_write(pugi::xml_node node, Field& field) {
    const auto said = words_.word<WriteAction>(node,
                                               "modifiedWriteValue",
                                               {{"oneToClear", WriteAction::one_to_clear},
                                                {"oneToSet", WriteAction::one_to_set},
                                                {"oneToToggle", WriteAction::one_to_toggle},
                                                {"zeroToClear", WriteAction::zero_to_clear},
                                                {"zeroToSet", WriteAction::zero_to_set},
                                                {"zeroToToggle", WriteAction::zero_to_toggle},
                                                {"clear", WriteAction::clear},
                                                {"set", WriteAction::set},
                                                {"modify", WriteAction::modify}});
    if (said != WriteAction::modify)
        return said.value_or(WriteAction::modify);
    // Not the same as nothing: then a write stores what is written.
    if (field.constraint.empty())
        field.constraint = "what a write does is of this hardware alone";
    words_.add(node,
               "modifiedWriteValue is modify: what a write does is not said",
               "as if any write cleared it, so that no update writes it by the way");
    return WriteAction::clear;
}

std::string IpxactRegisters::constraint(pugi::xml_node node) {
    const pugi::xml_node said = local_child(node, "writeValueConstraint");
    if (!said)
        return "";
    if (words_.text(said, "writeAsRead") == "true")
        return "what was read";
    if (words_.text(said, "useEnumeratedValues") == "true")
        return "one of the values that have names";
    const std::string least = words_.text(said, "minimum");
    const std::string most = words_.text(said, "maximum");
    return least.empty() && most.empty() ? "" : fmt::format("from {} to {}", least, most);
}

std::vector<Enumeration> IpxactRegisters::enumerations(pugi::xml_node node) {
    using Usage = Enumeration::Usage;
    std::vector<Enumeration> made;
    for (const pugi::xml_node one :
         local_children(local_child(node, "enumeratedValues"), "enumeratedValue")) {
        const std::string_view said = one.attribute("usage").value();
        const Usage usage = said == "read"    ? Usage::read
                            : said == "write" ? Usage::write
                                              : Usage::read_write;
        const std::string name = this->name(one);
        const auto value = words_.number(one, "value");
        if (name.empty() || !value)
            continue;
        const auto is_of = [&](const Enumeration& other) { return other.usage == usage; };
        auto found = std::find_if(made.begin(), made.end(), is_of);
        if (found == made.end()) {
            made.emplace_back();
            found = made.end() - 1;
            found->usage = usage;
            found->where = words_.where(one);
        }
        found->values.push_back({name, description(one), *value, 0, words_.where(one)});
    }
    return made;
}

} // namespace gen
