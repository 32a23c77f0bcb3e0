// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What compilers ask about the constants of a call, asked here at run time, of all kinds of values:
// a wrong answer would let a bad constant through or refuse a good one, on one compiler only.
#include <ioview/ioview.hpp>
#include <ioview/register/element.hpp>
#include <ioview/register/set_clear.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace io = ioview;
namespace detail = ioview::detail;

namespace {

using U32 = std::uint32_t;
enum class Mode : std::uint8_t { off, on };
using Nibble = detail::Field<U32, 7, 4>;
using Signed = detail::Field<U32, 7, 4, std::int8_t>;
using Moded = detail::Field<U32, 7, 4, Mode>;
struct Other {};

// Of a value, and of one whose bits are where the field has them.
struct Answers {
    bool idle, idle_in_place;
};
template <class F, detail::Idle I, class V>
Answers asked(const V& value) {
    return {detail::is_idle<F, I>(value), detail::is_idle_in_place<F, I>(value)};
}
template <class F, class V>
Answers ask(detail::Idle kind, const V& value) {
    return kind == detail::Idle::zeros  ? asked<F, detail::Idle::zeros>(value)
           : kind == detail::Idle::ones ? asked<F, detail::Idle::ones>(value)
                                        : asked<F, detail::Idle::none>(value);
}
template <class F, class V>
bool idle(detail::Idle kind, const V& value) {
    return ask<F>(kind, value).idle;
}
template <class F, class V>
bool idle_in_place(detail::Idle kind, const V& value) {
    return ask<F>(kind, value).idle_in_place;
}

// --- where companions and elements are ---

using detail::BitChange;
using detail::CompanionFault;
using detail::CompanionSlots;
using detail::Place;

// Of a register of four bytes at 0x10 whose lower half is changed.
CompanionFault companion(const CompanionSlots& all, BitChange change) {
    const Place place{.is_somewhere = true, .offset = 0x10};
    return detail::companion_fault(all, change, place, 4, 0x10, 0xffff);
}
template <class... Places>
CompanionSlots slots(Places... places) {
    return detail::companion_slots(places.io_companion...);
}

TEST_CASE("what is wrong with companions", "[register]") {
    const auto three = slots(io::set_at<4>{}, io::clear_at<8>{}, io::toggle_at<-4>{});
    CHECK(three.is_sound);
    CHECK(three[BitChange::clear].offset == 8);
    for (const auto change : {BitChange::set, BitChange::clear, BitChange::toggle})
        CHECK(companion(three, change) == CompanionFault::none);

    // STM32's: both in one word, the one beside the other
    const auto halves = slots(io::set_at<4>{}, io::clear_at<4, 16>{});
    CHECK(companion(halves, BitChange::set) == CompanionFault::none);
    CHECK(companion(halves, BitChange::clear) == CompanionFault::none);
    CHECK(companion(halves, BitChange::toggle) == CompanionFault::no_toggle);
    const auto on_top = slots(io::set_at<4>{}, io::clear_at<4, 8>{});
    CHECK(companion(on_top, BitChange::set) == CompanionFault::at_each_other);

    CHECK(companion(slots(), BitChange::set) == CompanionFault::no_set);
    CHECK(companion(slots(io::set_at<4>{}), BitChange::clear) == CompanionFault::no_clear);
    CHECK(companion(slots(io::set_at<4>{}, io::set_at<8>{}), BitChange::set) ==
          CompanionFault::two_of_a_kind);
    CHECK(companion(slots(io::set_at<6>{}), BitChange::set) == CompanionFault::misaligned);
    CHECK(companion(slots(io::set_at<4, 17>{}), BitChange::set) == CompanionFault::shifted_out);
    CHECK(companion(slots(io::set_at<4, 32>{}), BitChange::set) == CompanionFault::shifted_out);
    CHECK(companion(slots(io::set_at<0>{}), BitChange::set) == CompanionFault::at_the_register);
    CHECK(companion(slots(io::set_at<-0x10>{}), BitChange::set) == CompanionFault::none);
    CHECK(companion(slots(io::set_at<-0x14>{}), BitChange::set) == CompanionFault::outside);
}

TEST_CASE("which bits a companion can change", "[register]") {
    detail::StoredBitsOf bits;
    bits.add({0x0f, true, true, io::Access::rw});
    bits.add({0xf0, true, true, io::Access::ro});
    bits.add({0xf00, true, false, io::Access::rw});
    CHECK(bits.named == 0xf0f);
    CHECK(bits.fixed == 0xf0);
}

TEST_CASE("which elements there are", "[register]") {
    using detail::ElementFault;
    const Place one{.is_somewhere = true, .indices = 1, .steps = {{4, 8}, {}}};
    const Place two{.is_somewhere = true, .indices = 2, .steps = {{4, 8}, {2, 4}}};
    const Place relative{.is_somewhere = true, .is_relative = true};
    CHECK(detail::element_fault(one, 1, {{3, 0}}) == ElementFault::none);
    CHECK(detail::element_fault(one, 1, {{4, 0}}) == ElementFault::past_the_count);
    CHECK(detail::element_fault(one, 2, {{0, 0}}) == ElementFault::indices);
    CHECK(detail::element_fault(two, 2, {{3, 1}}) == ElementFault::none);
    CHECK(detail::element_fault(two, 2, {{3, 2}}) == ElementFault::past_the_count);
    CHECK(detail::element_fault(relative, 0, {}) == ElementFault::relative);
}

TEST_CASE("the masks of a double, by the access kinds of the items", "[register]") {
    using detail::Item;
    io::testing::RegisterBits bits;
    detail::BitsVisitor visitor{&bits, io::Access::rw};
    visitor.add_written(Item{0x0f, true, true, io::Access::wo});
    visitor.add_written(Item{0x3c, true, true, io::Access::ro});
    visitor.add_read(Item{0x0f, true, true, io::Access::wo});
    visitor.add_read(Item{0x3c, true, true, io::Access::ro});
    CHECK(visitor.declared == 0x3f);
    CHECK(visitor.written == 0x0f);
    CHECK(visitor.kind_of(Item{1, true, false, io::Access::wo}) == io::Access::rw);
    CHECK(bits.of(io::Access::ro) == 0x3c);
    CHECK(bits.of(io::Access::wo) == 0x03);
}

} // namespace

