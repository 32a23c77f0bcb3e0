// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_properties.hpp"

#include "rdl_evaluate.hpp"

#include <algorithm>

namespace gen {
namespace {

using Kind = RdlValue::Kind;

constexpr std::uint8_t of(RdlType type) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(type));
}
constexpr std::uint8_t a(Kind kind) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(kind));
}

constexpr auto addrmap = of(RdlType::addrmap);
constexpr auto field = of(RdlType::field);
constexpr auto mem = of(RdlType::mem);
constexpr auto reg = of(RdlType::reg);
constexpr auto signal = of(RdlType::signal);
constexpr auto block = static_cast<std::uint8_t>(addrmap | of(RdlType::regfile));
constexpr auto addressed = static_cast<std::uint8_t>(block | reg);
constexpr auto any = static_cast<std::uint8_t>(addressed | field | mem | signal);

constexpr auto boolean = a(Kind::boolean);
constexpr auto number = a(Kind::number);
constexpr auto text = a(Kind::text);
constexpr auto word = a(Kind::word);
constexpr auto array = a(Kind::array);
constexpr auto reference = a(Kind::reference);
constexpr auto wire = static_cast<std::uint8_t>(boolean | reference);
constexpr auto level = static_cast<std::uint8_t>(number | boolean | reference);

// By name. What is of hardware alone, or of its tests, has no effect on what software sees.
constexpr RdlProperty properties[] = {
    {"accesswidth", reg, number},
    {"activehigh", signal, boolean},
    {"activelow", signal, boolean},
    {"addressing", addrmap, word, " compact regalign fullalign "},
    {"alignment", block, number},
    {"anded", field, boolean},
    {"arbiter", addrmap, text},
    {"async", signal, boolean},
    {"bigendian", addrmap, boolean},
    {"bridge", addrmap, boolean},
    {"counter", field, boolean},
    {"cpuif_reset", signal, boolean},
    {"decr", field, wire},
    {"decrsaturate", field, level},
    {"decrthreshold", field, level},
    {"decrvalue", field, level},
    {"decrwidth", field, number},
    {"desc", any, text},
    {"dontcompare", static_cast<std::uint8_t>(addressed | field), level},
    {"donttest", static_cast<std::uint8_t>(addressed | field), level},
    {"enable", field, reference},
    {"encode", field, a(Kind::enumeration)},
    {"errextbus", addressed, boolean},
    {"field_reset", signal, boolean},
    {"fieldwidth", field, number},
    {"haltenable", field, reference},
    {"haltmask", field, reference},
    {"hdl_path", addressed, text},
    {"hdl_path_gate", addressed, text},
    {"hdl_path_gate_slice", static_cast<std::uint8_t>(field | mem), array},
    {"hdl_path_slice", static_cast<std::uint8_t>(field | mem), array},
    {"hw", field, word, " na rw wr r w "},
    {"hwclr", field, wire},
    {"hwenable", field, reference},
    {"hwmask", field, reference},
    {"hwset", field, wire},
    {"incr", field, wire},
    {"incrsaturate", field, level},
    {"incrthreshold", field, level},
    {"incrvalue", field, level},
    {"incrwidth", field, number},
    {"intr", field, boolean},
    {"ispresent", any, boolean},
    {"littleendian", addrmap, boolean},
    {"lsb0", addrmap, boolean},
    {"mask", field, reference},
    {"mementries", mem, number},
    {"memwidth", mem, number},
    {"msb0", addrmap, boolean},
    {"name", any, text},
    {"next", field, reference},
    {"onread", field, word, " rclr rset ruser "},
    {"onwrite", field, word, " woset woclr wot wzs wzc wzt wclr wset wuser "},
    {"ored", field, boolean},
    {"overflow", field, wire},
    {"paritycheck", field, boolean},
    {"precedence", field, word, " hw sw "},
    {"rclr", field, boolean},
    {"regwidth", reg, number},
    {"reset", field, level},
    {"resetsignal", field, reference},
    {"rset", field, boolean},
    {"rsvdset", addrmap, boolean},
    {"rsvdsetX", addrmap, boolean},
    {"saturate", field, level},
    {"shared", reg, boolean},
    {"sharedextbus", addrmap, boolean},
    {"signalwidth", signal, number},
    {"singlepulse", field, boolean},
    {"sticky", field, boolean},
    {"stickybit", field, boolean},
    {"sw", static_cast<std::uint8_t>(field | mem), word, " na rw wr r w rw1 w1 "},
    {"swacc", field, boolean},
    {"swmod", field, boolean},
    {"swwe", field, wire},
    {"swwel", field, wire},
    {"sync", signal, boolean},
    {"threshold", field, level},
    {"underflow", field, wire},
    {"we", field, wire},
    {"wel", field, wire},
    {"woclr", field, boolean},
    {"woset", field, boolean},
    {"xored", field, boolean},
};

bool has(const RdlProperty& property, Kind kind) {
    return (property.kinds & a(kind)) != 0;
}

bool is_one_of(const std::string& value, std::string_view words) {
    return words.empty() || words.find(" " + value + " ") != std::string_view::npos;
}

} // namespace

const RdlProperty* find_rdl_property(std::string_view name) {
    const auto found = std::lower_bound(std::begin(properties),
                                        std::end(properties),
                                        name,
                                        [](const RdlProperty& property, std::string_view wanted) {
                                            return property.name < wanted;
                                        });
    return found != std::end(properties) && found->name == name ? found : nullptr;
}

RdlValue checked_rdl_value(const RdlProperty& property, RdlValue value, const RdlPlace& place) {
    if (value.kind == Kind::enumerator)
        value.kind = Kind::number;
    if (value.kind == Kind::boolean && !has(property, Kind::boolean) && has(property, Kind::number))
        value.kind = Kind::number;
    if (value.kind == Kind::number && !has(property, Kind::number) &&
        has(property, Kind::boolean)) {
        value.kind = Kind::boolean;
        value.number = value.number != 0 ? 1 : 0;
    }
    if (value.kind == Kind::reference && !has(property, Kind::reference))
        rdl_fail(place, "{} is {}, which is not known here", property.name, value.text);
    if (!has(property, value.kind))
        rdl_fail(place, "{} cannot be {}", property.name, rdl_kind(value));
    if (value.kind == Kind::word && !is_one_of(value.text, property.words))
        rdl_fail(place, "{} cannot be {}", property.name, value.text);
    return value;
}

} // namespace gen
