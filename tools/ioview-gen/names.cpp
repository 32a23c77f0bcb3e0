// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "names.hpp"

#include "number.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace gen {
namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

// A word begins behind what is no letter or digit, where upper case follows lower case
// ("ReadOnly"), and where a word follows capitals ("DMAChannel").
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words;
    bool in_word = false;
    for (std::size_t i = 0; i != name.size(); ++i) {
        const char c = name[i];
        if (!is_upper(c) && !is_lower(c) && !is_digit(c)) {
            in_word = false;
            continue;
        }
        const bool follows_lower = i != 0 && is_lower(name[i - 1]);
        const bool ends_capitals = i >= 2 && i + 1 < name.size() && is_upper(name[i - 1]) &&
                                   is_upper(name[i - 2]) && is_lower(name[i + 1]);
        if (!in_word || (is_upper(c) && (follows_lower || ends_capitals)))
            words.emplace_back();
        in_word = true;
        words.back() += c;
    }
    return words;
}

const std::set<std::string>& keywords() {
    static const std::set<std::string> all = {
        "alignas",
        "alignof",
        "and",
        "and_eq",
        "asm",
        "auto",
        "bitand",
        "bitor",
        "bool",
        "break",
        "case",
        "catch",
        "char",
        "char16_t",
        "char32_t",
        "char8_t",
        "class",
        "co_await",
        "co_return",
        "co_yield",
        "compl",
        "concept",
        "const",
        "const_cast",
        "consteval",
        "constexpr",
        "constinit",
        "continue",
        "decltype",
        "default",
        "delete",
        "do",
        "double",
        "dynamic_cast",
        "else",
        "enum",
        "explicit",
        "export",
        "extern",
        "false",
        "float",
        "for",
        "friend",
        "goto",
        "if",
        "inline",
        "int",
        "long",
        "mutable",
        "namespace",
        "new",
        "noexcept",
        "not",
        "not_eq",
        "nullptr",
        "operator",
        "or",
        "or_eq",
        "private",
        "protected",
        "public",
        "register",
        "reinterpret_cast",
        "requires",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "static_assert",
        "static_cast",
        "struct",
        "switch",
        "template",
        "this",
        "thread_local",
        "throw",
        "true",
        "try",
        "typedef",
        "typeid",
        "typename",
        "union",
        "unsigned",
        "using",
        "virtual",
        "void",
        "volatile",
        "wchar_t",
        "while",
        "xor",
        "xor_eq",
        // Macros that every C library or compiler for such a device defines.
        "errno",
        "linux",
        "unix",
        "assert",
        "offsetof",
        "stdin",
        "stdout",
        "stderr",
    };
    return all;
}

} // namespace

std::string type_name(std::string_view name) {
    std::string out;
    for (const std::string& word : words_of(name)) {
        // Two numbers side by side stay two: A1_2 is A1_2, not A12.
        if (!out.empty() && is_digit(out.back()) && is_digit(word.front()))
            out += '_';
        for (std::size_t i = 0; i != word.size(); ++i)
            out += i == 0 ? upper(word[i]) : lower(word[i]);
    }
    if (out.empty())
        return "Unnamed";
    return is_digit(out.front()) ? "N" + out : out;
}

std::string value_name(std::string_view name) {
    std::string out;
    for (const std::string& word : words_of(name)) {
        if (!out.empty())
            out += '_';
        for (const char c : word)
            out += lower(c);
    }
    if (out.empty())
        return "unnamed";
    if (is_digit(out.front()))
        return "n" + out;
    return keywords().contains(out) ? out + '_' : out;
}

std::string lost_in(std::string_view name) {
    if (words_of(name).empty())
        return "has no letter or digit of ASCII in its name";
    const bool is_ascii = std::all_of(
        name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return is_ascii ? "" : "has letters beyond ASCII in its name";
}

bool is_identifier(std::string_view name) {
    const auto is_right = [](char c) {
        return is_upper(c) || is_lower(c) || is_digit(c) || c == '_';
    };
    return !name.empty() && std::all_of(name.begin(), name.end(), is_right) && !is_digit(name[0]) &&
           !keywords().contains(std::string(name)) && name.find("__") == std::string_view::npos &&
           !(name[0] == '_' && (name.size() == 1 || is_upper(name[1])));
}

std::string Names::unique(const std::string& name) {
    std::string tried = name;
    for (int number = 2; !taken_.insert(tried).second; ++number)
        tried = fmt::format("{}{}{}", name, is_digit(name.back()) ? "_" : "", number);
    return tried;
}

void report_name(Report& report,
                 const Finding& of,
                 std::string_view source,
                 const std::string& kind,
                 const std::string& wanted,
                 const std::string& made) {
    std::string what = lost_in(source);
    if (made != wanted)
        what += fmt::format(
            "{}another {} is called {}, too", what.empty() ? "" : ", and ", kind, wanted);
    if (!what.empty())
        report.add(of.where, of.element, what, "called " + made);
}

} // namespace gen