TEST_CASE("whether a constant is lost in so many bits", "[conditions]") {
    CHECK(!detail::constant_is_lost<4>(false, 15));
    CHECK(detail::constant_is_lost<4>(false, 16));
    CHECK(detail::constant_is_lost<4>(true, 8));
    CHECK(!detail::constant_is_lost<4>(true, -8));
    CHECK(detail::constant_is_lost<4>(true, -9));
    CHECK(!detail::constant_is_lost<4>(false, Other{})); // no integer is for others to judge
    CHECK(detail::constant_is_lost_either_way<4>(-9));
    CHECK(!detail::constant_is_lost_either_way<4>(-8));
    CHECK(!detail::constant_is_lost_either_way<4>(15));
    CHECK(detail::constant_is_negative(false, -1));
    CHECK(!detail::constant_is_negative(true, -1));
    CHECK(!detail::constant_is_negative(false, 1u));
    CHECK(!detail::constant_is_negative(false, Other{}));
    CHECK(!detail::constant_is_outside<8>(U32{0xf0}, 0xf0));
    CHECK(detail::constant_is_outside<8>(U32{0xf0}, 0xf1));
    CHECK(detail::constant_is_outside<8>(U32{0xf0}, 0x1f0));
    CHECK(!detail::constant_is_outside<8>(U32{0xf0}, Other{}));
    CHECK(detail::constant_offset(12) == 12);
    CHECK(detail::constant_offset(-1) == static_cast<std::size_t>(-1));
    CHECK(detail::constant_offset(Other{}) == 0);
    CHECK(detail::as_integer(Mode::on) == 1);
    CHECK(detail::as_integer(7) == 7);
}

