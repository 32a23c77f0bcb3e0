// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Behind headers that define the short names as macros, as Arduino's core and device headers do:
// everything compiles, and the long names do all.
#include "support/catch.hpp"

#include <cstdint>
#include <string>

// clang-format off
#define bit(b) (1UL << (b))
#define array(n) [n]
#define rw volatile
#define ro volatile const
#define wo volatile
#define rc return_code
#define w1c 1
#define w1s 1
#define w0c 0
#define w1t 1
#define w0s 0
#define w0t 0
#define rsvdz 0
#define rsvdo 1
// clang-format on

#include <ioview/format.hpp>
#include <ioview/format/snapshot.hpp>
#include <ioview/ioview.hpp>
#include <ioview/pci.hpp>
#include <ioview/register.hpp>
#include <ioview/register/field_array.hpp>
#include <ioview/register/joined.hpp>
#include <ioview/testing.hpp>

namespace io = ioview;

namespace {

enum class Mode : std::uint8_t { off, slow, fast };

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>, io::read_write> {
    IOVIEW_FIELDS(field_bits(31, 24, divisor),
                  field_split(address, (23, 20), (15, 12)),
                  field_bits(11, 8, mode, Mode),
                  field_reserved(7, 6, io::reserved_one),
                  field_bit(5, overrun, io::write_one_to_clear),
                  field_bit(4, pending, io::read_only),
                  field_bit(3, flipped, io::write_zero_to_toggle),
                  field_bit(0, enable));
};
struct Base : io::Register<Base, std::uint32_t, io::fixed<0x14>> {
    IOVIEW_FIELDS(field_unshifted(31, 12, address),
                  field_array(11, 8, lane, 4),
                  field_reserved(7, 0));
};

} // namespace

TEST_CASE("long names of items and access kinds where macros have the short ones", "[register]") {
    io::testing::Device dev(0x100);
    dev.reg<Control>("control").holds(0xf0);
    const auto bar = dev.view<io::Region<0x100>>();
    bar.update<Control>([](Control r) {
        return r.with_divisor(12).with_mode(Mode::fast).with_address(0xab).with_enable(true);
    });
    const auto now = bar.read<Control>();
    CHECK(now.raw() == 0x0ca0'b2f1);
    CHECK(now.address() == 0xabu);
    CHECK(now.overrun());
    CHECK(Base{}.with_address(0x1234'5000).with_lane(2, true).raw() == 0x1234'5400);

    int fields = 0;
    io::for_each_field(now, [&](const io::FieldInfo& field, auto) {
        ++fields;
        if (field.name == io::Text("flipped"))
            CHECK(std::string(io::access_name(field.access)) == "w0t");
    });
    CHECK(fields == 7);
}

TEST_CASE("macros of others are as they were", "[register]") {
    CHECK(bit(3) == 8);
    CHECK(w1c + w0t == 1);
}
