// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_register.hpp"

#include "number.hpp"
#include "svd_tree.hpp"

#include <algorithm>

namespace gen {
namespace {

Enumeration enumeration_of(const RdlEnumType& type) {
    Enumeration made;
    made.name = type.name;
    made.where = type.place.where();
    for (const RdlEnumType::Member& member : type.members) {
        const std::string& words = member.description.empty() ? member.title : member.description;
        made.values.push_back({member.name, tidy(words), member.value, 0, member.place.where()});
    }
    return made;
}

class FieldReader {
public:
    FieldReader(const RdlNode& node, std::string element, Report& report)
        : node_(node), element_(std::move(element)), report_(report) {}

    // None where software does not see it.
    std::optional<Field> field();
    // None where it has none, or one that is no constant.
    std::optional<std::uint64_t> reset() const;

private:
    void add(std::string what, std::string done) const {
        report_.add(node_.place.where(), element_, std::move(what), std::move(done));
    }
    [[nodiscard]] WriteAction on_write(bool is_written, Field& field) const;
    [[nodiscard]] ReadAction on_read(bool is_read) const;

    const RdlNode& node_;
    std::string element_;
    Report& report_;
};

Access access_of(const std::string& sw) {
    if (sw == "r")
        return Access::read_only;
    if (sw == "w")
        return Access::write_only;
    if (sw == "rw1")
        return Access::read_write_once;
    if (sw == "w1")
        return Access::write_once;
    return Access::read_write; // the default
}

bool is_written(Access access) {
    return access != Access::read_only;
}

bool is_read(Access access) {
    return access != Access::write_only && access != Access::write_once;
}

std::optional<Field> FieldReader::field() {
    if (node_.text("sw") == "na") {
        add("sw is na: software has no access", "left out");
        return std::nullopt;
    }
    Field made;
    made.name = node_.name;
    made.description = rdl_description(node_);
    made.low = static_cast<unsigned>(node_.offset);
    made.high = static_cast<unsigned>(node_.offset + node_.size - 1);
    made.access = access_of(node_.text("sw"));
    made.on_write = on_write(is_written(made.access), made);
    made.on_read = on_read(is_read(made.access));
    if (const RdlValue* encode = node_.find("encode"))
        made.enumerations.push_back(enumeration_of(*encode->type));
    made.where = node_.place.where();
    return made;
}

WriteAction FieldReader::on_write(bool is_written, Field& field) const {
    constexpr std::pair<std::string_view, WriteAction> actions[] = {
        {"woset", WriteAction::one_to_set},
        {"woclr", WriteAction::one_to_clear},
        {"wot", WriteAction::one_to_toggle},
        {"wzs", WriteAction::zero_to_set},
        {"wzc", WriteAction::zero_to_clear},
        {"wzt", WriteAction::zero_to_toggle},
        {"wclr", WriteAction::clear},
        {"wset", WriteAction::set}};
    const std::string word = node_.text("onwrite");
    if (!is_written) {
        if (!word.empty())
            add("onwrite is " + word + ", and software cannot write it", "as if it were not said");
        return WriteAction::modify;
    }
    for (const auto& [name, action] : actions)
        if (name == word)
            return action;
    if (word == "wuser") {
        field.constraint = "what a write does is of this hardware alone";
        add("onwrite is wuser: what a write does is not said",
            "as if any write cleared it, so that no update writes it by the way");
        return WriteAction::clear;
    }
    // A one acts and falls back to zero by itself; writing what was read could act again.
    return node_.flag("singlepulse") ? WriteAction::one_to_set : WriteAction::modify;
}

ReadAction FieldReader::on_read(bool is_read) const {
    const std::string word = node_.text("onread");
    if (word.empty())
        return ReadAction::none;
    if (!is_read) {
        add("onread is " + word + ", and software cannot read it", "as if it were not said");
        return ReadAction::none;
    }
    if (word == "rclr")
        return ReadAction::clear;
    return word == "rset" ? ReadAction::set : ReadAction::modify;
}

std::optional<std::uint64_t> FieldReader::reset() const {
    const RdlValue* value = node_.find("reset");
    if (value == nullptr)
        return std::nullopt;
    if (value->kind == RdlValue::Kind::reference) {
        add("its reset value is " + value->text + ", which is no constant", "none is noted");
        return std::nullopt;
    }
    if ((value->number & ~mask_of(node_.size)) != 0) {
        add(fmt::format("its reset value 0x{:x} is past its {} bits", value->number, node_.size),
            "none is noted");
        return std::nullopt;
    }
    return value->number;
}

// What the bits are that are in no field: nobody writes where nothing is written.
Access access_of(const std::vector<Field>& fields) {
    const auto read = [](const Field& field) { return is_read(field.access); };
    const auto written = [](const Field& field) { return is_written(field.access); };
    if (!fields.empty() && std::none_of(fields.begin(), fields.end(), written))
        return Access::read_only;
    if (!fields.empty() && std::none_of(fields.begin(), fields.end(), read))
        return Access::write_only;
    return Access::read_write;
}

void add_field(const RdlNode& node, const std::string& path, Register& to, Report& report) {
    FieldReader reader(node, path + "/" + node.name, report);
    if (const auto reset = reader.reset()) {
        to.reset = to.reset.value_or(0) | *reset << node.offset;
        to.reset_mask |= mask_of(node.size) << node.offset;
    }
    if (auto field = reader.field())
        to.fields.push_back(std::move(*field));
}

} // namespace

std::string rdl_description(const RdlNode& node) {
    const std::string words = tidy(node.text("desc"));
    return words.empty() ? tidy(node.text("name")) : words;
}

std::optional<Dim>
rdl_dim(const RdlNode& node, std::string& name, const std::string& path, Report& report) {
    if (node.dims.empty())
        return std::nullopt;
    if (node.dims.size() > 1)
        report.add(node.place.where(),
                   path + "/" + node.name,
                   fmt::format("an array of {} dimensions", node.dims.size()),
                   fmt::format("as {} in a row", node.count));
    if (node.stride && *node.stride < node.size)
        report.add(node.place.where(),
                   path + "/" + node.name,
                   fmt::format("elements of {} bytes are {} apart", node.size, *node.stride),
                   "left as it is");
    Dim dim{node.count, node.stride.value_or(node.size), {}, true};
    for (std::uint64_t i = 0; i != dim.count; ++i)
        dim.index.push_back(std::to_string(i));
    name += "[%s]";
    return dim;
}

std::optional<Register>
rdl_register(const RdlNode& node, bool is_big_endian, const std::string& path, Report& report) {
    const std::string element = path + "/" + node.name;
    const std::uint64_t width = node.size * 8;
    if (width > 64) {
        report.add(node.place.where(), element, fmt::format("{} bits wide", width), "left out");
        return std::nullopt;
    }
    const std::uint64_t access = node.number("accesswidth").value_or(width);
    if (access < width)
        report.add(node.place.where(),
                   element,
                   fmt::format("{} bits that software reaches {} at a time", width, access),
                   "as if it were reached in one");
    Register made;
    made.name = node.name;
    made.display_name = tidy(node.text("name"));
    made.description = rdl_description(node);
    if (!node.alias_of.empty())
        made.description += (made.description.empty() ? "Alias of " : " (alias of ") +
                            node.alias_of + (made.description.empty() ? "" : ")");
    made.offset = node.offset;
    made.size = static_cast<unsigned>(width);
    made.is_big_endian = is_big_endian;
    made.reset_mask = 0;
    made.where = node.place.where();
    for (const RdlNode& child : node.children)
        if (child.type == RdlType::field && !child.is_outside && child.is_present())
            add_field(child, element, made, report);
    if (!made.reset)
        made.reset_mask = ~std::uint64_t{0};
    made.access = access_of(made.fields);
    made.dim = rdl_dim(node, made.name, path, report);
    return made;
}

} // namespace gen
