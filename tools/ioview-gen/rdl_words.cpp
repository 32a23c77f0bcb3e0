// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_words.hpp"

#include <algorithm>
#include <array>

namespace gen {
namespace {

using ExpressionKind = RdlExpression::Kind;

// Expressions in each other.
constexpr std::size_t most_expression_levels = 100;

// Of chapter 4.4 and annex D, without what is a property's name as well.
constexpr std::string_view rdl_keywords =
    " abstract accesstype addressingtype addrmap alias all alternate bit boolean bothedge "
    "byte compact component componentwidth constraint default encode enum external false "
    "field fullalign hw inside int internal level longint mem na negedge nonsticky number "
    "onreadtype onwritetype posedge precedencetype property r rclr real ref reg regalign "
    "regfile rset ruser rw rw1 shortint shortreal signal signed string struct sw this "
    "true type unsigned w w1 wclr with within woclr woset wot wr wset wuser wzc wzs wzt ";

// Those of them that are values.
constexpr std::string_view values =
    " bothedge compact fullalign hw level na negedge posedge r rclr regalign rset ruser rw "
    "rw1 sw w w1 wclr woclr woset wot wr wset wuser wzc wzs wzt ";

bool is_one_of(std::string_view word, std::string_view words) {
    return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

// How tightly an operator binds; 0 where it is none of two.
int level_of(const RdlToken& token) {
    constexpr std::pair<std::string_view, int> levels[] = {
        {"||", 1}, {"&&", 2}, {"|", 3},  {"^", 4},  {"~^", 4}, {"&", 5},  {"==", 6},
        {"!=", 6}, {"<", 7},  {">", 7},  {"<=", 7}, {">=", 7}, {"<<", 8}, {">>", 8},
        {"+", 9},  {"-", 9},  {"*", 10}, {"/", 10}, {"%", 10}, {"**", 11}};
    if (token.kind == RdlToken::Kind::symbol)
        for (const auto& [symbol, level] : levels)
            if (token.text == symbol)
                return level;
    return 0;
}

bool is_unary(const RdlToken& token) {
    constexpr std::array<std::string_view, 10> symbols = {
        "!", "~", "+", "-", "&", "~&", "|", "~|", "^", "~^"};
    return std::any_of(symbols.begin(), symbols.end(), [&](auto one) { return token.is(one); });
}

RdlExpression made(ExpressionKind kind, const RdlPlace& place, std::vector<RdlExpression> parts) {
    RdlExpression made;
    made.kind = kind;
    made.place = place;
    for (const RdlExpression& part : parts)
        made.depth = std::max(made.depth, part.depth + 1);
    if (made.depth > most_expression_levels)
        rdl_fail(place, "more than {} expressions in each other", most_expression_levels);
    made.parts = std::move(parts);
    return made;
}

std::vector<RdlExpression> both(RdlExpression left, RdlExpression right) {
    std::vector<RdlExpression> parts;
    parts.push_back(std::move(left));
    parts.push_back(std::move(right));
    return parts;
}

} // namespace

bool is_rdl_keyword(std::string_view name) {
    return is_one_of(name, rdl_keywords);
}

class RdlWords::Deeper {
public:
    explicit Deeper(RdlWords& words) : words_(words) {
        if (++words.depth_ > most_expression_levels)
            rdl_fail(words.now().place,
                     "more than {} expressions in each other",
                     most_expression_levels);
    }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() { --words_.depth_; }

private:
    RdlWords& words_;
};

RdlToken RdlWords::take() {
    return at_ + 1 == words_.size() ? words_.back() : words_[at_++];
}

bool RdlWords::take_if(std::string_view symbol) {
    const bool is_here = now().is(symbol);
    if (is_here)
        take();
    return is_here;
}

bool RdlWords::take_word_if(std::string_view word) {
    const bool is_here = now().is_word(word);
    if (is_here)
        take();
    return is_here;
}

void RdlWords::expect(std::string_view symbol) {
    if (!take_if(symbol))
        rdl_fail(now().place, "{}, where \"{}\" is wanted", to_text(now()), symbol);
}

RdlToken RdlWords::expect_name(std::string_view what) {
    const RdlToken& token = now();
    if (token.kind != RdlToken::Kind::name)
        rdl_fail(token.place, "{}, where {} is wanted", to_text(token), what);
    if (!token.is_escaped && is_rdl_keyword(token.text))
        rdl_fail(token.place, "{} is a keyword, and {} is wanted", to_text(token), what);
    return take();
}

void RdlWords::skip_braces() {
    const RdlPlace begin = now().place;
    expect("{");
    for (std::size_t open = 1; open != 0;) {
        const RdlToken token = take();
        if (token.kind == RdlToken::Kind::end)
            rdl_fail(begin, R"("{{" without "}}")");
        open += token.is("{") ? 1u : 0u;
        open -= token.is("}") ? 1u : 0u;
    }
}

RdlExpression RdlWords::expression() {
    const Deeper deeper(*this);
    RdlExpression condition = binary(1);
    if (!now().is("?"))
        return condition;
    const RdlPlace place = take().place;
    std::vector<RdlExpression> parts;
    parts.push_back(std::move(condition));
    parts.push_back(expression());
    expect(":");
    parts.push_back(expression());
    return made(ExpressionKind::choice, place, std::move(parts));
}

RdlExpression RdlWords::binary(int level) {
    RdlExpression left = unary();
    while (level_of(now()) >= level) {
        const RdlToken operation = take();
        RdlExpression right = binary(level_of(operation) + 1);
        left =
            made(ExpressionKind::binary, operation.place, both(std::move(left), std::move(right)));
        left.text = operation.text;
    }
    return left;
}

RdlExpression RdlWords::unary() {
    const Deeper deeper(*this);
    if (!is_unary(now()))
        return primary();
    const RdlToken operation = take();
    std::vector<RdlExpression> parts;
    parts.push_back(unary());
    RdlExpression result = made(ExpressionKind::unary, operation.place, std::move(parts));
    result.text = operation.text;
    return result;
}

RdlExpression RdlWords::primary() {
    const RdlToken token = now();
    RdlExpression result = made(ExpressionKind::number, token.place, {});
    if (token.kind == RdlToken::Kind::number) {
        take();
        result.number = token.number;
        result.width = token.width;
        return now().is("'") && ahead(1).is("(") ? cast(std::move(result)) : result;
    }
    if (token.kind == RdlToken::Kind::text) {
        result.kind = ExpressionKind::text;
        while (now().kind == RdlToken::Kind::text)
            result.text += take().text;
        return result;
    }
    if (take_if("(")) {
        result = expression();
        expect(")");
        return now().is("'") && ahead(1).is("(") ? cast(std::move(result)) : result;
    }
    if (token.is("{"))
        return braces();
    if (token.is("'") && ahead(1).is("{")) {
        take();
        take();
        return made(ExpressionKind::array, token.place, list("}"));
    }
    if (token.kind == RdlToken::Kind::name)
        return word_or_name();
    rdl_fail(token.place, "{}, where a value is wanted", to_text(token));
}

// {a, b} and {3{a}}
RdlExpression RdlWords::braces() {
    const RdlPlace place = take().place;
    RdlExpression first = expression();
    if (now().is("{")) {
        RdlExpression what = braces();
        expect("}");
        return made(ExpressionKind::replicate, place, both(std::move(first), std::move(what)));
    }
    std::vector<RdlExpression> parts;
    parts.push_back(std::move(first));
    if (take_if(","))
        for (RdlExpression& part : list("}"))
            parts.push_back(std::move(part));
    else
        expect("}");
    return made(ExpressionKind::concatenate, place, std::move(parts));
}

RdlExpression RdlWords::word_or_name() {
    const RdlToken token = take();
    RdlExpression result = made(ExpressionKind::word, token.place, {});
    result.text = token.text;
    if (token.is_word("true") || token.is_word("false")) {
        result.kind = ExpressionKind::boolean;
        result.number = token.text == "true" ? 1 : 0;
        result.width = 1;
        return result;
    }
    const bool is_type =
        token.is_word("boolean") || token.is_word("bit") || token.is_word("longint");
    if (is_type && now().is("'"))
        return cast(std::move(result));
    if (!token.is_escaped && is_one_of(token.text, values))
        return result;
    if (!token.is_escaped && is_rdl_keyword(token.text))
        rdl_fail(token.place, "{} is a keyword, and a value is wanted", to_text(token));
    if (now().is("'"))
        rdl_fail(token.place, "{} is a struct, and struct types are not read", to_text(token));
    if (take_if("::")) {
        result.kind = ExpressionKind::enumerator;
        result.member = expect_name("the name of an enumerator").text;
        return result;
    }
    if (now().is(".") || now().is("[") || now().is("->"))
        return reference(token);
    result.kind = ExpressionKind::name;
    return result;
}

// A component elsewhere, or a property of one: what only hardware can use.
RdlExpression RdlWords::reference(const RdlToken& first) {
    RdlExpression result = made(ExpressionKind::reference, first.place, {});
    result.text = first.text;
    result.member = first.text;
    while (true) {
        if (take_if("[")) {
            std::vector<RdlExpression> parts = std::move(result.parts);
            parts.push_back(expression());
            expect("]");
            std::string text = result.text + "[]";
            result = made(ExpressionKind::reference, first.place, std::move(parts));
            result.text = std::move(text);
            result.member = first.text;
        } else if (take_if(".")) {
            result.text += "." + expect_name("the name of a component").text;
        } else {
            break;
        }
    }
    if (take_if("->")) {
        const RdlToken property = take();
        if (property.kind != RdlToken::Kind::name)
            rdl_fail(property.place, "{}, where a property is wanted", to_text(property));
        result.text += "->" + property.text;
    }
    return result;
}

RdlExpression RdlWords::cast(RdlExpression type) {
    const RdlPlace place = take().place;
    expect("(");
    RdlExpression what = expression();
    expect(")");
    RdlExpression result = made(ExpressionKind::cast, place, {});
    if (type.kind == ExpressionKind::word) {
        std::vector<RdlExpression> parts;
        parts.push_back(std::move(what));
        result = made(ExpressionKind::cast, place, std::move(parts));
        result.text = type.text;
        return result;
    }
    return made(ExpressionKind::cast, place, both(std::move(type), std::move(what)));
}

std::vector<RdlExpression> RdlWords::list(std::string_view end) {
    std::vector<RdlExpression> parts;
    if (take_if(end))
        return parts;
    do
        parts.push_back(expression());
    while (take_if(","));
    expect(end);
    return parts;
}

} // namespace gen