TEST_CASE("whether a setter's constant does nothing, by the kind of the field", "[conditions]") {
    using detail::Idle;
    for (const auto& [kind, does_nothing] : {std::pair{Idle::zeros, 0u}, {Idle::ones, 15u}}) {
        for (unsigned value = 0; value < 16; ++value) {
            CAPTURE(value, does_nothing);
            const bool expected = value == does_nothing;
            CHECK(idle<Nibble>(kind, value) == expected);
            CHECK(idle<Nibble>(kind, io::Bounded<U32, 4>::masked(value)) == expected);
            CHECK(idle_in_place<Nibble>(kind, value << 4) == expected);
            CHECK(!idle<Nibble>(Idle::none, value));
            CHECK(!idle_in_place<Nibble>(Idle::none, value << 4));
        }
        CHECK(idle<Moded>(kind, Mode::off) == (does_nothing == 0));
        CHECK(!idle<Moded>(kind, Mode::on));
        CHECK(!idle<Nibble>(kind, Other{}));
        CHECK(!idle_in_place<Nibble>(kind, Other{}));
    }
    CHECK(detail::is_lost_in<Nibble>(16));
    CHECK(!detail::is_lost_in<Nibble>(15));
    CHECK(!detail::is_lost_in<Signed>(-8));
    CHECK(detail::is_negative_in<Nibble>(-1));
    CHECK(!detail::is_negative_in<Signed>(-1));
    CHECK(detail::is_outside<Nibble>(0x100));
    CHECK(detail::is_outside<Nibble>(0x08));
    CHECK(!detail::is_outside<Nibble>(0xf0));
}

TEST_CASE("the widths of a medium, the least and the next", "[conditions]") {
    CHECK(detail::least_width(0) == 1); // bursts alone
    CHECK(detail::least_width(15) == 1);
    CHECK(detail::least_width(4 | 8) == 4);
    CHECK(detail::next_width(1 | 4, 1) == 4);
    CHECK(detail::next_width(1 | 4, 4) == 0);
    CHECK(detail::next_width(8, 2) == 8);
}

TEST_CASE("whether a register has one place", "[conditions]") {
    using detail::AccessFault;
    struct Family;
    struct R : io::Register<R, U32, io::array<0, 2>> {};
    CHECK(detail::one_place_fault(io::fixed<8>::io_place) == AccessFault::none);
    CHECK(detail::one_place_fault(io::alias<R, 1>::io_place) == AccessFault::none);
    CHECK(detail::one_place_fault(io::array<8, 2>::io_place) == AccessFault::not_one_place);
    CHECK(detail::one_place_fault(io::relative<Family, 8>::io_place) == AccessFault::not_one_place);
    CHECK(detail::one_place_fault(io::relative_array<Family, 8, 2>::io_place) ==
          AccessFault::not_one_place);
    CHECK(detail::one_place_fault(io::unlocated::io_place) == AccessFault::not_one_place);
}

TEST_CASE("what is wrong with a register's place, and with an access to it", "[conditions]") {
    using detail::AccessFault;
    using detail::Does;
    using detail::Place;
    using detail::PlaceFault;
    Place place{true, 8};
    CHECK(detail::place_fault(place, 4, 4) == PlaceFault::none);
    place.room = 2;
    CHECK(detail::place_fault(place, 4, 4) == PlaceFault::too_little_room);
    CHECK(detail::place_fault(Place{}, 4, 4) == PlaceFault::none);

    detail::FieldMap map{};
    CHECK(detail::access_fault(Does::read, map, false) == AccessFault::other_class);
    CHECK(detail::access_fault(Does::view, map) == AccessFault::none);
}

// Of the two indices of a place, that of the greater stride counts rows, in whatever order they
// are.
struct Banks : io::Register<Banks, U32, io::banked<0x100, 3, 0x40, 8, 4>> {};
struct Lanes : io::Register<Lanes, U32, io::banked<0x100, 8, 4, 3, 0x40>> {};
struct Single : io::Register<Single, U32, io::fixed<8>> {};
struct Nowhere : io::Register<Nowhere, U32> {};

