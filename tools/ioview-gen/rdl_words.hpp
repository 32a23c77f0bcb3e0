// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RdlWords: the words of a SystemRDL text under a hand that moves on, and the expressions among
// them.
//
//   RdlWords words(source.words("uart.rdl"));
//   words.expect("=");
//   const RdlExpression value = words.expression();

#include "rdl_syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gen {

class RdlWords {
public:
    explicit RdlWords(std::vector<RdlToken> words) : words_(std::move(words)) {}

    [[nodiscard]] const RdlToken& now() const { return words_[at_]; }
    [[nodiscard]] const RdlToken& ahead(std::size_t count) const {
        return words_[std::min(at_ + count, words_.size() - 1)];
    }
    RdlToken take();
    bool take_if(std::string_view symbol);
    bool take_word_if(std::string_view word);
    void expect(std::string_view symbol);
    // A name that is no keyword.
    RdlToken expect_name(std::string_view what);
    // From { to the } that belongs to it.
    void skip_braces();

    [[nodiscard]] RdlExpression expression();

private:
    class Deeper;

    [[nodiscard]] RdlExpression binary(int level);
    [[nodiscard]] RdlExpression unary();
    [[nodiscard]] RdlExpression primary();
    [[nodiscard]] RdlExpression braces();
    [[nodiscard]] RdlExpression word_or_name();
    [[nodiscard]] RdlExpression reference(const RdlToken& first);
    [[nodiscard]] RdlExpression cast(RdlExpression type);
    [[nodiscard]] std::vector<RdlExpression> list(std::string_view end);

    std::vector<RdlToken> words_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
};

[[nodiscard]] bool is_rdl_keyword(std::string_view name);

} // namespace gen
