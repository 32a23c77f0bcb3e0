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
        Json one = Json::object()
                       .with("name", each.which.name)
                       .with("offset", hex(each.which.offset, 2))
                       .with("width", 8 * each.which.type.bytes);
        if (each.raw) {
            Json fields = Json::object();
            if (each.which.type.decode != nullptr)
                for (const FieldValue& field : each.which.type.decode(*each.raw))
                    fields = std::move(fields).with(field.name, field.text);
            one = std::move(one)
                      .with("value", hex(*each.raw, each.which.type.bytes))
                      .with("fields", std::move(fields));
        } else {
            one = std::move(one).with("value", Json()).with("why", each.why);
        }
        registers.push(std::move(one));
    }
    return Json::object()
        .with("source", dump.source)
        .with("map", dump.map)
        .with("registers", std::move(registers));
}

std::vector<KeptValue> kept_values(const Json& json) {
    const Json* registers = json.find("registers");
    if (registers == nullptr || registers->items() == nullptr)
        throw Failure(Exit::unreadable, "no dump: `iov dump --json` writes one");
    std::vector<KeptValue> kept;
    for (const Json& each : *registers->items()) {
        const Json* name = each.find("name");
        const Json* offset = each.find("offset");
        const Json* value = each.find("value");
        if (name == nullptr || name->text() == nullptr || offset == nullptr ||
            offset->text() == nullptr || value == nullptr)
            throw Failure(Exit::unreadable, "no dump: a register without name, offset or value");
        if (value->text() == nullptr)
            continue; // it was not read
        const auto at = try_number(*offset->text());
        const auto raw = try_number(*value->text());
        if (!at || !raw)
            throw Failure(Exit::unreadable, "no dump: {} is no number", *name->text());
        kept.push_back({*name->text(), *at, *raw});
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
            fields.push(change);
        all.push(Json::object()
                     .with("name", each.now->which.name)
                     .with("offset", hex(each.now->which.offset, 2))
                     .with("before", hex(each.before, bytes))
                     .with("after", hex(each.after, bytes))
                     .with("changes", std::move(fields)));
    }
    return all;
}

} // namespace iov
