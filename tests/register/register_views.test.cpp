// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Views of registers by their places, locations of a user's own, and offsets as locations.
#include <ioview/backend/sys_mem.hpp>
#include <ioview/concepts.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/poll.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace io = ioview;
using io::Error;

namespace {

struct Nic : io::Region<0x100> {};
struct CpuBase;
struct Cpu1 : io::RegisterBase<CpuBase, 0x40> {};

template <class Kind, class Place>
struct Reg : io::Register<Reg<Kind, Place>, std::uint32_t, Place, Kind> {
    IO_SELF(Reg);
    IO_FIELDS(bits(15, 0, index));
};
template <class Of, std::size_t... Index>
struct Other : io::Register<Other<Of, Index...>, std::uint32_t, io::alias<Of, Index...>> {
    IO_SELF(Other);
    IO_FIELDS(bits(15, 0, index));
};
using Fixed = Reg<io::rw, io::fixed<0x10, Nic>>;
using Array = Reg<io::rw, io::array<0x20, 4, 8>>;
using Relative = Reg<io::rw, io::relative<CpuBase, 0x4>>;
using RelativeArray = Reg<io::rw, io::relative_array<CpuBase, 0x8, 3, 8, Nic>>;

template <class Stored>
struct Data : io::Register<Data<Stored>, Stored, io::fixed<0x4>> {
    IO_SELF(Data);
    IO_FIELDS(bits(15, 0, index));
};

// A place that the device says at run time.
struct Member : io::Register<Member, std::uint32_t> {
    IO_FIELDS(bits(15, 0, index), bit(31, done, io::w1c));
};
template <class V, std::size_t End = 0x20>
struct Slot {
    using Register = V;
    using Block = void;
    static constexpr std::size_t end = End;
    std::size_t at;
    constexpr std::size_t offset() const noexcept { return at; }
};
// A location of ioview with another offset().
struct Moved : Fixed::At {
    constexpr std::size_t offset() const noexcept { return 0x200; }
};
// It answers differently when asked again.
struct Fickle {
    using Register = std::uint32_t;
    using Block = void;
    static constexpr std::size_t end = 0x20;
    int* asked;
    std::size_t offset() const noexcept { return ++*asked == 1 ? 0x10 : 0x1000; }
};

template <class L, class T>
constexpr bool is_used = requires(L l, Recorded<0x100>& ram) {
    ram.view<T>().try_read(l);
    ram.view<T>().try_view_of(l);
    ram.view<T>().try_update(l, [](typename L::Register v) { return v; });
};

struct Block {
    Member control, status;
};

// read, write, update and their try_ forms, each of one access of the place, or of none at all.
template <class View, class L>
void check_place(View bar, Recorded<0x100>& ram, L location, std::size_t offset) {
    using V = typename L::Register;
    const auto one = [&](auto op) {
        return ram.log().back().op == op && ram.log().back().address == offset;
    };
    const V before = bar.read(location);
    CHECK(one(rd));
    bar.write(location, before);
    CHECK(one(wr));
    bar.update(location, [](V v) { return v; });
    CHECK(one(wr));
    CHECK(bar.try_read(location).has_value());
    CHECK(one(rd));
    CHECK(bar.try_write(location, before));
    CHECK(one(wr));
    CHECK(bar.try_update(location, [](V v) { return v; }));
    CHECK(one(wr));
    CHECK(ram.log().size() == 8);

    const auto view = bar.view_of(location);
    static_assert(std::is_same_v<typename decltype(view)::Target, V>);
    CHECK(view.address() == offset);
    CHECK(bar.try_view_of(location).value().address() == offset);
    CHECK(ram.log().size() == 8);
    static_cast<void>(view.read());
    CHECK(one(rd));
    io::publish(view, before);
    CHECK(one(wr));
    io::release_to_device(view, before);
    CHECK(one(wr));
    static_cast<void>(io::observe(view));
    CHECK(ram.log().back().op == io::testing::Op::fence);
    V values[2]{before, before};
    view.read_fifo(values);
    CHECK(one(rd));
    view.write_fifo(values);
    CHECK(one(wr));
    CHECK(view.try_read_fifo(values));
    CHECK(view.try_write_fifo(values));
    CHECK(one(wr));
    ram.recorder.clear();
}

template <class View, class L>
void check_refused(View bar, Recorded<0x100>& ram, L location, Error error) {
    using V = typename L::Register;
    CHECK(bar.try_read(location).error() == error);
    CHECK(bar.try_write(location, V{}).error() == error);
    bool is_called = false;
    CHECK(bar.try_update(location,
                         [&](V v) {
                             is_called = true;
                             return v;
                         })
              .error() == error);
    CHECK_FALSE(is_called);
    CHECK(bar.try_view_of(location).error() == error);
    CHECK(ram.untouched());
}

} // namespace

