// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// What is wrong with an access to a register: by its access kinds, by where it lies and in what.
//
//   static_assert(CheckedFixed<Does::read, Control, Target>::ok);
//
// A register costs the compiler little: what is wrong is found as a plain value, of which only
// faults make a message. Fields may be called like members of a register, hence R::Register::….

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/one_access.hpp>
#include <ioview/region.hpp>
#include <ioview/support/integer.hpp>
#include <ioview/support/panic.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview::detail {

enum class Does : std::uint8_t { read, write, update, view };

enum class AccessFault : std::uint8_t {
    none,
    read_of_wo,
    write_of_ro,
    update_of_one_way,
    update_consumes,
    update_of_wo_field,
    other_class,
    other_block,
    word_in_an_object,
    run_time_offset,
    past_the_target,
    aligned_too_little,
    not_one_place,
};

// What is wrong with an access to a register of these fields. Not templates, here and below: one
// more function for each register would cost the compiler more than the access itself.
template <class Map>
constexpr AccessFault access_fault(Does what, const Map& map, bool is_itself = true) noexcept {
    if (!is_itself)
        return AccessFault::other_class;
    if (what == Does::view)
        return AccessFault::none;
    if (what == Does::read)
        return map.readable ? AccessFault::none : AccessFault::read_of_wo;
    if (what == Does::write)
        return map.writable ? AccessFault::none : AccessFault::write_of_ro;
    return !map.readable || !map.writable ? AccessFault::update_of_one_way
           : map.consumed != 0            ? AccessFault::update_consumes
           : map.unreadable != 0          ? AccessFault::update_of_wo_field
                                          : AccessFault::none;
}

constexpr AccessFault location_fault(bool here,
                                     std::size_t end,
                                     std::size_t size,
                                     std::size_t min_size,
                                     std::size_t min_align) noexcept {
    return !here              ? AccessFault::other_block
           : end > min_size   ? AccessFault::past_the_target
           : size > min_align ? AccessFault::aligned_too_little
                              : AccessFault::none;
}

// Its type must tell where the register is.
template <class Place>
constexpr AccessFault one_place_fault(const Place& place) noexcept {
    return place.is_one_place() ? AccessFault::none : AccessFault::not_one_place;
}

// What is wrong with an access to the register at the one place that its type tells.
template <class Map, class Place>
consteval AccessFault fixed_fault(Does what,
                                  const Map& map,
                                  bool is_itself,
                                  const Place& place,
                                  bool here,
                                  std::size_t size,
                                  std::size_t min_size,
                                  std::size_t min_align) noexcept {
    AccessFault fault = one_place_fault(place);
    if (fault == AccessFault::none)
        fault = access_fault(what, map, is_itself);
    return fault != AccessFault::none
               ? fault
               : location_fault(here, place.offset + size, size, min_size, min_align);
}

// What is wrong most often clang says at the user's line, g++ by the static_assert below.
#define IOVIEW_READ_OF_WO                                                                          \
    "ioview: this register is write only (io::wo); keep a copy of what was written"
#define IOVIEW_WRITE_OF_RO                                                                         \
    "ioview: this register is read only (io::ro); declare it rw or wo if the manual allows writes"
#define IOVIEW_UPDATE_OF_ONE_WAY                                                                   \
    "ioview: update() reads and writes, and this register is io::ro, io::wo or io::rc"
#define IOVIEW_OTHER_BLOCK "ioview: the register belongs to another device's block"
#define IOVIEW_PAST_THE_TARGET                                                                     \
    "ioview: the register ends past the target; give the Region a greater minimum, or use the "    \
    "try_ form"
// Of any type, since clang 14 asks before it looks at constraints.
template <class R>
inline constexpr bool is_never_written = false;
template <RegisterValue R>
inline constexpr bool is_never_written<R> = !R::io_map.writable;
#define IOVIEW_REFUSE_ELSEWHERE                                                                    \
    IOVIEW_REFUSE_CONSTANT((!is_block_of<typename R::Register::Location::IoBlock, T>),             \
                           IOVIEW_OTHER_BLOCK)                                                     \
    IOVIEW_REFUSE_CONSTANT((R::Register::Location::io_place.is_one_place() &&                      \
                            R::Register::Location::io_place.offset + sizeof(R) > min_size_of<T>),  \
                           IOVIEW_PAST_THE_TARGET)
