// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What iov prints as JSON, and reads of it again.
#include "json.hpp"

#include "failure.hpp"
#include "support/catch.hpp"

#include <string>

using iov::Json;

TEST_CASE("values print as RFC 8259 has them", "[iov]") {
    const Json made = Json::object()
                          .with("text", "a\"\\\n\t\x01")
                          .with("number", ~std::uint64_t{0})
                          .with("half", 0.5)
                          .with("flag", true)
                          .with("nothing", Json())
                          .with("empty", Json::array())
                          .with("none", Json::object());
    CHECK(made.to_line() == R"({"text": "a\"\\\n\t\u0001", "number": 18446744073709551615, )"
                            R"("half": 0.5, "flag": true, "nothing": null, "empty": [], )"
                            R"("none": {}})");
    CHECK(made.to_text().substr(0, 12) == "{\n  \"text\": ");
}

TEST_CASE("bytes that are no UTF-8 do not get into JSON", "[iov]") {
    CHECK(Json("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80").to_line() ==
          "\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
    CHECK(Json("a\xff").to_line() == R"("a\ufffd")");
    CHECK(Json("\xc3").to_line() == R"("\ufffd")");
    CHECK(Json("\xc3(").to_line() == R"("\ufffd(")");
    CHECK(Json("\x80\xc0").to_line() == R"("\ufffd\ufffd")");
}

TEST_CASE("what is printed is read again", "[iov]") {
    Json list = Json::array();
    list.push(std::uint64_t{42});
    list.push(1.5);
    list.push("\" \\ \n \x01");
    const Json made =
        Json::object().with("list", list).with("inner", Json::object().with("is", false));
    CHECK(Json::parse(made.to_text()).to_text() == made.to_text());
    CHECK(Json::parse(made.to_line()).to_line() == made.to_line());
    REQUIRE(made.find("list") != nullptr);
    CHECK(made.find("list")->items()->size() == 3);
    CHECK(made.find("nowhere") == nullptr);
    CHECK(list.find("list") == nullptr);
}

TEST_CASE("what is no JSON is refused, wherever it ends", "[iov]") {
    const std::string whole = R"({"a": [1, "x\u0041", {"b": null}], "c": -1.5})";
    CHECK_NOTHROW(Json::parse(whole));
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_THROWS_AS(Json::parse(whole.substr(0, size)), iov::Failure);
    for (const char* bad : {"{} {}", "{a: 1}", "[1 2]", "\"\\x\"", "\"\\u12\"", "nul"})
        CHECK_THROWS_AS(Json::parse(bad), iov::Failure);
    CHECK_THROWS_AS(Json::parse(std::string(100'000, '[')), iov::Failure);
}
