// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/support/expected.hpp>

#define EXPECTED_NAMESPACE ioview::detail
#define EXPECTED_MONADIC 1
#define EXPECTED_OWN 1
#include "support/expected_conformance.hpp"

TEST_CASE("the own expected does what the standard's does", "[expected][own]") {
    conforms();
}

TEST_CASE("the own one has error_or, as C++23 has", "[expected][own]") {
    STATIC_REQUIRE(Int(3).error_or(Code::worse) == Code::worse);
    STATIC_REQUIRE(Int(unexpect, Code::bad).error_or(Code::worse) == Code::bad);
    STATIC_REQUIRE(Void().error_or(Code::worse) == Code::worse);
    STATIC_REQUIRE(Void(unexpect, Code::bad).error_or(Code::worse) == Code::bad);
    const Int good(3), bad(unexpect, Code::bad); // lvalues keep what they hold
    CHECK(good.error_or(Code::worse) == Code::worse);
    CHECK(bad.error_or(Code::worse) == Code::bad);
    const Void done, failed(unexpect, Code::bad);
    CHECK(done.error_or(Code::worse) == Code::worse);
    CHECK(failed.error_or(Code::worse) == Code::bad);
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

TEST_CASE("a constant that goes is still constant", "[expected][own]") {
    const Int value(3);
    STATIC_REQUIRE(std::is_same_v<decltype(*std::move(value)), const int&&>);
    CHECK(*std::move(value) == 3);
    CHECK(std::move(value).value() == 3);
    const unexpected<Code> failure(Code::bad);
    STATIC_REQUIRE(std::is_same_v<decltype(std::move(failure).error()), const Code&&>);
    CHECK(std::move(failure).error() == Code::bad);
    const Int bad(unexpect, Code::worse);
    CHECK(std::move(bad).error() == Code::worse);
}

TEST_CASE("a value made of a list replaces what was there", "[expected][own]") {
    expected<FromList, Code> value(unexpect, Code::bad);
    const FromList& made = value.emplace({1, 2, 3}, 4);
    CHECK(&made == &*value);
    CHECK(made.count == 7);
}

TEST_CASE("a failure kept elsewhere is copied into a Result without value", "[expected][own]") {
    const unexpected<Code> failure(Code::bad);
    Void result;
    result = failure;
    CHECK(result.error() == Code::bad);
    CHECK((Void(unexpect, Code::bad) == failure && !(Void() == failure)));
    CHECK_FALSE(Void(unexpect, Code::worse) == failure);
}

TEST_CASE("a Result inside the value is reached by pointer", "[expected][own]") {
    struct Nested {
        Int inner;
    };
    const expected<Nested, Code> good(std::in_place, Nested{5});
    CHECK(good.and_then(&Nested::inner) == 5);
    const expected<Nested, Code> half(std::in_place, Nested{Int(unexpect, Code::worse)});
    CHECK(half.and_then(&Nested::inner).error() == Code::worse);
    const expected<Nested, Code> bad(unexpect, Code::bad);
    CHECK(bad.and_then(&Nested::inner).error() == Code::bad);
}
