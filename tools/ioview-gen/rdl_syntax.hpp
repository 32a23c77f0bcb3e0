// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a SystemRDL text says, as it says it: components with what is in their braces, in order, and
// expressions that nothing has been put into yet.

#include "rdl_lexer.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace gen {

struct RdlExpression {
    enum class Kind : std::uint8_t {
        number,
        boolean,     // number is 0 or 1
        text,        //
        word,        // rw, rclr, compact …
        name,        // of a parameter, an enumeration or a component
        enumerator,  // text::member
        reference,   // a.b[2], a -> reset: text is all of it, member the first name
        unary,       // text is the operator
        binary,      //
        choice,      // ?:
        concatenate, //
        replicate,   // how often, what
        array,       //
        cast,        // text is boolean, bit or longint, or there are two: the width and what
    };

    Kind kind = Kind::number;
    RdlPlace place;
    std::uint64_t number = 0;
    unsigned width = 64;
    std::string text;
    std::string member;
    std::vector<RdlExpression> parts;
    std::size_t depth = 1;
};

struct RdlAssignment {
    std::string property;
    std::optional<RdlExpression> value; // none: true
    RdlPlace place;
    bool is_default = false;
};

struct RdlPathStep {
    std::string name;
    bool has_index = false;
};

// a.b -> property = value
struct RdlDistantAssignment {
    std::vector<RdlPathStep> path;
    RdlAssignment assignment;
};

struct RdlEnumMember {
    std::string name;
    std::optional<RdlExpression> value; // none: one more than the one before
    std::optional<RdlExpression> title;
    std::optional<RdlExpression> description;
    RdlPlace place;
};

struct RdlEnum {
    std::string name;
    std::vector<RdlEnumMember> members;
    RdlPlace place;
};

enum class RdlType : std::uint8_t { addrmap, regfile, reg, field, mem, signal };

[[nodiscard]] std::string_view to_text(RdlType type);
// "an addrmap"
[[nodiscard]] std::string with_article(RdlType type);

struct RdlParameter {
    std::string type; // a word, or the name of an enumeration
    std::string name;
    bool is_array = false;
    std::optional<RdlExpression> value;
    RdlPlace place;
};

struct RdlComponent;

struct RdlArgument {
    std::string name;
    RdlExpression value;
};

struct RdlInstance {
    std::string name;
    std::vector<RdlExpression> dims; // of a field, its width
    std::optional<RdlExpression> left;
    std::optional<RdlExpression> right; // [left:right]
    std::optional<RdlExpression> reset;
    std::optional<RdlExpression> at;
    std::optional<RdlExpression> stride;
    std::optional<RdlExpression> align;
    RdlPlace place;
};

struct RdlInstances {
    std::shared_ptr<const RdlComponent> component; // none: that of the type
    std::string type;
    std::string alias_of;
    std::vector<RdlArgument> arguments;
    std::vector<RdlInstance> instances;
    RdlPlace place;
};

using RdlItem = std::variant<std::shared_ptr<const RdlComponent>,
                             std::shared_ptr<const RdlEnum>,
                             RdlAssignment,
                             RdlDistantAssignment,
                             RdlInstances>;

struct RdlComponent {
    RdlType type = RdlType::addrmap;
    std::string name; // may be empty
    std::vector<RdlParameter> parameters;
    std::vector<RdlItem> items;
    RdlPlace place;
};

struct RdlDescription {
    std::vector<RdlItem> items;
    std::set<std::string> properties; // that the text defines itself
};

} // namespace gen