TEST_CASE("a register is accessed and viewed in its place, of whatever form", "[register]") {
    Recorded<0x100> ram;
    const auto nic = ram.view<Nic>();
    const auto plain = ram.view<io::Region<0x100>>();
    const auto both = [&](auto location, std::size_t offset) {
        check_place(nic, ram, location, offset);
        check_place(plain, ram, location, offset);
    };
    both(Fixed::At{}, 0x10);
    both(Array::at(3), 0x38);
    both(Array::try_at(3).value(), 0x38);
    both(Relative::of<Cpu1>(), 0x44);
    both(RelativeArray::of<Cpu1>().at(2), 0x58);
    both(RelativeArray::of<Cpu1>().try_at(2).value(), 0x58);
    both(Other<Fixed>::At{}, 0x10);
    both(Other<Array, 3>::At{}, 0x38);
    both(Other<Relative>::of<Cpu1>(), 0x44);
    both(Other<Other<RelativeArray, 2>>::of<Cpu1>(), 0x58);
    both(Slot<Member>{0x1c}, 0x1c);
    both(Slot<std::uint32_t>{0x1c}, 0x1c);
    both(Slot<std::uint8_t>{0x1f}, 0x1f);
    both(Slot<io::be<std::uint16_t>>{0x1e}, 0x1e);
    both(io::offset<std::uint32_t, 0xfc>(), 0xfc);
    both(io::offset<Member, 0x1c>(), 0x1c);
    CHECK(nic.view_of<Fixed>().address() == 0x10);
    CHECK(nic.try_view_of<Fixed>().value().address() == 0x10);
    CHECK(nic.view_of<Other<Fixed>>().address() == 0x10);
}

TEST_CASE("views of registers keep const, and access kinds", "[register]") {
    Recorded<0x100> ram;
    const auto nic = ram.view<const Nic>();
    STATIC_REQUIRE(std::is_same_v<decltype(nic.view_of<Fixed>())::Target, const Fixed>);
    STATIC_REQUIRE(std::is_same_v<decltype(nic.view_of(Array::at(0)))::Target, const Array>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(nic.try_view_of<Fixed>())::value_type::Target, const Fixed>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(nic.try_view_of(Array::at(0)))::value_type::Target, const Array>);
    CHECK(nic.view_of<Fixed>().try_read().has_value());

    // of a register that is written or read only too, whatever it is then used for
    using Tail = Reg<io::wo, io::fixed<0x18, Nic>>;
    using Head = Reg<io::ro, io::fixed<0x1c, Nic>>;
    io::publish(ram.view<Nic>().view_of<Tail>(), Tail{}.with_index(3));
    CHECK(ram.log().back() == io::testing::Access{wr, 0x18, 4, 3});
    static_cast<void>(io::observe(ram.view<Nic>().view_of<Head>()));
    CHECK(ram.log()[ram.log().size() - 2].address == 0x1c);
    const auto clock = [] {
        struct {
            int time = 0;
            int now() { return time += 1; }
            void sleep_for(int) {}
        } made;
        return made;
    };
    CHECK(io::wait_until(
        nic.view_of<Fixed>(), [](Fixed) { return true; }, io::Timing{0, 1}, clock()));
}

