// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "json.hpp"

#include "failure.hpp"

namespace iov {
namespace {

std::string dumped(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string indented(const Json& json) {
    return dumped(json, 2);
}

// Lines without indentation, put behind each other: those in strings are escaped.
std::string in_a_line(const Json& json) {
    std::string line;
    for (const char c : dumped(json, 0)) {
        if (c != '\n')
            line += c;
        else if (line.ends_with(','))
            line += ' ';
    }
    return line;
}

Json parse_json(std::string_view text) {
    try {
        return Json::parse(text);
    } catch (const Json::exception& wrong) {
        throw Failure(Exit::unreadable, "no JSON: {}", wrong.what());
    }
}

const Json* find_member(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found == json.end() ? nullptr : &*found;
}

} // namespace iov
