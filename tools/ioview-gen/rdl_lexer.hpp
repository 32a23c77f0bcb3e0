// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RdlLexer: the words of a SystemRDL text, one after the other, without what is commented out.
//
//   RdlLexer lexer(text, {&name, 1});
//   for (RdlToken token = lexer.next(); token.kind != RdlToken::Kind::end; token = lexer.next())

#include "failure.hpp"
#include "model.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gen {

// Where something stands; the name of the file is kept by RdlSource.
struct RdlPlace {
    const std::string* file = nullptr;
    int line = 0;

    [[nodiscard]] Where where() const { return {file == nullptr ? std::string() : *file, line}; }
};

// Failure at a place: "uart.rdl:12: …".
template <class... Args>
[[noreturn]] void rdl_fail(const RdlPlace& at, fmt::format_string<Args...> format, Args&&... args) {
    throw Failure(Exit::refused,
                  "{}:{}: {}",
                  at.file == nullptr ? "" : *at.file,
                  at.line,
                  fmt::format(format, std::forward<Args>(args)...));
}

struct RdlToken {
    enum class Kind : std::uint8_t {
        end,
        name,      // a keyword, too
        number,    //
        text,      // "in quotes", without them
        symbol,    //
        directive, // `name, without the `
    };

    Kind kind = Kind::end;
    bool is_escaped = false; // \name, which is no keyword
    unsigned width = 64;     // of a number; 8'hff has 8 bits
    std::uint64_t number = 0;
    std::string text; // of what is no number
    RdlPlace place;

    [[nodiscard]] bool is(std::string_view symbol) const {
        return kind == Kind::symbol && text == symbol;
    }
    [[nodiscard]] bool is_word(std::string_view word) const {
        return kind == Kind::name && !is_escaped && text == word;
    }
};

// As it is quoted in messages.
[[nodiscard]] std::string to_text(const RdlToken& token);

class RdlLexer {
public:
    // The text has to stay.
    RdlLexer(std::string_view text, RdlPlace place) : text_(text), place_(place) {}

    // Failure for what is no word.
    [[nodiscard]] RdlToken next();
    // For directives: what is left of the line, without a comment, and of those that \ joins to it.
    [[nodiscard]] std::string rest_of_line();
    // For text that is not wanted: to the next ` that is in no comment and no quotes.
    void skip_to_directive();
    [[nodiscard]] bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
    [[nodiscard]] const RdlPlace& place() const { return place_; }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    void advance();
    bool skip_comment();
    void skip_blanks();
    [[nodiscard]] std::string name();
    void read_number(RdlToken& token);
    void read_sized(RdlToken& token);
    void read_text(RdlToken& token);
    void read_symbol(RdlToken& token);

    std::string_view text_;
    std::size_t at_ = 0;
    RdlPlace place_;
};

} // namespace gen
