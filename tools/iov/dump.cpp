// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dump.hpp"

#include "text.hpp"

#include <algorithm>

namespace iov {

std::uint64_t in_order(const RegisterType& type, std::uint64_t raw) {
    return type.is_big ? __builtin_bswap64(raw) >> (64 - 8 * type.bytes) : raw;
}

Dump dump(const RegisterMap& map, Medium& medium, const std::vector<std::string>& with) {
    for (const std::string& name : with)
        if (map.find(name) == nullptr)
            throw Failure(Exit::usage, "{}: the map {} has no such register", name, map.name);
    Dump made{medium.name(), map.name, {}};
    for (const MappedRegister& each : map.registers) {
        DumpedRegister& dumped = made.registers.emplace_back(DumpedRegister{each, {}, {}});
        const bool is_named = std::find(with.begin(), with.end(), each.name) != with.end();
        const char* why = map.why_unread(each);
        if (why != nullptr && !(is_named && each.type.readable)) {
            dumped.why = fmt::format("not read, {}", why);
            continue;
        }
        try {
            dumped.raw = in_order(each.type, medium.read(each.offset, each.type.bytes));
        } catch (const Failure& failure) {
            dumped.why = failure.what();
        }
    }
    return made;
}

std::string dump_text(const Dump& dump) {
    std::size_t width = 0;
    for (const DumpedRegister& each : dump.registers)
        width = std::max(width, each.which.name.size());
    std::string text;
    for (const DumpedRegister& each : dump.registers) {
        text += fmt::format("{:#06x} {:{}} ", each.which.offset, each.which.name, width);
        if (each.raw) {
            text += hex(*each.raw, each.which.type.bytes);
            if (const std::string fields = value_text(each.which.type, *each.raw); !fields.empty())
                text += ' ' + fields;
        } else {
            text += each.why;
        }
        text += '\n';
    }
    return text;
}

Json dump_json(const Dump& dump) {
    Json registers = Json::array();
    for (const DumpedRegister& each : dump.registers) {
        Json one = {{"name", each.which.name},
                    {"offset", hex(each.which.offset, 2)},
                    {"width", 8 * each.which.type.bytes}};
        if (each.raw) {
            Json fields = Json::object();
            if (each.which.type.decode != nullptr)
                for (const FieldValue& field : each.which.type.decode(*each.raw))
                    fields[field.name] = field.text;
            one["value"] = hex(*each.raw, each.which.type.bytes);
            one["fields"] = std::move(fields);
        } else {
            one["value"] = nullptr;
            one["why"] = each.why;
        }
        registers.push_back(std::move(one));
    }
    return {{"source", dump.source}, {"map", dump.map}, {"registers", std::move(registers)}};
}

std::vector<KeptValue> kept_values(const Json& json) {
    const Json* registers = find_member(json, "registers");
    if (registers == nullptr || !registers->is_array())
        throw Failure(Exit::unreadable, "no dump: `iov dump --json` writes one");
    std::vector<KeptValue> kept;
    for (const Json& each : *registers) {
        const Json* name = find_member(each, "name");
        const Json* offset = find_member(each, "offset");
        const Json* value = find_member(each, "value");
        if (name == nullptr || !name->is_string() || offset == nullptr || !offset->is_string() ||
            value == nullptr)
            throw Failure(Exit::unreadable, "no dump: a register without name, offset or value");
        if (!value->is_string())
            continue; // it was not read
        const auto at = try_number(offset->get<std::string>());
        const auto raw = try_number(value->get<std::string>());
        if (!at || !raw)
            throw Failure(Exit::unreadable, "no dump: {} is no number", name->get<std::string>());
        kept.push_back({name->get<std::string>(), *at, *raw});
    }
    return kept;
}

std::vector<Difference> differences(const std::vector<KeptValue>& before, const Dump& now) {
    std::vector<Difference> found;
    for (const DumpedRegister& each : now.registers)
        for (const KeptValue& kept : before)
            if (each.raw && kept.name == each.which.name && kept.offset == each.which.offset &&
                kept.raw != *each.raw)
                found.push_back({&each, kept.raw, *each.raw});
    return found;
}

std::string diff_text(const std::vector<Difference>& found) {
    std::string text;
    for (const Difference& each : found)
        for (const std::string& change : changes(each.now->which.type, each.before, each.after)) {
            const bool is_field = change.find(": ") != change.npos;
            text += fmt::format("{}{}{}\n", each.now->which.name, is_field ? "." : ": ", change);
        }
    return text;
}

Json diff_json(const std::vector<Difference>& found) {
    Json all = Json::array();
    for (const Difference& each : found) {
        const unsigned bytes = each.now->which.type.bytes;
        Json fields = Json::array();
        for (const std::string& change : changes(each.now->which.type, each.before, each.after))
            fields.push_back(change);
        all.push_back({{"name", each.now->which.name},
                       {"offset", hex(each.now->which.offset, 2)},
                       {"before", hex(each.before, bytes)},
                       {"after", hex(each.after, bytes)},
                       {"changes", std::move(fields)}});
    }
    return all;
}

} // namespace iov
