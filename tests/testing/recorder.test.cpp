// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/sys_mem.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <bit>
#include <cstdint>
#include <sstream>
#include <string>
#include <type_traits>

namespace io = ioview;
namespace testing = ioview::testing;

namespace {

struct Pl011 {
    std::uint32_t dr, rsr, pad0[4], fr;
};

template <io::IoOf<Pl011> Uart>
constexpr void put(Uart uart, char c) {
    while ((IO_READ(uart, fr) & 0x20u) != 0) {
    }
    IO_WRITE(uart, dr, static_cast<std::uint32_t>(static_cast<unsigned char>(c)));
}

} // namespace

TEST_CASE("29 accesses are a list of operation, address, width and value", "[recorder]") {
    testing::Memory<sizeof(Pl011)> memory;
    memory[0x18] = 0;
    testing::Recorder recorder{memory.view<Pl011>()};
    put(recorder.view<Pl011>(), 'A');
    const std::uint64_t fr = recorder.log().at(0).value;
    CHECK(recorder.log() == Log{{rd, 0x18, 4, fr}, {wr, 0x0, 4, 'A'}});
    CHECK(recorder.log() != Log{{rd, 0x18, 4, fr}});
    CHECK(recorder.log() != Log{{wr, 0x0, 4, 'A'}, {rd, 0x18, 4, fr}}); // order
    CHECK(recorder.log() != Log{{rd, 0x18, 2, fr}, {wr, 0x0, 4, 'A'}}); // width
    CHECK(recorder.log() != Log{{rd, 0x14, 4, fr}, {wr, 0x0, 4, 'A'}}); // address
    CHECK(recorder.log() != Log{{rd, 0x18, 4, fr}, {wr, 0x0, 4, 'B'}}); // value
    recorder.clear();
    CHECK(recorder.log().empty());
}

TEST_CASE("29 what a recorder wraps does what it did", "[recorder]") {
    Recorded<16> ram;
    const auto view = ram.view<io::Region<16>>();
    view.write32(4, 0x0102'0304);
    CHECK(ram[4] == 4);
    CHECK(view.inner().read32(4) == 0x0102'0304);
    CHECK(view.inner().address() == view.address());
    CHECK(ram.log().size() == 1); // inner accesses are not recorded
    Recorded<16, std::endian::big> other;
    other.view<io::Region<16>>().write32(4, 0x0102'0304);
    CHECK(other[4] == 1);
    CHECK(other.log() == Log{{wr, 4, 4, 0x0102'0304}});
}

TEST_CASE("29 addresses count from what is recorded", "[recorder]") {
    alignas(8) unsigned char bytes[32] = {};
    const auto region = io::SysMem<io::Region<>>::from_bytes(bytes, sizeof bytes).value();
    testing::Recorder recorder{region.try_subview<io::Region<>>(8, 16).value()};
    recorder.view<io::Region<8>>().write32(4, 7);
    CHECK(recorder.log() == Log{{wr, 4, 4, 7}});
    CHECK(bytes[std::endian::native == std::endian::little ? 12 : 15] == 7);
    CHECK(recorder.view<io::Region<>>().size_bytes() == 16);
    CHECK(recorder.view<std::uint32_t[]>().size() == 4);
    // a recorded twin of another view
    const auto twin = recorder.wrap(region.try_subview<std::uint32_t>(24).value());
    twin.write(9);
    CHECK(recorder.log() == Log{{wr, 4, 4, 7}, {wr, 16, 4, 9}});
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<decltype(recorder)>);
}

TEST_CASE("29 recorders nest", "[recorder]") {
    testing::Memory<8> memory;
    testing::Recorder inner{memory.view<io::Region<>>()};
    testing::Recorder outer{inner.view<io::Region<>>()};
    outer.view<io::Region<8>>().write16(6, 3);
    CHECK(outer.log() == Log{{wr, 6, 2, 3}});
    CHECK(inner.log() == outer.log());
}

TEST_CASE("29 a step reads like the driver's line", "[recorder]") {
    CHECK(testing::to_string({rd, 0x18, 4, 0x20}) == "read32 0x18 -> 0x20");
    CHECK(testing::to_string({wr, 0x3, 1, 0xff}) == "write8 0x3 <- 0xff");
    CHECK(testing::to_string({rd, 0, 8, 0xffff'ffff'ffff'ffff}) ==
          "read64 0x0 -> 0xffffffffffffffff");
    CHECK(testing::to_string({wr, 0xdead'beef, 2, 0}) == "write16 0xdeadbeef <- 0x0");
    std::ostringstream out;
    out << testing::Access{rd, 0x18, 4, 0x20};
    CHECK(out.str() == "read32 0x18 -> 0x20");
}

TEST_CASE("29 a diff shows where two logs part", "[recorder]") {
    const Log wanted{{rd, 0, 4, 1}, {rd, 4, 4, 2}, {rd, 8, 4, 3}, {wr, 0xc, 4, 4}};
    CHECK(testing::diff(wanted, wanted).empty());
    CHECK(testing::diff({}, {}).empty());
    auto got = wanted;
    got[3].width = 2;
    CHECK(testing::diff(wanted, got) == "step 2: read32 0x4 -> 0x2\n"
                                        "step 3: read32 0x8 -> 0x3\n"
                                        "step 4: write32 0xc <- 0x4, but got write16 0xc <- 0x4\n");
    got.pop_back();
    CHECK(testing::diff(wanted, got) == "step 2: read32 0x4 -> 0x2\n"
                                        "step 3: read32 0x8 -> 0x3\n"
                                        "step 4: write32 0xc <- 0x4, but got nothing\n");
    CHECK(testing::diff({}, {{wr, 0, 1, 2}}) == "step 1: nothing, but got write8 0x0 <- 0x2\n");
    CHECK(testing::diff({{wr, 0, 1, 2}}, {}) == "step 1: write8 0x0 <- 0x2, but got nothing\n");
}

TEST_CASE("29 a recorder works in the compiler", "[recorder]") {
    STATIC_REQUIRE([] {
        testing::Memory<sizeof(Pl011)> memory;
        memory[0x18] = 0;
        testing::Recorder recorder{memory.view<Pl011>()};
        put(recorder.view<Pl011>(), 'A');
        const auto& log = recorder.log();
        return log.size() == 2 && log[0].op == rd && log[0].address == 0x18 &&
               log[1] == testing::Access{wr, 0, 4, 'A'};
    }());
}
