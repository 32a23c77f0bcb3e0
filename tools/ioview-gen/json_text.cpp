// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "json_text.hpp"

#include "failure.hpp"

#include <cstddef>
#include <iterator>
#include <set>
#include <vector>

namespace gen {
namespace {

using Json = nlohmann::ordered_json;

// Objects and arrays in each other; a description has ten or so.
constexpr int most_json_levels = 100;

// Counts lines as the parser reads on.
class Characters {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Characters(const char* at, int& line) : at_(at), line_(&line) {}

    reference operator*() const { return *at_; }
    Characters& operator++() {
        if (*at_++ == '\n')
            ++*line_;
        return *this;
    }
    Characters operator++(int) {
        const Characters before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Characters& other) const { return at_ == other.at_; }
    bool operator!=(const Characters& other) const { return at_ != other.at_; }

private:
    const char* at_;
    int* line_;
};

// What the parser tells of on its way.
struct Events {
    const std::string& name;
    int line = 1;
    std::vector<int> object_lines = {};
    std::vector<std::set<std::string>> keys = {};

    bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        if (depth > most_json_levels)
            throw Failure(Exit::refused, "{}:{}: nested too deep", name, line);
        if (event == Event::object_start) {
            object_lines.push_back(line);
            keys.emplace_back();
        } else if (event == Event::object_end) {
            keys.pop_back();
        } else if (event == Event::key && !keys.back().insert(parsed.get<std::string>()).second) {
            throw Failure(
                Exit::refused, "{}:{}: {} is there twice in an object", name, line, parsed.dump());
        }
        return true;
    }
};

// "[json.exception.parse_error.101] parse error at …: …" without what the line says
std::string reason(std::string_view what) {
    const auto id = what.find("] ");
    if (id != std::string_view::npos)
        what.remove_prefix(id + 2);
    constexpr std::string_view prefix = "parse error";
    const auto colon = what.find(": ");
    if (what.starts_with(prefix) && colon != std::string_view::npos)
        what.remove_prefix(colon + 2);
    return std::string(what);
}

// Objects come in the order in which they begin in the text.
void note_lines(const Json& json,
                std::vector<int>::const_iterator& next,
                std::unordered_map<const Json*, int>& lines) {
    if (json.is_object())
        lines.emplace(&json, *next++);
    if (json.is_structured())
        for (const Json& inner : json)
            note_lines(inner, next, lines);
}

} // namespace

JsonText::JsonText(const std::string& text, std::string name) : name_(std::move(name)) {
    Events events{name_};
    try {
        root_ = Json::parse(Characters(text.data(), events.line),
                            Characters(text.data() + text.size(), events.line),
                            std::ref(events));
    } catch (const Json::exception& error) {
        throw Failure(
            Exit::refused, "{}:{}: no JSON: {}", name_, events.line, reason(error.what()));
    }
    auto next = events.object_lines.cbegin();
    note_lines(root_, next, lines_);
}

int JsonText::line(const nlohmann::ordered_json& object) const {
    const auto found = lines_.find(&object);
    return found == lines_.end() ? 1 : found->second;
}

} // namespace gen
