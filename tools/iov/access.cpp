// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "access.hpp"

#include "dump.hpp"
#include "text.hpp"

namespace iov {
namespace {

// 0000:00:04.0/bar0@0x14 Config
std::string said(const Space& space, const Place& place) {
    std::string text = fmt::format("{}@{:#x}", space.medium->name(), place.offset);
    if (place.which != nullptr)
        text += ' ' + place.which->name;
    return text;
}

// A register in whose place the map knows nothing that acts; of others nobody knows.
bool may_be_read(const Space& space, const Place& place) {
    return place.which != nullptr && space.known_map().why_unread(*place.which) == nullptr;
}

// What a write does, field by field: of bits that hold what is written, how they change; of others,
// what writing them does.
std::vector<std::string> effects(const Place& place, std::uint64_t before, std::uint64_t value) {
    using io::detail::OnWrite;
    if (place.which == nullptr || place.which->type.decode == nullptr)
        return changes({.bytes = place.bytes}, before, value);
    std::vector<std::string> found;
    std::uint64_t rest = before ^ value;
    const auto was = place.which->type.decode(before);
    const auto is = place.which->type.decode(value);
    for (std::size_t i = 0; i < is.size(); ++i) {
        const auto& kind = io::detail::access_kind(is[i].access);
        rest &= ~is[i].mask;
        const std::uint64_t idle = kind.idle == io::detail::Idle::ones ? is[i].mask : 0;
        if (kind.on_write == OnWrite::stores && was[i].bits != is[i].bits)
            found.push_back(fmt::format("{}: {} -> {}", is[i].name, was[i].text, is[i].text));
        else if (kind.on_write != OnWrite::stores && kind.on_write != OnWrite::ignored &&
                 (value & is[i].mask) != idle)
            found.push_back(fmt::format("{}: {} is written, which {} it",
                                        is[i].name,
                                        is[i].text,
                                        kind.on_write == OnWrite::clears    ? "clears"
                                        : kind.on_write == OnWrite::sets    ? "sets"
                                        : kind.on_write == OnWrite::toggles ? "toggles"
                                                                            : "may break"));
    }
    rest &= ~(place.which->type.write_zero | place.which->type.write_one);
    if (rest != 0)
        found.push_back(
            fmt::format("bits {:#x}: {:#x} -> {:#x}", rest, before & rest, value & rest));
    return found;
}

Plan planned(const Space& space,
             const Place& place,
             std::uint64_t value,
             std::optional<std::uint64_t> before) {
    Plan plan{place, value, before, {}};
    plan.text = fmt::format(
        "{}: write{} {}\n", said(space, place), 8 * place.bytes, hex(value, place.bytes));
    if (before) {
        const auto all = effects(place, *before, value);
        for (const std::string& change : all)
            plan.text += "  " + change + '\n';
        if (all.empty())
            plan.text += "  nothing changes\n";
    } else if (place.which != nullptr) {
        if (const std::string fields = value_text(place.which->type, value); !fields.empty())
            plan.text += "  " + fields + '\n';
    }
    return plan;
}

void check_writable(const Place& place) {
    if (place.which != nullptr && !place.which->type.writable)
        throw Failure(Exit::usage, "{} is read only", place.which->name);
}

} // namespace

std::uint64_t read_at(const Space& space, const Place& place) {
    const std::uint64_t raw = space.medium->read(place.offset, place.bytes);
    return place.which != nullptr ? in_order(place.which->type, raw) : raw;
}

std::string read_text(const Place& place, std::uint64_t raw) {
    std::string text = hex(raw, place.bytes);
    if (place.which != nullptr) {
        text += ' ' + place.which->name;
        if (const std::string fields = value_text(place.which->type, raw); !fields.empty())
            text += ' ' + fields;
    }
    return text + '\n';
}

Json read_json(const Space& space, const Place& place, std::uint64_t raw) {
    Json fields = Json::object();
    if (place.which != nullptr && place.which->type.decode != nullptr)
        for (const FieldValue& field : place.which->type.decode(raw))
            fields[field.name] = field.text;
    return {{"source", space.medium->name()},
            {"offset", hex(place.offset, 2)},
            {"width", 8 * place.bytes},
            {"register", place.which != nullptr ? Json(place.which->name) : Json()},
            {"value", hex(raw, place.bytes)},
            {"fields", std::move(fields)}};
}

Plan plan_write(const Space& space, const Place& place, std::uint64_t value) {
    check_writable(place);
    if (place.bytes < 8 && value >> 8 * place.bytes != 0)
        throw Failure(Exit::usage, "{:#x} does not fit {} bits", value, 8 * place.bytes);
    std::optional<std::uint64_t> before;
    if (may_be_read(space, place))
        before = read_at(space, place);
    return planned(space, place, value, before);
}

Plan plan_update(const Space& space,
                 const Place& place,
                 const std::vector<std::string>& settings,
                 std::optional<std::uint64_t> mask) {
    check_writable(place);
    if (place.which != nullptr && !may_be_read(space, place))
        throw Failure(Exit::usage,
                      "{}: no update: {}; write it as a whole",
                      place.which->name,
                      space.known_map().why_unread(*place.which));
    std::uint64_t bits = 0;
    if (mask) {
        const auto number = settings.size() == 1 ? try_number(settings[0]) : std::nullopt;
        const std::uint64_t all = ~std::uint64_t{0} >> (64 - 8 * place.bytes);
        if (!number || (*number & ~*mask) != 0 || (*mask & ~all) != 0)
            throw Failure(
                Exit::usage,
                "--mask is for one number, with no bits but those of the mask, of {} bits",
                8 * place.bytes);
        bits = *number;
    } else if (place.which == nullptr) {
        throw Failure(Exit::usage,
                      "{}: no register is known there, and so no field; say --map, or a number "
                      "and --mask",
                      said(space, place));
    }
    const std::uint64_t before = read_at(space, place);
    std::uint64_t value = before;
    if (place.which != nullptr)
        value = updated(*place.which, before, mask ? std::vector<std::string>{} : settings);
    if (mask)
        value = (value & ~*mask) | bits;
    return planned(space, place, value, before);
}

Json plan_json(const Space& space, const Plan& plan) {
    Json made = read_json(space, plan.place, plan.value);
    made["before"] = plan.before ? Json(hex(*plan.before, plan.place.bytes)) : Json();
    return made;
}

void carry_out(const Plan& plan, const Space& space) {
    const Place& place = plan.place;
    space.medium->write(place.offset,
                        place.bytes,
                        place.which != nullptr ? in_order(place.which->type, plan.value)
                                               : plan.value);
}

} // namespace iov
