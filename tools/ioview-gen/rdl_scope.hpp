// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// RdlScope: the names that the braces of a component declare, and in which order, since a component
// sees what was declared before it and no more.
//
//   const RdlView view = scope.now();
//   if (const RdlValue* value = view.find<RdlValue>("WIDTH")) …

#include "rdl_syntax.hpp"

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace gen {

struct RdlEnumType {
    struct Member {
        std::string name;
        std::string title;
        std::string description;
        std::uint64_t value = 0;
        RdlPlace place;
    };

    std::string name;
    std::vector<Member> members;
    RdlPlace place;
};

struct RdlValue {
    enum class Kind : std::uint8_t {
        number,
        boolean,
        text,
        word,
        enumerator,  // number is its value
        enumeration, // a type
        array,       //
        reference,   // something that hardware does
    };

    Kind kind = Kind::number;
    std::uint64_t number = 0;
    unsigned width = 64; // of a number
    std::string text;    // and the words of a reference
    std::shared_ptr<const RdlEnumType> type;
    std::vector<RdlValue> items; // of an array; none of them is one
};

struct RdlScope;

// A scope as it was when something was said in it.
struct RdlView {
    const RdlScope* scope = nullptr;
    std::size_t end = 0;

    // None where there is no such name, or it is something else.
    template <class T>
    [[nodiscard]] const T* find(const std::string& name) const;
};

// A component that has a name, and what it sees.
struct RdlDefinition {
    std::shared_ptr<const RdlComponent> component;
    RdlView sees;
};

struct RdlDefault {
    std::size_t order = 0;
    const RdlAssignment* assignment = nullptr;
    RdlValue value;
};

struct RdlScope {
    using Named = std::variant<RdlDefinition, std::shared_ptr<const RdlEnumType>, RdlValue>;
    struct Entry {
        std::size_t order;
        Named named;
    };

    RdlView outer;
    std::map<std::string, Entry> names;
    std::set<std::string> instances; // their names are apart from the others
    std::vector<RdlDefault> defaults;
    std::size_t next = 0;

    [[nodiscard]] RdlView now() const { return {this, next}; }
    // Failure where the name is taken.
    void declare(const std::string& name, const RdlPlace& place, Named named) {
        if (!names.emplace(name, Entry{next++, std::move(named)}).second)
            rdl_fail(place, "{} is declared twice", name);
    }
};

template <class T>
const T* RdlView::find(const std::string& name) const {
    for (RdlView view = *this; view.scope != nullptr; view = view.scope->outer) {
        const auto found = view.scope->names.find(name);
        if (found != view.scope->names.end() && found->second.order < view.end)
            return std::get_if<T>(&found->second.named);
    }
    return nullptr;
}

} // namespace gen
