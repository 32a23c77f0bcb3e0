// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "json.hpp"

#include "failure.hpp"

#include <charconv>
#include <cstddef>
#include <fmt/format.h>

namespace iov {
namespace {

// Escaped as RFC 8259 asks; bytes that are no UTF-8 as U+FFFD.
void print_string(std::string& out, const std::string& text) {
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '"' || c == '\\') {
            (out += '\\') += static_cast<char>(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04x}", unsigned{c});
        } else if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            const std::size_t more = c >= 0xf0 && c < 0xf5 ? 3 : c >= 0xe0 ? 2 : c >= 0xc2 ? 1 : 0;
            bool is_whole = more != 0 && c < 0xf5 && i + more < text.size();
            for (std::size_t k = 1; is_whole && k <= more; ++k)
                is_whole = (static_cast<unsigned char>(text[i + k]) & 0xc0) == 0x80;
            if (is_whole) {
                out.append(text, i, more + 1);
                i += more;
            } else {
                out += "\\ufffd";
            }
        }
    }
    out += '"';
}

constexpr int in_a_line = -1;

void new_line(std::string& out, int indent) {
    if (indent != in_a_line)
        out.append(1, '\n').append(2 * static_cast<std::size_t>(indent), ' ');
}

} // namespace

Json Json::with(std::string name, Json item) && {
    std::get<Object>(value_).emplace_back(std::move(name), std::move(item));
    return std::move(*this);
}

const Json* Json::find(std::string_view name) const {
    if (const Object* object = members())
        for (const Member& member : *object)
            if (member.first == name)
                return &member.second;
    return nullptr;
}

void Json::print(std::string& out, int indent) const {
    const int deeper = indent == in_a_line ? in_a_line : indent + 1;
    if (std::holds_alternative<std::nullptr_t>(value_)) {
        out += "null";
    } else if (const bool* flag = std::get_if<bool>(&value_)) {
        out += *flag ? "true" : "false";
    } else if (const std::uint64_t* whole = number()) {
        out += std::to_string(*whole);
    } else if (const double* real = std::get_if<double>(&value_)) {
        out += fmt::format("{}", *real);
    } else if (const std::string* string = text()) {
        print_string(out, *string);
    } else if (const Array* array = items()) {
        const char* separator = "";
        out += '[';
        for (const Json& item : *array) {
            out += separator;
            separator = indent == in_a_line ? ", " : ",";
            new_line(out, deeper);
            item.print(out, deeper);
        }
        if (!array->empty())
            new_line(out, indent);
        out += ']';
    } else if (const Object* object = members()) {
        const char* separator = "";
        out += '{';
        for (const Member& member : *object) {
            out += separator;
            separator = indent == in_a_line ? ", " : ",";
            new_line(out, deeper);
            print_string(out, member.first);
            out += ": ";
            member.second.print(out, deeper);
        }
        if (!object->empty())
            new_line(out, indent);
        out += '}';
    }
}

std::string Json::to_text() const {
    std::string out;
    print(out, 0);
    return out;
}
std::string Json::to_line() const {
    std::string out;
    print(out, in_a_line);
    return out;
}

// ---- reading ----

class JsonReader {
public:
    explicit JsonReader(std::string_view text) : text_(text) {}

    Json whole() {
        Json made = value(0);
        skip_space();
        if (at_ != text_.size())
            fail("something follows the value");
        return made;
    }

private:
    [[noreturn]] void fail(const char* what) const {
        throw Failure(Exit::unreadable, "no JSON at byte {}: {}", at_, what);
    }
    void skip_space() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos)
            ++at_;
    }
    char peek() {
        skip_space();
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool take(std::string_view word) {
        skip_space();
        const bool is_there = text_.substr(at_, word.size()) == word;
        at_ += is_there ? word.size() : 0;
        return is_there;
    }

    Json value(int depth) {
        if (depth > 64)
            fail("too deep");
        if (take("null"))
            return {};
        if (take("true"))
            return true;
        if (take("false"))
            return false;
        switch (peek()) {
        case '"':
            return string();
        case '[':
            return array(depth);
        case '{':
            return object(depth);
        default:
            return number();
        }
    }
    Json array(int depth) {
        Json made = Json::array();
        static_cast<void>(take("["));
        if (take("]"))
            return made;
        do
            made.push(value(depth + 1));
        while (take(","));
        if (!take("]"))
            fail("an array without end");
        return made;
    }
    Json object(int depth) {
        Json made = Json::object();
        static_cast<void>(take("{"));
        if (take("}"))
            return made;
        do {
            if (peek() != '"')
                fail("a member without a name");
            std::string name = string();
            if (!take(":"))
                fail("a member without a value");
            made = std::move(made).with(std::move(name), value(depth + 1));
        } while (take(","));
        if (!take("}"))
            fail("an object without end");
        return made;
    }
    Json number() {
        const char* first = text_.data() + at_;
        const char* last = text_.data() + text_.size();
        std::uint64_t whole = 0;
        const auto [end, error] = std::from_chars(first, last, whole);
        if (error == std::errc{} && (end == last || std::string_view(".eE").find(*end) == npos)) {
            at_ += static_cast<std::size_t>(end - first);
            return whole;
        }
        double real = 0;
        const auto [real_end, real_error] = std::from_chars(first, last, real);
        if (real_error != std::errc{})
            fail("no value");
        at_ += static_cast<std::size_t>(real_end - first);
        return real;
    }
    std::string string() {
        std::string made;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] != '\\') {
                made += text_[at_];
                continue;
            }
            if (++at_ == text_.size())
                break;
            constexpr std::string_view letters = "\"\\/bfnrt";
            constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
            if (const std::size_t letter = letters.find(text_[at_]); letter != npos)
                made += meant[letter];
            else if (text_[at_] == 'u')
                made += code_point();
            else
                fail("an unknown escape");
        }
        if (at_ >= text_.size())
            fail("a string without end");
        ++at_;
        return made;
    }
    // Of \uXXXX, up to 0x7f as it is; what iov writes has no others that it reads again.
    char code_point() {
        unsigned code = 0;
        const char* first = text_.data() + at_ + 1;
        if (text_.size() - at_ < 5 || std::from_chars(first, first + 4, code, 16).ptr != first + 4)
            fail("\\u needs four digits");
        at_ += 4;
        return code < 0x80 ? static_cast<char>(code) : '?';
    }

    static constexpr std::size_t npos = std::string_view::npos;
    std::string_view text_;
    std::size_t at_ = 0;
};

Json Json::parse(std::string_view text) {
    return JsonReader(text).whole();
}

} // namespace iov