TEST_CASE("a FIFO by a register: words as it stores them, or its values", "[register]") {
    Recorded<0x10> ram;
    const auto bar = ram.view<io::Region<0x10>>();
    const auto data = bar.view_of<Data<std::uint32_t>>();
    const std::uint32_t words[]{1, 2, 0x1'0003};
    data.write_fifo(words);
    CHECK(ram.log() == Log{{wr, 4, 4, 1}, {wr, 4, 4, 2}, {wr, 4, 4, 0x1'0003}});
    Data<std::uint32_t> values[2];
    data.read_fifo(values);
    CHECK(values[1].index() == 3);
    std::uint32_t back[1]{};
    CHECK(data.try_read_fifo(back));
    CHECK(back[0] == 0x1'0003);

    using Swapped = Data<io::be<std::uint32_t>>;
    const auto swapped = bar.view_of<Swapped>();
    const Swapped out[]{Swapped{}.with_index(0x102)};
    swapped.write_fifo(out);
    CHECK(ram.log().back() == io::testing::Access{wr, 4, 4, 0x0201'0000});
    io::be<std::uint32_t> in[1];
    swapped.read_fifo(in);
    CHECK(in[0] == 0x102u);
}

TEST_CASE("at run time each place is seen against what there is", "[register]") {
    Recorded<0x100> ram;
    const auto small = ram.view<io::Region<0x100>>().try_subview<io::Region<>>(0, 0x38).value();
    CHECK(small.try_view_of(Array::at(2)).value().address() == 0x30);
    check_refused(small, ram, Array::at(3), Error::out_of_bounds);
    check_refused(small, ram, Relative::of<Cpu1>(), Error::out_of_bounds);
    check_refused(small, ram, io::offset<std::uint32_t, 0x38>(), Error::out_of_bounds);
    const auto odd =
        ram.view<io::Region<0x100, 1>>().try_subview<io::Region<0, 1>>(1, 0x80).value();
    check_refused(odd, ram, Array::at(0), Error::misaligned);
    check_refused(odd, ram, io::offset<std::uint32_t, 4>(), Error::misaligned);
}

TEST_CASE("what a user's location says of its offset is checked at each access", "[register]") {
    Recorded<0x100> ram;
    const auto bar = ram.view<io::Region<0x100>>().subview<io::Region<0x40>>(0);
    for (std::size_t offset :
         {std::size_t{0x20}, std::size_t{0x40}, std::size_t{0xfc}, ~std::size_t{3}}) {
        check_refused(bar, ram, Slot<Member>{offset}, Error::out_of_bounds);
        check_refused(bar, ram, Slot<std::uint32_t>{offset}, Error::out_of_bounds);
        // past the target, by a location whose end is known there too
        check_refused(ram.view<io::Region<0x40>>().subview<io::Region<0x20>>(0),
                      ram,
                      Slot<Member, 0x80>{offset},
                      Error::out_of_bounds);
    }
    check_refused(bar, ram, Slot<std::uint32_t>{0x1d}, Error::out_of_bounds); // its end
    check_refused(bar, ram, Slot<std::uint32_t>{0x02}, Error::misaligned);
    check_refused(bar, ram, Slot<Member>{0x05}, Error::misaligned);
    CHECK(ram.view<Nic>().try_read(Moved{}).error() == Error::out_of_bounds);

    int asked = 0;
    const auto fickle = [&] {
        asked = 0;
        return Fickle{&asked};
    };
    bar.write(fickle(), 1u);
    CHECK(asked == 1);
    CHECK(bar.read(fickle()) == 1);
    bar.update(fickle(), [](std::uint32_t v) { return v + 1; });
    CHECK(bar.try_read(fickle()).value() == 2);
    CHECK(bar.try_write(fickle(), 3u));
    CHECK(bar.try_update(fickle(), [](std::uint32_t v) { return v; }));
    CHECK(bar.view_of(fickle()).address() == 0x10);
    CHECK(bar.try_view_of(fickle()).value().address() == 0x10);
    CHECK(asked == 1);
    for (const auto& access : ram.log())
        CHECK(access.address == 0x10);
}

TEST_CASE("an offset at run time is a location of the try_ forms", "[register]") {
    Recorded<0x100> ram;
    const auto bar = ram.view<io::Region<0x100>>().subview<io::Region<0x40>>(0);
    using U32 = std::uint32_t;
    check_refused(bar, ram, io::offset<U32>(0x40), Error::out_of_bounds);
    check_refused(bar, ram, io::offset<U32>(-4), Error::out_of_bounds);
    check_refused(bar, ram, io::offset<U32>(std::uint64_t{1} << 63), Error::out_of_bounds);
    check_refused(bar, ram, io::offset<U32>(2), Error::misaligned);
    check_refused(bar, ram, io::offset<Member>(0x3e), Error::out_of_bounds);
    CHECK(bar.try_write(io::offset<U32>(0x3c), 7u));
    CHECK(bar.try_read(io::offset<U32>(std::uint8_t{0x3c})).value() == 7);
    // masks are the register's here too
    CHECK(bar.try_write(io::offset<U32>(4), 0x8000'0001u));
    CHECK(bar.try_update(io::offset<Member>(4), [](Member r) { return r.with_index(2); }));
    CHECK(ram.log().back() == io::testing::Access{wr, 4, 4, 2});
    // and the object's, where it is what the location names
    CHECK(bar.try_view_of(io::offset<U32>(8)).value().address() == 8);
}

TEST_CASE("update by offset: one read, one call, one write", "[register]") {
    Recorded<0x100> ram;
    const auto bar = ram.view<io::Region<0x100>>().subview<io::Region<0x40>>(0);
    bar.write<std::uint32_t>(0x10, 5);
    bar.write<std::uint8_t>(0x20, 0xff);
    bar.write<io::be<std::uint16_t>>(0x30, io::be<std::uint16_t>{0x1ff});
    ram.recorder.clear();
    bar.update<std::uint32_t>(0x10, [](std::uint32_t v) { return v + 1; });
    bar.update<std::uint8_t>(0x20, [](std::uint8_t v) { return v & 0xf; });
    bar.update<io::be<std::uint16_t>>(0x30, [](auto v) { return v + 1; });
    CHECK(ram.log() == Log{{rd, 0x10, 4, 5},
                           {wr, 0x10, 4, 6},
                           {rd, 0x20, 1, 0xff},
                           {wr, 0x20, 1, 0xf},
                           {rd, 0x30, 2, 0xff01},
                           {wr, 0x30, 2, 0x0002}});
}

TEST_CASE("IoLoc holds for what the methods take", "[register]") {
    using io::IoLoc;
    using R = io::Region<0x100>;
    using U32 = std::uint32_t;
    const auto agree = []<class L, class T>(std::type_identity<L>, std::type_identity<T>) {
        STATIC_REQUIRE(IoLoc<L, T>);
        STATIC_REQUIRE(is_used<L, T>);
    };
    const auto on = [&](auto location) {
        using L = decltype(location);
        agree(std::type_identity<L>{}, std::type_identity<R>{});
        agree(std::type_identity<L>{}, std::type_identity<Nic>{});
    };
    on(Fixed::At{});
    on(Array::at(0));
    on(Relative::of<Cpu1>());
    on(RelativeArray::of<Cpu1>().at(0));
    on(Other<Fixed>::At{});
    on(Slot<Member>{0});
    on(Slot<U32>{0});
    on(Fickle{});
    on(io::offset<U32, 4>());
    on(io::offset<U32>(4));
    STATIC_REQUIRE(IoLoc<Slot<Member>, Block>);
    STATIC_REQUIRE_FALSE(IoLoc<Slot<U32>, Block>); // offsets are for regions
    STATIC_REQUIRE_FALSE(IoLoc<Fixed::At, Block>);
    STATIC_REQUIRE_FALSE(IoLoc<Slot<Member>, U32>); // which has no locations
    STATIC_REQUIRE_FALSE(IoLoc<Slot<Member>, U32[4]>);
    STATIC_REQUIRE_FALSE(IoLoc<Slot<Member>, Member>);
    STATIC_REQUIRE_FALSE(IoLoc<Slot<bool>, R>);
    STATIC_REQUIRE_FALSE(IoLoc<Slot<Block>, R>);
    STATIC_REQUIRE_FALSE(IoLoc<Slot<const U32>, R>);
    STATIC_REQUIRE_FALSE(IoLoc<U32, R>);
    STATIC_REQUIRE_FALSE(IoLoc<Member, R>);
    STATIC_REQUIRE(IoLoc<Fixed::At, const Nic>);
    STATIC_REQUIRE(IoLoc<Fixed::At, const R>);
}
