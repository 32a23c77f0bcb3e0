// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/detail/expected.hpp>

#define EXPECTED_NAMESPACE ioview::detail
#define EXPECTED_MONADIC 1
#define EXPECTED_OWN 1
#include "expected_conformance.hpp"

TEST_CASE("the own expected does what the standard's does", "[expected][own]") {
    conforms();
}

TEST_CASE("the own one has error_or, as C++23 has", "[expected][own]") {
    STATIC_REQUIRE(Int(3).error_or(Code::worse) == Code::worse);
    STATIC_REQUIRE(Int(unexpect, Code::bad).error_or(Code::worse) == Code::bad);
    STATIC_REQUIRE(Void().error_or(Code::worse) == Code::worse);
}

TEST_CASE("a payload that is not assignable can still be replaced", "[expected][own]") {
    expected<Constant, Code> a(std::in_place, 1);
    a.emplace(2);
    CHECK(a->value == 2);
}

TEST_CASE("a payload whose building may throw is built aside", "[expected][own]") {
    expected<std::string, Code> text(unexpect, Code::bad);
    text = "a text long enough to be kept on the heap";
    CHECK(text->size() == 41);
    text = unexpected(Code::worse);
    CHECK(text.error() == Code::worse);
}

TEST_CASE("a literal becomes a narrow value without a warning", "[expected][own]") {
    expected<std::uint8_t, Code> byte = 5;
    byte = 6;
    CHECK(byte == 6);
}
