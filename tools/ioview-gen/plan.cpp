// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan.hpp"

#include "enum_plan.hpp"
#include "failure.hpp"
#include "field_plan.hpp"
#include "flatten.hpp"
#include "names.hpp"
#include "number.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace gen {
namespace {

// Larger than any peripheral's registers; an address block of more holds something else, too.
constexpr std::uint64_t most_of_a_block = std::uint64_t{16} << 20;

struct Group {
    const Peripheral* root = nullptr;
    std::vector<const Peripheral*> members; // the root and those with its registers
    bool is_wanted = false;                 // one of them at least
};

std::string with_index(std::string name, const std::string& text) {
    for (const std::string_view index : {"[%s]", "%s"})
        if (const auto at = name.find(index); at != std::string::npos)
            return name.replace(at, index.size(), text);
    return name;
}

std::string without_index(const std::string& name) {
    return with_index(name, "");
}

// Of indices 0, 1, 2 … one thing with an index; of others, things with names of their own.
bool is_list(const Peripheral& one) {
    if (!one.dim)
        return false;
    for (std::size_t i = 0; i != one.dim->index.size(); ++i)
        if (one.dim->index[i] != std::to_string(i))
            return true;
    return false;
}

// As what it is of, or as the element with this index.
bool is_called(const Peripheral& one, const std::string& index, const std::string& name) {
    return name == one.name || name == without_index(one.name) ||
           (one.dim && (name == with_index(one.name, index) ||
                        (one.dim->is_array && name == with_index(one.name, '[' + index + ']'))));
}

bool is_somewhere(const Peripheral& one, const std::string& name) {
    if (is_called(one, "", name))
        return true;
    return one.dim && std::any_of(one.dim->index.begin(),
                                  one.dim->index.end(),
                                  [&](const auto& index) { return is_called(one, index, name); });
}

std::uint64_t stated_size(const Peripheral& one) {
    std::uint64_t stated = 0;
    for (const AddressBlock& block : one.address_blocks)
        if (block.size <= most_of_a_block && block.offset <= most_of_a_block)
            stated = std::max(stated, block.offset + block.size);
    return stated;
}

class Planner {
public:
    Planner(const Device& device, const PlanOptions& options, Report& report)
        : device_(device), options_(options), report_(report) {}

    Plan plan() {
        Plan plan;
        plan.device = device_.name.empty() ? "device" : device_.name;
        plan.space = space(plan.device);
        const auto colons = plan.space.rfind(':');
        plan.header = colons == std::string::npos ? plan.space : plan.space.substr(colons + 1);
        static_cast<void>(spaces_.unique(plan.header));
        if (!spaces_.has(value_name(plan.header))) // where case makes no difference
            static_cast<void>(spaces_.unique(value_name(plan.header)));
        plan.description = device_.description;
        look_for_only();
        const std::vector<Group> all = groups();
        keep_findings(all);
        for (const Group& group : all)
            if (BlockPlan made = block(group); group.is_wanted)
                plan.blocks.push_back(std::move(made));
        plan.interrupts = interrupts();
        plan.cpu = device_.cpu;
        return plan;
    }

private:
    static bool is_reserved(const std::string& space) {
        return space == "std" || space == "ioview" || space == "io";
    }

    // The one that was asked for as it is, or the device's name.
    std::string space(const std::string& device) {
        const std::string& asked = options_.space;
        if (asked.empty()) {
            const std::string wanted = value_name(device);
            std::string made = is_reserved(wanted) ? wanted + "_device" : wanted;
            report_name(
                report_, {device_.where, "device", "", ""}, device, "namespace", wanted, made);
            return made;
        }
        for (std::size_t at = 0; at <= asked.size();) {
            const auto end = std::min(asked.find("::", at), asked.size());
            const std::string part = asked.substr(at, end - at);
            if (!is_identifier(part) || is_reserved(part))
                throw Failure(Exit::usage,
                              "--namespace {}: \"{}\" {}",
                              asked,
                              part,
                              is_reserved(part) ? "is another's" : "is no name of C++");
            at = end + 2;
        }
        return asked;
    }

    void look_for_only() {
        for (const std::string& name : options_.only)
            if (std::none_of(device_.peripherals.begin(),
                             device_.peripherals.end(),
                             [&](const Peripheral& one) { return is_somewhere(one, name); }))
                throw Failure(
                    Exit::usage, "{}: there is no peripheral {}", device_.where.file, name);
    }

    bool is_wanted(const Peripheral& one) const {
        return options_.only.empty() ||
               std::any_of(options_.only.begin(), options_.only.end(), [&](const auto& name) {
                   return is_somewhere(one, name);
               });
    }

