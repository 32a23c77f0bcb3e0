// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "register_map.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>

namespace iov {

const MappedRegister* RegisterMap::find(std::string_view register_name) const {
    for (const MappedRegister& each : registers)
        if (each.name == register_name)
            return &each;
    return nullptr;
}

std::vector<const MappedRegister*> RegisterMap::at(std::uint64_t offset, bool is_read) const {
    std::vector<const MappedRegister*> found;
    for (const MappedRegister& each : registers)
        if (offset >= each.offset && offset - each.offset < each.type.bytes &&
            (is_read ? each.type.readable : each.type.writable))
            found.push_back(&each);
    return found;
}

const char* RegisterMap::why_unread(const MappedRegister& which) const {
    if (!which.type.readable)
        return "it is write-only";
    if (which.type.reading_acts)
        return "reading it has an effect";
    for (const MappedRegister& other : registers)
        if (other.type.reading_acts && other.offset < which.offset + which.type.bytes &&
            which.offset < other.offset + other.type.bytes)
            return "reading what is there has an effect";
    return nullptr;
}

std::string value_text(const RegisterType& type, std::uint64_t raw) {
    if (type.decode == nullptr)
        return {};
    std::string text;
    for (const FieldValue& field : type.decode(raw))
        text += fmt::format("{}{}: {}", text.empty() ? "{" : ", ", field.name, field.text);
    return text.empty() ? text : text + '}';
}

std::vector<std::string>
changes(const RegisterType& type, std::uint64_t before, std::uint64_t after) {
    std::vector<std::string> found;
    std::uint64_t rest = before ^ after;
    if (type.decode != nullptr) {
        const auto was = type.decode(before);
        const auto is = type.decode(after);
        for (std::size_t i = 0; i < was.size(); ++i) {
            if (was[i].bits != is[i].bits)
                found.push_back(fmt::format("{}: {} -> {}", was[i].name, was[i].text, is[i].text));
            rest &= ~was[i].mask;
        }
    }
    if (rest != 0)
        found.push_back(
            rest == (before ^ after)
                ? fmt::format("{} -> {}", hex(before, type.bytes), hex(after, type.bytes))
                : fmt::format("bits {:#x}: {:#x} -> {:#x}", rest, before & rest, after & rest));
    return found;
}

namespace {

// The bits that make a field read as this text: a number, or the name of an enumerator.
std::uint64_t
bits_for(const MappedRegister& which, const FieldValue& field, const std::string& text) {
    const std::uint64_t greatest = gathered(field.mask, field.mask);
    if (const auto number = try_number(text)) {
        if (*number > greatest)
            throw Failure(Exit::usage,
                          "{}.{} takes 0 to {:#x}, not {}",
                          which.name,
                          field.name,
                          greatest,
                          text);
        return *number;
    }
    for (std::uint64_t bits = 0; bits <= std::min<std::uint64_t>(greatest, 0xff); ++bits)
        for (const FieldValue& each : which.type.decode(deposited(bits, field.mask)))
            if (each.name == field.name && each.text == text)
                return bits;
    throw Failure(
        Exit::usage, "{}.{} takes no {}: no number, and no name", which.name, field.name, text);
}

} // namespace

std::uint64_t
updated(const MappedRegister& which, std::uint64_t raw, const std::vector<std::string>& settings) {
    raw = (raw & ~which.type.write_zero) | which.type.write_one;
    const auto fields =
        which.type.decode == nullptr ? std::vector<FieldValue>{} : which.type.decode(raw);
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == setting.npos)
            throw Failure(Exit::usage, "{}: a field is set as NAME=VALUE", setting);
        const std::string name = setting.substr(0, equals);
        const auto field = std::find_if(fields.begin(), fields.end(), [&](const FieldValue& each) {
            return each.name == name;
        });
        if (field == fields.end()) {
            std::string known;
            for (const FieldValue& each : fields)
                known += (known.empty() ? "" : ", ") + each.name;
            throw Failure(Exit::usage,
                          "{} has no field {} that can be read and set; it has {}",
                          which.name,
                          name,
                          known.empty() ? "none" : known);
        }
        if (!io::detail::access_kind(field->access).is_set() || !which.type.writable)
            throw Failure(Exit::usage, "{}.{} is read only", which.name, name);
        raw = (raw & ~field->mask) |
              deposited(bits_for(which, *field, setting.substr(equals + 1)), field->mask);
    }
    return raw;
}

} // namespace iov
