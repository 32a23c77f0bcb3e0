// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "trace.hpp"

#include "dump.hpp"
#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <utility>

namespace iov {
namespace {

constexpr std::string_view fences[] = {
    "dma_rmb", "dma_wmb", "dma_mb", "mb", "rmb", "wmb", "mmiowb", "wc_flush"};

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const std::size_t end = line.find(' ');
        if (end != 0)
            words.push_back(line.substr(0, end));
        line.remove_prefix(end == line.npos ? line.size() : end + 1);
    }
    return words;
}

// read32, write8 …: 0 for what is none.
unsigned bytes_of(std::string_view word, bool& is_read) {
    is_read = word.substr(0, 4) == "read";
    if (!is_read && word.substr(0, 5) != "write")
        return 0;
    const auto bits = try_number(word.substr(is_read ? 4 : 5));
    return bits == 8u || bits == 16u || bits == 32u || bits == 64u
               ? static_cast<unsigned>(*bits / 8)
               : 0;
}

const RegisterMap* map_for(const Traced& line, const TraceMaps& maps) {
    auto found = maps.find(line.space);
    if (found == maps.end())
        found = maps.find("");
    return found == maps.end() ? nullptr : found->second;
}

// The registers that an access of its direction can mean: those that begin there and are as wide,
// or else those that hold the place.
std::vector<const MappedRegister*> meant(const Traced& line, const TraceMaps& maps) {
    const RegisterMap* map = map_for(line, maps);
    if (map == nullptr)
        return {};
    auto found = map->at(line.address, line.kind == Traced::Kind::read);
    auto exact = found;
    std::erase_if(exact, [&](const MappedRegister* each) {
        return each->offset != line.address || each->type.bytes != line.bytes;
    });
    return exact.empty() ? found : exact;
}

bool is_whole(const Traced& line, const std::vector<const MappedRegister*>& registers) {
    return registers.size() == 1 && registers[0]->offset == line.address &&
           registers[0]->type.bytes == line.bytes;
}

// Dr; Thr/Dll where the device tells them apart; Capabilities+4 of a part of one.
std::string names_of(const Traced& line, const std::vector<const MappedRegister*>& registers) {
    std::string names;
    for (const MappedRegister* each : registers) {
        names += (names.empty() ? "" : "/") + each->name;
        if (each->offset != line.address)
            names += fmt::format("+{}", line.address - each->offset);
    }
    return names;
}

} // namespace

Traced parse_access(std::string_view line) {
    using Kind = Traced::Kind;
    Traced made;
    made.text = line;
    std::string_view rest = line;
    // a name of the user's may have spaces, an access has no colon
    const std::size_t colon = rest.rfind(": ");
    const std::string_view space = colon == rest.npos ? std::string_view() : rest.substr(0, colon);
    if (colon != rest.npos)
        rest.remove_prefix(colon + 2);
    const auto words = words_of(rest);
    if (words.empty())
        return made;
    if (words.size() == 1 &&
        std::find(std::begin(fences), std::end(fences), words[0]) != std::end(fences)) {
        made.kind = Kind::fence;
        made.space = space;
        made.text = words[0];
        return made;
    }
    bool is_read = false;
    const unsigned bytes = bytes_of(words[0], is_read);
    if (bytes != 0 && words.size() >= 4) {
        const auto address = try_number(words[1]);
        const auto value = try_number(words.back());
        const bool is_arrow = words[words.size() - 2] == (is_read ? "->" : "<-");
        if (address && value && is_arrow && (bytes == 8 || *value >> 8 * bytes == 0))
            return {is_read ? Kind::read : Kind::write,
                    std::string(space),
                    *address,
                    bytes,
                    *value,
                    {}};
    }
    if (words.size() == 5 && (words[0] == "read" || words[0] == "write") && words[2] == "bytes" &&
        words[3] == "at") {
        const auto size = try_number(words[1]);
        const auto address = try_number(words[4]);
        if (size && address)
            return {words[0] == "read" ? Kind::burst_read : Kind::burst_write,
                    std::string(space),
                    *address,
                    0,
                    *size,
                    {}};
    }
    return made;
}

TraceMaps trace_maps(const std::vector<std::string>& options) {
    TraceMaps maps;
    for (const std::string& option : options) {
        const std::size_t equals = option.find('=');
        const std::string space = equals == option.npos ? "" : option.substr(0, equals);
        const std::string name = equals == option.npos ? option : option.substr(equals + 1);
        maps[space] = find_map(name);
        if (maps[space] == nullptr)
            throw Failure(Exit::usage, "{}: no such map; `iov maps` lists them", name);
    }
    return maps;
}

std::string trace_line(const Traced& line, const TraceMaps& maps) {
    using Kind = Traced::Kind;
    if (line.kind == Kind::other)
        return line.text;
    const std::string start = line.space.empty() ? "" : line.space + ": ";
    if (line.kind == Kind::fence)
        return start + line.text;
    const bool is_read = line.kind == Kind::read || line.kind == Kind::burst_read;
    const char* verb = is_read ? "read" : "write";
    if (line.bytes == 0)
        return fmt::format("{}{} {} bytes at {:#x}", start, verb, line.value, line.address);
    const auto registers = meant(line, maps);
    std::string text = fmt::format("{}{}{} {:#x}", start, verb, 8 * line.bytes, line.address);
    if (!registers.empty())
        text += ' ' + names_of(line, registers);
    text += fmt::format(" {} {}", is_read ? "->" : "<-", hex(line.value, line.bytes));
    if (is_whole(line, registers)) {
        const RegisterType& type = registers[0]->type;
        if (const std::string fields = value_text(type, in_order(type, line.value));
            !fields.empty())
            text += ' ' + fields;
    }
    return text;
}

Json trace_json(const Traced& line, const TraceMaps& maps) {
    using Kind = Traced::Kind;
    if (line.kind == Kind::other)
        return Json::object({{"text", line.text}});
    Json made = Json::object();
    made["space"] = line.space.empty() ? Json() : Json(line.space);
    if (line.kind == Kind::fence) {
        made["op"] = "fence";
        made["fence"] = line.text;
        return made;
    }
    const bool is_read = line.kind == Kind::read || line.kind == Kind::burst_read;
    made["op"] = is_read ? "read" : "write";
    made["address"] = fmt::format("{:#x}", line.address);
    if (line.bytes == 0) {
        made["bytes"] = line.value;
        return made;
    }
    const auto registers = meant(line, maps);
    Json fields = Json::object();
    if (is_whole(line, registers) && registers[0]->type.decode != nullptr)
        for (const FieldValue& field :
             registers[0]->type.decode(in_order(registers[0]->type, line.value)))
            fields[field.name] = field.text;
    made["width"] = 8 * line.bytes;
    made["register"] = registers.empty() ? Json() : Json(names_of(line, registers));
    made["value"] = hex(line.value, line.bytes);
    made["fields"] = std::move(fields);
    return made;
}

} // namespace iov
