// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each row of the access kinds against what manuals mean by it: read, write, update, setter,
// double, print. A kind that is added needs a row here.
#include <ioview/register.hpp>
#include <ioview/testing/device.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace io = ioview;
namespace detail = ioview::detail;

namespace {

struct Manual {
    std::string_view name;
    bool readable; // has a getter; a whole register of it can be read
    bool settable; // has setters
    bool writable; // a whole register of it can be written
    // What an update writes that sets nothing, where 5 was read; "" where there is none.
    std::string_view update;
    // What a double holds that has held 0, 0, 1, 1, and was written 0, 1, 0, 1.
    std::string_view written;
    std::string_view read; // what a driver reads of 0, 1
    std::string_view left; // and what is left then
    int wrong;             // a write of it is a failure; -1: none is
    bool printed;          // among a value's fields
};
// clang-format off
constexpr Manual manual[] = {
    //        getter setter write  update written  read  left wrong printed
    {"rw",    true,  true,  true,  "5",   "0101",  "01", "01", -1,  true},
    {"ro",    true,  false, false, "5",   "0011",  "01", "01", -1,  true},
    {"wo",    false, true,  true,  "",    "0101",  "00", "01", -1,  false},
    {"w1c",   true,  true,  true,  "0",   "0010",  "01", "01", -1,  true},
    {"w1s",   true,  true,  true,  "0",   "0111",  "01", "01", -1,  true},
    {"w0c",   true,  true,  true,  "f",   "0001",  "01", "01", -1,  true},
    {"rc",    true,  false, false, "",    "0011",  "01", "00", -1,  false},
    {"rsvdz", true,  false, true,  "0",   "0011",  "01", "01",  1,  true},
    {"rsvdo", true,  false, true,  "f",   "0011",  "01", "01",  0,  true},
    {"w1t",   true,  true,  true,  "0",   "0110",  "01", "01", -1,  true},
    {"w0s",   true,  true,  true,  "f",   "1011",  "01", "01", -1,  true},
    {"w0t",   true,  true,  true,  "f",   "1001",  "01", "01", -1,  true},
};
// clang-format on

template <class K>
struct Field : io::Register<Field<K>, std::uint32_t, io::fixed<0>> {
    IO_SELF(Field);
    IO_FIELDS(bits(7, 4, it, K), bits(3, 0, plain));
};
template <class K>
struct Whole : io::Register<Whole<K>, std::uint32_t, io::fixed<0>, K> {};
template <class K>
struct WholeOfField : io::Register<WholeOfField<K>, std::uint32_t, io::fixed<0>, K> {
    IO_SELF(WholeOfField);
    IO_FIELDS(bits(7, 4, it));
};
template <class K>
struct Reserved : io::Register<Reserved<K>, std::uint32_t, io::fixed<0>> {
    IO_SELF(Reserved);
    IO_FIELDS(reserved(7, 4, K), bits(3, 0, plain));
};

using Bar = io::Region<4>;
using Nibble = io::Bounded<std::uint32_t, 4>;

template <class R>
constexpr bool has_setter = requires(R r, Nibble value) { r.with_it(value); };

// What update() writes where `read` was read, with a function that changes nothing.
template <class R>
std::string updated(std::uint32_t read) {
    if constexpr (detail::access_fault(detail::Does::update, R::io_map) !=
                  detail::AccessFault::none) {
        return "";
    } else {
        Recorded<4> ram;
        ram[0] = static_cast<std::uint8_t>(read);
        ram.view<Bar>().template update<R>([](R r) { return r; });
        return {"0123456789abcdef"[ram.log().back().value >> 4 & 15]};
    }
}

std::string bits(std::uint64_t word, unsigned count) {
    std::string text;
    while (count-- != 0)
        text += word >> (4 + count) & 1 ? '1' : '0';
    return text;
}

struct Watched : io::testing::Device {
    int failed = 0;
    Watched() : Device(4) {
        on_failure([this](const std::string&) { ++failed; });
    }
};

// What a double does that has R at 0.
template <class R>
void check_double(const Manual& row) {
    Watched dev;
    auto& reg = dev.reg("it", 0, 4).bits(io::testing::register_bits<R>());
    const auto bar = dev.view<Bar>();

    reg.holds(0x30);
    bar.write32(0, row.wrong == -1 ? 0x50 : row.wrong == 0 ? 0xffff'ffff : 0);
    CHECK(bits(reg.value(), 4) == row.written);
    CHECK(dev.failed == 0);
    if (row.wrong != -1) {
        reg.holds(0x30);
        bar.write32(0, row.wrong == 1 ? 0x50 : 0xffff'ff5f);
        CHECK(bits(reg.value(), 4) == row.written);
        CHECK(dev.failed == 1);
    }
    reg.holds(0x10);
    CHECK(bits(bar.read32(0), 2) == row.read);
    CHECK(bits(reg.value(), 2) == row.left);
}

template <class K, class Full>
void check(std::string_view name) {
    INFO(name);
    const Manual* row = nullptr;
    for (const Manual& each : manual)
        if (each.name == name)
            row = &each;
    REQUIRE(row != nullptr);

    STATIC_REQUIRE(std::is_same_v<K, Full>);
    STATIC_REQUIRE(detail::is_access<K>);
    CHECK(io::access_name(K::io_access) == name);
    CHECK(io::try_name(K::io_access).value() == io::Text(row->name.data(), row->name.size()));

    const detail::AccessKind& kind = detail::access_kind(K::io_access);
    CHECK(kind.is_read() == row->readable);
    CHECK(kind.is_set() == row->settable);
    CHECK(kind.is_written() == row->writable);

    // a field
    CHECK(Field<K>::io_field_it::readable == row->readable);
    CHECK(has_setter<Field<K>> == row->settable);
    CHECK(updated<Field<K>>(0x50) == row->update);
    check_double<Field<K>>(*row);
    int printed = 0;
    io::for_each_field(Field<K>{}, [&](const io::FieldInfo& field, auto) {
        if (field.mask != 0xf0)
            return;
        ++printed;
        CHECK(field.access == K::io_access);
    });
    CHECK(printed == (row->printed ? 1 : 0));
    if constexpr (has_setter<Field<K>>) {
        CHECK(Field<K>{}.with_it(Nibble(6)).raw() == 0x60);
        CHECK(Field<K>{}.try_with_it(6u).value().raw() == 0x60);
        // an update writes it, whatever the idle value is
        if constexpr (detail::access_fault(detail::Does::update, Field<K>::io_map) ==
                      detail::AccessFault::none) {
            Recorded<4> ram;
            ram.view<Bar>().template update<Field<K>>(
                [](Field<K> r) { return r.with_it(Nibble(6)); });
            CHECK((ram.log().back().value >> 4 & 15) == 6);
        }
    }

    // a register
    CHECK(Whole<K>::readable == row->readable);
    CHECK(Whole<K>::writable == row->writable);
    CHECK(has_setter<WholeOfField<K>>); // its values are made by doubles, if not by drivers
    const bool two_ways = row->readable && row->writable;
    CHECK(updated<Whole<K>>(0x50) == (two_ways ? row->update : ""));
    check_double<Whole<K>>(*row);

    // what has no name
    CHECK(updated<Reserved<K>>(0x50) == row->update);
    check_double<Reserved<K>>(*row);
}

struct Derived : io::ro {};
struct Alike {
    static constexpr io::Access io_access = io::Access::ro;
};

} // namespace

TEST_CASE("access kinds: each row is what manuals mean by it", "[register]") {
    int count = 0;
#define CHECK_ROW(kind, full, ...)                                                                 \
    check<io::kind, io::full>(#kind);                                                              \
    ++count;
    IOVIEW_ACCESS_KINDS(CHECK_ROW)
#undef CHECK_ROW
    CHECK(count == sizeof(manual) / sizeof(Manual));
    CHECK(count == detail::access_kind_count);
}

TEST_CASE("access kinds: what is no row is no kind", "[register]") {
    STATIC_REQUIRE_FALSE(detail::is_access<Derived>);
    STATIC_REQUIRE_FALSE(detail::is_access<Alike>);
    STATIC_REQUIRE_FALSE(detail::is_access<int>);
    for (const int code : {detail::code<Derived>,
                           detail::code<Alike>,
                           detail::code<int, Alike>,
                           detail::code<Alike, io::ro>})
        CHECK(detail::item_fault(32, 7, 0, code) == detail::Fault::options);
}
