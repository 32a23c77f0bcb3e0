// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "field_plan.hpp"

#include "kinds.hpp"
#include "names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace gen {
namespace {

constexpr std::size_t most_items = 64; // of an IO_FIELD_TYPES
constexpr const char* no_kind = ", for which ioview has no access kind";

std::uint64_t bits_of(const FieldPlan& field) {
    const unsigned width = field.high - field.low + 1;
    return (width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1) << field.low;
}

bool is_read(const std::string& kind) {
    return kind != "wo";
}
bool is_written(const std::string& kind) {
    return kind != "ro" && kind != "rc";
}

void join(std::string& text, const std::string& more) {
    if (!more.empty())
        text += (text.empty() ? "" : "; ") + more;
}

// That enumerators are for reads alone says nothing of a field that is only read.
Enumeration::Usage less_than_access(Enumeration::Usage usage, Access access) {
    using Usage = Enumeration::Usage;
    const bool is_only_read = access == Access::read_only;
    const bool is_only_written = access == Access::write_only || access == Access::write_once;
    if ((usage == Usage::read && is_only_read) || (usage == Usage::write && is_only_written))
        return Usage::read_write;
    return usage;
}

class FieldPlanner {
public:
    FieldPlanner(const FlatRegister& flat, Report& report) : flat_(flat), report_(report) {}

    std::vector<RegisterFields> layers() {
        const Register& from = *flat_.from;
        if (from.size <= 64)
            for (const Field& field : from.fields)
                expand(field);
        if (made_.empty())
            add_whole();
        std::vector<RegisterFields> layers;
        for (PlannedField& field : made_)
            layer_for(layers, field.plan).fields.push_back(std::move(field));
        if (layers.empty())
            layers.emplace_back();
        for (RegisterFields& layer : layers)
            sort(layer);
        name(layers);
        for (RegisterFields& layer : layers)
            settle_kind(layer);
        return layers;
    }

private:
    void say(const Field& field, std::string what, std::string done) {
        report_.add(
            field.where, flat_.element + '/' + field.name, std::move(what), std::move(done));
    }

    // Of a register without fields: none, or those of its bits that no single kind describes.
    void add_whole() {
        const Register& from = *flat_.from;
        const Kinds kinds = kinds_of(from.access, from.on_write, from.on_read);
        whole_ = kinds.kind;
        if (!kinds.has_writing) {
            whole_note_ = kinds.note;
            if (!kinds.note.empty())
                report_.add(from.where, flat_.element, kinds.note + no_kind, kinds.kind);
            return;
        }
        Field all;
        all.name = "value";
        all.high = flat_.bits - 1;
        all.access = from.access;
        all.on_write = from.on_write;
        all.on_read = from.on_read;
        all.where = from.where;
        add(all, "value", 0, flat_.bits - 1, 0);
    }

    void expand(const Field& field) {
        if (field.high < field.low || field.high > 4'096) {
            say(field, fmt::format("bits {} to {}", field.high, field.low), "left out");
            return;
        }
        if (field.dim && field.dim->increment == 0 && field.dim->count > 1) {
            say(field, "several fields no bits apart", "left out");
            return;
        }
        const unsigned width = field.high - field.low + 1;
        if (!field.dim) {
            add(field, field.name, field.low, field.high, 0);
            return;
        }
        const Dim& dim = *field.dim;
        bool is_row = dim.increment == width && dim.count > 1;
        for (std::size_t i = 0; i != dim.index.size(); ++i)
            is_row = is_row && dim.index[i] == std::to_string(i);
        if (is_row && field.low + dim.count * width <= flat_.from->size) {
            add(field,
                named(field.name, ""),
                field.low,
                field.low + static_cast<unsigned>(dim.count) * width - 1,
                static_cast<unsigned>(dim.count));
            return;
        }
        for (std::size_t i = 0; i != dim.count; ++i) {
            const std::uint64_t shift = i * dim.increment;
            if (field.low + shift >= flat_.from->size) {
                say(field,
                    fmt::format("number {} begins past the register", i),
                    "left out with those behind it");
                return;
            }
            add(field,
                named(field.name, dim.index[i]),
                field.low + static_cast<unsigned>(shift),
                field.high + static_cast<unsigned>(shift),
                0);
        }
    }

