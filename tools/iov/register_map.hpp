// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RegisterMap: the registers of a device as values, made from the types that its driver uses.
//
//   const RegisterMap map = map_of<nvme::Version, nvme::Config>("nvme", "NVMe controller");
//   map.find("Config")->type.decode(raw)             // each field by its name
//
// Only the numbers are looked at here: what is read, and how wide, is for who has the device.

#include <ioview/format.hpp>
#include <ioview/format/svd.hpp>
#include <ioview/register.hpp>
#include <ioview/register/for_each_field.hpp>

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
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
    std::string (*svd)() = nullptr;        // the registers as CMSIS-SVD

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

// Every named field in the order of IO_FIELDS. for_each_field leaves out those that mean nothing
// when they are read, or are gone then: here the value may be one that was written, or the only one
// that there will be.
template <class R>
struct FieldCollector {
    std::uint64_t raw;
    std::vector<FieldValue>& found;

    template <class, class... Fields>
    void fields(const char* names) {
        io::detail::ItemNames items{names};
        (field<Fields>(items.next()), ...);
    }

private:
    template <class Field>
    void field(const io::Text& name) {
        if constexpr (io::detail::item_of<Field>.is_named) {
            const io::Access access =
                Field::stated ? Field::access : R::Register::IoAccess::io_access;
            if constexpr (requires { typename Field::Element; }) {
                using Element = typename Field::Element;
                constexpr auto low = static_cast<unsigned>(Field::low);
                for (unsigned i = 0; i != Field::count; ++i)
                    add<Element>(fmt::format("{}[{}]", std::string_view(name), i),
                                 low + i * Element::width,
                                 std::uint64_t{Element::mask} << (low + i * Element::width),
                                 access);
            } else {
                add<Field>(std::string(std::string_view(name)), 0, Field::mask, access);
            }
        }
    }
    template <class Field>
    void add(std::string name, unsigned shift, std::uint64_t mask, io::Access access) {
        const std::uint64_t bits = gathered(raw, mask);
        std::string text;
        if constexpr (Field::readable)
            text = io::detail::field_text(
                io::detail::value_in<Field>(
                    static_cast<typename R::Register::Storage>(raw >> shift)),
                bits);
        else
            text = fmt::format("{}", bits);
        found.push_back({std::move(name), bits, std::move(text), mask, access});
    }
};

template <class R>
std::vector<FieldValue> decode(std::uint64_t raw) {
    std::vector<FieldValue> found;
    FieldCollector<R> collector{raw, found};
    R().io_visit(collector);
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

// Several in one place are no mistake of this list: the driver's says which are.
template <class... Rs>
struct SvdList {
    using RegisterList = io::Registers<io::overlay<Rs>...>;
};
template <class... Rs>
std::string svd_of() {
    return io::svd_peripheral<SvdList<Rs...>>("registers", 0);
}

template <class... Rs>
RegisterMap map_of(const char* name, const char* about) {
    RegisterMap map{name, about, {}, &svd_of<Rs...>};
    (add_places<Rs>(map.registers), ...);
    return map;
}

template <class Entry>
struct Stripped {
    using Register = Entry;
};
template <class R>
struct Stripped<io::overlay<R>> {
    using Register = R;
};
template <class... Entries>
RegisterMap
map_of_list(const char* name, const char* about, const io::Registers<Entries...>* /*block*/) {
    return map_of<typename Stripped<Entries>::Register...>(name, about);
}
// Of all registers that a block lists.
template <class Block>
RegisterMap map_of_block(const char* name, const char* about) {
    return map_of_list(name, about, static_cast<const Block*>(nullptr));
}

} // namespace iov
