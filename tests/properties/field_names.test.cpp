// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A field may be called like a member that each register has, and hides it: nothing in the library
// takes the one for the other.
#include <ioview/format.hpp>
#include <ioview/ioview.hpp>
#include <ioview/register/joined.hpp>
#include <ioview/register/set_clear.hpp>
#include <ioview/register/shadow.hpp>
#include <ioview/register/snapshot.hpp>
#include <ioview/register/update_locked.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string_view>

namespace io = ioview;

namespace {

struct Adc : io::Register<Adc, std::uint32_t, io::fixed<0x10>, io::reset<0x0102'0304>> {
    IO_FIELDS(bits(31, 24, raw),
              bits(23, 20, value),
              bit(19, readable),
              bit(18, writable),
              bit(17, from_raw),
              bit(16, at),
              bit(15, try_at),
              bit(14, of),
              bit(13, reset),
              bit(12, reset_value),
              bit(11, reading_has_side_effect),
              bit(10, has_wo_field),
              bit(9, blind_update),
              bit(8, modify),
              bit(7, bits),
              bit(6, mask),
              bit(5, get));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
};
struct Low : io::Register<Low, std::uint32_t, io::fixed<0x20>> {};

TEST_CASE("fields that are called like members of a register") {
    io::testing::Memory<0x40> memory;
    const auto bar = memory.view<io::Region<0x40>>();
    bar.write32(0x10, 0xa5ff'ffff);
    bar.write32(0x20, 0x1234'5678);

    SECTION("values of fields") {
        IO_MODIFY(bar, Adc, raw(0x12), value(3), readable(false), bits(false), mask(false));
        CHECK(bar.read32(0x10) == 0x1237'ff3f);
        CHECK(bar.read<Adc>().raw() == 0x12);
        CHECK(IO_VALUE(Adc, reset(true), get(true)).Register::raw() == 0x2020);
    }
    SECTION("a value after a reset, a shadow, companions, a lock") {
        io::Shadow<Adc> shadow{Adc::Register::reset()};
        shadow.update(bar, [](Adc r) { return r.with_modify(false); });
        CHECK(bar.read32(0x10) == 0x0102'0204);
        io::set_bits(bar, Adc{}.with_raw(0xf0));
        CHECK(bar.read32(0x14) == 0xf000'0000);
        io::update_by_companions<Adc>(bar, [](Adc r) { return r.with_writable(true); });
        CHECK(bar.read32(0x14) == 1u << 18);
        auto lock = io::no_lock;
        io::update_locked<Adc>(bar, lock, [](Adc r) { return r.with_raw(1); });
        CHECK(bar.read32(0x10) == 0x0102'0204);
    }
    SECTION("a joined value") {
        using Both = io::Joined<std::uint64_t, io::high_first, IO_PART(Adc, raw), Low>;
        CHECK(io::read_joined<Both>(bar) == 0xa5'1234'5678);
        CHECK(io::try_write_joined<Both>(bar, 0x5a'0000'0001u));
        CHECK(bar.read32(0x10) == 0x5aff'ffff);
        CHECK(io::try_read_joined<Both>(bar) == 0x5a'0000'0001u);
    }
    SECTION("snapshots, and what is printed") {
        const auto before = io::snapshot<Adc>(bar);
        CHECK(before.get<Adc>().Register::raw() == 0xa5ff'ffff);
        bar.write32(0x10, 0xa4ff'ffff);
        int changes = 0;
        io::diff(before, io::snapshot<Adc>(bar))
            .for_each([&](const io::FieldChange& change, auto, auto) {
                CHECK(std::string_view(change.field.name.data, change.field.name.size) == "raw");
                CHECK(change.before == 0xa5ff'ffff);
                CHECK(change.after == 0xa4ff'ffff);
                ++changes;
            });
        CHECK(changes == 1);
        CHECK(fmt::format("{:x}", bar.read<Adc>()) == "a4ffffff");
        CHECK(fmt::format("{}", bar.read<Adc>()).starts_with("Adc{raw: 164, value: 15, "));
        CHECK(fmt::format("{:#}", bar.read<Adc>()).starts_with("Adc 0xa4ffffff\n  31:24  raw: "));
    }
}

} // namespace
