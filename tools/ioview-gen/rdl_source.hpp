// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RdlSource: the words of a SystemRDL file and of those that it includes, as the preprocessor
// leaves them: `include, `define without arguments, `undef, `ifdef, `ifndef, `elsif, `else and
// `endif.
//
//   RdlSource source(read_file);
//   const std::vector<RdlToken> words = source.words("uart.rdl");

#include "rdl_lexer.hpp"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gen {

class RdlSource {
public:
    // None where there is no such file.
    using Files = std::function<std::optional<std::string>(const std::string& path)>;

    explicit RdlSource(Files files) : files_(std::move(files)) {}

    // To the end, which is the last of them; Failure. Names of files stay as long as this does.
    [[nodiscard]] std::vector<RdlToken> words(const std::string& path);

private:
    struct Condition {
        RdlPlace place;
        bool is_here;  // what stands here counts
        bool was_here; // or an earlier branch did
        bool is_last;  // `else was there
    };

    void read_file(const std::string& path, const RdlPlace* from);
    void read_words(RdlLexer& lexer);
    void directive(const RdlToken& token, RdlLexer& lexer);
    [[nodiscard]] bool condition(const RdlToken& token, RdlLexer& lexer);
    [[nodiscard]] bool is_skipping() const;
    void include(const RdlToken& token, RdlLexer& lexer);
    void define(const RdlToken& token, RdlLexer& lexer);
    void expand(const RdlToken& token, std::size_t depth);
    void add(RdlToken token);

    Files files_;
    std::deque<std::string> names_; // of files; in place for good
    std::vector<std::string> open_; // files that are being read
    std::vector<Condition> conditions_;
    std::map<std::string, std::vector<RdlToken>> macros_;
    std::size_t expansions_ = 0;
    std::vector<RdlToken> words_;
};

} // namespace gen