    // Of what is wanted, and of those whose registers it has.
    void keep_findings(const std::vector<Group>& all) {
        if (options_.only.empty())
            return;
        std::set<std::string> names;
        for (const Group& group : all) {
            if (group.is_wanted)
                names.insert(group.root->name);
            for (const Peripheral* one : group.members)
                if (is_wanted(*one))
                    names.insert(one->name);
        }
        report_.keep_only(names);
    }

    // Which peripherals share registers, in the order of the first of each.
    std::vector<Group> groups() {
        std::map<std::string, const Peripheral*> by_name;
        for (const Peripheral& one : device_.peripherals)
            by_name.emplace(one.name, &one);
        std::map<const Peripheral*, Group> by_root;
        std::vector<const Peripheral*> order;
        for (const Peripheral& one : device_.peripherals) {
            const Peripheral* root = &one;
            // No longer than there are peripherals: a circle is refused by who reads.
            for (std::size_t i = 0; !root->same_as.empty() && i != by_name.size(); ++i) {
                const auto next = by_name.find(root->same_as);
                if (next == by_name.end())
                    break;
                root = next->second;
            }
            if (!root->same_as.empty() && is_wanted(one))
                report_.add(one.where,
                            one.name,
                            fmt::format("has the registers of {}, which is not there, or has its",
                                        root->same_as),
                            "has none");
            Group& group = by_root[root];
            if (!group.root)
                order.push_back(root);
            group.root = root;
            group.members.push_back(&one);
            group.is_wanted = group.is_wanted || is_wanted(one);
        }
        std::vector<Group> all;
        all.reserve(order.size());
        for (const Peripheral* root : order)
            all.push_back(std::move(by_root[root]));
        return all;
    }

    // The same whichever peripherals are asked for. What the description calls the block; else what
    // all of its names begin with before a number; else the name of the first.
    std::string name_of(const Group& group) {
        std::string name = group.root->header_struct_name;
        if (name.empty() && group.members.size() > 1) {
            const std::string first = without_index(group.members.front()->name);
            const auto digits = first.find_last_not_of("0123456789");
            const std::string stem =
                digits == std::string::npos ? first : first.substr(0, digits + 1);
            const bool is_of_all =
                std::all_of(group.members.begin(), group.members.end(), [&](const Peripheral* one) {
                    const std::string own = without_index(one->name);
                    return own.starts_with(stem) &&
                           own.find_first_not_of("0123456789", stem.size()) == std::string::npos;
                });
            name = is_of_all ? stem : first;
        }
        if (name.empty())
            name = without_index(group.root->name);
        return name;
    }

    // All names are given, whatever is wanted, so that they are the same.
    BlockPlan block(const Group& group) {
        BlockPlan block;
        const std::string name = name_of(group);
        const std::string type = type_name(name);
        const std::string space = value_name(name);
        block.name = types_.unique(type);
        block.space = spaces_.unique(space);
        block.description = group.root->description;
        for (const Peripheral* one : group.members)
            instances(*one, block);
        if (!group.is_wanted)
            return block;
        const Finding of{group.root->where, group.root->name, "", ""};
        report_name(report_, of, name, "type", type, block.name);
        if (block.space != space)
            report_.add(of.where,
                        of.element,
                        fmt::format("another namespace or header is called {}, too", space),
                        "called " + block.space);
        registers(*group.root, block);
        size(group, block);
        return block;
    }

    void instances(const Peripheral& one, BlockPlan& block) {
        const auto base = [&](std::uint64_t i) {
            return one.base + i * (one.dim ? one.dim->increment : 0);
        };
        if (one.dim && is_list(one)) {
            for (std::size_t i = 0; i != one.dim->index.size(); ++i)
                instance(one, one.dim->index[i], {base(i)}, block);
            return;
        }
        std::vector<std::uint64_t> all;
        for (std::uint64_t i = 0; i != (one.dim ? one.dim->count : 1); ++i)
            all.push_back(base(i));
        instance(one, "", std::move(all), block);
    }

    // One that is not wanted has its name all the same.
    void instance(const Peripheral& one,
                  const std::string& index,
                  std::vector<std::uint64_t> at,
                  BlockPlan& block) {
        InstancePlan made{with_index(one.name, index), {}, std::move(at), one.description};
        const std::string constant =
            value_name(made.name) + (made.bases.size() != 1 ? "_bases" : "_base");
        made.constant = spaces_.unique(constant);
        const auto& only = options_.only;
        const bool is_wanted_here =
            is_list(one)
                ? only.empty() ||
                      std::any_of(only.begin(),
                                  only.end(),
                                  [&](const auto& name) { return is_called(one, index, name); })
                : is_wanted(one);
        if (!is_wanted_here)
            return;
        if (made.constant != constant)
            report_.add(one.where,
                        one.name,
                        fmt::format("something else is called {}, too", constant),
                        fmt::format("its base is called {}", made.constant));
        block.instances.push_back(std::move(made));
    }

