// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plan.hpp"

#include "enum_plan.hpp"
#include "failure.hpp"
#include "field_plan.hpp"
#include "flatten.hpp"
#include "names.hpp"

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
    std::vector<const Peripheral*> wanted;  // of these
};

std::uint64_t mask_of(unsigned bits) {
    return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
}

std::string without_index(std::string name) {
    for (const std::string_view index : {"[%s]", "%s"})
        if (const auto at = name.find(index); at != std::string::npos)
            return name.erase(at, index.size());
    return name;
}

bool is_somewhere(const Peripheral& one, const std::vector<std::string>& only) {
    return only.empty() || std::find(only.begin(), only.end(), one.name) != only.end() ||
           std::find(only.begin(), only.end(), without_index(one.name)) != only.end();
}

class Planner {
public:
    Planner(const Device& device, const PlanOptions& options, Report& report)
        : device_(device), options_(options), report_(report) {}

    Plan plan() {
        Plan plan;
        plan.device = device_.name.empty() ? "device" : device_.name;
        plan.space = value_name(options_.space.empty() ? plan.device : options_.space);
        if (plan.space == "std" || plan.space == "ioview" || plan.space == "io")
            plan.space += "_device";
        static_cast<void>(spaces_.unique(plan.space)); // what its header is called
        plan.description = device_.description;
        look_for_only();
        for (const Group& group : groups())
            plan.blocks.push_back(block(group));
        plan.interrupts = interrupts();
        plan.cpu = device_.cpu;
        return plan;
    }

private:
    void look_for_only() {
        for (const std::string& name : options_.only)
            if (std::none_of(device_.peripherals.begin(),
                             device_.peripherals.end(),
                             [&](const Peripheral& one) { return is_somewhere(one, {name}); }))
                throw Failure(
                    Exit::usage, "{}: there is no peripheral {}", device_.where.file, name);
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
            if (!root->same_as.empty())
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
        }
        std::vector<Group> all;
        for (const Peripheral* root : order) {
            Group& group = by_root[root];
            for (const Peripheral* one : group.members)
                if (is_somewhere(*one, options_.only))
                    group.wanted.push_back(one);
            if (!group.wanted.empty())
                all.push_back(std::move(group));
        }
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

    BlockPlan block(const Group& group) {
        BlockPlan block;
        const std::string name = name_of(group);
        block.name = types_.unique(type_name(name));
        block.space = spaces_.unique(value_name(name));
        block.description = group.root->description;
        for (const Peripheral* one : group.wanted)
            block.instances.push_back(instance(*one));
        registers(*group.root, block);
        size(*group.root, block);
        return block;
    }

    InstancePlan instance(const Peripheral& one) {
        InstancePlan made{without_index(one.name), {}, {}, one.description};
        const std::string suffix = one.dim && one.dim->count != 1 ? "_bases" : "_base";
        const std::string constant = value_name(made.name) + suffix;
        made.constant = spaces_.unique(constant);
        if (made.constant != constant)
            report_.add(one.where,
                        one.name,
                        fmt::format("something else is called {}, too", constant),
                        fmt::format("its base is called {}", made.constant));
        const std::uint64_t count = one.dim ? one.dim->count : 1;
        for (std::uint64_t i = 0; i != count; ++i)
            made.bases.push_back(one.base + i * (one.dim ? one.dim->increment : 0));
        return made;
    }

    void registers(const Peripheral& peripheral, BlockPlan& block) {
        const std::vector<FlatRegister> flats = flatten(peripheral, report_);
        Names names({"IoBits", "IoField", "Registers", "Storage", block.name, "io"});
        Enumerations enumerations;
        std::vector<RegisterFields> all_fields;
        for (const FlatRegister& flat : flats) {
            std::vector<RegisterFields> layers = plan_fields(flat, report_);
            for (std::size_t layer = 0; layer != layers.size(); ++layer) {
                block.registers.push_back(register_(flat, layer, layers[layer].kind, names));
                for (const PlannedField& field : layers[layer].fields)
                    enumerations.add(block.registers.size() - 1, field);
                all_fields.push_back(std::move(layers[layer]));
            }
        }
        enumerations.settle(block, names);
        for (std::size_t i = 0; i != all_fields.size(); ++i)
            for (PlannedField& field : all_fields[i].fields) {
                field.plan.type = enumerations.type_of(field);
                block.registers[i].fields.push_back(std::move(field.plan));
            }
        overlays(flats, block);
    }

    RegisterPlan
    register_(const FlatRegister& flat, std::size_t layer, const std::string& kind, Names& names) {
        const Register& from = *flat.from;
        RegisterPlan made;
        std::string name = type_name(flat.name);
        if (layer != 0)
            name += "Alternate" + (layer == 1 ? std::string() : std::to_string(layer));
        made.name = names.unique(name);
        if (made.name != name)
            report_.add(from.where,
                        flat.element,
                        fmt::format("another register is called {}, too", name),
                        fmt::format("called {}", made.name));
        made.source = flat.source;
        made.is_layer = layer != 0;
        made.comment = from.description.empty() ? from.display_name : from.description;
        const auto note = [&](const std::string& text) {
            if (!text.empty())
                made.comment += (made.comment.empty() ? "" : "; ") + text;
        };
        note(from.constraint);
        if (!from.protection.empty())
            note(from.protection == "s"   ? "secure accesses only"
                 : from.protection == "n" ? "non-secure accesses, too"
                                          : "privileged accesses only");
        made.offset = flat.offset;
        made.bits = flat.bits;
        made.is_big_endian = from.is_big_endian && flat.bits != 8;
        made.steps = flat.steps;
        made.kind = kind;
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
            one.is_overlay = reaches && one.offset < end && meets_another(one, block);
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

    void size(const Peripheral& peripheral, BlockPlan& block) {
        std::uint64_t end = 0;
        for (const RegisterPlan& one : block.registers) {
            end = std::max(end, one.end());
            block.has_64_bits = block.has_64_bits || one.bits == 64;
        }
        std::uint64_t stated = 0;
        for (const AddressBlock& one : peripheral.address_blocks)
            if (one.size <= most_of_a_block && one.offset <= most_of_a_block)
                stated = std::max(stated, one.offset + one.size);
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
        std::map<std::pair<std::int64_t, std::string>, const Interrupt*> all;
        for (const Peripheral& one : device_.peripherals)
            for (const Interrupt& interrupt : one.interrupts)
                all.emplace(std::pair(interrupt.value, value_name(interrupt.name)), &interrupt);
        std::vector<EnumeratorPlan> made;
        Names names;
        for (const auto& [key, interrupt] : all) {
            if (key.first < 0) {
                report_.add(interrupt->where,
                            interrupt->name,
                            fmt::format("is interrupt {}, one of the core's", key.first),
                            "left out");
                continue;
            }
            const std::string name = names.unique(key.second);
            if (name != key.second)
                report_.add(interrupt->where,
                            interrupt->name,
                            "two interrupts are called so",
                            fmt::format("number {} is called {}", key.first, name));
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
