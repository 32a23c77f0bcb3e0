// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cpp_text.hpp"

#include <algorithm>

namespace gen {
namespace {

// Remarks begin in one column, unless an item is longer than that.
constexpr std::size_t most_before_remark = 60;
constexpr std::size_t least_remark = 30;

// A backslash at the end of a line would take the next line into the comment; so would the trigraph
// of one.
std::string harmless(std::string line) {
    while (line.ends_with('\\') || line.ends_with("?"
                                                  "?/"))
        line.pop_back();
    return line;
}

bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// U+202A to U+202E and U+2066 to U+2069, in UTF-8.
bool is_mark_of_direction(std::string_view text) {
    if (text.size() != 3 || text[0] != '\xe2')
        return false;
    const auto last = static_cast<unsigned char>(text[2]);
    return text[1] == '\x80' ? last >= 0xaa && last <= 0xae
                             : text[1] == '\x81' && last >= 0xa6 && last <= 0xa9;
}

// Without control characters, and without the marks of direction, which hide what a text is.
std::string readable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (is_mark_of_direction(text.substr(i, 3)))
            i += 2;
        else if (is_blank(text[i]))
            out += ' ';
        else if (static_cast<unsigned char>(text[i]) >= ' ' && text[i] != 0x7f)
            out += text[i];
    }
    return out;
}

} // namespace

std::vector<std::string> wrapped(std::string_view said, std::size_t width) {
    const std::string text = readable(said);
    std::vector<std::string> lines;
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        if (!word.empty()) {
            if (!line.empty() && line.size() + 1 + word.size() > width) {
                lines.push_back(harmless(line));
                line.clear();
            }
            line += (line.empty() ? "" : " ") + word;
        }
        at = end + 1;
    }
    if (!line.empty())
        lines.push_back(harmless(line));
    return lines;
}

std::string comment(std::string_view text, std::string_view indent) {
    std::string out;
    for (const std::string& line : wrapped(text, columns - indent.size() - 3))
        out += std::string(indent) + "// " + line + '\n';
    return out;
}

std::string call(const std::string& opening,
                 const std::vector<std::string>& arguments,
                 const std::string& closing) {
    std::string line = opening;
    for (std::size_t i = 0; i != arguments.size(); ++i)
        line += (i == 0 ? "" : ", ") + arguments[i];
    line += closing;
    const auto break_at = line.rfind('\n');
    if (line.size() - (break_at == std::string::npos ? 0 : break_at + 1) <= columns)
        return line;
    std::string out = opening;
    const auto last_line = opening.rfind('\n');
    const std::size_t indent =
        opening.size() - (last_line == std::string::npos ? 0 : last_line + 1);
    for (std::size_t i = 0; i != arguments.size(); ++i)
        out += (i == 0 ? "" : ",\n" + std::string(indent, ' ')) + arguments[i];
    return out + closing;
}

std::string
items(const std::string& opening, const std::vector<Item>& all, const std::string& closing) {
    const std::string indent(opening.size(), ' ');
    std::size_t longest = 0;
    for (const Item& item : all)
        if (!item.remark.empty() && indent.size() + item.code.size() + 2 <= most_before_remark)
            longest = std::max(longest, item.code.size());
    std::string out;
    for (std::size_t i = 0; i != all.size(); ++i) {
        const std::string code = all[i].code + (i + 1 == all.size() ? closing : std::string(","));
        std::string line = (i == 0 ? opening : indent) + code;
        // Behind the item, of which the last is longer by what closes the list.
        std::size_t column =
            std::max(indent.size() + longest + closing.size() + 1, line.size() + 1);
        auto remark = wrapped(all[i].remark, columns - column - 3);
        if (column + least_remark > columns)
            remark = wrapped(all[i].remark, least_remark);
        for (const std::string& text : remark) {
            line.resize(column, ' ');
            line += "// ";
            out += line.append(text) += '\n';
            line.clear();
        }
        if (remark.empty())
            out += line + '\n';
    }
    return out;
}

} // namespace gen