    void registers(const Peripheral& peripheral, BlockPlan& block) {
        const std::vector<FlatRegister> flats = flatten(peripheral, report_);
        Names names({"IoBits", "IoField", "Registers", "Storage", block.name, "io"});
        Enumerations enumerations;
        std::vector<RegisterFields> all_fields;
        for (const FlatRegister& flat : flats) {
            std::vector<RegisterFields> layers = plan_fields(flat, report_);
            for (std::size_t layer = 0; layer != layers.size(); ++layer) {
                block.registers.push_back(register_(flat, layer, layers[layer], names));
                for (const PlannedField& field : layers[layer].fields)
                    enumerations.add(block.registers.size() - 1, field);
                all_fields.push_back(std::move(layers[layer]));
            }
        }
        enumerations.settle(block, names, report_);
        for (std::size_t i = 0; i != all_fields.size(); ++i)
            for (PlannedField& field : all_fields[i].fields) {
                field.plan.type = enumerations.type_of(field);
                block.registers[i].fields.push_back(std::move(field.plan));
            }
        overlays(flats, block);
    }

    RegisterPlan register_(const FlatRegister& flat,
                           std::size_t layer,
                           const RegisterFields& fields,
                           Names& names) {
        const Register& from = *flat.from;
        RegisterPlan made;
        std::string name = type_name(flat.name);
        if (layer != 0)
            name += "Alternate" + (layer == 1 ? std::string() : std::to_string(layer));
        made.name = names.unique(name);
        report_name(
            report_, {from.where, flat.element, "", ""}, flat.name, "register", name, made.name);
        made.source = flat.source;
        made.is_layer = layer != 0;
        made.comment = from.description.empty() ? from.display_name : from.description;
        const auto note = [&](const std::string& text) {
            if (!text.empty())
                made.comment += (made.comment.empty() ? "" : "; ") + text;
        };
        note(from.constraint);
        note(fields.note);
        if (!from.protection.empty())
            note(from.protection == "s"   ? "secure accesses only"
                 : from.protection == "n" ? "non-secure accesses, too"
                                          : "privileged accesses only");
        made.offset = flat.offset;
        made.bits = flat.bits;
        made.is_big_endian = from.is_big_endian && flat.bits != 8;
        made.steps = flat.steps;
        made.kind = fields.kind;
        made.where = from.where;
        const std::uint64_t mask = mask_of(flat.bits);
        if (from.reset && (from.reset_mask & mask) != 0 && from.size <= 64) {
            if ((*from.reset & ~mask_of(from.size)) != 0 && layer == 0)
                report_.add(
                    from.where,
                    flat.element,
                    fmt::format("a reset value of 0x{:x} in {} bits", *from.reset, from.size),
                    "its upper bits are left out");
            const std::uint64_t of_register = mask & mask_of(from.size);
            made.reset = *from.reset & from.reset_mask & of_register;
            if ((from.reset_mask & of_register) != of_register)
                note(fmt::format("of its reset value, 0x{:x} is defined",
                                 from.reset_mask & of_register));
        }
        return made;
    }

    // Those that lie where an earlier one does. On purpose or not, they compile; what no alternate
    // says is reported.
    void overlays(const std::vector<FlatRegister>& flats, BlockPlan& block) {
        std::map<std::pair<std::string, std::uint64_t>, const FlatRegister*> by_source;
        for (const FlatRegister& flat : flats)
            by_source[{flat.source, flat.offset}] = &flat;
        std::set<std::string> named; // as the alternate of another
        for (const FlatRegister& flat : flats)
            named.insert(flat.from->alternate_register);
        std::uint64_t end = 0;
        const RegisterPlan* reaches = nullptr;
        for (RegisterPlan& one : block.registers) {
            one.is_overlay = reaches != nullptr && one.offset < end && meets_another(one, block);
            if (one.is_overlay) {
                const auto flat = by_source.find({one.source, one.offset});
                const bool is_declared =
                    flat != by_source.end() && (named.contains(flat->second->from->name) ||
                                                !flat->second->from->alternate_register.empty() ||
                                                !flat->second->from->alternate_group.empty());
                if (!is_declared && !one.is_layer)
                    report_.add(one.where,
                                block.instances.front().name + '/' + one.source,
                                fmt::format("lies at 0x{:x}, where another register does, and is "
                                            "not called an alternate",
                                            one.offset),
                                "taken as one");
            }
            if (one.end() >= end) {
                end = one.end();
                reaches = &one;
            }
        }
    }

