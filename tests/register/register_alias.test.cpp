// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an update by way of an alias leaves alone: the bits that only the register in whose place it
// is declares, in each kind of place and of each access kind.
#include <ioview/endian.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstddef>
#include <cstdint>

namespace io = ioview;

namespace {

struct CpuBase;
struct Cpu1 : io::RegisterBase<CpuBase, 0x40> {};

// Bits 23 to 16 are of a kind; their neighbours are plain, and bits 31 to 24 without a name.
template <class Kind, class Place>
struct Port : io::Register<Port<Kind, Place>, std::uint32_t, Place> {
    IO_SELF(Port);
    IO_FIELDS(bits(23, 16, flags, Kind), bits(15, 8, any), bits(7, 0, power));
};
// The same of a bit that has no name.
template <class Kind, class Place>
struct Reserved : io::Register<Reserved<Kind, Place>, std::uint32_t, Place> {
    IO_SELF(Reserved);
    IO_FIELDS(reserved(23, 16, Kind), bits(15, 8, any));
};
// The same of each bit.
template <class Kind, class Place>
struct Whole : io::Register<Whole<Kind, Place>, std::uint32_t, Place, Kind> {};

// Another look at it, which names plain bits only.
template <class Of, std::size_t... Index>
struct Mode : io::Register<Mode<Of, Index...>, std::uint32_t, io::alias<Of, Index...>> {
    IO_SELF(Mode);
    IO_FIELDS(bits(15, 8, mode));
};
// One that says itself what the flags are there.
template <class Of, std::size_t... Index>
struct Redeclared : io::Register<Redeclared<Of, Index...>, std::uint32_t, io::alias<Of, Index...>> {
    IO_SELF(Redeclared);
    IO_FIELDS(bits(23, 16, level), bits(15, 8, mode));
};
template <class Of, std::size_t... Index>
struct Half : io::Register<Half<Of, Index...>, std::uint16_t, io::alias<Of, Index...>> {
    IO_SELF(Half);
    IO_FIELDS(bits(15, 8, mode));
};

using Fixed = io::fixed<0x10>;
using Array = io::array<0x20, 4, 8>;
using Relative = io::relative<CpuBase, 0x4>;
using RelativeArray = io::relative_array<CpuBase, 0x8, 3, 8>;

// What an update of the place writes where ones were read, by all three forms.
template <class Location, class F>
std::uint32_t written_by(const Location& location, std::size_t offset, F f) {
    Recorded<0x80> ram;
    for (std::size_t i = 0; i != 0x80; ++i)
        ram[i] = 0xff;
    auto device = ram.view<io::Region<0x80>>();
    device.update(location, f);
    const auto first = ram.log().back();
    CHECK((first.op == wr && first.address == offset));
    for (std::size_t i = 0; i != 0x80; ++i)
        ram[i] = 0xff;
    CHECK(device.try_update(location, f));
    CHECK(ram.log().back() == first);
    return static_cast<std::uint32_t>(first.value);
}

template <class R, class L>
std::uint32_t mode_written(const L& location, std::size_t offset) {
    return written_by(location, offset, [](R r) { return r.with_mode(0x5a); });
}

// Each way to be an alias of a T<Kind, Place>.
template <template <class, class> class T, class Kind>
void check_all_forms(std::uint32_t expected) {
    using A = Mode<T<Kind, Fixed>>;
    CHECK(mode_written<A>(typename A::At{}, 0x10) == expected);
    using B = Mode<T<Kind, Array>, 3>;
    CHECK(mode_written<B>(typename B::At{}, 0x38) == expected);
    using C = Mode<T<Kind, Relative>>;
    CHECK(mode_written<C>(C::template of<Cpu1>(), 0x44) == expected);
    using D = Mode<T<Kind, RelativeArray>, 2>;
    CHECK(mode_written<D>(D::template of<Cpu1>(), 0x58) == expected);
    using OfA = Mode<A>;
    CHECK(mode_written<OfA>(typename OfA::At{}, 0x10) == expected);
    using OfB = Mode<B>;
    CHECK(mode_written<OfB>(typename OfB::At{}, 0x38) == expected);
    using OfC = Mode<C>;
    CHECK(mode_written<OfC>(OfC::template of<Cpu1>(), 0x44) == expected);
    using OfD = Mode<Mode<D>>;
    CHECK(mode_written<OfD>(OfD::template of<Cpu1>(), 0x58) == expected);

    // bits that the alias declares are what it says
    using E = Redeclared<T<Kind, Array>, 1>;
    CHECK(mode_written<E>(typename E::At{}, 0x28) == (0x00ff'0000 | (expected & 0xff00'ffff)));
    // and so they are for an alias of it
    using OfE = Mode<E>;
    CHECK(mode_written<OfE>(typename OfE::At{}, 0x28) == (0x00ff'0000 | (expected & 0xff00'ffff)));
    // what lies past a narrower one is not touched
    using F = Half<T<Kind, Fixed>>;
    CHECK(mode_written<F>(typename F::At{}, 0x10) == (expected & 0xffff));
}

template <template <class, class> class T, class Kind>
constexpr auto faults_of_update = [] {
    using io::detail::access_fault;
    using io::detail::Does;
    struct {
        io::detail::AccessFault original, alias, of_alias, narrower, redeclared;
    } faults{access_fault(Does::update, T<Kind, Fixed>::io_map),
             access_fault(Does::update, Mode<T<Kind, Fixed>>::io_map),
             access_fault(Does::update, Mode<Mode<T<Kind, Fixed>>>::io_map),
             access_fault(Does::update, Half<T<Kind, Fixed>>::io_map),
             access_fault(Does::update, Redeclared<T<Kind, Fixed>>::io_map)};
    return faults;
}();

} // namespace

