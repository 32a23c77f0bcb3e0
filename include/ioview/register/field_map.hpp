// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The fields of one register seen at once: refuses what cannot be, and knows which bits a write
// may touch. IO_FIELDS makes one, from plain values, so that it costs the compiler little.
//
//   static constexpr auto io_map = detail::map_fields(32, Access::rw, {31, 16, detail::code<>, …});

#include <ioview/endian.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/field_options.hpp>
#include <ioview/register/place_checks.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <type_traits>

namespace ioview::detail {

enum class Fault : std::uint8_t {
    none,
    high_below_low,
    past_the_register,
    overlap,
    type_too_narrow,
    bool_is_one_bit,
    open_enumeration,
    options,
};

// Bits that the value type of a field can hold; types of the user's own are checked on use.
template <class T>
inline constexpr int type_capacity = [] {
    if constexpr (std::is_enum_v<T>)
        return static_cast<int>(sizeof(T)) * 8;
    else if constexpr (std::integral<T>)
        return std::is_same_v<T, bool> ? 1 : static_cast<int>(8 * sizeof(T));
    else
        return 64;
}();

// One item of IO_FIELDS is three integers, high, low and a code: plain integers are what constant
// evaluation is fastest with. A code is the width of the value type, an access kind, and flags.
enum : int {
    code_plain = 64,
    code_capacity = 0x7f,
    code_bool = 0x80,
    code_access = 0x100, // times the access kind
    code_stated = 0x1000,
    code_nameless = 0x2000,
    code_part = 0x4000,   // a part of a split field, which code_split ends
    code_option = 0x8000, // no bits: an option of a split field
    code_split = 0x1'0000,
    code_open_enum = 0x2'0000,
    code_invalid = 0x4'0000,
};

template <class... Options>
inline constexpr int code = [] {
    using Parsed = FieldOptions<Options...>;
    using Type = typename Parsed::Type;
    int made = Parsed::valid ? code_plain : code_plain | code_invalid;
    if constexpr (std::same_as<Type, bool>)
        made = 1 | code_bool;
    else if constexpr (std::is_enum_v<Type> && !FixedEnum<Type>)
        made |= code_open_enum;
    else if constexpr (Parsed::valid && !std::is_void_v<Type>)
        made = type_capacity<Type>;
    return made |
           (Parsed::stated ? code_access * static_cast<int>(Parsed::access) | code_stated : 0);
}();
template <>
inline constexpr int code<> = code_plain;
template <>
inline constexpr int code<bool> = 1 | code_bool;

static_assert(code_access * access_kind_count <= code_stated);

template <class Kind = reserved_zero>
inline constexpr int reserved_code =
    is_access<Kind> ? code<void, Kind> | code_nameless : code_plain | code_invalid | code_nameless;

// What has no name is shown to visitors that ask for it.
template <int High, int Low, int Code, class V>
constexpr void visit_reserved([[maybe_unused]] V& visitor) {
    if constexpr (requires { visitor.reserved(std::uint64_t{}, Access::reserved_zero); })
        visitor.reserved((~std::uint64_t{0} >> (63 - High + Low)) << Low,
                         static_cast<Access>(Code / code_access & 15));
}

// The masks of a whole register.
struct FieldMap {
    Fault fault = Fault::none;
    int high = 0; // of the item at fault
    int low = 0;
    std::uint64_t named = 0;      // bits of fields with a name
    std::uint64_t write_zero = 0; // bits whose harmless write is 0: w1c and its like, rsvdz
    std::uint64_t write_one = 0;  // bits whose harmless write is 1: w0c and its like, rsvdo
    std::uint64_t unreadable = 0; // bits whose read means nothing
    std::uint64_t consumed = 0;   // bits that a read consumes
    bool readable = true;         // the register as a whole
    bool writable = true;

    // No bit of the old value survives an update.
    constexpr bool is_blind(unsigned width) const noexcept {
        return (write_zero | write_one) == ~std::uint64_t{0} >> (64 - width);
    }

