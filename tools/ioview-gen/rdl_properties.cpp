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

constexpr auto of_addrmap = of(RdlType::addrmap);
constexpr auto of_field = of(RdlType::field);
constexpr auto of_mem = of(RdlType::mem);
constexpr auto of_reg = of(RdlType::reg);
constexpr auto of_signal = of(RdlType::signal);
constexpr auto of_block = static_cast<std::uint8_t>(of_addrmap | of(RdlType::regfile));
constexpr auto of_addressed = static_cast<std::uint8_t>(of_block | of_reg);
constexpr auto of_any = static_cast<std::uint8_t>(of_addressed | of_field | of_mem | of_signal);

constexpr auto takes_boolean = a(Kind::boolean);
constexpr auto takes_number = a(Kind::number);
constexpr auto takes_text = a(Kind::text);
constexpr auto takes_word = a(Kind::word);
constexpr auto takes_array = a(Kind::array);
constexpr auto takes_reference = a(Kind::reference);
constexpr auto takes_wire = static_cast<std::uint8_t>(takes_boolean | takes_reference);
constexpr auto takes_level =
    static_cast<std::uint8_t>(takes_number | takes_boolean | takes_reference);

// By name. What is of hardware alone, or of its tests, has no effect on what software sees.
constexpr RdlProperty properties[] = {
    {"accesswidth", of_reg, takes_number},
    {"activehigh", of_signal, takes_boolean},
    {"activelow", of_signal, takes_boolean},
    {"addressing", of_addrmap, takes_word, " compact regalign fullalign "},
    {"alignment", of_block, takes_number},
    {"anded", of_field, takes_boolean},
    {"arbiter", of_addrmap, takes_text},
    {"async", of_signal, takes_boolean},
    {"bigendian", of_addrmap, takes_boolean},
    {"bridge", of_addrmap, takes_boolean},
    {"counter", of_field, takes_boolean},
    {"cpuif_reset", of_signal, takes_boolean},
    {"decr", of_field, takes_wire},
    {"decrsaturate", of_field, takes_level},
    {"decrthreshold", of_field, takes_level},
    {"decrvalue", of_field, takes_level},
    {"decrwidth", of_field, takes_number},
    {"desc", of_any, takes_text},
    {"dontcompare", static_cast<std::uint8_t>(of_addressed | of_field), takes_level},
    {"donttest", static_cast<std::uint8_t>(of_addressed | of_field), takes_level},
    {"enable", of_field, takes_reference},
    {"encode", of_field, a(Kind::enumeration)},
    {"errextbus", of_addressed, takes_boolean},
    {"field_reset", of_signal, takes_boolean},
    {"fieldwidth", of_field, takes_number},
    {"haltenable", of_field, takes_reference},
    {"haltmask", of_field, takes_reference},
    {"hdl_path", of_addressed, takes_text},
    {"hdl_path_gate", of_addressed, takes_text},
    {"hdl_path_gate_slice", static_cast<std::uint8_t>(of_field | of_mem), takes_array},
    {"hdl_path_slice", static_cast<std::uint8_t>(of_field | of_mem), takes_array},
    {"hw", of_field, takes_word, " na rw wr r w "},
    {"hwclr", of_field, takes_wire},
    {"hwenable", of_field, takes_reference},
    {"hwmask", of_field, takes_reference},
    {"hwset", of_field, takes_wire},
    {"incr", of_field, takes_wire},
    {"incrsaturate", of_field, takes_level},
    {"incrthreshold", of_field, takes_level},
    {"incrvalue", of_field, takes_level},
    {"incrwidth", of_field, takes_number},
    {"intr", of_field, takes_boolean},
    {"ispresent", of_any, takes_boolean},
    {"littleendian", of_addrmap, takes_boolean},
    {"lsb0", of_addrmap, takes_boolean},
    {"mask", of_field, takes_reference},
    {"mementries", of_mem, takes_number},
    {"memwidth", of_mem, takes_number},
    {"msb0", of_addrmap, takes_boolean},
    {"name", of_any, takes_text},
    {"next", of_field, takes_reference},
    {"onread", of_field, takes_word, " rclr rset ruser "},
    {"onwrite", of_field, takes_word, " woset woclr wot wzs wzc wzt wclr wset wuser "},
    {"ored", of_field, takes_boolean},
    {"overflow", of_field, takes_wire},
    {"paritycheck", of_field, takes_boolean},
    {"precedence", of_field, takes_word, " hw sw "},
    {"rclr", of_field, takes_boolean},
    {"regwidth", of_reg, takes_number},
    {"reset", of_field, takes_level},
    {"resetsignal", of_field, takes_reference},
    {"rset", of_field, takes_boolean},
    {"rsvdset", of_addrmap, takes_boolean},
    {"rsvdsetX", of_addrmap, takes_boolean},
    {"saturate", of_field, takes_level},
    {"shared", of_reg, takes_boolean},
    {"sharedextbus", of_addrmap, takes_boolean},
    {"signalwidth", of_signal, takes_number},
    {"singlepulse", of_field, takes_boolean},
    {"sticky", of_field, takes_boolean},
    {"stickybit", of_field, takes_boolean},
    {"sw", static_cast<std::uint8_t>(of_field | of_mem), takes_word, " na rw wr r w rw1 w1 "},
    {"swacc", of_field, takes_boolean},
    {"swmod", of_field, takes_boolean},
    {"swwe", of_field, takes_wire},
    {"swwel", of_field, takes_wire},
    {"sync", of_signal, takes_boolean},
    {"threshold", of_field, takes_level},
    {"underflow", of_field, takes_wire},
    {"we", of_field, takes_wire},
    {"wel", of_field, takes_wire},
    {"woclr", of_field, takes_boolean},
    {"woset", of_field, takes_boolean},
    {"xored", of_field, takes_boolean},
};

bool has(const RdlProperty& property, Kind kind) {
    return (property.kinds & a(kind)) != 0;
}

bool is_one_of(const std::string& value, std::string_view words) {
    return words.empty() || words.find(" " + value + " ") != std::string_view::npos;
}

} // namespace

const RdlProperty* find_rdl_property(std::string_view name) {
    const auto* const found =
        std::lower_bound(std::begin(properties),
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
