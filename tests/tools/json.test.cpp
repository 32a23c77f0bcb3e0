// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What iov prints as JSON, and reads of it again.
#include "json.hpp"

#include "failure.hpp"
#include "support/catch.hpp"

#include <string>

using namespace iov;

TEST_CASE("values print as RFC 8259 has them, in a line and indented", "[iov]") {
    const Json made = {{"text", "a\"\\\n\t\x01"},
                       {"number", ~std::uint64_t{0}},
                       {"half", 0.5},
                       {"flag", true},
                       {"nothing", nullptr},
                       {"list", {1, "b, c"}},
                       {"empty", Json::array()},
                       {"none", Json::object()}};
    CHECK(in_a_line(made) == R"({"text": "a\"\\\n\t\u0001", "number": 18446744073709551615, )"
                             R"("half": 0.5, "flag": true, "nothing": null, "list": [1, "b, c"], )"
                             R"("empty": [], "none": {}})");
    CHECK(indented(made).substr(0, 12) == "{\n  \"text\": ");
    CHECK(parse_json(in_a_line(made)) == made);
    CHECK(parse_json(indented(made)) == made);
}

TEST_CASE("bytes that are no UTF-8 do not get into JSON", "[iov]") {
    CHECK(in_a_line(Json("\xc3\xa9")) == "\"\xc3\xa9\"");
    CHECK(in_a_line(Json("a\xff")) == "\"a\xef\xbf\xbd\"");
    CHECK(in_a_line(Json("\xc3(")) == "\"\xef\xbf\xbd(\"");
}

TEST_CASE("members that are there, and not", "[iov]") {
    const Json made = {{"list", {1, 2}}, {"one", 1}};
    REQUIRE(find_member(made, "list") != nullptr);
    CHECK(find_member(made, "list")->size() == 2);
    CHECK(find_member(made, "nowhere") == nullptr);
    CHECK(find_member(made["list"], "list") == nullptr);
}

TEST_CASE("what is no JSON is refused, wherever it ends", "[iov]") {
    const std::string whole = R"({"a": [1, "x\u0041", {"b": null}], "c": -1.5})";
    CHECK_NOTHROW(parse_json(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_THROWS_AS(parse_json(whole.substr(0, size)), Failure);
    CHECK_THROWS_AS(parse_json("{} {}"), Failure);
    CHECK_THROWS_AS(parse_json(std::string(100'000, '[')), Failure);
}
