// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RegisterMap: the registers of a device as values, made from the types that its driver uses.
//
//   const RegisterMap map = map_of<nvme::Version, nvme::Config>("nvme", "NVMe controller");
//   map.find("Config")->type.decode(raw)             // each field by its name
//
// Only the numbers are looked at here: what is read, and how wide, is for who has the device.

#include <ioview/format.hpp>
#include <ioview/register.hpp>
#include <ioview/register/for_each_field.hpp>

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace iov {

namespace io = ioview;

// A field of a value: its bits, moved together, and what they say in words.
struct FieldValue {
    std::string name;
    std::uint64_t bits = 0;
    std::string text;
    std::uint64_t mask = 0; // where they are in the register
    io::Access access = io::Access::read_write;
};

// A type of register; a number without fields has no decode.
struct RegisterType {
    unsigned bytes = 4;
    bool readable = true;
    bool writable = true;
    bool reading_acts = false;    // reading it changes something
    bool is_big = false;          // stored in big-endian order
    std::uint64_t write_zero = 0; // bits that an update writes as 0 unless it sets them: w1c …
    std::uint64_t write_one = 0;
    std::vector<FieldValue> (*decode)(std::uint64_t raw) = nullptr;
};

// One register at one place.
struct MappedRegister {
    std::string name; // Config, or Alarm[2]
    std::size_t offset = 0;
    RegisterType type;
};

struct RegisterMap {
    std::string name;                      // as in --map
    std::string about;                     // in a few words
    std::vector<MappedRegister> registers; // by offset

    // Null when there is none of this name.
    [[nodiscard]] const MappedRegister* find(std::string_view register_name) const;
    // Those that hold this offset and can be accessed so.
    [[nodiscard]] std::vector<const MappedRegister*> at(std::uint64_t offset, bool is_read) const;
    // Why a register is not read unless it is named; null where nothing speaks against it.
    [[nodiscard]] const char* why_unread(const MappedRegister& which) const;
};

// The bits under a mask moved together, and back; deposited drops what does not fit.
[[nodiscard]] constexpr std::uint64_t gathered(std::uint64_t raw, std::uint64_t mask) {
    return io::detail::gathered(raw, mask);
}
[[nodiscard]] constexpr std::uint64_t deposited(std::uint64_t bits, std::uint64_t mask) {
    std::uint64_t raw = 0;
    for (std::uint64_t bit = 1; bit != 0; bit <<= 1) {
        if ((mask & bit) == 0)
            continue;
        raw |= (bits & 1) != 0 ? bit : 0;
        bits >>= 1;
    }
    return raw;
}

// Status{ready: 1, fatal: 0}, or a number where nothing is known of the bits.
[[nodiscard]] std::string value_text(const RegisterType& type, std::uint64_t raw);
// The fields of after that differ from before, "ready: 0 -> 1" each; bits of no field as a number.
[[nodiscard]] std::vector<std::string>
changes(const RegisterType& type, std::uint64_t before, std::uint64_t after);
// The register with some of its fields set, as an update does: bits that act when they are written
// are harmless. settings: "enable=0", "direction=to_memory". Failure for what cannot be set so.
[[nodiscard]] std::uint64_t
updated(const MappedRegister& which, std::uint64_t raw, const std::vector<std::string>& settings);

// The maps of the drivers in examples/, by name; null when there is none. Of which all there are:
[[nodiscard]] const RegisterMap* find_map(std::string_view name);
[[nodiscard]] const std::vector<RegisterMap>& all_maps();

// ---- from types ----

template <class R>
std::vector<FieldValue> decode(std::uint64_t raw) {
    std::vector<FieldValue> found;
    const auto value = R::from_raw(static_cast<typename R::Register::Storage>(raw));
    io::for_each_field(value, [&](const io::FieldInfo& field, const auto& field_value) {
        const std::uint64_t bits = gathered(raw, field.mask);
        found.push_back({io::detail::field_name(field),
                         bits,
                         io::detail::field_text(field_value, bits),
                         field.mask,
                         field.access});
    });
    return found;
}

template <class R>
RegisterType type_of() {
    RegisterType type;
    type.bytes = sizeof(R);
    if constexpr (io::detail::AnyRegister<R>) {
        type.readable = R::Register::readable;
        type.writable = R::Register::writable;
        type.reading_acts = R::Register::reading_has_side_effect;
        type.is_big = R::Register::io_is_big;
        type.write_zero = R::Register::io_map.write_zero;
        type.write_one = R::Register::io_map.write_one;
        type.decode = &decode<R>;
    }
    return type;
}

template <class R>
void add_places(std::vector<MappedRegister>& registers) {
    constexpr const auto& place = R::Register::Location::io_place;
    static_assert(place.is_somewhere && !place.is_relative, "a register of a map has a place");
    const std::string name(std::string_view(io::type_name<R>()));
    for (std::size_t i = 0; i < place.steps[0].count; ++i)
        for (std::size_t k = 0; k < place.steps[1].count; ++k) {
            std::string index;
            if (place.indices > 0)
                index += fmt::format("[{}]", i);
            if (place.indices > 1)
                index += fmt::format("[{}]", k);
            registers.push_back({name + index, place.offset_at({{i, k}}, sizeof(R)), type_of<R>()});
        }
}

template <class... Rs>
RegisterMap map_of(const char* name, const char* about) {
    RegisterMap map{name, about, {}};
    (add_places<Rs>(map.registers), ...);
    return map;
}

} // namespace iov