    constexpr void add(std::uint64_t mask, Access access) noexcept {
        const AccessKind& kind = access_kind(access);
        if (kind.idle == Idle::zeros)
            write_zero |= mask;
        else if (kind.idle == Idle::ones)
            write_one |= mask;
        if (kind.on_read == OnRead::nothing)
            unreadable |= mask;
        else if (kind.on_read == OnRead::clears)
            consumed |= mask;
    }
};

// Bits of the register that an alias names as the alias has them: by their bytes in memory, which
// is what the two share.
constexpr std::uint64_t
seen_by_alias(std::uint64_t bits, const Place& place, unsigned size, bool is_big) noexcept {
    std::uint64_t seen = 0;
    for (unsigned i = 0; i < size && i < place.room; ++i) {
        const auto from = place.under_is_big ? place.room - 1 - i : i;
        seen |= (bits >> 8 * from & 0xff) << 8 * (is_big ? size - 1 - i : i);
    }
    return seen;
}

// width and whole, is_big: of the register that has the items; place: its own.
constexpr FieldMap map_fields(int width,
                              Access whole,
                              std::initializer_list<int> items,
                              const Place& place = Place(),
                              bool is_big = false) noexcept {
    FieldMap map;
    map.readable = access_kind(whole).is_read();
    map.writable = access_kind(whole).is_written();
    const std::uint64_t all = ~std::uint64_t{0} >> (64 - width);
    std::uint64_t seen = 0;
    std::uint64_t plain = 0; // seen by the short way
    std::uint64_t mask = 0;  // of the field that is collected
    int bits = 0;
    int options = code_plain; // of a split field
    for (const int* item = items.begin(); item != items.end(); item += 3) {
        const int high = item[0];
        const int low = item[1];
        const int item_code = item[2];
        // The short way, for most fields: named, in one part, of the register's access kind, and
        // with nothing wrong. Each step of this loop is compile time in each register.
        if (item_code < code_access && high >= low && low >= 0 && high < width &&
            high - low < (item_code & code_capacity)) {
            const std::uint64_t part = (~std::uint64_t{0} >> (63 - high + low)) << low;
            if (!(part & seen)) {
                seen |= part;
                plain |= part;
                continue;
            }
        }
        Fault fault = Fault::none;
        if (item_code & code_option) {
            if (item_code & code_stated)
                options |= item_code & ~(code_option | code_capacity);
            else
                options = (options & ~code_capacity) | (item_code & ~code_option);
            continue;
        }
        if (!(item_code & code_split)) {
            if (high < low) {
                fault = Fault::high_below_low;
            } else if (low < 0 || high >= width) {
                fault = Fault::past_the_register;
            } else {
                const std::uint64_t part = (~std::uint64_t{0} >> (63 - high + low)) << low;
                if (part & seen)
                    fault = Fault::overlap;
                seen |= part;
                mask |= part;
                bits += high - low + 1;
            }
            if (fault == Fault::none && (item_code & code_part))
                continue;
            options = item_code;
        }
        if (fault == Fault::none && (options & code_invalid))
            fault = Fault::options;
        if (fault == Fault::none && (options & code_open_enum))
            fault = Fault::open_enumeration;
        if (fault == Fault::none && bits > (options & code_capacity))
            fault = options & code_bool ? Fault::bool_is_one_bit : Fault::type_too_narrow;
        if (fault != Fault::none) {
            map.fault = fault;
            map.high = high;
            map.low = low;
            return map;
        }
        if (!(options & code_nameless))
            map.named |= mask;
        map.add(mask,
                options & code_stated ? static_cast<Access>(options / code_access & 15) : whole);
        mask = 0;
        bits = 0;
        options = code_plain;
    }
    map.named |= plain;
    if (whole != Access::read_write) {
        const std::uint64_t rest = (all & ~seen) | plain;
        if (rest != 0)
            map.add(rest, whole);
    } else if (place.is_alias) {
        // What writing or reading does is the device's doing, by whatever name: bits that the alias
        // says nothing of are what they are to the register in whose place it is.
        const FieldMap& under = *place.under;
        const auto size = static_cast<unsigned>(width) / 8;
        const std::uint64_t rest = all & ~seen;
        map.write_zero |= rest & seen_by_alias(under.write_zero, place, size, is_big);
        map.write_one |= rest & seen_by_alias(under.write_one, place, size, is_big);
        map.unreadable |= rest & seen_by_alias(under.unreadable, place, size, is_big);
        map.consumed |= rest & seen_by_alias(under.consumed, place, size, is_big);
    }
    return map;
}

// Refuses a faulty list; High and Low are those of the item at fault.
template <Fault F, int High, int Low>
struct CheckedFields {
    static_assert(
        F != Fault::high_below_low,
        "ioview: the high bit of a field is below its low bit; write bits(high, low, name)");
    static_assert(F != Fault::past_the_register,
                  "ioview: a field lies past the end of its register");
    static_assert(F != Fault::overlap, "ioview: two fields of one register overlap");
    static_assert(F != Fault::type_too_narrow,
                  "ioview: the value type of a field has fewer bits than the field");
    static_assert(F != Fault::bool_is_one_bit,
                  "ioview: a bool field is one bit wide; write bit(position, name)");
    static_assert(
        F != Fault::open_enumeration,
        "ioview: the enumeration of a field needs a fixed underlying type, so that values "
        "without an enumerator stay representable");
    static_assert(F != Fault::options,
                  "ioview: a field takes a value type, then one access kind, and nothing else");
    static constexpr bool ok = true;
};

} // namespace ioview::detail