    // A byte of an element of it is one of an earlier register, whose elements may leave room
    // between them.
    static bool meets_another(const RegisterPlan& one, const BlockPlan& block) {
        const auto starts = [](const RegisterPlan& reg) {
            std::vector<std::uint64_t> all{reg.offset};
            for (const Steps& step : reg.steps) {
                std::vector<std::uint64_t> next;
                for (const std::uint64_t base : all)
                    for (std::uint64_t i = 0; i != step.count; ++i)
                        next.push_back(base + i * step.stride);
                all = std::move(next);
            }
            std::sort(all.begin(), all.end());
            return all;
        };
        const std::vector<std::uint64_t> own = starts(one);
        for (const RegisterPlan& other : block.registers) {
            if (&other == &one)
                return false;
            if (other.end() <= one.offset || other.offset >= one.end())
                continue;
            const std::vector<std::uint64_t> theirs = starts(other);
            for (const std::uint64_t at : own) {
                // The last of theirs that begins before the end of this element.
                auto next = std::lower_bound(theirs.begin(), theirs.end(), at + one.bits / 8);
                if (next != theirs.begin() && *std::prev(next) + other.bits / 8 > at)
                    return true;
            }
        }
        return false;
    }

    // As large as the largest of those that have the registers, whichever are wanted.
    void size(const Group& group, BlockPlan& block) {
        const Peripheral& peripheral = *group.root;
        std::uint64_t end = 0;
        for (const RegisterPlan& one : block.registers) {
            end = std::max(end, one.end());
            block.has_64_bits = block.has_64_bits || one.bits == 64;
        }
        const std::uint64_t of_root = stated_size(peripheral);
        std::uint64_t stated = of_root;
        for (const Peripheral* one : group.members) {
            const std::uint64_t own = stated_size(*one);
            stated = std::max(stated, own);
            if (own > of_root && of_root != 0 && is_wanted(*one))
                report_.add(one->where,
                            one->name,
                            fmt::format("has an address block of 0x{:x} bytes, and {}, whose "
                                        "registers it has, one of 0x{:x}",
                                        own,
                                        peripheral.name,
                                        of_root),
                            "the block is as large as the larger");
        }
        if (stated != 0 && end > stated)
            report_.add(
                peripheral.where,
                peripheral.name,
                fmt::format("registers end at 0x{:x}, behind the address block of 0x{:x} bytes",
                            end,
                            stated),
                "the block is as large as they need");
        const std::uint64_t unit = block.has_64_bits ? 8 : 4;
        block.size = (std::max({end, stated, unit}) + unit - 1) / unit * unit;
    }

    // By number; the same one may be named by several peripherals.
    std::vector<EnumeratorPlan> interrupts() {
        std::map<std::pair<std::int64_t, std::string>,
                 std::pair<const Peripheral*, const Interrupt*>>
            all;
        for (const Peripheral& one : device_.peripherals)
            for (const Interrupt& interrupt : one.interrupts)
                all.emplace(std::pair(interrupt.value, value_name(interrupt.name)),
                            std::pair(&one, &interrupt));
        std::vector<EnumeratorPlan> made;
        Names names;
        for (const auto& [key, found] : all) {
            const Interrupt* const interrupt = found.second;
            const std::string element = found.first->name + '/' + interrupt->name;
            if (key.first < 0) {
                report_.add(interrupt->where,
                            element,
                            fmt::format("is interrupt {}, one of the core's", key.first),
                            "left out");
                continue;
            }
            const std::string name = names.unique(key.second);
            report_name(report_,
                        {interrupt->where, element, "", ""},
                        interrupt->name,
                        "interrupt",
                        key.second,
                        name);
            made.push_back({name, static_cast<std::uint64_t>(key.first), interrupt->description});
        }
        return made;
    }

    const Device& device_;
    const PlanOptions& options_;
    Report& report_;
    Names types_{{"Interrupt"}};
    // Of namespaces and of the constants beside them.
    Names spaces_{{"cpu", "io", "interrupts", "ioview", "std"}};
};

} // namespace

Plan plan_of(const Device& device, const PlanOptions& options, Report& report) {
    return Planner(device, options, report).plan();
}

} // namespace gen
