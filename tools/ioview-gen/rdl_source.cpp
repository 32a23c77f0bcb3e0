// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_source.hpp"

#include "xml_file.hpp"

#include <algorithm>
#include <filesystem>

namespace gen {
namespace {

constexpr std::size_t most_files = 32;  // in each other
constexpr std::size_t most_macros = 32; // in each other
constexpr std::size_t most_files_read = 10'000;
constexpr std::size_t most_expansions = 1'000'000;
constexpr std::size_t most_words = 8'000'000; // far more than a device has, and 1 GB

RdlToken name_behind(const RdlToken& directive, RdlLexer& lexer) {
    RdlToken token = lexer.next();
    if (token.kind != RdlToken::Kind::name)
        rdl_fail(directive.place,
                 "`{} is followed by {}, and a name is wanted",
                 directive.text,
                 to_text(token));
    return token;
}

bool is_conditional(const std::string& name) {
    return name == "ifdef" || name == "ifndef" || name == "elsif" || name == "else" ||
           name == "endif";
}

} // namespace

std::vector<RdlToken> RdlSource::words(const std::string& path) {
    read_file(path, nullptr);
    RdlToken end;
    end.place = {&names_.front(), words_.empty() ? 1 : words_.back().place.line};
    words_.push_back(end);
    return std::move(words_);
}

void RdlSource::read_file(const std::string& path, const RdlPlace* from) {
    const std::optional<std::string> text = files_(path);
    if (!text && from != nullptr)
        rdl_fail(*from, "`include \"{}\": cannot be read", path);
    if (!text)
        throw Failure(Exit::refused, "{}: cannot be read", path);
    names_.push_back(path);
    const RdlPlace begin{&names_.back(), 1};
    const auto wrong = first_not_utf8(*text);
    if (wrong != std::string::npos)
        rdl_fail(
            {begin.file,
             1 + static_cast<int>(std::count(
                     text->begin(), text->begin() + static_cast<std::ptrdiff_t>(wrong), '\n'))},
            "the byte 0x{:02x} is no UTF-8; convert the file, as by iconv -t UTF-8",
            static_cast<unsigned char>((*text)[wrong]));
    open_.push_back(path);
    const std::size_t conditions = conditions_.size();
    RdlLexer lexer(*text, begin);
    read_words(lexer);
    if (conditions_.size() != conditions)
        rdl_fail(conditions_.back().place, "a condition without `endif");
    open_.pop_back();
}

void RdlSource::read_words(RdlLexer& lexer) {
    while (true) {
        if (is_skipping())
            lexer.skip_to_directive();
        RdlToken token = lexer.next();
        if (token.kind == RdlToken::Kind::end)
            return;
        if (token.kind == RdlToken::Kind::directive)
            directive(token, lexer);
        else if (!is_skipping())
            add(std::move(token));
    }
}

bool RdlSource::is_skipping() const {
    return !conditions_.empty() && !conditions_.back().is_here;
}

void RdlSource::directive(const RdlToken& token, RdlLexer& lexer) {
    if (is_conditional(token.text)) {
        if (!condition(token, lexer))
            rdl_fail(token.place, "`{} without `ifdef", token.text);
    } else if (is_skipping()) {
        return;
    } else if (token.text == "include") {
        include(token, lexer);
    } else if (token.text == "define") {
        define(token, lexer);
    } else if (token.text == "undef") {
        macros_.erase(name_behind(token, lexer).text);
    } else if (token.text == "line" || token.text == "resetall") {
        (void)lexer.rest_of_line(); // places are those of the file that is given
    } else {
        expand(token, 0);
    }
}

// False where there is nothing that the directive could belong to.
bool RdlSource::condition(const RdlToken& token, RdlLexer& lexer) {
    if (token.text == "ifdef" || token.text == "ifndef") {
        const bool is_there = macros_.contains(name_behind(token, lexer).text);
        const bool is_wanted = !is_skipping();
        const bool is_here = is_wanted && is_there == (token.text == "ifdef");
        conditions_.push_back({token.place, is_here, is_here || !is_wanted, false});
        return true;
    }
    if (conditions_.empty() || conditions_.back().place.file != token.place.file)
        return false;
    if (token.text == "endif") {
        conditions_.pop_back();
        return true;
    }
    Condition& now = conditions_.back();
    if (now.is_last)
        rdl_fail(token.place, "`{} behind `else", token.text);
    now.is_last = token.text == "else";
    const bool is_true = now.is_last || macros_.contains(name_behind(token, lexer).text);
    now.is_here = is_true && !now.was_here;
    now.was_here = now.was_here || now.is_here;
    return true;
}

void RdlSource::include(const RdlToken& token, RdlLexer& lexer) {
    const RdlToken file = lexer.next();
    if (file.kind != RdlToken::Kind::text || file.text.empty())
        rdl_fail(token.place, "`include without a file in quotes");
    const std::string path = (std::filesystem::path(*token.place.file).parent_path() / file.text)
                                 .lexically_normal()
                                 .string();
    if (std::find(open_.begin(), open_.end(), path) != open_.end())
        rdl_fail(token.place, "`include \"{}\": the file includes itself", path);
    if (open_.size() == most_files)
        rdl_fail(
            token.place, "`include \"{}\": more than {} files in each other", path, most_files);
    if (names_.size() == most_files_read)
        rdl_fail(token.place, "more than {} files", most_files_read);
    const RdlPlace from = token.place;
    read_file(path, &from);
}

void RdlSource::define(const RdlToken& token, RdlLexer& lexer) {
    const RdlToken name = name_behind(token, lexer);
    if (lexer.is_at('('))
        rdl_fail(token.place, "`define {}: macros with arguments are not read", name.text);
    const std::string text = lexer.rest_of_line();
    RdlLexer inner(text, token.place);
    std::vector<RdlToken> body;
    for (RdlToken word = inner.next(); word.kind != RdlToken::Kind::end; word = inner.next())
        body.push_back(std::move(word));
    macros_[name.text] = std::move(body);
}

void RdlSource::expand(const RdlToken& token, std::size_t depth) {
    const auto found = macros_.find(token.text);
    if (found == macros_.end())
        rdl_fail(token.place, "`{} is not defined", token.text);
    if (depth == most_macros)
        rdl_fail(token.place, "`{}: more than {} macros in each other", token.text, most_macros);
    if (++expansions_ > most_expansions)
        rdl_fail(token.place, "more than {} uses of macros", most_expansions);
    for (RdlToken word : found->second) {
        word.place = token.place;
        if (word.kind == RdlToken::Kind::directive)
            expand(word, depth + 1);
        else
            add(std::move(word));
    }
}

void RdlSource::add(RdlToken token) {
    if (words_.size() == most_words)
        rdl_fail(token.place, "more than {} words", most_words);
    words_.push_back(std::move(token));
}

} // namespace gen
