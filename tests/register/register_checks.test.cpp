// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the compiler asks about the fields and places of registers before it takes a driver, asked
// in the program.
#include <ioview/io/register_access.hpp>
#include <ioview/project/member_offset.hpp>
#include <ioview/register.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>

namespace io = ioview;

namespace {

using io::detail::code;
using io::detail::Fault;
using io::detail::item_fault;

enum class Fixed : std::uint8_t {};
enum Open { open };

struct Mixed : io::Register<Mixed, std::uint16_t, io::fixed<0>> {
    IO_FIELDS(bit(15, a, io::w1c),
              bit(14, b, io::w1s),
              reserved(13, 13),
              bit(12, c, io::w0c),
              reserved(11, 11, io::rsvdo),
              bit(10, d, io::ro),
              bit(9, e));
};
struct WriteOnlyField : io::Register<WriteOnlyField, std::uint8_t, io::fixed<0>> {
    IO_FIELDS(bit(0, a, io::wo));
};
struct ConsumedField : io::Register<ConsumedField, std::uint8_t, io::fixed<0>> {
    IO_FIELDS(bit(0, a, io::rc));
};
struct Flags : io::Register<Flags, std::uint8_t, io::fixed<0>, io::w1c> {
    IO_FIELDS(bit(0, a), bit(1, b, io::ro));
};
struct UnderFlags : io::Register<UnderFlags, std::uint8_t, io::alias<Flags>> {
    IO_FIELDS(bit(1, b, io::ro));
};
struct Parts : io::Register<Parts, std::uint8_t, io::fixed<0>> {
    IO_FIELDS(split(whole, (7, 6), (1, 0), io::w1c), bit(3, other));
};
struct Plain : io::Register<Plain, std::uint32_t, io::fixed<0>> {
    IO_FIELDS(bits(31, 16, high), split(low, (9, 8), (1, 0)));
};
// One without a list of fields, of any kind.
template <class Storage, class Kind>
struct Whole : io::Register<Whole<Storage, Kind>, Storage, io::fixed<0>, Kind> {};

} // namespace

TEST_CASE("the fault of one item", "[register]") {
    CHECK(item_fault(8, 7, 4) == Fault::none);
    CHECK(item_fault(8, 0, 3) == Fault::high_below_low);
    CHECK(item_fault(8, 8, 4) == Fault::past_the_register);
    CHECK(item_fault(16, 15, 4) == Fault::none);
    CHECK(item_fault(8, 3, -1) == Fault::past_the_register);
    CHECK(item_fault(16, 15, 8, code<std::uint8_t>) == Fault::none);
    CHECK(item_fault(16, 15, 7, code<std::uint8_t>) == Fault::type_too_narrow);
    CHECK(item_fault(16, 15, 7, code<Fixed>) == Fault::type_too_narrow);
    CHECK(item_fault(8, 0, 0, code<bool>) == Fault::none);
    CHECK(item_fault(8, 0, 0, code<bool, io::w1c>) == Fault::none);
    CHECK(item_fault(8, 1, 0, code<bool>) == Fault::bool_is_one_bit);
    CHECK(item_fault(8, 1, 0, code<Open>) == Fault::open_enumeration);
    CHECK(item_fault(8, 1, 0, code<io::ro, io::wo>) == Fault::options);
    CHECK(item_fault(64, 63, 0, code<>) == Fault::none);
    CHECK(io::detail::type_fault(9, code<std::uint8_t>) == Fault::type_too_narrow);
}

TEST_CASE("whether fields have bits in common", "[register]") {
    using io::detail::disjoint;
    constexpr std::uint64_t top = std::uint64_t{1} << 63;
    const auto u32 = std::uint32_t();
    const auto u64 = std::uint64_t();
    CHECK(disjoint(u32));
    CHECK(disjoint(u32, std::uint64_t{0xf0}, std::uint64_t{0x0f}));
    CHECK_FALSE(disjoint(u32, std::uint64_t{0xf0}, std::uint64_t{0x10}));
    CHECK_FALSE(disjoint(u32, std::uint64_t{1} << 31, std::uint64_t{1} << 31));
    CHECK(disjoint(u64, top, top - 1));
    // sums that are right again when they have overflowed
    CHECK_FALSE(disjoint(u64, top, top, top));
    CHECK_FALSE(disjoint(u64, top, top));
    CHECK_FALSE(disjoint(u64, std::uint64_t{1} << 31, std::uint64_t{1} << 31, top));
}