template <AccessFault F>
struct CheckedAccess {
    static_assert(F != AccessFault::read_of_wo, IOVIEW_READ_OF_WO);
    static_assert(F != AccessFault::write_of_ro, IOVIEW_WRITE_OF_RO);
    static_assert(F != AccessFault::update_of_one_way, IOVIEW_UPDATE_OF_ONE_WAY);
    static_assert(F != AccessFault::update_consumes,
                  "ioview: update() reads, and reading this register consumes an io::rc field; "
                  "write a whole value");
    static_assert(F != AccessFault::update_of_wo_field,
                  "ioview: update() would write back an io::wo field that cannot be read; write a "
                  "whole value");
    static_assert(F != AccessFault::other_class,
                  "ioview: the first argument of io::Register is the class that it is a base of: "
                  "struct R : io::Register<R, …>, and IO_SELF(R) in a template");
    static_assert(F != AccessFault::word_in_an_object,
                  "ioview: offsets are for untyped regions; project to a member, as in "
                  "IO_READ(view, member)");
    static_assert(F != AccessFault::run_time_offset,
                  "ioview: an offset known at run time goes to the try_ form; a constant one is "
                  "io::offset<W, 0x10>()");
    static_assert(F != AccessFault::other_block, IOVIEW_OTHER_BLOCK);
    static_assert(F != AccessFault::past_the_target, IOVIEW_PAST_THE_TARGET);
    static_assert(F != AccessFault::aligned_too_little,
                  "ioview: the target is aligned too little for the register; declare "
                  "Region<Size, Align>, or use the try_ form");
    static constexpr bool ok = true;
    using type = void;
};

// The form of a location says itself what to do where one place is wanted.
template <AccessFault F, class Form>
struct CheckedPlaceAccess {
    using type = CheckedAccess<F>;
};
template <class Form>
struct CheckedPlaceAccess<AccessFault::not_one_place, Form> {
    using type = typename Form::template OnePlace<false>;
};

// IO_FIELDS in class C, of a register that names Self.
template <bool Same>
using CheckedSelf = CheckedAccess<Same ? AccessFault::none : AccessFault::other_class>;

// Of a register that lists no fields, who it is is seen where it is used. A class that derives from
// a register is as good as that.
template <Does What, class R>
using CheckedMap =
    CheckedAccess<access_fault(What, R::io_map, __is_base_of(typename R::Register::IoSelf, R))>;

// The same of any value that an access is of: words have no access kind.
template <Does What, class V>
struct CheckedKind : CheckedAccess<AccessFault::none> {};
template <Does What, RegisterValue V>
struct CheckedKind<What, V> : CheckedMap<What, V> {};
// R, at the place that its type tells, in a T.
template <Does What, class R, class T>
using CheckedFixed =
    typename CheckedPlaceAccess<fixed_fault(What,
                                            R::io_map,
                                            __is_base_of(typename R::Register::IoSelf, R),
                                            R::Register::Location::io_place,
                                            is_block_of<typename R::Register::Location::IoBlock, T>,
                                            sizeof(R),
                                            min_size_of<T>,
                                            min_align_of<T>),
                                typename R::Register::Location::Form>::type;

inline constexpr std::size_t unknown_end = static_cast<std::size_t>(-1);

// What is wrong with L in a T, whatever its offset is.
template <class L, class T>
inline constexpr AccessFault block_fault =
    !is_block_of<typename L::Block, T> ? AccessFault::other_block
    : is_word_in_an_object<L, T>       ? AccessFault::word_in_an_object
                                       : AccessFault::none;