TEST_CASE("where the elements of a register are", "[conditions]") {
    for (const auto& made : {detail::footprint<Banks>(1), detail::footprint<Lanes>(1)}) {
        CHECK(made.offset == 0x100);
        CHECK(made.rows == 3);
        CHECK(made.row_stride == 0x40);
        CHECK(made.count == 8);
        CHECK(made.stride == 4);
        CHECK(made.size == 4);
    }
    CHECK(detail::footprint<Single>(0).count == 1);
    CHECK(detail::footprint<Single>(0).rows == 1);
    CHECK(detail::footprint<Nowhere>(0).count == 0);
    CHECK(detail::footprint<io::overlay<Single>>(0).shares);
}

TEST_CASE("the bits of a register as an alias of it has them, by their bytes", "[conditions]") {
    detail::Place place{};
    place.room = 4;
    CHECK(detail::seen_by_alias(0x1122'3344, place, 4, false) == 0x1122'3344);
    CHECK(detail::seen_by_alias(0x1122'3344, place, 2, false) == 0x3344);
    CHECK(detail::seen_by_alias(0x1122'3344, place, 4, true) == 0x4433'2211);
    place.under_is_big = true;
    CHECK(detail::seen_by_alias(0x1122'3344, place, 4, true) == 0x1122'3344);
    CHECK(detail::seen_by_alias(0x1122'3344, place, 2, true) == 0x1122);
    CHECK(detail::seen_by_alias(0x1122'3344, place, 1, false) == 0x11);
}

TEST_CASE("what is wrong with an alias", "[conditions]") {
    using detail::alias_fault;
    using detail::AliasFault;
    using detail::Indices;
    detail::Place place{};
    CHECK(alias_fault(place, 0, {}) == AliasFault::of_nowhere);
    place.is_somewhere = true;
    CHECK(alias_fault(place, 0, {}) == AliasFault::none);
    CHECK(alias_fault(place, 1, {}) == AliasFault::takes_no_index);
    place.indices = 2;
    place.steps[0].count = 4;
    place.steps[1].count = 2;
    CHECK(alias_fault(place, 1, {}) == AliasFault::needs_index);
    CHECK(alias_fault(place, 2, Indices{{3, 1}}) == AliasFault::none);
    CHECK(alias_fault(place, 2, Indices{{4, 1}}) == AliasFault::past_count);
    CHECK(alias_fault(place, 2, Indices{{3, 2}}) == AliasFault::past_count);
}

TEST_CASE("how far the elements of a place reach", "[conditions]") {
    detail::Place place{};
    CHECK(!place.is_one_place());
    place.is_somewhere = true;
    CHECK(place.is_one_place());
    CHECK(place.extent(4) == 4);
    place.indices = 2;
    place.steps[0] = {4, 0x80};
    place.steps[1] = {8, detail::natural_stride};
    CHECK(!place.is_one_place());
    CHECK(place.stride(1, 4) == 4);
    CHECK(place.extent(4) == 3 * 0x80 + 8 * 4);
    place.indices = 0;
    place.is_relative = true;
    CHECK(!place.is_one_place());
}

TEST_CASE("which bits of a double's register are of which kind", "[conditions]") {
    io::testing::RegisterBits bits;
    bits.set(io::Access::w1c, 0xff);
    bits.set(io::Access::ro, 0x0f); // no longer the other
    CHECK(bits.of(io::Access::w1c) == 0xf0);
    CHECK(bits.of(io::Access::ro) == 0x0f);
    bits.swap_bytes(4);
    CHECK(bits.of(io::Access::w1c) == 0xf000'0000);
}

TEST_CASE("names that are messages in constant expressions do nothing in a program",
          "[conditions]") {
    using detail::ScriptFault;
    for (const auto fault : {ScriptFault::none,
                             ScriptFault::no_further,
                             ScriptFault::place,
                             ScriptFault::width,
                             ScriptFault::value,
                             ScriptFault::barrier})
        for (std::size_t step = 0; step <= 17; ++step)
            detail::differs_in_some_step(step, fault, io::testing::Access{});
    SUCCEED("each returned");
}