    static std::string named(std::string name, const std::string& index) {
        for (const std::string_view place : {"[%s]", "%s"})
            if (const auto at = name.find(place); at != std::string::npos)
                return name.replace(at, place.size(), index);
        return name;
    }

    void
    add(const Field& field, const std::string& name, unsigned low, unsigned high, unsigned count) {
        const unsigned size = std::min(flat_.from->size, flat_.bits);
        if (low >= size) {
            say(field, fmt::format("bits {} to {} of {}", high, low, size), "left out");
            return;
        }
        if (high >= size) {
            say(field,
                fmt::format("bits {} to {} of {}", high, low, size),
                fmt::format("ends at bit {}", size - 1));
            high = size - 1;
        }
        const Kinds kinds = kinds_of(field.access, field.on_write, field.on_read);
        PlannedField made;
        made.plan.source = name;
        made.plan.name = value_name(name);
        made.plan.low = low;
        made.plan.high = high;
        made.plan.count = count;
        made.plan.kind = kinds.kind;
        made.plan.comment = field.description;
        join(made.plan.comment, field.constraint);
        join(made.plan.comment, kinds.note);
        made.where = field.where;
        made.element = flat_.element + '/' + name;
        made.number = made_.size();
        if (is_twice(made.plan)) {
            say(field, "stands there twice", "taken once");
            return;
        }
        say_kinds(field, kinds, made.plan.name);
        enumerations(field, made);
        PlannedField writing = made;
        made_.push_back(std::move(made));
        if (!kinds.has_writing)
            return;
        writing.is_writing = true;
        writing.plan.kind = "wo";
        writing.plan.comment = "what a write does";
        if (!kinds.writing.empty())
            writing.plan.comment += ": " + kinds.writing;
        made_.push_back(std::move(writing));
    }

    void say_kinds(const Field& field, const Kinds& kinds, const std::string& name) {
        std::string what = kinds.note;
        if (kinds.has_writing)
            join(what, kinds.writing);
        if (kinds.has_writing && what.empty())
            what = "a read clears it, and it is written";
        if (!what.empty())
            say(field,
                what + no_kind,
                kinds.has_writing ? fmt::format("{}, and {}_write to write", kinds.kind, name)
                                  : kinds.kind);
    }

    // All enumerators of a field are of one type, those of reads and those of writes.
    void enumerations(const Field& field, PlannedField& made) {
        const unsigned width = made.plan.high - made.plan.low + 1;
        made.values = values_of(field, width / std::max(made.plan.count, 1u));
        for (const Enumeration& one : field.enumerations) {
            join(made.all_others, one.for_all_others);
            if (!one.name.empty())
                made.enum_names.insert(one.name);
        }
        if (!field.enumerations.empty())
            made.enum_where = field.enumerations.front().where;
        if (made.values.empty() && !made.all_others.empty())
            join(made.plan.comment, "all values: " + made.all_others);
    }

    bool is_twice(const FieldPlan& plan) const {
        return std::any_of(made_.begin(), made_.end(), [&](const PlannedField& other) {
            return other.plan.source == plan.source && other.plan.low == plan.low &&
                   other.plan.high == plan.high && other.plan.kind == plan.kind;
        });
    }

    // All of a field's enumerators in one list, as reads and writes share a type.
    std::vector<EnumeratorPlan> values_of(const Field& field, unsigned width) {
        const std::uint64_t past = width >= 64 ? 0 : ~std::uint64_t{0} << width;
        std::vector<EnumeratorPlan> all;
        for (const Enumeration& enumeration : field.enumerations)
            for (const EnumValue& value : enumeration.values) {
                if (((value.value | value.any) & past) != 0) {
                    report_.add(value.where,
                                flat_.element + '/' + field.name,
                                fmt::format("{} is {}, past the {} bits of the field",
                                            value.name,
                                            value.value,
                                            width),
                                "left out");
                    continue;
                }
                EnumeratorPlan made{value_name(value.name), value.value, value.description};
                report_name(
                    report_,
                    {value.where, flat_.element + '/' + field.name + '/' + value.name, "", ""},
                    value.name,
                    "value",
                    made.name,
                    made.name);
                made.any = value.any;
                made.usage = less_than_access(enumeration.usage, field.access);
                insert(all, std::move(made), field, value);
            }
        return all;
    }

