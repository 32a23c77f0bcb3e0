// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register/set_clear.hpp>
// Part of <ioview/register/set_clear.hpp>, which is the one to include.
#pragma once
// Companions: where the registers are that set, clear and toggle bits of another, and what can be
// wrong with that.
//
//   using Companions = io::companions<io::set_at<4>, io::clear_at<8>, io::toggle_at<12>>;

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview {
namespace detail {

enum class BitChange : std::uint8_t { set, clear, toggle };

// One companion: bytes from the register to it, and how far it has the bits shifted.
struct Companion {
    BitChange change;
    std::ptrdiff_t offset;
    unsigned shift;
};
struct CompanionSlot {
    bool is_there = false;
    std::ptrdiff_t offset = 0;
    unsigned shift = 0;
};
struct CompanionSlots {
    CompanionSlot slots[3];
    bool is_sound = true; // one of each at most
    constexpr const CompanionSlot& operator[](BitChange change) const noexcept {
        return slots[static_cast<int>(change)];
    }
};
template <class... Places>
constexpr CompanionSlots companion_slots(Places... places) noexcept {
    CompanionSlots all;
    [[maybe_unused]] const auto add = [&all](Companion place) {
        CompanionSlot& slot = all.slots[static_cast<int>(place.change)];
        all.is_sound = all.is_sound && !slot.is_there;
        slot = {true, place.offset, place.shift};
    };
    (add(places), ...);
    return all;
}

} // namespace detail

// A companion, so many bytes after the register (or before it). Where it has the bits in another
// place, as the upper half of STM32's BSRR clears, it has them so many bits higher.
template <std::ptrdiff_t Offset, unsigned Shift = 0>
struct set_at {
    static constexpr detail::Companion io_companion{detail::BitChange::set, Offset, Shift};
};
template <std::ptrdiff_t Offset, unsigned Shift = 0>
struct clear_at {
    static constexpr detail::Companion io_companion{detail::BitChange::clear, Offset, Shift};
};
template <std::ptrdiff_t Offset, unsigned Shift = 0>
struct toggle_at {
    static constexpr detail::Companion io_companion{detail::BitChange::toggle, Offset, Shift};
};

// In a register's class: using Companions = io::companions<…>. Each element of an array, and each
// register at a base, has its own, as far away.
template <class... Places>
struct companions {
    static constexpr detail::CompanionSlots io_companions =
        detail::companion_slots(Places::io_companion...);
};

namespace detail {

// Bits that a write stores in R: what companions can change. By name, where one name is read and
// another written.
struct StoredBitsOf {
    std::uint64_t stored = 0;
    std::uint64_t named = 0; // of fields that are written
    std::uint64_t fixed = 0; // of those that are not

    constexpr void add(const Item& item) noexcept {
        if (item.is_stated && !access_kind(item.access).is_set())
            fixed |= item.bits;
        else
            named |= item.bits;
    }
    template <class, class... Fields>
    constexpr void fields(const char*) noexcept {
        (add(item_of<Fields>), ...);
    }
};
template <class R>
inline constexpr StoredBitsOf stored_bits_of = [] {
    StoredBitsOf visitor;
    __builtin_bit_cast(R, typename R::Register::StoredAs()).io_visit(visitor);
    const std::uint64_t all = ~std::uint64_t{0} >> (64 - 8 * sizeof(R));
    visitor.stored = all & ~(visitor.fixed & ~visitor.named);
    return visitor;
}();
// None of them acts when it is written, and reading the register consumes nothing.
template <class R>
inline constexpr bool is_stored = [] {
    const FieldMap& map = R::io_map;
    const std::uint64_t fields = stored_bits_of<R>.named;
    return ((map.write_zero | map.write_one) & fields) == 0 && map.consumed == 0;
}();

template <class R>
inline constexpr CompanionSlots companions_of = [] {
    if constexpr (requires { R::Companions::io_companions; })
        return R::Companions::io_companions;
    else
        return CompanionSlots{};
}();

// Some register of a place and some register of the same place moved by so many bytes are one.
constexpr bool meets_itself(const Place& place, std::ptrdiff_t moved, std::size_t size) noexcept {
    const auto distance = static_cast<std::size_t>(moved < 0 ? -moved : moved);
    const int wide = place.indices == 2 && place.stride(0, size) < place.stride(1, size) ? 1 : 0;
    const Step one{};
    const Step& outer = place.indices > 0 ? place.steps[wide] : one;
    const Step& inner = place.indices == 2 ? place.steps[1 - wide] : one;
    const std::size_t outer_stride = place.indices > 0 ? place.stride(wide, size) : size;
    const std::size_t inner_stride = place.indices == 2 ? place.stride(1 - wide, size) : size;
    const auto is_met_after = [&](std::size_t steps) {
        const std::size_t there = steps * outer_stride;
        const std::size_t rest = there < distance ? distance - there : there - distance;
        return steps < outer.count && rest % inner_stride == 0 && rest / inner_stride < inner.count;
    };
    // The inner ones fit between two of the outer: only the two around the distance count.
    return is_met_after(distance / outer_stride) || is_met_after(distance / outer_stride + 1);
}

enum class CompanionFault : std::uint8_t {
    none,
    no_set,
    no_clear,
    no_toggle,
    two_of_a_kind,
    of_a_view,
    fields_act,
    misaligned,
    shifted_out,
    at_the_register,
    at_each_other,
    outside,
    returns,
    asks,
};

// What is wrong with one of the companions of registers of size bytes there, of which these bits
// are changed; first is the least offset of one of them.
constexpr CompanionFault companion_fault(const CompanionSlots& all,
                                         BitChange change,
                                         const Place& place,
                                         std::size_t size,
                                         std::size_t first,
                                         std::uint64_t bits) noexcept {
    const CompanionSlot& slot = all[change];
    if (!all.is_sound)
        return CompanionFault::two_of_a_kind;
    const auto missing = static_cast<CompanionFault>(static_cast<int>(change) + 1);
    if (!slot.is_there)
        return missing;
    if (slot.offset % static_cast<std::ptrdiff_t>(size) != 0)
        return CompanionFault::misaligned;
    const std::uint64_t word = ~std::uint64_t{0} >> (64 - 8 * size);
    if (slot.shift >= 8 * size || (bits & ~(word >> slot.shift)) != 0)
        return CompanionFault::shifted_out;
    if (meets_itself(place, slot.offset, size))
        return CompanionFault::at_the_register;
    for (const CompanionSlot& other : all.slots) {
        const bool is_one_word = other.offset == slot.offset;
        if (&other == &slot || !other.is_there)
            continue;
        if (is_one_word ? other.shift >= 8 * size || (bits << other.shift & bits << slot.shift) != 0
                        : meets_itself(place, slot.offset - other.offset, size))
            return CompanionFault::at_each_other;
    }
    constexpr auto greatest = static_cast<std::size_t>(-1);
    const bool is_before = slot.offset < 0 && static_cast<std::size_t>(-slot.offset) > first;
    const bool is_past = slot.offset > 0 && static_cast<std::size_t>(slot.offset) >
                                                greatest - first - place.extent(size);
    return is_before || is_past ? CompanionFault::outside : CompanionFault::none;
}

template <CompanionFault F>
struct CheckedCompanion {
    static_assert(F != CompanionFault::no_set,
                  "ioview: the register names no companion that sets bits; using Companions = "
                  "io::companions<io::set_at<4>, …> beside its fields");
    static_assert(F != CompanionFault::no_clear,
                  "ioview: the register names no companion that clears bits; using Companions = "
                  "io::companions<io::clear_at<8>, …> beside its fields");
    static_assert(F != CompanionFault::no_toggle,
                  "ioview: the register names no companion that toggles bits; using Companions = "
                  "io::companions<io::toggle_at<12>, …> beside its fields");
    static_assert(F != CompanionFault::two_of_a_kind,
                  "ioview: a register has one companion at most that sets, one that clears and one "
                  "that toggles");
    static_assert(F != CompanionFault::of_a_view,
                  "ioview: companions lie beside their register; give the region or block that all "
                  "of them are in");
    static_assert(F != CompanionFault::fields_act,
                  "ioview: a companion changes bits that hold what is written; this register has "
                  "fields that act when they are written or read");
    static_assert(F != CompanionFault::misaligned,
                  "ioview: the offset of a companion is no multiple of the register's size");
    static_assert(F != CompanionFault::shifted_out,
                  "ioview: the shift of a companion moves fields out of the register; without "
                  "fields all of its bits count");
    static_assert(F != CompanionFault::at_the_register,
                  "ioview: a companion lies over its register, or over another element of it");
    static_assert(F != CompanionFault::at_each_other,
                  "ioview: two companions lie over each other; one word has both where a shift "
                  "keeps their bits apart");
    static_assert(F != CompanionFault::outside,
                  "ioview: a companion lies before the first byte of the region, or past all "
                  "addresses");
    static_assert(F != CompanionFault::returns,
                  "ioview: the function given to update_by_companions() takes and returns a value "
                  "of the register that is updated");
    static_assert(F != CompanionFault::asks,
                  "ioview: update_by_companions() reads nothing, and its function asks for the old "
                  "value; toggle_bits() inverts, update() reads");
    static constexpr bool ok = true;
};

// The place of a companion: that of the register, moved.
template <class L, std::ptrdiff_t Offset>
class CompanionAt : public InBlock<typename L::Block> {
    static constexpr std::size_t moved(std::size_t offset) noexcept {
        return offset + static_cast<std::size_t>(Offset);
    }
    static constexpr std::size_t register_end = static_cast<std::size_t>(L::end);

public:
    using Register = typename L::Register;
    // Of a user's location: nothing where it would be less than none, or more than any.
    static constexpr std::size_t end = register_end == unknown_end ? unknown_end
                                       : Offset < 0 && moved(register_end) > register_end ? 0
                                       : Offset > 0 && moved(register_end) < register_end
                                           ? unknown_end
                                           : moved(register_end);
    IOVIEW_INLINE explicit constexpr CompanionAt(L of) noexcept : of_(of) {}
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t offset() const noexcept {
        return moved(of_.offset());
    }

private:
    L of_;
};
template <class L, std::ptrdiff_t Offset>
inline constexpr bool is_own_location<CompanionAt<L, Offset>> = is_own_location<L>;

// What is wrong with the companion of L for a change, in a target T; where that is, if nothing is;
// and the refusal, which asks the target's size, too.
template <BitChange C, class L, class T, class R = typename L::Register>
inline constexpr CompanionFault fault_of_companion =
    RegisterValue<T> ? CompanionFault::of_a_view
    : !is_stored<R>
        ? CompanionFault::fields_act
        : companion_fault(companions_of<R>,
                          C,
                          place_of_register<R>,
                          sizeof(R),
                          is_own_location<L> ? static_cast<std::size_t>(L::end) - extent_of<R>
                                             : place_of_register<R>.offset,
                          stored_bits_of<R>.stored);

template <BitChange C, class L>
inline constexpr CompanionSlot slot_of = companions_of<typename L::Register>[C];
template <BitChange C, class L>
using PlaceOf = CompanionAt<L, slot_of<C, L>.offset>;

template <CompanionFault F, class At, class T>
struct CheckedCompanionIn {
    using type = CheckedCompanion<F>;
};
template <class At, class T>
struct CheckedCompanionIn<CompanionFault::none, At, T> {
    using type = CheckedLocation<At, T>;
};
template <BitChange C, class L, class T>
using CheckedPlaceOf =
    typename CheckedCompanionIn<fault_of_companion<C, L, T>, PlaceOf<C, L>, T>::type;

} // namespace detail
} // namespace ioview