TEST_CASE("an update by an alias spares what writing does to the register there", "[register]") {
    check_all_forms<Port, io::rw>(0xffff'5aff);
    check_all_forms<Port, io::ro>(0xffff'5aff);
    check_all_forms<Port, io::w1c>(0xff00'5aff);
    check_all_forms<Port, io::w1s>(0xff00'5aff);
    check_all_forms<Port, io::w0c>(0xffff'5aff);
    check_all_forms<Port, io::rsvdz>(0xff00'5aff);
    check_all_forms<Port, io::rsvdo>(0xffff'5aff);
    check_all_forms<Reserved, io::rsvdz>(0xff00'5aff);
    check_all_forms<Reserved, io::rsvdo>(0xffff'5aff);
}

TEST_CASE("an alias of a register that is of one kind as a whole", "[register]") {
    check_all_forms<Whole, io::rw>(0xffff'5aff);
    check_all_forms<Whole, io::ro>(0xffff'5aff);
    check_all_forms<Whole, io::w1c>(0x0000'5a00);
    check_all_forms<Whole, io::w1s>(0x0000'5a00);
    check_all_forms<Whole, io::w0c>(0xffff'5aff);
    check_all_forms<Whole, io::rsvdz>(0x0000'5a00);
}

TEST_CASE("bits of ones that writing zero acts on are ones by an alias too", "[register]") {
    using Of = Port<io::w0c, Fixed>;
    Recorded<0x80> ram;
    for (std::size_t i = 0; i != 0x80; ++i)
        ram[i] = 0;
    auto device = ram.view<io::Region<0x80>>();
    device.update<Mode<Of>>([](Mode<Of> r) { return r.with_mode(1); });
    device.write(Mode<Of>{}.with_mode(2)); // a fresh value too
    CHECK(ram.log() ==
          Log{{rd, 0x10, 4, 0}, {wr, 0x10, 4, 0x00ff'0100}, {wr, 0x10, 4, 0x00ff'0200}});
}

TEST_CASE("an alias has no update where the register there has none", "[register]") {
    using io::detail::AccessFault;
    constexpr auto consumed = faults_of_update<Port, io::rc>;
    CHECK(consumed.original == AccessFault::update_consumes);
    CHECK(consumed.alias == AccessFault::update_consumes);
    CHECK(consumed.of_alias == AccessFault::update_consumes);
    CHECK(consumed.narrower == AccessFault::none); // its read does not reach them
    CHECK(consumed.redeclared == AccessFault::none);
    constexpr auto lost = faults_of_update<Port, io::wo>;
    CHECK(lost.original == AccessFault::update_of_wo_field);
    CHECK(lost.alias == AccessFault::update_of_wo_field);
    CHECK(lost.of_alias == AccessFault::update_of_wo_field);
    CHECK(lost.narrower == AccessFault::none);
    CHECK(lost.redeclared == AccessFault::none);
    CHECK(faults_of_update<Whole, io::rc>.alias == AccessFault::update_consumes);
    CHECK(faults_of_update<Whole, io::wo>.alias == AccessFault::update_of_wo_field);
    STATIC_REQUIRE(Mode<Port<io::rc, Fixed>>::reading_has_side_effect);
}

namespace {

// Bits 31 to 24 are the flags, which lie in the first byte of a big-endian word and the last of a
// little-endian one.
template <class Stored>
struct Flags : io::Register<Flags<Stored>, Stored, io::fixed<0>> {
    IO_SELF(Flags);
    IO_FIELDS(bits(31, 24, flags, io::w1c));
};
template <class Stored, class Of>
struct Over : io::Register<Over<Stored, Of>, Stored, io::alias<Of>> {
    IO_SELF(Over);
    IO_FIELDS(bit(0, lowest));
};

} // namespace

TEST_CASE("an alias of another width or byte order sees the same bytes", "[register]") {
    using io::be;
    using io::le;
    using FromBig = Flags<be<std::uint32_t>>;
    using FromLittle = Flags<le<std::uint32_t>>;
    const auto spared = []<class R>(R) { return R::io_map.write_zero; };
    CHECK(spared(Over<be<std::uint32_t>, FromBig>{}) == 0xff00'0000);
    CHECK(spared(Over<le<std::uint32_t>, FromBig>{}) == 0xfe);
    CHECK(spared(Over<be<std::uint16_t>, FromBig>{}) == 0xff00);
    CHECK(spared(Over<le<std::uint16_t>, FromBig>{}) == 0xfe);
    CHECK(spared(Over<std::uint8_t, FromBig>{}) == 0xfe);
    CHECK(spared(Over<be<std::uint32_t>, FromLittle>{}) == 0xfe);
    CHECK(spared(Over<le<std::uint32_t>, FromLittle>{}) == 0xff00'0000);
    CHECK(spared(Over<le<std::uint16_t>, FromLittle>{}) == 0);
    CHECK(spared(Over<be<std::uint16_t>, FromLittle>{}) == 0);
    CHECK(spared(Over<std::uint8_t, FromLittle>{}) == 0);
    CHECK(spared(Over<std::uint8_t, Over<be<std::uint16_t>, FromBig>>{}) == 0xfe);
    CHECK(spared(Over<be<std::uint64_t>, Flags<be<std::uint64_t>>>{}) == 0xff00'0000);
    CHECK(spared(Over<be<std::uint32_t>, Flags<be<std::uint64_t>>>{}) == 0);
    CHECK(spared(Over<le<std::uint32_t>, Flags<be<std::uint64_t>>>{}) == 0);
}
