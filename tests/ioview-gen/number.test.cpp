// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "number.hpp"

#include "support/catch.hpp"

using namespace gen;

TEST_CASE("numbers in all spellings") {
    struct Case {
        const char* text;
        std::uint64_t value;
    };
    const Case cases[] = {{"0", 0},
                          {"16", 16},
                          {" 0x1F ", 0x1f},
                          {"0X1f", 0x1f},
                          {"#101", 5},
                          {"0b101", 5},
                          {"0B11", 3},
                          {"+7", 7},
                          {"0007", 7},
                          {"4k", 4'096},
                          {"2M", 2u << 20},
                          {"0xFFFFFFFFFFFFFFFF", ~std::uint64_t{0}},
                          {"18446744073709551615", ~std::uint64_t{0}}};
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(parse_number(one.text) == one.value);
    }
}

TEST_CASE("what is no number") {
    for (const char* text : {"",
                             " ",
                             "-1",
                             "0x",
                             "0b",
                             "#",
                             "0b12",
                             "0xg",
                             "1 2",
                             "k",
                             "0x10000000000000000",
                             "18446744073709551616",
                             "99999999999999999999g",
                             "x"}) {
        INFO(text);
        CHECK_FALSE(parse_number(text));
    }
}

TEST_CASE("bits that may be either") {
    CHECK(parse_pattern("0b1x0")->value == 4);
    CHECK(parse_pattern("0b1x0")->any == 2);
    CHECK(parse_pattern("#X1")->any == 2);
    CHECK(parse_pattern("#X1")->value == 1);
    CHECK(parse_pattern("12")->any == 0);
    CHECK_FALSE(parse_pattern("0b1x2"));
    CHECK_FALSE(parse_pattern("0x1x"));
    CHECK_FALSE(parse_pattern("0b" + std::string(65, 'x')));
}

TEST_CASE("numbers with a sign") {
    CHECK(parse_signed("-3") == -3);
    CHECK(parse_signed("0x10") == 16);
    CHECK_FALSE(parse_signed("--1"));
    CHECK_FALSE(parse_signed("9223372036854775808"));
}