TEST_CASE("what a write may touch follows from the access kinds", "[register]") {
    CHECK(Mixed::io_map.write_zero == 0xe000);
    CHECK(Mixed::io_map.write_one == 0x1800);
    CHECK(io::detail::named_bits<Mixed> == 0xd600); // not the reserved ones
    CHECK((Mixed::io_map.readable && Mixed::io_map.writable && Mixed::io_map.unreadable == 0 &&
           Mixed::io_map.consumed == 0 && !Mixed::io_map.is_blind(16)));
    CHECK(WriteOnlyField::io_map.unreadable == 1);
    CHECK(ConsumedField::io_map.consumed == 1);
    // parts are one field, and an option behind them is that of all of them
    CHECK(Parts::io_map.write_zero == 0xc3);
    CHECK(io::detail::named_bits<Parts> == 0xcb);

    // the kind of the whole is that of the bits that say nothing, with a name or without
    CHECK(Flags::io_map.write_zero == 0xfd);
    CHECK_FALSE(Flags::io_map.is_blind(8));
    CHECK(Whole<std::uint8_t, io::w1c>::io_map.is_blind(8));
    CHECK(Whole<std::uint64_t, io::w0c>::io_map.is_blind(64));
    CHECK_FALSE(Whole<std::uint8_t, io::w1c>::io_map.is_blind(16));
    CHECK_FALSE(Whole<std::uint8_t, io::wo>::io_map.readable);
    CHECK(Whole<std::uint8_t, io::wo>::io_map.writable);
    CHECK_FALSE(Whole<std::uint8_t, io::ro>::io_map.writable);
    CHECK(Whole<std::uint8_t, io::ro>::io_map.readable);
    CHECK_FALSE(Whole<std::uint8_t, io::rc>::io_map.writable);
    CHECK(Whole<std::uint8_t, io::rc>::io_map.readable);

    // the same at run time
    using io::detail::map_fields;
    CHECK(map_fields<Mixed>().write_one == 0x1800);
    CHECK(map_fields<Parts>().write_zero == 0xc3);
    CHECK(map_fields<Flags>().write_zero == 0xfd);
    CHECK(map_fields<UnderFlags>().write_zero == 0xfd);
    io::detail::NamedBits named;
    Mixed().io_visit(named);
    CHECK(named.bits == 0xd600);
    CHECK(io::detail::bits_between(6, 4) == 0x70);
    CHECK(io::detail::bits_between(4, 6) == 0);
    const io::detail::StatedBits stated{0x0f, io::Access::w1c};
    CHECK(io::detail::items_of(std::uint32_t(), std::uint64_t{0xf0}, stated).are_disjoint);
    CHECK_FALSE(io::detail::items_of(std::uint32_t(), std::uint64_t{0x10}, std::uint64_t{0x10})
                    .are_disjoint);
    CHECK(io::detail::items_of(std::uint32_t(), std::uint64_t{0xf0}).bits == 0xf0);

    // what is plain shares one map
    STATIC_REQUIRE(Plain::io_is_plain);
    CHECK(io::detail::named_bits<Plain> == 0xffff'0303);
    CHECK(&Plain::io_map == &Whole<std::uint8_t, io::rw>::io_map);
    STATIC_REQUIRE_FALSE(Mixed::io_is_plain);
    STATIC_REQUIRE_FALSE(Parts::io_is_plain);
    STATIC_REQUIRE_FALSE(Whole<std::uint8_t, io::w1c>::io_is_plain);
}

namespace {
using io::detail::AccessFault;
struct Faults {
    AccessFault read, write, update;
};
template <class R>
Faults faults() {
    using io::detail::access_fault;
    using io::detail::Does;
    return {access_fault(Does::read, R::io_map),
            access_fault(Does::write, R::io_map),
            access_fault(Does::update, R::io_map)};
}
} // namespace

TEST_CASE("what is wrong with an access to a register of such fields", "[register]") {
    const auto plain = faults<Plain>();
    CHECK(plain.read == AccessFault::none);
    CHECK(plain.write == AccessFault::none);
    CHECK(plain.update == AccessFault::none);
    const auto ro = faults<Whole<std::uint8_t, io::ro>>();
    CHECK(ro.read == AccessFault::none);
    CHECK(ro.write == AccessFault::write_of_ro);
    CHECK(ro.update == AccessFault::update_of_one_way);
    const auto wo = faults<Whole<std::uint8_t, io::wo>>();
    CHECK(wo.read == AccessFault::read_of_wo);
    CHECK(wo.write == AccessFault::none);
    CHECK(wo.update == AccessFault::update_of_one_way);
    CHECK(faults<ConsumedField>().update == AccessFault::update_consumes);
    CHECK(faults<WriteOnlyField>().update == AccessFault::update_of_wo_field);
    CHECK(faults<WriteOnlyField>().read == AccessFault::none);
}

TEST_CASE("what is wrong with the place that a register is given", "[register]") {
    using io::detail::PlaceFault;
    const auto fault_of_place = [](const io::detail::Place& place, std::size_t size = 4) {
        return io::detail::place_fault(place, size, size);
    };
    constexpr std::size_t top = std::numeric_limits<std::size_t>::max() - 3; // of the last four
    CHECK(fault_of_place(io::fixed<0x10>::io_place) == PlaceFault::none);
    CHECK(fault_of_place(io::fixed<0x12>::io_place) == PlaceFault::misaligned);
    CHECK(fault_of_place(io::fixed<top>::io_place) == PlaceFault::past_the_address_space);
    CHECK(fault_of_place(io::fixed<top - 4>::io_place) == PlaceFault::none);
    using io::detail::place_fault_of; // the short way of a fixed one
    CHECK(place_fault_of<io::fixed<0x10>, 4, 4> == PlaceFault::none);
    CHECK(place_fault_of<io::fixed<0x12>, 4, 4> == PlaceFault::misaligned);
    CHECK(place_fault_of<io::fixed<top>, 4, 4> == PlaceFault::past_the_address_space);
    CHECK(place_fault_of<io::fixed<top - 4>, 4, 4> == PlaceFault::none);
    CHECK(place_fault_of<io::array<2, 2>, 4, 4> == PlaceFault::misaligned);
    struct Base;
    const auto check_arrays = [&](auto of) {
        CHECK(fault_of_place(of.template operator()<0, 8, 4>()) == PlaceFault::none);
        CHECK(fault_of_place(of.template operator()<0, 0, 4>()) == PlaceFault::no_elements);
        // of one element too: what a manual says of it is wrong, or misunderstood
        for (const auto& place : {of.template operator()<0, 1, 0>(),
                                  of.template operator()<0, 1, 2>(),
                                  of.template operator()<0, 2, 0>(),
                                  of.template operator()<0, 8, 3>()})
            CHECK(fault_of_place(place) == PlaceFault::stride_too_small);
        for (const auto& place :
             {of.template operator()<0, 1, 6>(), of.template operator()<0, 8, 7>()})
            CHECK(fault_of_place(place) == PlaceFault::stride_misaligned);
        CHECK(fault_of_place(of.template operator()<0, 1, 1>(), 1) == PlaceFault::none);
        CHECK(fault_of_place(of.template operator()<0, 1, 0>(), 1) == PlaceFault::stride_too_small);
        CHECK(fault_of_place(of.template operator()<2, 1, 4>()) == PlaceFault::misaligned);
        CHECK(fault_of_place(of.template operator()<0, top / 4, 4>()) == PlaceFault::none);
        CHECK(fault_of_place(of.template operator()<4, top / 4, 4>()) ==
              PlaceFault::past_the_address_space);
        CHECK(fault_of_place(of.template operator()<0, 2, top>()) ==
              PlaceFault::past_the_address_space);
        CHECK(fault_of_place(of.template operator()<0, top, top>()) ==
              PlaceFault::past_the_address_space);
    };
    check_arrays([]<std::size_t Offset, std::size_t Count, std::size_t Stride>() {
        return io::array<Offset, Count, Stride>::io_place;
    });
    check_arrays([]<std::size_t Offset, std::size_t Count, std::size_t Stride>() {
        return io::relative_array<Base, Offset, Count, Stride>::io_place;
    });
}

TEST_CASE("what is wrong with the place of a register in a target", "[register]") {
    using io::detail::AccessFault;
    using io::detail::location_fault;
    CHECK(location_fault(true, 0x10, 4, 0x10, 4) == AccessFault::none);
    CHECK(location_fault(false, 0x10, 4, 0x10, 4) == AccessFault::other_block);
    CHECK(location_fault(true, 0x11, 4, 0x10, 4) == AccessFault::past_the_target);
    CHECK(location_fault(true, 0x10, 8, 0x10, 4) == AccessFault::aligned_too_little);
}

TEST_CASE("elements of two arrays of registers overlap, or lie between each other", "[register]") {
    using io::detail::Footprint;
    using io::detail::overlap;
    const auto both = [](const Footprint& a, const Footprint& b) {
        CHECK(overlap(a, b) == overlap(b, a));
        return overlap(a, b);
    };
    const Footprint one{0x10, 1, 4, 4};
    CHECK(both(one, one));
    CHECK(both(one, {0x13, 1, 1, 1}));
    CHECK_FALSE(both(one, {0x14, 1, 1, 1}));
    CHECK_FALSE(both(one, {0x0c, 1, 4, 4}));
    CHECK(both(one, {0x0d, 1, 4, 4}));
    const Footprint even{0x00, 4, 8, 4}; // 0x00, 0x08, 0x10, 0x18
    CHECK_FALSE(both(even, {0x04, 4, 8, 4}));
    CHECK(both(even, {0x04, 4, 8, 5}));
    CHECK(both(even, one));
    CHECK(both(even, {0x18, 1, 1, 1}));
    CHECK_FALSE(both(even, {0x1c, 1, 1, 1}));
    CHECK_FALSE(both(even, {0x20, 1, 8, 8}));
    CHECK(both(even, {0x04, 1, 8, 8}));            // over the end of a gap
    CHECK_FALSE(both({3, 3, 5, 2}, {6, 2, 9, 2})); // 3 to 4, 8 to 9, 13 to 14; 6 to 7, 15 to 16
    CHECK(both({3, 3, 5, 2}, {6, 2, 8, 2}));
    // what shares its place, is nowhere, or hangs on another base
    CHECK_FALSE(both(one, {0x10, 1, 4, 4, true}));
    CHECK_FALSE(both(one, {0x10, 0, 4, 4}));
    CHECK_FALSE(both(one, {0x10, 1, 4, 4, false, 0}));
    CHECK(both({0x10, 1, 4, 4, false, 0}, {0x10, 1, 4, 4, false, 0}));
}

namespace {
struct Bank;
struct OtherBank;
struct A : io::Register<A, std::uint32_t, io::fixed<0x0>> {};
struct B : io::Register<B, std::uint32_t, io::fixed<0x4>> {};
struct Wide : io::Register<Wide, std::uint64_t, io::fixed<0x0>> {};
struct Nowhere : io::Register<Nowhere, std::uint32_t> {};
struct AtBank : io::Register<AtBank, std::uint32_t, io::relative<Bank, 0x0>> {};
struct AtBankToo : io::Register<AtBankToo, std::uint16_t, io::relative<Bank, 0x2>> {};
struct AtOther : io::Register<AtOther, std::uint32_t, io::relative<OtherBank, 0x0>> {};

template <class... Entries>
bool overlapping(int first, int second) {
    const auto found = io::detail::first_overlap<Entries...>();
    return found.first == first && found.second == second;
}
} // namespace

TEST_CASE("the first two registers of a block that overlap", "[register]") {
    CHECK(overlapping<>(-1, -1));
    CHECK(overlapping<A, B, Nowhere, Nowhere>(-1, -1));
    CHECK(overlapping<A, B, Wide>(0, 2));
    CHECK(overlapping<B, Nowhere, Wide, A>(0, 2));
    CHECK(overlapping<A, B, io::overlay<Wide>>(-1, -1));
    CHECK(overlapping<A, AtBank, AtOther>(-1, -1));
    CHECK(overlapping<A, AtBank, AtOther, AtBankToo>(1, 3));
}

TEST_CASE("a member's place is found by search as it is by its pointer", "[register]") {
    struct Packet {
        std::uint8_t kind;
        std::uint32_t length;
        std::uint8_t bytes[6];
        std::uint8_t last;
    };
    using io::detail::member_offset;
    using io::detail::search_offset;
    // by the compiler alone: a program asks the pointer
    static_assert(search_offset(&Packet::kind) == 0);
    static_assert(search_offset(&Packet::length) == 4);
    static_assert(search_offset(&Packet::last) == offsetof(Packet, last));
    CHECK(member_offset(&Packet::bytes) == offsetof(Packet, bytes));
    static_assert(search_offset(&Packet::bytes) == offsetof(Packet, bytes));
}
