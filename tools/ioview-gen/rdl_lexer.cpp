// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_lexer.hpp"

#include "number.hpp"

#include <algorithm>
#include <array>

namespace gen {
namespace {

bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_of_name(char c) {
    return begins_name(c) || is_digit(c);
}

// 99 where it is none.
unsigned digit_of(char c) {
    if (is_digit(c))
        return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return static_cast<unsigned>(c - 'A') + 10;
    return 99;
}

unsigned base_of(char letter) {
    switch (letter) {
    case 'b':
    case 'B':
        return 2;
    case 'o':
    case 'O':
        return 8;
    case 'd':
    case 'D':
        return 10;
    case 'h':
    case 'H':
        return 16;
    default:
        return 0;
    }
}

// The longest first.
constexpr std::array<std::string_view, 16> long_symbols = {
    "**", "&&", "||", "<<", ">>", "==", "!=", "<=", ">=", "->", "::", "~&", "~|", "~^", "+=", "%="};
constexpr std::string_view short_symbols = "{}[]();:,.=@+-*/%!~&|^<>?#'";

// Digits with _ between them, to where they end.
std::uint64_t digits(const std::string& text, unsigned base, const RdlPlace& place) {
    std::uint64_t value = 0;
    bool is_empty = true;
    for (const char c : text) {
        if (c == '_' && !is_empty)
            continue;
        const unsigned digit = digit_of(c);
        if (digit >= base)
            rdl_fail(place, "{} has \"{}\" in it, which is no digit of base {}", text, c, base);
        if (value > (~std::uint64_t{0} - digit) / base)
            rdl_fail(place, "{} is past 64 bits", text);
        value = value * base + digit;
        is_empty = false;
    }
    if (is_empty)
        rdl_fail(place, "a number without digits");
    return value;
}

} // namespace

std::string to_text(const RdlToken& token) {
    switch (token.kind) {
    case RdlToken::Kind::end:
        return "the end of the file";
    case RdlToken::Kind::number:
        return std::to_string(token.number);
    case RdlToken::Kind::text:
        return "a text in quotes";
    case RdlToken::Kind::directive:
        return "`" + token.text;
    case RdlToken::Kind::name:
    case RdlToken::Kind::symbol:
        break;
    }
    return "\"" + token.text + "\"";
}

void RdlLexer::advance() {
    if (text_[at_++] == '\n')
        ++place_.line;
}

bool RdlLexer::skip_comment() {
    if (peek() != '/')
        return false;
    if (peek(1) == '/') {
        while (at_ < text_.size() && text_[at_] != '\n')
            advance();
        return true;
    }
    if (peek(1) != '*')
        return false;
    const RdlPlace begin = place_;
    const auto end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos)
        rdl_fail(begin, "a comment that does not end");
    while (at_ != end + 2)
        advance();
    return true;
}

void RdlLexer::skip_blanks() {
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v')
            advance();
        else if (!skip_comment())
            return;
    }
}

std::string RdlLexer::name() {
    const std::size_t begin = at_;
    while (is_of_name(peek()))
        ++at_;
    return std::string(text_.substr(begin, at_ - begin));
}

void RdlLexer::read_number(RdlToken& token) {
    token.kind = RdlToken::Kind::number;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
        at_ += 2;
        token.number = digits(name(), 16, place_);
        return;
    }
    token.number = digits(name(), 10, place_);
    if (peek() == '\'' && base_of(peek(1)) != 0)
        read_sized(token);
}

// 8'hff, behind the 8
void RdlLexer::read_sized(RdlToken& token) {
    if (token.number == 0 || token.number > 65'536)
        rdl_fail(place_, "a number of {} bits", token.number);
    token.width = static_cast<unsigned>(token.number);
    const unsigned base = base_of(peek(1));
    at_ += 2;
    const std::string written = name();
    token.number = digits(written, base, place_);
    if (token.width < 64 && token.number >> token.width != 0)
        rdl_fail(place_, "{} has more than {} bits", written, token.width);
}

void RdlLexer::read_text(RdlToken& token) {
    token.kind = RdlToken::Kind::text;
    for (advance(); peek() != '"'; advance()) {
        if (at_ >= text_.size())
            rdl_fail(token.place, "a text in quotes that does not end");
        if (peek() == '\\' && (peek(1) == '"' || peek(1) == '\\'))
            advance();
        token.text += peek();
    }
    advance();
}

void RdlLexer::read_symbol(RdlToken& token) {
    token.kind = RdlToken::Kind::symbol;
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<%"))
        rdl_fail(place_, "Perl between <% and %> is not run; give what it prints");
    if (rest.starts_with("^~")) {
        token.text = "~^";
        at_ += 2;
        return;
    }
    const auto is_here = [&](std::string_view symbol) { return rest.starts_with(symbol); };
    const auto* const found = std::find_if(long_symbols.begin(), long_symbols.end(), is_here);
    if (found != long_symbols.end())
        token.text = *found;
    else if (short_symbols.find(rest.front()) != std::string_view::npos)
        token.text = rest.front();
    else if (rest.front() > ' ' && rest.front() < '\x7f')
        rdl_fail(place_, "\"{}\" is nothing in this language", rest.front());
    else
        rdl_fail(place_,
                 "the byte 0x{:02x} is nothing in this language",
                 static_cast<unsigned char>(rest.front()));
    at_ += token.text.size();
}

RdlToken RdlLexer::next() {
    skip_blanks();
    RdlToken token;
    token.place = place_;
    if (at_ >= text_.size())
        return token;
    const char c = peek();
    if (is_digit(c)) {
        read_number(token);
    } else if (c == '"') {
        read_text(token);
    } else if (begins_name(c)) {
        token.kind = RdlToken::Kind::name;
        token.text = name();
    } else if ((c == '\\' || c == '`') && begins_name(peek(1))) {
        ++at_;
        token.kind = c == '`' ? RdlToken::Kind::directive : RdlToken::Kind::name;
        token.is_escaped = c == '\\';
        token.text = name();
    } else {
        read_symbol(token);
    }
    return token;
}

std::string RdlLexer::rest_of_line() {
    std::string rest;
    while (at_ < text_.size() && peek() != '\n') {
        const bool is_joined =
            peek() == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'));
        if (is_joined) {
            while (peek() != '\n')
                advance();
            advance();
            rest += ' ';
        } else if (peek() == '/' && peek(1) == '/') {
            skip_comment();
        } else {
            rest += peek();
            advance();
        }
    }
    return rest;
}

void RdlLexer::skip_to_directive() {
    while (at_ < text_.size() && !(peek() == '`' && begins_name(peek(1)))) {
        if (skip_comment())
            continue;
        if (peek() == '"') {
            RdlToken unused;
            unused.place = place_;
            read_text(unused);
            continue;
        }
        advance();
    }
}

} // namespace gen
