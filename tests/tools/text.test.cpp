// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Numbers, addresses and saved configuration spaces as people hand them to iov.
#include "text.hpp"

#include "saved_config.hpp"
#include "support/catch.hpp"

#include <string>

using iov::try_address;
using iov::try_number;

TEST_CASE("numbers are decimal or hexadecimal, and nothing else", "[iov]") {
    CHECK(try_number("0") == 0u);
    CHECK(try_number("0x40") == 0x40u);
    CHECK(try_number("0XfF") == 255u);
    CHECK(try_number("1'000") == 1'000u);
    CHECK(try_number("0xffffffffffffffff") == ~std::uint64_t{0});
    for (const char* bad : {"",
                            "0x",
                            "x",
                            "-1",
                            "+1",
                            " 1",
                            "1 ",
                            "12z",
                            "1''",
                            "'1",
                            "1'",
                            "0x1'0000'0000'0000'0000",
                            "18446744073709551616"})
        CHECK_FALSE(try_number(bad));
}

TEST_CASE("addresses are those that lspci prints", "[iov]") {
    CHECK(try_address("00:1f.3") == ioview::pci::Address{0, 0, 0x1f, 3});
    CHECK(try_address("0001:02:03.4") == ioview::pci::Address{1, 2, 3, 4});
    CHECK(try_address("10000:e1:00.0") == ioview::pci::Address{0x1'0000, 0xe1, 0, 0});
    for (const char* bad : {"",
                            "00",
                            "00:03",
                            "00:20.0",
                            "00:03.8",
                            "00:03.0x",
                            "zz:03.0",
                            "00:03.",
                            ":03.0",
                            "1:00:03.0:1",
                            "00:03.0 ",
                            "123456789:00:00.0"})
        CHECK_FALSE(try_address(bad));
}

TEST_CASE("lines end at a line feed, with or without a carriage return", "[iov]") {
    CHECK(iov::lines_of("") == std::vector<std::string>{});
    CHECK(iov::lines_of("a\r\n\nb") == std::vector<std::string>{"a", "", "b"});
}

TEST_CASE("saved bytes are those of one function", "[iov]") {
    std::string bytes(256, '\0');
    bytes[0] = '\x86';
    bytes[1] = '\x80';
    const auto found = iov::saved_functions(bytes);
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].has_address);
    CHECK(found[0].config.read<std::uint16_t>(0) == 0x8086u);
    CHECK(found[0].config.size() == 256);
    CHECK(iov::saved_functions(std::string(4'096, '\0'))[0].config.size() == 4'096);
    CHECK(iov::saved_functions(std::string(255, '\0')).empty());
    CHECK(iov::saved_functions("").empty());
}

TEST_CASE("what was not saved is not zero", "[iov]") {
    const auto found = iov::saved_functions(std::string(64, '\x01'));
    REQUIRE(found.size() == 1);
    CHECK(found[0].config.size() == 256);
    CHECK(found[0].config.read<std::uint32_t>(60) == 0x0101'0101u);
    CHECK(found[0].config.read<std::uint32_t>(64).error() == ioview::Error::io_error);
    CHECK(found[0].config.read<std::uint32_t>(256).error() == ioview::Error::out_of_bounds);
    CHECK(found[0].config.read<std::uint32_t>(254).error() == ioview::Error::out_of_bounds);
    CHECK(found[0].config.write<std::uint8_t>(0, 0).error() == ioview::Error::unsupported);
}

TEST_CASE("the text of lspci holds several functions, among other lines", "[iov]") {
    const std::string row = " 86 80 72 15 06 05 10 2a 02 00 00 02 10 40 80 00\n";
    const auto found = iov::saved_functions("# a report\n00:03.0 0200: 8086:1572\n\tFlags: fast\n"
                                            "00:" +
                                            row + "10:" + row + "\n0001:01:00.1 x\n00:" + row +
                                            "nonsense: 1 2 3\n");
    REQUIRE(found.size() == 2);
    CHECK(found[0].address == ioview::pci::Address{0, 0, 3, 0});
    CHECK(found[0].config.read<std::uint16_t>(0x12) == 0x1572u);
    CHECK(found[1].address == ioview::pci::Address{1, 1, 0, 1});
    CHECK(found[1].config.read<std::uint16_t>(0x10).error() == ioview::Error::io_error);
    // a row that is cut off is none
    CHECK(iov::saved_functions("00:03.0 x\n00: 86 80\n").empty());
    CHECK(iov::saved_functions("00:03.0 of nobody\n1000:" + row).empty());
    CHECK(iov::saved_functions("00:03.0 of nobody\n08:" + row).empty());
}