// L in a T at compile time: against its least size and alignment.
template <class L, class T>
using CheckedLocation = CheckedAccess<block_fault<L, T> != AccessFault::none ? block_fault<L, T>
                                      : static_cast<std::size_t>(L::end) == unknown_end
                                          ? AccessFault::run_time_offset
                                          : location_fault(true,
                                                           static_cast<std::size_t>(L::end),
                                                           sizeof(typename L::Register),
                                                           min_size_of<T>,
                                                           min_align_of<T>)>;

// At run time only the block is known to be right.
template <class L, class T>
using CheckedBlock = CheckedAccess<block_fault<L, T>>;

// Locations of ioview, whose offset() is within their `end` and aligned. Of no class that derives
// from one: it may have an offset() of its own.
template <class L>
inline constexpr bool is_own_location = false;

// A user's location says of its offset() what is true: it ends within its `end`, and is aligned.
template <class L>
IOVIEW_INLINE constexpr bool keeps_its_word(std::size_t offset) noexcept {
    constexpr std::size_t size = sizeof(typename L::Register);
    return is_own_location<L> ||
           (fits(offset, size, static_cast<std::size_t>(L::end)) && offset % size == 0);
}

// The offset of a location that the compiler has found good: asked for once.
template <class L>
IOVIEW_INLINE constexpr std::size_t offset_in(const L& location) noexcept {
    const std::size_t offset = location.offset();
    if (!keeps_its_word<L>(offset))
        panic("ioview: the offset() of a location is past its end, or misaligned");
    return offset;
}

// Where an access at this offset of L in view, which has been asked for once, would go wrong.
template <class B, class L, class View>
IOVIEW_INLINE constexpr Error location_error(View view, std::size_t offset) noexcept {
    using T = typename View::Target;
    using V = typename L::Register;
    if constexpr (!is_own_location<L>) {
        if (!fits(offset, sizeof(V), static_cast<std::size_t>(L::end)))
            return Error::out_of_bounds;
    } else if constexpr (RegionTarget<T> &&
                         location_fault(true, L::end, sizeof(V), min_size_of<T>, min_align_of<T>) ==
                             AccessFault::none) {
        // Every region has its least size and alignment: what the compiler would accept cannot
        // fail.
        return Error{};
    }
    return fault_at<B>(view, offset, sizeof(V), sizeof(V));
}

template <class B, class Stored>
struct CheckedCarrier {
    static constexpr bool has_width = IoCapable<B, Stored>;
    static_assert(has_width,
                  "ioview: this backend has no single access as wide as the register; on "
                  "big-endian CPUs an IoSysMap takes registers stored as le or be");
    static constexpr bool ok = true;
};

// What is given to IO_MODIFY: some field, none of them twice, of a register where a write of the
// bits that were read does nothing to them. A function, which all registers share: of a class clang
// 14 says once more that it is incomplete.
template <bool Some, bool Once, bool HarmlessRest>
consteval bool given_is_right() noexcept {
    static_assert(Some, "ioview: no field is set; IO_MODIFY(view, Control, enable(true))");
    static_assert(Once, "ioview: a field is set twice; once is enough");
    static_assert(
        HarmlessRest,
        "ioview: this register is of io::w1c or its like as a whole; set its fields in an "
        "update() with a function");
    return Some && Once && HarmlessRest;
}
// Of an array of fields one may be given, and whichever it is, it is taken for all of them.
template <class Field>
consteval std::uint64_t bits_of_field() noexcept {
    if constexpr (requires { Field::of_all; })
        return Field::of_all;
    else
        return Field::mask;
}
template <class... Fields>
inline constexpr bool are_once = __builtin_popcountll((0ull | ... | bits_of_field<Fields>())) ==
                                 (0 + ... + __builtin_popcountll(bits_of_field<Fields>()));
template <class Field>
inline constexpr bool are_once<Field> = true;

template <bool SameRegister>
struct CheckedUpdate {
    static_assert(SameRegister,
                  "ioview: the function given to update() returns a value of the register that is "
                  "updated");
    static constexpr bool ok = true;
};

} // namespace ioview::detail
