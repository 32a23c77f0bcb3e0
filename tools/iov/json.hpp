// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Json: a value as RFC 8259 has it, made, printed and read back. Members keep their order. Raw
// values of registers and addresses are strings such as "0x28": readers keep 53 bits of a number.
//
//   Json all = Json::array();
//   all.push(Json::object().with("name", "Status").with("value", hex(raw, 4)));
//   fmt::print("{}\n", all.to_text());

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace iov {

class Json {
public:
    using Array = std::vector<Json>;
    using Member = std::pair<std::string, Json>;
    using Object = std::vector<Member>;

    Json() : value_(nullptr) {}
    Json(bool value) : value_(value) {}
    Json(std::uint64_t value) : value_(value) {}
    Json(unsigned value) : value_(std::uint64_t{value}) {}
    Json(double value) : value_(value) {}
    Json(std::string value) : value_(std::move(value)) {}
    Json(const char* value) : value_(std::string(value)) {}
    [[nodiscard]] static Json array() { return Json(Array{}); }
    [[nodiscard]] static Json object() { return Json(Object{}); }

    // Of an array and of an object; any other is a logic error.
    void push(Json item) { std::get<Array>(value_).push_back(std::move(item)); }
    [[nodiscard]] Json with(std::string name, Json item) &&;

    // Null where this is no object, or has no such member.
    [[nodiscard]] const Json* find(std::string_view name) const;
    [[nodiscard]] const Array* items() const { return std::get_if<Array>(&value_); }
    [[nodiscard]] const Object* members() const { return std::get_if<Object>(&value_); }
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value_); }
    [[nodiscard]] const std::uint64_t* number() const {
        return std::get_if<std::uint64_t>(&value_);
    }

    // Indented by two; or in a line.
    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] std::string to_line() const;

    // Failure with the offset, when text is no JSON.
    [[nodiscard]] static Json parse(std::string_view text);

private:
    explicit Json(Array items) : value_(std::move(items)) {}
    explicit Json(Object members) : value_(std::move(members)) {}
    void print(std::string& out, int indent) const;

    std::variant<std::nullptr_t, bool, std::uint64_t, double, std::string, Array, Object> value_;
    friend class JsonReader;
};

} // namespace iov
