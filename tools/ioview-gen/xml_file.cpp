// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "xml_file.hpp"

#include "failure.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace gen {
namespace {

// Elements in elements; a description has ten or so.
constexpr int most_xml_levels = 64;

bool is_continuation(unsigned char c) {
    return (c & 0xc0) == 0x80;
}

// How many bytes a character of this first one has; 0 for none.
std::size_t length_of(unsigned char first) {
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    if (first >= 0xf0 && first <= 0xf4)
        return 4;
    return 0;
}

// Not shorter than it needs to be, no surrogate and not past the last character.
bool second_is_right(unsigned char first, unsigned char second) {
    return !(first == 0xe0 && second < 0xa0) && !(first == 0xed && second > 0x9f) &&
           !(first == 0xf0 && second < 0x90) && !(first == 0xf4 && second > 0x8f);
}

bool has_utf16_mark(std::string_view text) {
    return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
}

struct Depth : pugi::xml_tree_walker {
    bool is_too_deep = false;
    bool for_each(pugi::xml_node&) override {
        is_too_deep = depth() > most_xml_levels;
        return !is_too_deep;
    }
};

} // namespace

std::size_t first_not_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at != text.size()) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = length_of(first);
        if (length == 0 || length > text.size() - at)
            return at;
        for (std::size_t i = 1; i < length; ++i)
            if (!is_continuation(static_cast<unsigned char>(text[at + i])))
                return at;
        if (length > 1 && !second_is_right(first, static_cast<unsigned char>(text[at + 1])))
            return at;
        at += length;
    }
    return std::string_view::npos;
}

std::string file_text(const std::string& path) {
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    std::error_code ignored;
    const bool is_directory = std::filesystem::is_directory(path, ignored);
    if (is_directory) // can be opened, and not read
        errno = EISDIR;
    else if (in)
        text << in.rdbuf();
    if (is_directory || !in.is_open() || in.bad())
        throw Failure(
            Exit::refused, "{}: cannot be read: {}", path, std::generic_category().message(errno));
    return std::move(text).str();
}

XmlFile XmlFile::read(const std::string& path) {
    return parse(file_text(path), path);
}

XmlFile XmlFile::parse(std::string text, std::string name) {
    XmlFile file;
    file.name_ = std::move(name);
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; ++at)
        file.line_ends_.push_back(at);
    const std::size_t wrong = has_utf16_mark(text) ? std::string_view::npos : first_not_utf8(text);
    if (wrong != std::string_view::npos)
        throw Failure(
            Exit::refused,
            "{}:{}: the byte 0x{:02x} is no UTF-8; convert the file, as by iconv -t UTF-8",
            file.name_,
            file.line_at(wrong),
            static_cast<unsigned char>(text[wrong]));
    file.document_ = std::make_unique<pugi::xml_document>();
    const pugi::xml_parse_result parsed = file.document_->load_buffer(
        text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
    if (!parsed)
        throw Failure(
            Exit::refused,
            "{}:{}: no XML: {}",
            file.name_,
            file.line_at(static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0))),
            parsed.description());
    for (const pugi::xml_node node : file.document_->children())
        if (node.type() == pugi::node_doctype &&
            std::string_view(node.value()).find("<!ENTITY") != std::string_view::npos)
            throw Failure(Exit::refused,
                          "{}:1: declares entities, which no description of registers needs",
                          file.name_);
    Depth depth;
    file.document_->traverse(depth);
    if (depth.is_too_deep)
        throw Failure(
            Exit::refused, "{}: elements in more than {} elements", file.name_, most_xml_levels);
    return file;
}

int XmlFile::line_at(std::size_t offset) const {
    return static_cast<int>(std::lower_bound(line_ends_.begin(), line_ends_.end(), offset) -
                            line_ends_.begin()) +
           1;
}

Where XmlFile::where(pugi::xml_node node) const {
    const auto offset = node.offset_debug();
    return {name_, offset < 0 ? 0 : line_at(static_cast<std::size_t>(offset))};
}

} // namespace gen
