// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IO_MODIFY and IO_TRY_MODIFY: an update without a function, access by access.
#include <ioview/endian.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>

namespace io = ioview;
using io::Error;

namespace {

enum class Mode : std::uint8_t { idle, run, halt, sleep };

// The same fields in all that a register may be: plain, with bits that act when written, in a
// stated byte order.
struct Plain : io::Register<Plain, std::uint32_t, io::fixed<0x8>> {
    IO_FIELDS(bits(31, 16, divisor), bits(9, 8, mode, Mode), bit(3, enable), bit(0, irq));
};
template <class Stored>
struct Ordered : io::Register<Ordered<Stored>, Stored, io::fixed<0x10>> {
    IO_SELF(Ordered);
    IO_FIELDS(bits(31, 16, divisor), bits(9, 8, mode, Mode), bit(3, enable), bit(0, irq));
};
struct Acting : io::Register<Acting, std::uint32_t, io::fixed<0x18>> {
    IO_FIELDS(bits(31, 16, divisor),
              bits(9, 8, mode, Mode),
              bit(5, overrun, io::w1c),
              bit(4, parity, io::w0c),
              bit(3, enable),
              bit(0, irq));
};

struct Split : io::Register<Split, std::uint16_t, io::fixed<0x4>> {
    IO_FIELDS(split(channel, (15, 14), (3, 2)), unshifted(13, 8, base), bits(1, 0, low));
};
struct Wide : io::Register<Wide, std::uint64_t, io::fixed<0x20>> {
    IO_FIELDS(bits(63, 12, address), bit(0, valid));
};
struct Byte : io::Register<Byte, std::uint8_t, io::fixed<0x1>> {
    IO_FIELDS(bits(7, 4, high), bits(3, 0, low));
};
// No bit of it survives.
struct Command : io::Register<Command, std::uint32_t, io::fixed<0x28>> {
    IO_FIELDS(bit(0, clear, io::w1c), reserved(31, 1, io::rsvdz));
};

using Bar = io::Region<0x40, 8>;

// Garbage that is the same for both.
struct Pair {
    Recorded<0x40> modified, updated;
    Pair() {
        for (std::size_t i = 0; i < 0x40; ++i)
            updated[i] = modified[i];
    }
    void check(std::size_t accesses) {
        CHECK(modified.log() == updated.log());
        CHECK(modified.log().size() == accesses);
        for (std::size_t i = 0; i < 0x40; ++i)
            CHECK(modified[i] == updated[i]);
    }
};

template <class R>
void check_fields() {
    Pair ram;
    IO_MODIFY(ram.modified.view<Bar>(), R, divisor(0x1234), mode(Mode::halt), irq(true));
    ram.updated.view<Bar>().template update<R>(
        [](R r) { return r.with_divisor(0x1234).with_mode(Mode::halt).with_irq(true); });
    ram.check(2);
}

TEST_CASE("IO_MODIFY does what an update does, whatever the register is") {
    check_fields<Plain>();
    check_fields<Acting>();
    check_fields<Ordered<std::uint32_t>>();
    check_fields<Ordered<io::le<std::uint32_t>>>();
    check_fields<Ordered<io::be<std::uint32_t>>>();
}

TEST_CASE("IO_MODIFY sets split fields, fields in place, and those of any width") {
    Recorded<0x40> ram;
    const auto bar = ram.view<Bar>();
    bar.write16(0x4, 0x0c03);
    bar.write64(0x20, 1);
    bar.write8(0x1, 0xa5);
    ram.recorder.clear();

    IO_MODIFY(bar, Split, channel(9), base(0x2100));
    IO_MODIFY(bar, Wide, address(0xabc));
    IO_MODIFY(bar, Byte, low(io::Bounded<std::uint8_t, 4>::masked(0x7e)));
    CHECK(ram.log() == Log{{rd, 0x4, 2, 0x0c03},
                           {wr, 0x4, 2, 0xa107},
                           {rd, 0x20, 8, 1},
                           {wr, 0x20, 8, 0xab'c001},
                           {rd, 0x1, 1, 0xa5},
                           {wr, 0x1, 1, 0xae}});
}

TEST_CASE("IO_MODIFY writes back nothing that acts, and reads nothing that does not survive") {
    Recorded<0x40> ram;
    const auto bar = ram.view<Bar>();
    bar.write32(0x18, 0xffff'ffcf); // overrun and parity read as ones and zeros below
    bar.write32(0x18, 0x0000'0020);
    ram.recorder.clear();

    IO_MODIFY(bar, Acting, enable(true));
    IO_MODIFY(bar, Acting, overrun(true), parity(false));
    IO_MODIFY(bar, Command, clear(true));
    CHECK(ram.log() == Log{{rd, 0x18, 4, 0x20},
                           {wr, 0x18, 4, 0x18},
                           {rd, 0x18, 4, 0x18},
                           {wr, 0x18, 4, 0x28},
                           {wr, 0x28, 4, 1}});
}

struct Lanes : io::Register<Lanes, std::uint32_t, io::fixed<0x2c>> {
    IO_FIELDS(bits(31, 30, p),
              bits(29, 28, o),
              bits(27, 26, n),
              bits(25, 24, m),
              bits(23, 22, l),
              bits(21, 20, k),
              bits(19, 18, j),
              bits(17, 16, i),
              bits(15, 14, h),
              bits(13, 12, g),
              bits(11, 10, f),
              bits(9, 8, e),
              bits(7, 6, d),
              bits(5, 4, c),
              bits(3, 2, b),
              bits(1, 0, a));
};

TEST_CASE("IO_MODIFY takes sixteen fields, and one read and write are all of it") {
    Recorded<0x40> ram;
    const auto bar = ram.view<Bar>();
    bar.write32(0x2c, 0);
    ram.recorder.clear();
    IO_MODIFY(bar,
              Lanes,
              a(3),
              b(2),
              c(1),
              d(0),
              e(3),
              f(2),
              g(1),
              h(0),
              i(3),
              j(2),
              k(1),
              l(0),
              m(3),
              n(2),
              o(1),
              p(3));
    CHECK(ram.log() == Log{{rd, 0x2c, 4, 0}, {wr, 0x2c, 4, 0xdb1b'1b1b}});
}

TEST_CASE("IO_MODIFY evaluates the view and each value once") {
    Recorded<0x40> ram;
    const auto bar = ram.view<Bar>();
    bar.write32(0x8, 0);
    ram.recorder.clear();
    int asked = 0;
    const auto once = [&](auto value) {
        ++asked;
        return value;
    };
    IO_MODIFY(once(bar), Plain, enable(once(true)), mode(once(Mode::halt)));
    CHECK(asked == 3);
    CHECK(IO_TRY_MODIFY(once(bar), Plain, enable(once(false))));
    CHECK(asked == 5);
    CHECK(ram.log() ==
          Log{{rd, 0x8, 4, 0}, {wr, 0x8, 4, 0x208}, {rd, 0x8, 4, 0x208}, {wr, 0x8, 4, 0x200}});
}

TEST_CASE("IO_TRY_MODIFY reports what the place and the medium say, and writes nothing then") {
    Recorded<0x40> ram;
    CHECK(IO_TRY_MODIFY(ram.view<Bar>(), Plain, enable(true)));
    CHECK(ram.log().size() == 2);

    ram.recorder.clear();
    io::testing::Faulty faulty{ram.view<Bar>()};
    faulty.fail_access(1);
    CHECK(IO_TRY_MODIFY(faulty.view<Bar>(), Plain, enable(true)).error() == Error::io_error);
    CHECK(ram.untouched());
    CHECK(IO_TRY_MODIFY(faulty.view<Bar>(), Plain, enable(true)));
    CHECK(ram.log().size() == 2);

    const auto small = ram.view<io::Region<>>().try_subview<io::Region<>>(0, 8).value();
    CHECK(IO_TRY_MODIFY(small, Plain, enable(true)).error() == Error::out_of_bounds);
    CHECK(ram.log().size() == 2);
}

constexpr std::uint32_t in_the_compiler() {
    Recorded<0x40> ram;
    const auto bar = ram.view<Bar>();
    bar.write32(0x8, 0x5000'0001);
    IO_MODIFY(bar, Plain, enable(true), mode(Mode::run));
    return bar.read32(0x8);
}
static_assert(in_the_compiler() == 0x5000'0109);

} // namespace
