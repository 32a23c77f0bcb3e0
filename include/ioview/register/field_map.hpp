// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// The fields of one register seen at once: refuses what cannot be, and knows which bits a write
// may touch.
//
//   static_assert(Control::io_map.write_one == 0);

#include <ioview/endian.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/field_options.hpp>
#include <ioview/register/place_checks.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

enum class Fault : std::uint8_t {
    none,
    high_below_low,
    past_the_register,
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

// What is said of an item behind its name, as a number: the width of its value type, and flags.
enum : int {
    code_plain = 64,
    code_capacity = 0x7f,
    code_bool = 0x80,
    code_open_enum = 0x100,
    code_invalid = 0x200,
};

template <class... Options>
inline constexpr int code = [] {
    using Parsed = FieldOptions<Options...>;
    using Type = typename Parsed::Type;
    if constexpr (!Parsed::valid)
        return code_plain | code_invalid;
    else if constexpr (std::same_as<Type, bool>)
        return 1 | code_bool;
    else if constexpr (std::is_enum_v<Type> && !FixedEnum<Type>)
        return code_plain | code_open_enum;
    else if constexpr (std::is_void_v<Type>)
        return static_cast<int>(code_plain);
    else
        return type_capacity<Type>;
}();
template <>
inline constexpr int code<> = code_plain;
template <>
inline constexpr int code<bool> = 1 | code_bool;

// What is wrong with an item of so many bits, whatever the others are.
constexpr Fault type_fault(int bits, int item_code) noexcept {
    if (item_code & code_invalid)
        return Fault::options;
    if (item_code & code_open_enum)
        return Fault::open_enumeration;
    if (bits > (item_code & code_capacity))
        return item_code & code_bool ? Fault::bool_is_one_bit : Fault::type_too_narrow;
    return Fault::none;
}
constexpr Fault item_fault(int width, int high, int low, int item_code = code_plain) noexcept {
    if (high < low)
        return Fault::high_below_low;
    if (low < 0 || high >= width)
        return Fault::past_the_register;
    return type_fault(high - low + 1, item_code);
}

constexpr std::uint64_t bits_between(int high, int low) noexcept {
    return low < 0 || high < low || high > 63 ? 0 : (~std::uint64_t{0} >> (63 - high + low)) << low;
}

// Refuses a faulty item.
template <Fault F, int High, int Low>
struct CheckedFields {
    static_assert(
        F != Fault::high_below_low,
        "ioview: the high bit of a field is below its low bit; write bits(high, low, name)");
    static_assert(F != Fault::past_the_register,
                  "ioview: a field lies past the end of its register");
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

// Bits with an access kind of their own.
struct StatedBits {
    std::uint64_t bits;
    Access access;
};
// Parts of one field that have a bit in common. Found with the fields that have.
struct OverlappingBits {
    std::uint64_t bits;
};
template <class Bits>
constexpr Bits item_bits(std::uint64_t bits, Access access) noexcept {
    if constexpr (std::is_same_v<Bits, StatedBits>)
        return {bits, access};
    else
        return Bits{bits};
}

// The bits of an item, checked by itself. Items of one shape share it, which is what makes
// registers cheap to declare. A class, as what clang 14 finds wrong in a variable it says four
// times.
template <class Storage, int High, int Low, class... Options>
struct BitsOfItem {
    static_assert(
        CheckedFields<item_fault(8 * sizeof(Storage), High, Low, code<Options...>), High, Low>::ok);
    using Said = FieldOptions<Options...>;
    static constexpr auto bits =
        item_bits<std::conditional_t<Said::stated, StatedBits, std::uint64_t>>(
            bits_between(High, Low), Said::access);
};

constexpr std::uint64_t bits_in(std::uint64_t bits) noexcept {
    return bits;
}
template <class Bits>
constexpr std::uint64_t bits_in(Bits other) noexcept {
    return other.bits;
}

// No two of these have a bit in common: their sum is as their bits together, if it cannot overflow.
template <class Storage, class... Bits>
constexpr bool disjoint(Storage, Bits... bits) noexcept {
    const std::uint64_t all = (std::uint64_t{0} | ... | bits);
    if constexpr (sizeof(Storage) < sizeof(std::uint64_t))
        return (std::uint64_t{0} + ... + bits) == all;
    else
        return (std::uint64_t{0} + ... + (bits >> 32)) == all >> 32 &&
               (std::uint64_t{0} + ... + (bits & 0xffff'ffff)) == (all & 0xffff'ffff);
}

// The bits of an item, and what it states.
constexpr StatedBits stated(std::uint64_t bits) noexcept {
    return {bits, Access::read_write};
}
constexpr StatedBits stated(StatedBits bits) noexcept {
    return bits;
}
constexpr StatedBits stated(OverlappingBits bits) noexcept {
    return stated(bits.bits);
}
// Items may share bits where one is only read and the other only written.
template <std::size_t N>
constexpr bool disjoint_each_way(const StatedBits (&items)[N]) noexcept {
    std::uint64_t read = 0;
    std::uint64_t written = 0;
    for (const StatedBits& item : items) {
        const std::uint64_t is_read = access_kind(item.access).is_read() ? item.bits : 0;
        const std::uint64_t is_written = access_kind(item.access).is_written() ? item.bits : 0;
        if ((read & is_read) != 0 || (written & is_written) != 0)
            return false;
        read |= is_read;
        written |= is_written;
    }
    return true;
}

// What a declaration looks at; all else is found where it is used.
struct Items {
    bool are_disjoint = true;
    bool are_plain = true; // none has an access kind of its own
    std::uint64_t bits = 0;
};
template <class Storage, class... Bits>
constexpr Items items_of(Storage storage, Bits... bits) noexcept {
    if constexpr ((std::is_same_v<Bits, std::uint64_t> && ...))
        return {disjoint(storage, bits...), true, (std::uint64_t{0} | ... | bits)};
    else
        return {!(std::is_same_v<Bits, OverlappingBits> || ...) &&
                    (disjoint(storage, bits_in(bits)...) || disjoint_each_way({stated(bits)...})),
                false,
                0};
}

// One part of a split field.
template <int High, int Low>
struct Part {
    static constexpr int high = High;
    static constexpr int low = Low;
    static constexpr unsigned width = static_cast<unsigned>(High - Low + 1);
    static constexpr std::uint64_t mask = bits_between(High, Low);
};
template <class... Parts>
struct PartList {};

// split(name, (high, low)…, options…)
template <class Storage, class List, class... Rest>
struct SplitItem;
template <class Storage, class... Parts, int High, int Low, class... Rest>
struct SplitItem<Storage, PartList<Parts...>, Part<High, Low>, Rest...>
    : SplitItem<Storage, PartList<Parts..., Part<High, Low>>, Rest...> {};
template <class Storage, class... Parts, class... Options>
struct SplitItem<Storage, PartList<Parts...>, Options...> {
    using Said = FieldOptions<Options...>;
    static constexpr auto bits = item_bits<std::conditional_t<
        !disjoint(Storage(), BitsOfItem<Storage, Parts::high, Parts::low>::bits...),
        OverlappingBits,
        std::conditional_t<Said::stated, StatedBits, std::uint64_t>>>(
        (std::uint64_t{0} | ... | BitsOfItem<Storage, Parts::high, Parts::low>::bits),
        Said::access);
    static_assert(
        CheckedFields<type_fault((0 + ... + static_cast<int>(Parts::width)), code<Options...>),
                      63 - __builtin_clzll(bits_in(bits) | 1),
                      __builtin_ctzll(bits_in(bits) | std::uint64_t{1} << 63)>::ok);
};

// reserved(high, low, kind)
template <class Storage, int High, int Low, class Kind = reserved_zero>
struct ReservedItem {
    static_assert(CheckedFields<(is_access<Kind> ? Fault::none : Fault::options), High, Low>::ok);
    static constexpr StatedBits bits{BitsOfItem<Storage, High, Low>::bits,
                                     FieldOptions<Kind>::access};
};

// An item as the whole register sees it.
struct Item {
    std::uint64_t bits = 0;
    bool is_named = false;
    bool is_stated = false; // an access kind of its own
    Access access = Access::read_write;
};
template <class Storage, int High, int Low, class... Options>
struct Field;
template <class Storage, int High, int Low, class... Options>
struct UnshiftedField;
template <class Storage, class List, class... Options>
struct SplitField;

template <class F>
inline constexpr Item item_of{};
template <class Storage, int High, int Low, class... Options>
inline constexpr Item item_of<Field<Storage, High, Low, Options...>>{
    bits_in(BitsOfItem<Storage, High, Low, Options...>::bits),
    true,
    FieldOptions<Options...>::stated,
    FieldOptions<Options...>::access};
template <class Storage, int High, int Low, class... Options>
inline constexpr Item item_of<UnshiftedField<Storage, High, Low, Options...>> =
    item_of<Field<Storage, High, Low, Options...>>;
template <class... Split>
inline constexpr Item item_of<SplitField<Split...>>{bits_in(SplitItem<Split...>::bits),
                                                    true,
                                                    SplitItem<Split...>::Said::stated,
                                                    SplitItem<Split...>::Said::access};
template <class Storage, int High, int Low, class... Kind>
inline constexpr Item item_of<ReservedItem<Storage, High, Low, Kind...>>{
    ReservedItem<Storage, High, Low, Kind...>::bits.bits, false, true, Kind::io_access...};

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

// The masks of a whole register.
struct FieldMap {
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

    // What writing or reading does is the device's doing, by whatever name: bits that an alias says
    // nothing of are what they are to the register in whose place it is.
    constexpr void
    add_under(const Place& place, std::uint64_t mask, unsigned size, bool is_big) noexcept {
        const FieldMap& under = *place.under;
        write_zero |= mask & seen_by_alias(under.write_zero, place, size, is_big);
        write_one |= mask & seen_by_alias(under.write_one, place, size, is_big);
        unreadable |= mask & seen_by_alias(under.unreadable, place, size, is_big);
        consumed |= mask & seen_by_alias(under.consumed, place, size, is_big);
    }
};

// Collects the items of one register.
struct MapVisitor {
    FieldMap map;
    std::uint64_t rest; // bits of which no item says what they are
    std::uint64_t seen = 0;

    constexpr void add(const Item& item) noexcept {
        seen |= item.bits;
        if (item.is_stated) {
            rest &= ~item.bits;
            map.add(item.bits, item.access);
        }
    }
    template <class, class... Fields>
    constexpr void fields(const char*) noexcept {
        (add(item_of<Fields>), ...);
    }
};

// Of a register with an access kind somewhere, or of an alias.
template <class R>
constexpr FieldMap map_fields() noexcept {
    constexpr Access whole = R::Register::IoAccess::io_access;
    constexpr std::uint64_t all = ~std::uint64_t{0} >> (64 - 8 * sizeof(R));
    MapVisitor visitor{{}, all};
    visitor.map.readable = access_kind(whole).is_read();
    visitor.map.writable = access_kind(whole).is_written();
    __builtin_bit_cast(R, typename R::Register::StoredAs()).io_visit(visitor);
    FieldMap map = visitor.map;
    if constexpr (whole != Access::read_write)
        map.add(visitor.rest, whole);
    else if (const Place& place = R::Register::Location::io_place; place.is_alias)
        map.add_under(place, all & ~visitor.seen, sizeof(R), R::io_is_big);
    return map;
}
template <class R>
struct OwnMap {
    static constexpr FieldMap map = map_fields<R>();
};
// All others, which are most, share one.
struct PlainMap {
    static constexpr FieldMap map{};
};
template <bool IsPlain>
struct MapOf {
    template <class R>
    using Type = OwnMap<R>;
};
template <>
struct MapOf<true> {
    template <class R>
    using Type = PlainMap;
};

} // namespace ioview::detail
