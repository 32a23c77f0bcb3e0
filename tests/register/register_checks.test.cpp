// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the compiler asks about the fields and places of registers before it takes a driver, asked
// in the program.
#include <ioview/io/register_access.hpp>
#include <ioview/project/member_offset.hpp>
#include <ioview/register.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace io = ioview;

namespace {

using io::Access;
using io::detail::code;
using io::detail::Fault;
using io::detail::FieldMap;
using io::detail::map_fields;

enum class Fixed : std::uint8_t {};
enum Open { open };

// Fault, and the field it is in, of a register of width bits.
struct Found {
    Fault fault;
    int high, low;
    friend bool operator==(const Found&, const Found&) = default;
};
Found fault_of(int width, std::initializer_list<int> items) {
    const FieldMap map = map_fields(width, Access::rw, items);
    return {map.fault, map.high, map.low};
}
constexpr int part = io::detail::code_plain | io::detail::code_part;
constexpr int end_of_parts = io::detail::code_plain | io::detail::code_split;

} // namespace

TEST_CASE("the first fault of a list of fields, and where it is", "[register]") {
    CHECK(fault_of(8, {7, 4, code<>, 3, 0, code<>}) == Found{Fault::none, 0, 0});
    CHECK(fault_of(8, {7, 4, code<>, 0, 3, code<>}) == Found{Fault::high_below_low, 0, 3});
    CHECK(fault_of(8, {8, 4, code<>}) == Found{Fault::past_the_register, 8, 4});
    CHECK(fault_of(16, {15, 4, code<>}) == Found{Fault::none, 0, 0});
    CHECK(fault_of(8, {3, -1, code<>}) == Found{Fault::past_the_register, 3, -1});
    CHECK(fault_of(8, {7, 4, code<>, 4, 0, code<>}) == Found{Fault::overlap, 4, 0});
    CHECK(fault_of(16, {15, 8, code<std::uint8_t>}) == Found{Fault::none, 0, 0});
    CHECK(fault_of(16, {15, 7, code<std::uint8_t>}) == Found{Fault::type_too_narrow, 15, 7});
    CHECK(fault_of(16, {15, 7, code<Fixed>}) == Found{Fault::type_too_narrow, 15, 7});
    CHECK(fault_of(8, {0, 0, code<bool>}) == Found{Fault::none, 0, 0});
    CHECK(fault_of(8, {1, 0, code<bool>}) == Found{Fault::bool_is_one_bit, 1, 0});
    CHECK(fault_of(8, {1, 0, code<Open>}) == Found{Fault::open_enumeration, 1, 0});
    CHECK(fault_of(8, {1, 0, code<io::ro, io::wo>}) == Found{Fault::options, 1, 0});
    CHECK(fault_of(64, {63, 0, code<>}) == Found{Fault::none, 0, 0});
}

TEST_CASE("parts are one field", "[register]") {
    using namespace io::detail;
    // (7, 6) and (1, 0) as one value of four bits
    const FieldMap map = map_fields(8, Access::rw, {7, 6, part, 1, 0, part, 0, 0, end_of_parts});
    CHECK(map.fault == Fault::none);
    CHECK(map.named == 0xc3);
    // an option behind the parts is that of all of them: a type, then an access kind
    CHECK(
        fault_of(
            16,
            {15, 10, part, 2, 0, part, 0, 0, code_option | code<std::uint8_t>, 0, 0, end_of_parts})
            .fault == Fault::type_too_narrow);
    const int clears = code_option | code<io::w1c>;
    const FieldMap flags = map_fields(
        8, Access::rw, {7, 6, part, 1, 0, part, 0, 0, clears, 0, 0, end_of_parts, 3, 3, code<>});
    CHECK(flags.fault == Fault::none);
    CHECK(flags.write_zero == 0xc3);
    CHECK(flags.named == 0xcb);
    CHECK(fault_of(8, {7, 6, part, 6, 0, part, 0, 0, end_of_parts}) == Found{Fault::overlap, 6, 0});
}

TEST_CASE("what a write may touch follows from the access kinds", "[register]") {
    using io::detail::reserved_code;
    const FieldMap map = map_fields(16, Access::rw, {15, 15, code<io::w1c>,
                                                     14, 14, code<io::w1s>,
                                                     13, 13, reserved_code<>,
                                                     12, 12, code<io::w0c>,
                                                     11, 11, reserved_code<io::rsvdo>,
                                                     10, 10, code<io::ro>,
                                                     9,  9,  code<>});
    CHECK(map.fault == Fault::none);
    CHECK(map.write_zero == 0xe000);
    CHECK(map.write_one == 0x1800);
    CHECK(map.named == 0xd600); // not the reserved ones
    CHECK((map.readable && map.writable && map.unreadable == 0 && map.consumed == 0 &&
           !map.is_blind(16)));
    CHECK(map_fields(8, Access::rw, {0, 0, code<io::wo>}).unreadable == 1);
    CHECK(map_fields(8, Access::rw, {0, 0, code<io::rc>}).consumed == 1);

    // the kind of the whole is that of the bits that say nothing, with a name or without
    const FieldMap flags = map_fields(8, Access::w1c, {0, 0, code<>, 1, 1, code<io::ro>});
    CHECK(flags.write_zero == 0xfd);
    CHECK_FALSE(flags.is_blind(8));
    CHECK(map_fields(8, Access::w1c, {}).is_blind(8));
    CHECK(map_fields(64, Access::w0c, {}).is_blind(64));
    CHECK_FALSE(map_fields(8, Access::w1c, {}).is_blind(16));
    CHECK_FALSE(map_fields(8, Access::wo, {}).readable);
    CHECK(map_fields(8, Access::wo, {}).writable);
    for (const Access read_only : {Access::ro, Access::rc}) {
        CHECK_FALSE(map_fields(8, read_only, {}).writable);
        CHECK(map_fields(8, read_only, {}).readable);
    }
}

namespace {
using io::detail::AccessFault;
struct Faults {
    AccessFault read, write, update;
};
Faults faults(Access whole, std::initializer_list<int> items) {
    using io::detail::access_fault;
    using io::detail::Does;
    const FieldMap map = map_fields(8, whole, items);
    return {access_fault(Does::read, map),
            access_fault(Does::write, map),
            access_fault(Does::update, map)};
}
} // namespace

TEST_CASE("what is wrong with an access to a register of such fields", "[register]") {
    const auto plain = faults(Access::rw, {});
    CHECK(plain.read == AccessFault::none);
    CHECK(plain.write == AccessFault::none);
    CHECK(plain.update == AccessFault::none);
    const auto ro = faults(Access::ro, {});
    CHECK(ro.read == AccessFault::none);
    CHECK(ro.write == AccessFault::write_of_ro);
    CHECK(ro.update == AccessFault::update_of_one_way);
    const auto wo = faults(Access::wo, {});
    CHECK(wo.read == AccessFault::read_of_wo);
    CHECK(wo.write == AccessFault::none);
    CHECK(wo.update == AccessFault::update_of_one_way);
    CHECK(faults(Access::rw, {1, 1, code<io::rc>}).update == AccessFault::update_consumes);
    CHECK(faults(Access::rw, {1, 1, code<io::wo>}).update == AccessFault::update_of_wo_field);
    CHECK(faults(Access::rw, {1, 1, code<io::wo>}).read == AccessFault::none);
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
