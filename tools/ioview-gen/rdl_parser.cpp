// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_parser.hpp"

#include "rdl_words.hpp"

#include <algorithm>
#include <array>

namespace gen {
namespace {

// Components in each other.
constexpr std::size_t most_component_levels = 32;

std::optional<RdlType> type_of(const RdlToken& token) {
    for (const RdlType type : {RdlType::addrmap,
                               RdlType::regfile,
                               RdlType::reg,
                               RdlType::field,
                               RdlType::mem,
                               RdlType::signal})
        if (token.is_word(to_text(type)))
            return type;
    return std::nullopt;
}

bool is_modifier(const RdlToken& token) {
    constexpr std::array<std::string_view, 5> words = {
        "posedge", "negedge", "bothedge", "level", "nonsticky"};
    return std::any_of(words.begin(), words.end(), [&](auto word) { return token.is_word(word); });
}

class Parser {
public:
    Parser(std::vector<RdlToken> words, Report& report)
        : words_(std::move(words)), report_(report) {}

    RdlDescription description() {
        RdlDescription made;
        while (words_.now().kind != RdlToken::Kind::end)
            if (!words_.take_if(";"))
                item(made.items);
        made.properties = std::move(properties_);
        return made;
    }

private:
    void item(std::vector<RdlItem>& items);
    void component(std::vector<RdlItem>& items);
    void body(RdlComponent& component);
    [[nodiscard]] std::vector<RdlParameter> parameters();
    [[nodiscard]] RdlParameter parameter();
    void instances(std::vector<RdlItem>& items, RdlInstances of);
    [[nodiscard]] std::vector<RdlArgument> arguments();
    [[nodiscard]] RdlInstance instance();
    void explicit_instances(std::vector<RdlItem>& items);
    void enumeration(std::vector<RdlItem>& items);
    [[nodiscard]] RdlEnumMember member();
    [[nodiscard]] RdlAssignment assignment();
    [[nodiscard]] bool begins_distant() const;
    void distant(std::vector<RdlItem>& items);
    void property();
    void constraint();
    bool take_kind();

