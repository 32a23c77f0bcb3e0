// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_evaluate.hpp"

#include "number.hpp"

#include <algorithm>
#include <bit>

namespace gen {
namespace {

using Kind = RdlValue::Kind;

constexpr std::size_t longest_text = 65'536;

RdlValue number(std::uint64_t value, unsigned width = 64) {
    RdlValue made;
    made.number = value;
    made.width = width;
    return made;
}

RdlValue boolean(bool value) {
    RdlValue made = number(value ? 1 : 0, 1);
    made.kind = Kind::boolean;
    return made;
}

RdlValue text(std::string value, const RdlPlace& place) {
    if (value.size() > longest_text)
        rdl_fail(place, "a text of more than {} characters", longest_text);
    RdlValue made;
    made.kind = Kind::text;
    made.text = std::move(value);
    return made;
}

std::uint64_t as_number(const RdlValue& value, const RdlPlace& place) {
    if (value.kind == Kind::number || value.kind == Kind::boolean || value.kind == Kind::enumerator)
        return value.number;
    if (value.kind == Kind::reference)
        rdl_fail(place, "{} is not known here, and a number is wanted", value.text);
    rdl_fail(place, "{}, where a number is wanted", rdl_kind(value));
}

[[noreturn]] void too_large(const RdlExpression& expression) {
    rdl_fail(expression.place, "the result of {} is past 64 bits", expression.text);
}

std::uint64_t product(const RdlExpression& expression, std::uint64_t a, std::uint64_t b) {
    if (b != 0 && a > ~std::uint64_t{0} / b)
        too_large(expression);
    return a * b;
}

std::uint64_t power(const RdlExpression& expression, std::uint64_t base, std::uint64_t exponent) {
    if (base <= 1)
        return exponent == 0 ? 1 : base;
    std::uint64_t result = 1;
    for (; exponent != 0; --exponent) // 64 times at most
        result = product(expression, result, base);
    return result;
}

std::uint64_t shifted(const RdlExpression& expression, std::uint64_t a, std::uint64_t count) {
    if (a == 0)
        return 0;
    if (count >= 64 || a > ~std::uint64_t{0} >> count)
        too_large(expression);
    return a << count;
}

std::uint64_t difference(const RdlExpression& expression, std::uint64_t a, std::uint64_t b) {
    if (b > a)
        rdl_fail(expression.place, "{} - {} is negative", a, b);
    return a - b;
}

std::uint64_t quotient(const RdlExpression& expression, std::uint64_t a, std::uint64_t b) {
    if (b == 0)
        rdl_fail(expression.place, "{} {} 0", a, expression.text);
    return expression.text == "/" ? a / b : a % b;
}

bool compared(const std::string& operation, std::uint64_t a, std::uint64_t b) {
    if (operation == "<")
        return a < b;
    if (operation == ">")
        return a > b;
    if (operation == "<=")
        return a <= b;
    return a >= b;
}

bool is_comparison(const std::string& operation) {
    return operation == "<" || operation == ">" || operation == "<=" || operation == ">=";
}

bool is_same(const RdlValue& a, const RdlValue& b, const RdlPlace& place) {
    if (a.kind == Kind::text || a.kind == Kind::word) {
        if (a.kind != b.kind)
            rdl_fail(place, "{} is compared with {}", rdl_kind(a), rdl_kind(b));
        return a.text == b.text;
    }
    return as_number(a, place) == as_number(b, place);
}

RdlValue binary(const RdlExpression& expression, const RdlView& view) {
    const std::string& operation = expression.text;
    const RdlValue left = rdl_value(expression.parts[0], view);
    const RdlValue right = rdl_value(expression.parts[1], view);
    if (operation == "==" || operation == "!=")
        return boolean(is_same(left, right, expression.place) == (operation == "=="));
    const std::uint64_t a = as_number(left, expression.parts[0].place);
    const std::uint64_t b = as_number(right, expression.parts[1].place);
    const unsigned width = std::max(left.width, right.width);
    if (is_comparison(operation))
        return boolean(compared(operation, a, b));
    if (operation == "&&")
        return boolean(a != 0 && b != 0);
    if (operation == "||")
        return boolean(a != 0 || b != 0);
    if (operation == "&")
        return number(a & b, width);
    if (operation == "|")
        return number(a | b, width);
    if (operation == "^")
        return number(a ^ b, width);
    if (operation == "~^")
        return number(~(a ^ b) & mask_of(width), width);
    if (operation == "<<")
        return number(shifted(expression, a, b));
    if (operation == ">>")
        return number(b >= 64 ? 0 : a >> b, left.width);
    if (operation == "+") {
        if (a > ~std::uint64_t{0} - b)
            too_large(expression);
        return number(a + b);
    }
    if (operation == "-")
        return number(difference(expression, a, b));
    if (operation == "*")
        return number(product(expression, a, b));
    if (operation == "**")
        return number(power(expression, a, b));
    return number(quotient(expression, a, b));
}

RdlValue unary(const RdlExpression& expression, const RdlView& view) {
    const std::string& operation = expression.text;
    const RdlValue value = rdl_value(expression.parts[0], view);
    const std::uint64_t a = as_number(value, expression.parts[0].place);
    const std::uint64_t all = mask_of(value.width);
    if (operation == "!")
        return boolean(a == 0);
    if (operation == "~")
        return number(~a & all, value.width);
    if (operation == "+")
        return number(a, value.width);
    if (operation == "-")
        return number(difference(expression, 0, a));
    // of all bits: one bit
    const bool is_inverted = operation.size() == 2;
    bool bit = (std::popcount(a) & 1) != 0;
    if (operation.back() == '&')
        bit = a == all;
    if (operation.back() == '|')
        bit = a != 0;
    return number(bit != is_inverted ? 1 : 0, 1);
}

// Of texts, one text; of numbers, their bits, the first highest.
RdlValue joined(const std::vector<RdlValue>& values, const RdlPlace& place) {
    if (values.front().kind == Kind::text) {
        std::string all;
        for (const RdlValue& value : values) {
            if (value.kind != Kind::text)
                rdl_fail(place, "{} and a text in one", rdl_kind(value));
            all += value.text;
            if (all.size() > longest_text)
                break;
        }
        return text(std::move(all), place);
    }
    RdlValue all = number(0, 0);
    for (const RdlValue& value : values) {
        const std::uint64_t bits = as_number(value, place);
        if (value.width > 64 - all.width)
            rdl_fail(place, "more than 64 bits in braces; numbers there need a width, as 8'd5");
        all.number = value.width == 64 ? 0 : all.number << value.width;
        all.number |= bits;
        all.width += value.width;
    }
    return all;
}

RdlValue concatenated(const RdlExpression& expression, const RdlView& view) {
    std::vector<RdlValue> values;
    values.reserve(expression.parts.size());
    for (const RdlExpression& part : expression.parts)
        values.push_back(rdl_value(part, view));
    return joined(values, expression.place);
}

RdlValue replicated(const RdlExpression& expression, const RdlView& view) {
    const std::uint64_t count = rdl_number(expression.parts[0], view);
    const RdlValue what = rdl_value(expression.parts[1], view);
    if (count == 0 || count > 1'000)
        rdl_fail(expression.place, "repeated {} times", count);
    return joined(std::vector<RdlValue>(count, what), expression.place);
}

RdlValue cast(const RdlExpression& expression, const RdlView& view) {
    const RdlExpression& what = expression.parts.back();
    const std::uint64_t value = rdl_number(what, view);
    if (expression.text == "boolean")
        return boolean(value != 0);
    if (expression.text == "longint")
        return number(value);
    if (expression.text == "bit")
        return number(value & 1, 1);
    const std::uint64_t width = rdl_number(expression.parts[0], view);
    if (width == 0 || width > 64)
        rdl_fail(expression.place, "cast to {} bits", width);
    const auto bits = static_cast<unsigned>(width);
    return number(value & mask_of(bits), bits);
}

RdlValue choice(const RdlExpression& expression, const RdlView& view) {
    return rdl_value(expression.parts[rdl_number(expression.parts[0], view) != 0 ? 1 : 2], view);
}

RdlValue named(const RdlExpression& expression, const RdlView& view) {
    if (const auto* value = view.find<RdlValue>(expression.text))
        return *value;
    RdlValue made;
    made.kind = Kind::reference;
    made.text = expression.text;
    if (const auto* type = view.find<std::shared_ptr<const RdlEnumType>>(expression.text)) {
        made.kind = Kind::enumeration;
        made.type = *type;
    }
    return made;
}

RdlValue enumerator(const RdlExpression& expression, const RdlView& view) {
    const auto* type = view.find<std::shared_ptr<const RdlEnumType>>(expression.text);
    if (type == nullptr)
        rdl_fail(expression.place, "there is no enumeration {} here", expression.text);
    for (const RdlEnumType::Member& member : (*type)->members)
        if (member.name == expression.member) {
            RdlValue made = number(member.value);
            made.kind = Kind::enumerator;
            made.text = member.name;
            made.type = *type;
            return made;
        }
    rdl_fail(expression.place, "{} has no {}", expression.text, expression.member);
}

RdlValue array(const RdlExpression& expression, const RdlView& view) {
    RdlValue made;
    made.kind = Kind::array;
    for (const RdlExpression& part : expression.parts) {
        made.items.push_back(rdl_value(part, view));
        if (made.items.back().kind == Kind::array)
            rdl_fail(part.place, "arrays of arrays are not read");
    }
    return made;
}

// An element of a parameter that is an array, or else a component.
RdlValue element(const RdlExpression& expression, const RdlView& view) {
    const auto* value = view.find<RdlValue>(expression.member);
    if (value == nullptr || value->kind != Kind::array || expression.parts.size() != 1 ||
        expression.text != expression.member + "[]") {
        RdlValue made;
        made.kind = Kind::reference;
        made.text = expression.text;
        return made;
    }
    const std::uint64_t index = rdl_number(expression.parts.front(), view);
    if (index >= value->items.size())
        rdl_fail(expression.place,
                 "{}[{}] of {} elements",
                 expression.member,
                 index,
                 value->items.size());
    return value->items[index];
}

RdlValue opaque(Kind kind, const std::string& words) {
    RdlValue made;
    made.kind = kind;
    made.text = words;
    return made;
}

} // namespace

std::string_view rdl_kind(const RdlValue& value) {
    switch (value.kind) {
    case Kind::number:
        return "a number";
    case Kind::boolean:
        return "a boolean";
    case Kind::text:
        return "a text";
    case Kind::word:
        return "a keyword";
    case Kind::enumerator:
        return "an enumerator";
    case Kind::enumeration:
        return "an enumeration";
    case Kind::array:
        return "an array";
    case Kind::reference:
        return "a reference";
    }
    return "a value";
}

RdlValue rdl_value(const RdlExpression& expression, const RdlView& view) {
    switch (expression.kind) {
    case RdlExpression::Kind::number:
        return number(expression.number, expression.width);
    case RdlExpression::Kind::boolean:
        return boolean(expression.number != 0);
    case RdlExpression::Kind::text:
        return text(expression.text, expression.place);
    case RdlExpression::Kind::word:
        return opaque(Kind::word, expression.text);
    case RdlExpression::Kind::name:
        return named(expression, view);
    case RdlExpression::Kind::enumerator:
        return enumerator(expression, view);
    case RdlExpression::Kind::reference:
        return element(expression, view);
    case RdlExpression::Kind::unary:
        return unary(expression, view);
    case RdlExpression::Kind::binary:
        return binary(expression, view);
    case RdlExpression::Kind::choice:
        return choice(expression, view);
    case RdlExpression::Kind::concatenate:
        return concatenated(expression, view);
    case RdlExpression::Kind::replicate:
        return replicated(expression, view);
    case RdlExpression::Kind::array:
        return array(expression, view);
    case RdlExpression::Kind::cast:
        return cast(expression, view);
    }
    return {};
}

std::uint64_t rdl_number(const RdlExpression& expression, const RdlView& view) {
    return as_number(rdl_value(expression, view), expression.place);
}

std::string rdl_text(const RdlExpression& expression, const RdlView& view) {
    const RdlValue value = rdl_value(expression, view);
    if (value.kind != Kind::text)
        rdl_fail(expression.place, "{}, where a text is wanted", rdl_kind(value));
    return value.text;
}

} // namespace gen
