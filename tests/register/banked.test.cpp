// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Registers of two indices: where they are, what is no element, what overlaps, how they are
// printed.
#include <ioview/format.hpp>
#include <ioview/register.hpp>
#include <ioview/testing/device.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace io = ioview;
namespace detail = ioview::detail;

namespace {

// The enable bits of a PLIC, fewer of them: a row of two words for each context.
struct Enable : io::Register<Enable, std::uint32_t, io::banked<0x20, 3, 0x10, 2>> {
    IO_FIELDS(bits(31, 0, sources));
};
// The other way round: the words of all banks lie side by side.
struct Mixed : io::Register<Mixed, std::uint16_t, io::banked<0x80, 3, 2, 4, 8>> {
    IO_FIELDS(bits(15, 0, value));
};
struct FirstOfTwo : io::Register<FirstOfTwo, std::uint32_t, io::alias<Enable, 2, 1>> {
    IO_FIELDS(bit(3, uart));
};
struct InTheGap : io::Register<InTheGap, std::uint32_t, io::array<0x28, 3, 0x10>> {};
struct OnTheLast : io::Register<OnTheLast, std::uint32_t, io::fixed<0x44>> {};
struct Behind : io::Register<Behind, std::uint32_t, io::fixed<0x4c>> {};
struct Between : io::Register<Between, std::uint16_t, io::array<0x86, 4, 8>> {};
struct Within : io::Register<Within, std::uint16_t, io::fixed<0x9c>> {};

struct Plic : io::Region<0x100>, io::Registers<Enable, Mixed, FirstOfTwo, InTheGap, Between> {};

template <class... Entries>
bool overlapping() {
    return detail::first_overlap<Entries...>().first >= 0;
}

} // namespace

TEST_CASE("banked: where the elements are", "[register]") {
    CHECK(Enable::at(0).at(0).offset() == 0x20);
    CHECK(Enable::at(2).at(1).offset() == 0x44);
    CHECK(Mixed::at(2).at(3).offset() == 0x9c);
    STATIC_REQUIRE(decltype(Enable::at(0).at(0))::end == 0x48);
    STATIC_REQUIRE(decltype(Mixed::at(0).at(0))::end == 0x9e);
    for (unsigned bank = 0; bank != 4; ++bank)
        for (int word = -1; word != 3; ++word) {
            const auto row = Enable::try_at(bank);
            REQUIRE(row.has_value() == (bank < 3));
            if (!row)
                continue;
            const auto place = row->try_at(word);
            REQUIRE(place.has_value() == (word == 0 || word == 1));
            if (place)
                CHECK(place->offset() == 0x20 + bank * 0x10 + static_cast<unsigned>(word) * 4);
        }
    CHECK(Enable::try_at(-1).error() == io::Error::out_of_bounds);
    CHECK(Enable::at(1).try_at(2).error() == io::Error::out_of_bounds);
}

TEST_CASE("banked: accesses, and an alias of an element", "[register]") {
    Recorded<0x100> ram;
    const auto bar = ram.view<Plic>();
    bar.write(Enable::at(2).at(1), Enable{}.with_sources(0x11));
    CHECK(ram.word<std::uint32_t>(0x44) == 0x11);
    bar.update<FirstOfTwo>([](FirstOfTwo r) { return r.with_uart(true); });
    CHECK(bar.read(Enable::at(2).at(1)).sources() == 0x19u);
    CHECK(bar.try_read(*Enable::try_at(2u)->try_at(1u)).value().raw() == 0x19);
    STATIC_REQUIRE(FirstOfTwo::At::offset() == 0x44);
}

TEST_CASE("banked: what lies over an element is found", "[register]") {
    CHECK_FALSE(overlapping<Enable, InTheGap, Behind>());
    CHECK(overlapping<Enable, OnTheLast>());
    CHECK(overlapping<OnTheLast, Enable>());
    CHECK_FALSE(overlapping<Mixed, Between>());
    CHECK(overlapping<Mixed, Within>());
    using detail::place_fault;
    using detail::PlaceFault;
    CHECK(place_fault(io::banked<0, 3, 8, 2>::io_place, 4, 4) == PlaceFault::none);
    CHECK(place_fault(io::banked<0, 3, 8, 3>::io_place, 4, 4) == PlaceFault::elements_overlap);
    CHECK(place_fault(io::banked<0, 3, 4, 2, 12>::io_place, 4, 4) == PlaceFault::none);
    CHECK(place_fault(io::banked<0, 4, 4, 2, 12>::io_place, 4, 4) == PlaceFault::elements_overlap);
    CHECK(place_fault(io::banked<0, 0, 8, 2>::io_place, 4, 4) == PlaceFault::no_elements);
    CHECK(place_fault(io::banked<0, 3, 8, 0>::io_place, 4, 4) == PlaceFault::no_elements);
    CHECK(place_fault(io::banked<0, 3, 10, 2>::io_place, 4, 4) == PlaceFault::stride_misaligned);
    constexpr std::size_t half = static_cast<std::size_t>(-1) / 2 + 1;
    CHECK(place_fault(io::banked<4, 2, half, 2, half - 4>::io_place, 4, 4) ==
          PlaceFault::past_the_address_space);
}

TEST_CASE("banked: elements are printed with both indices", "[register]") {
    detail::Indices at;
    CHECK(detail::place_of_register<Enable>.find(0x44, 4, at));
    CHECK((at.index[0] == 2 && at.index[1] == 1));
    CHECK_FALSE(detail::place_of_register<Enable>.find(0x28, 4, at));
    CHECK(detail::place_of_register<Mixed>.find(0x9c, 2, at));
    CHECK((at.index[0] == 2 && at.index[1] == 3));

    io::testing::Device dev(0x100);
    std::string failure;
    dev.on_failure([&](const std::string& text) { failure = text; });
    dev.reg("enable", Enable::at(2).at(1)).holds(0x77);
    const auto bar = dev.view<Plic>();
    CHECK(bar.read(Enable::at(2).at(1)).raw() == 0x77);
    const std::string text = io::dump(bar);
    INFO(text);
    CHECK(text.find("Enable[2][1]{sources: 119}") != std::string::npos);
    CHECK(text.find("Enable[3]") == std::string::npos);
}