    RdlWords words_;
    Report& report_;
    std::set<std::string> properties_;
    std::size_t depth_ = 0;
};

// external and internal do not matter to software.
bool Parser::take_kind() {
    return words_.take_word_if("external") || words_.take_word_if("internal");
}

void Parser::item(std::vector<RdlItem>& items) {
    const RdlToken& now = words_.now();
    if (now.kind != RdlToken::Kind::name)
        rdl_fail(now.place, "{}, where a component or a property is wanted", to_text(now));
    if (now.is_word("enum"))
        return enumeration(items);
    if (now.is_word("property"))
        return property();
    if (now.is_word("constraint"))
        return constraint();
    if (now.is_word("struct") || now.is_word("abstract"))
        rdl_fail(now.place, "struct types are not read");
    const RdlToken& behind = words_.ahead(1);
    const bool has_kind = now.is_word("external") || now.is_word("internal");
    if (type_of(now) && !behind.is("="))
        return component(items);
    if (has_kind && type_of(behind))
        return component(items);
    if (has_kind || now.is_word("alias"))
        return explicit_instances(items);
    if (now.is_word("default") || is_modifier(now) || behind.is("=") || behind.is(";")) {
        items.emplace_back(assignment());
        return words_.expect(";");
    }
    if (begins_distant())
        return distant(items);
    explicit_instances(items);
}

void Parser::component(std::vector<RdlItem>& items) {
    take_kind();
    const RdlToken type = words_.take();
    const auto kind = type_of(type);
    if (!kind)
        rdl_fail(type.place, "{}, where a component is wanted", to_text(type));
    auto made = std::make_shared<RdlComponent>();
    made->type = *kind;
    made->place = type.place;
    if (!words_.now().is("{")) {
        made->name =
            words_.expect_name("the name of " + with_article(made->type) + " or \"{\"").text;
        made->parameters = parameters();
    }
    body(*made);
    const bool has_kind = take_kind();
    if (!made->name.empty())
        items.emplace_back(std::shared_ptr<const RdlComponent>(made));
    if (!made->name.empty() && !has_kind && words_.take_if(";"))
        return;
    RdlInstances of;
    of.component = made;
    of.place = type.place;
    instances(items, std::move(of));
}

void Parser::body(RdlComponent& component) {
    if (++depth_ > most_component_levels)
        rdl_fail(component.place, "more than {} components in each other", most_component_levels);
    words_.expect("{");
    while (!words_.take_if("}"))
        if (!words_.take_if(";"))
            item(component.items);
    --depth_;
}

std::vector<RdlParameter> Parser::parameters() {
    std::vector<RdlParameter> made;
    if (!words_.take_if("#"))
        return made;
    words_.expect("(");
    do
        made.push_back(parameter());
    while (words_.take_if(","));
    words_.expect(")");
    return made;
}

RdlParameter Parser::parameter() {
    RdlParameter made;
    const RdlToken type = words_.take();
    if (type.kind != RdlToken::Kind::name)
        rdl_fail(type.place, "{}, where the type of a parameter is wanted", to_text(type));
    made.type = type.text;
    if (made.type == "struct")
        rdl_fail(type.place, "struct types are not read");
    if (made.type == "bit" || made.type == "longint")
        words_.take_word_if("unsigned");
    const RdlToken name = words_.expect_name("the name of a parameter");
    made.name = name.text;
    made.place = name.place;
    made.is_array = words_.take_if("[");
    if (made.is_array)
        words_.expect("]");
    if (words_.take_if("="))
        made.value = words_.expression();
    return made;
}

void Parser::instances(std::vector<RdlItem>& items, RdlInstances of) {
    of.arguments = arguments();
    do
        of.instances.push_back(instance());
    while (words_.take_if(","));
    words_.expect(";");
    items.emplace_back(std::move(of));
}

std::vector<RdlArgument> Parser::arguments() {
    std::vector<RdlArgument> made;
    if (!words_.take_if("#"))
        return made;
    words_.expect("(");
    do {
        words_.expect(".");
        std::string name = words_.expect_name("the name of a parameter").text;
        words_.expect("(");
        made.push_back({std::move(name), words_.expression()});
        words_.expect(")");
    } while (words_.take_if(","));
    words_.expect(")");
    return made;
}

RdlInstance Parser::instance() {
    RdlInstance made;
    const RdlToken name = words_.expect_name("the name of an instance");
    made.name = name.text;
    made.place = name.place;
    while (words_.take_if("[")) {
        RdlExpression first = words_.expression();
        if (made.dims.empty() && !made.left && words_.take_if(":")) {
            made.left = std::move(first);
            made.right = words_.expression();
        } else {
            made.dims.push_back(std::move(first));
        }
        words_.expect("]");
    }
    if (made.left && !made.dims.empty())
        rdl_fail(made.place, "{} has bits and a width", made.name);
    if (words_.take_if("="))
        made.reset = words_.expression();
    if (words_.take_if("@"))
        made.at = words_.expression();
    if (words_.take_if("+="))
        made.stride = words_.expression();
    if (words_.take_if("%="))
        made.align = words_.expression();
    return made;
}

void Parser::explicit_instances(std::vector<RdlItem>& items) {
    RdlInstances of;
    of.place = words_.now().place;
    take_kind();
    if (words_.take_word_if("alias"))
        of.alias_of = words_.expect_name("the register that has an alias").text;
    take_kind();
    of.type = words_.expect_name("a component").text;
    instances(items, std::move(of));
}

void Parser::enumeration(std::vector<RdlItem>& items) {
    auto made = std::make_shared<RdlEnum>();
    made->place = words_.take().place;
    made->name = words_.expect_name("the name of an enumeration").text;
    words_.expect("{");
    while (!words_.take_if("}"))
        made->members.push_back(member());
    words_.expect(";");
    items.emplace_back(std::shared_ptr<const RdlEnum>(made));
}

RdlEnumMember Parser::member() {
    RdlEnumMember made;
    const RdlToken name = words_.expect_name("the name of an enumerator");
    made.name = name.text;
    made.place = name.place;
    if (words_.take_if("="))
        made.value = words_.expression();
    if (words_.take_if("{"))
        while (!words_.take_if("}")) {
            const RdlAssignment about = assignment();
            words_.expect(";");
            if (about.property == "name")
                made.title = about.value;
            else if (about.property == "desc")
                made.description = about.value;
            else
                rdl_fail(about.place, "{} is no property of an enumerator", about.property);
        }
    words_.expect(";");
    return made;
}

// default sw = rw; posedge intr; hwclr;
RdlAssignment Parser::assignment() {
    RdlAssignment made;
    made.is_default = words_.take_word_if("default");
    while (is_modifier(words_.now()))
        words_.take();
    const RdlToken name = words_.take();
    if (name.kind != RdlToken::Kind::name)
        rdl_fail(name.place, "{}, where a property is wanted", to_text(name));
    made.property = name.text;
    made.place = name.place;
    if (words_.take_if("="))
        made.value = words_.expression();
    return made;
}

// a.b[2] -> …
bool Parser::begins_distant() const {
    std::size_t at = 1;
    while (words_.ahead(at).is("[") || words_.ahead(at).is(".")) {
        if (words_.ahead(at).is("."))
            return true;
        for (std::size_t open = 0;; ++at) {
            const RdlToken& token = words_.ahead(at);
            if (token.kind == RdlToken::Kind::end || token.is(";"))
                return false;
            open += token.is("[") ? 1u : 0u;
            open -= token.is("]") ? 1u : 0u;
            if (open == 0)
                break;
        }
        ++at;
    }
    return words_.ahead(at).is("->");
}

void Parser::distant(std::vector<RdlItem>& items) {
    RdlDistantAssignment made;
    do {
        RdlPathStep step{words_.expect_name("the name of an instance").text, false};
        while (words_.take_if("[")) {
            (void)words_.expression();
            words_.expect("]");
            step.has_index = true;
        }
        made.path.push_back(std::move(step));
    } while (words_.take_if("."));
    words_.expect("->");
    made.assignment = assignment();
    if (made.assignment.is_default)
        rdl_fail(made.assignment.place, "a default of another component");
    words_.expect(";");
    items.emplace_back(std::move(made));
}

// What a text's own properties mean is known to other tools.
void Parser::property() {
    words_.take();
    properties_.insert(words_.expect_name("the name of a property").text);
    words_.skip_braces();
    words_.expect(";");
}

void Parser::constraint() {
    const RdlPlace place = words_.take().place;
    std::string name = "constraint";
    if (!words_.now().is("{"))
        name = words_.expect_name("the name of a constraint or \"{\"").text;
    words_.skip_braces();
    while (!words_.take_if(";")) {
        words_.expect_name("the name of a constraint");
        if (!words_.now().is(";"))
            words_.expect(",");
    }
    report_.add(place.where(), name, "constraints of values are not read", "left out");
}

} // namespace

std::string_view to_text(RdlType type) {
    switch (type) {
    case RdlType::addrmap:
        return "addrmap";
    case RdlType::regfile:
        return "regfile";
    case RdlType::reg:
        return "reg";
    case RdlType::field:
        return "field";
    case RdlType::mem:
        return "mem";
    case RdlType::signal:
        return "signal";
    }
    return "component";
}

std::string with_article(RdlType type) {
    return (type == RdlType::addrmap ? "an " : "a ") + std::string(to_text(type));
}

RdlDescription parse_rdl(std::vector<RdlToken> words, Report& report) {
    return Parser(std::move(words), report).description();
}

} // namespace gen