    void insert(std::vector<EnumeratorPlan>& all,
                EnumeratorPlan made,
                const Field& field,
                const EnumValue& value) {
        const auto same = std::find_if(
            all.begin(), all.end(), [&](const auto& other) { return other.name == made.name; });
        if (same == all.end()) {
            all.push_back(std::move(made));
            return;
        }
        if (same->value == made.value) {
            if (same->usage != made.usage)
                same->usage = Enumeration::Usage::read_write;
            return;
        }
        const std::string name = made.name;
        for (int number = 2; same_name(all, made.name); ++number)
            made.name = fmt::format("{}_{}", name, number);
        report_.add(value.where,
                    flat_.element + '/' + field.name,
                    fmt::format("two values are called {}", value.name),
                    fmt::format("the one of {} is called {}", made.value, made.name));
        all.push_back(std::move(made));
    }

    static bool same_name(const std::vector<EnumeratorPlan>& all, const std::string& name) {
        return std::any_of(
            all.begin(), all.end(), [&](const auto& other) { return other.name == name; });
    }

    // The first layer that has room for its bits.
    RegisterFields& layer_for(std::vector<RegisterFields>& layers, const FieldPlan& plan) {
        for (RegisterFields& layer : layers) {
            const bool meets = std::any_of(
                layer.fields.begin(), layer.fields.end(), [&](const PlannedField& other) {
                    return (bits_of(other.plan) & bits_of(plan)) != 0 &&
                           ((is_read(other.plan.kind) && is_read(plan.kind)) ||
                            (is_written(other.plan.kind) && is_written(plan.kind)));
                });
            if (!meets && layer.fields.size() < most_items)
                return layer;
        }
        if (!layers.empty())
            report_.add(flat_.from->where,
                        flat_.element + '/' + plan.source,
                        "lies where other fields do",
                        fmt::format("in a register of its own, alternate {}", layers.size()));
        return layers.emplace_back();
    }

    // High bits first.
    static void sort(RegisterFields& layer) {
        std::vector<PlannedField> sorted;
        for (PlannedField& field : layer.fields) {
            const auto before = [](const PlannedField& a, const PlannedField& b) {
                return a.plan.high != b.plan.high ? a.plan.high > b.plan.high
                                                  : a.plan.low > b.plan.low;
            };
            const auto at = std::upper_bound(sorted.begin(), sorted.end(), field, before);
            sorted.insert(at, std::move(field));
        }
        layer.fields = std::move(sorted);
    }

    // One name each; the writing of a field is called as the field, which has its name first.
    void name(std::vector<RegisterFields>& layers) {
        std::vector<Names> names(layers.size());
        std::map<std::size_t, std::string> called;
        for (const bool is_writing : {false, true})
            for (std::size_t i = 0; i != layers.size(); ++i)
                for (PlannedField& field : layers[i].fields) {
                    if (field.is_writing != is_writing)
                        continue;
                    const std::string wanted =
                        is_writing ? called[field.number] + "_write" : field.plan.name;
                    field.plan.name = names[i].unique(wanted);
                    report_name(report_,
                                {field.where, field.element, "", ""},
                                is_writing ? "write" : field.plan.source,
                                "field",
                                wanted,
                                field.plan.name);
                    if (!is_writing)
                        called[field.number] = field.plan.name;
                }
    }

    // A kind that all have is the register's.
    void settle_kind(RegisterFields& layer) {
        if (layer.fields.empty())
            layer.note = whole_note_;
        layer.kind = layer.fields.empty() ? whole_ : layer.fields.front().plan.kind;
        const bool is_of_all =
            (layer.kind == "ro" || layer.kind == "wo") &&
            std::all_of(layer.fields.begin(), layer.fields.end(), [&](const PlannedField& field) {
                return field.plan.kind == layer.kind;
            });
        if (!layer.fields.empty() && !is_of_all)
            layer.kind.clear();
        for (PlannedField& field : layer.fields)
            if (is_of_all || field.plan.kind == "rw")
                field.plan.kind.clear();
        if (layer.kind == "rw")
            layer.kind.clear();
    }

    const FlatRegister& flat_;
    Report& report_;
    std::vector<PlannedField> made_;
    std::string whole_ = "rw";
    std::string whole_note_;
};

} // namespace

std::vector<RegisterFields> plan_fields(const FlatRegister& flat, Report& report) {
    return FieldPlanner(flat, report).layers();
}

} // namespace gen
