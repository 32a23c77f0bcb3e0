// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Texts that are no SystemRDL, or are and mean nothing: file, line and what is wrong.
#include "failure.hpp"
#include "rdl_reader.hpp"
#include "support/catch.hpp"

#include <map>
#include <string>
#include <vector>

using namespace gen;

namespace {

// In the file a/x.rdl, beside the others.
std::string refusal(const std::string& text, std::map<std::string, std::string> others = {}) {
    others["a/x.rdl"] = text;
    const auto from = [&](const std::string& path) {
        const auto found = others.find(path);
        return found == others.end() ? std::nullopt : std::optional(found->second);
    };
    Report report;
    try {
        (void)read_rdl("a/x.rdl", from, {.elements = 1'000}, report);
    } catch (const Failure& failure) {
        CHECK(failure.code() == Exit::refused);
        const std::string message = failure.what();
        CHECK(message.starts_with("a/"));
        return message.substr(message.find('/') + 1);
    }
    return "none";
}

std::string many(int count, const std::string& what) {
    std::string all;
    for (int i = 0; i != count; ++i)
        all += what;
    return all;
}

struct Row {
    std::string text;
    std::string message;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.text.substr(0, 200));
        CHECK(refusal(row.text) == row.message);
    }
}

std::string map(const std::string& inner) {
    return "addrmap m {\n" + inner + "\n};";
}

// A register whose field has this reset value.
std::string reset(const std::string& value) {
    return map("reg { field {} f[8] = " + value + "; } q;");
}

} // namespace

TEST_CASE("what is no word of SystemRDL", "[gen]") {
    check({
        {"\n\x01", "x.rdl:2: the byte 0x01 is nothing in this language"},
        {"\n$", "x.rdl:2: \"$\" is nothing in this language"},
        {"\n\n\xff", "x.rdl:3: the byte 0xff is no UTF-8; convert the file, as by iconv -t UTF-8"},
        {"addrmap \xc3\xa9 {};", "x.rdl:1: the byte 0xc3 is nothing in this language"},
        {"/* x\n\n", "x.rdl:1: a comment that does not end"},
        {"\"x\n\n", "x.rdl:1: a text in quotes that does not end"},
        {"<% print %>", "x.rdl:1: Perl between <% and %> is not run; give what it prints"},
        {reset("12ab"), "x.rdl:2: 12ab has \"a\" in it, which is no digit of base 10"},
        {reset("0x"), "x.rdl:2: a number without digits"},
        {reset("18446744073709551616"), "x.rdl:2: 18446744073709551616 is past 64 bits"},
        {reset("4'h10"), "x.rdl:2: 10 has more than 4 bits"},
        {reset("0'h1"), "x.rdl:2: a number of 0 bits"},
        {reset("3'b12"), "x.rdl:2: 12 has \"2\" in it, which is no digit of base 2"},
    });
}

TEST_CASE("preprocessors of SystemRDL that go wrong", "[gen]") {
    check({
        {"`include x", "x.rdl:1: `include without a file in quotes"},
        {"\n`include \"../y.rdl\"", "x.rdl:2: `include \"y.rdl\": cannot be read"},
        {"`include \"x.rdl\"", "x.rdl:1: `include \"a/x.rdl\": the file includes itself"},
        {"`define f(x) x", "x.rdl:1: `define f: macros with arguments are not read"},
        {"`define 3", "x.rdl:1: `define is followed by 3, and a name is wanted"},
        {"`nothing", "x.rdl:1: `nothing is not defined"},
        {"`define a `a\n`a", "x.rdl:2: `a: more than 32 macros in each other"},
        {"`ifdef a\n", "x.rdl:1: a condition without `endif"},
        {"`endif", "x.rdl:1: `endif without `ifdef"},
        {"`ifdef a\n`else\n`else\n`endif", "x.rdl:3: `else behind `else"},
    });
    CHECK(refusal("`include \"y\"", {{"a/y", "\n`include \"x.rdl\""}}) ==
          "y:2: `include \"a/x.rdl\": the file includes itself");
    CHECK(refusal("`ifdef a\n`include \"y\"\n`endif\n`include \"y\"", {{"a/y", "`endif"}}) ==
          "y:1: `endif without `ifdef");
    std::string doubling = "`define a0\n";
    for (int i = 1; i != 31; ++i)
        doubling += fmt::format("`define a{} `a{} `a{}\n", i, i - 1, i - 1);
    CHECK(refusal(doubling + "`a30") == "x.rdl:32: more than 1000000 uses of macros");
}

TEST_CASE("what is no sentence of SystemRDL", "[gen]") {
    check({
        {"", "x.rdl: there is no addrmap in it"},
        {"addrmap",
         "x.rdl:1: the end of the file, where the name of an addrmap or \"{\" is wanted"},
        {"addrmap m", "x.rdl:1: the end of the file, where \"{\" is wanted"},
        {"addrmap m {\n",
         "x.rdl:1: the end of the file, where a component or a property is wanted"},
        {"addrmap m {}", "x.rdl:1: the end of the file, where the name of an instance is wanted"},
        {"addrmap reg {};",
         "x.rdl:1: \"reg\" is a keyword, and the name of an addrmap or \"{\" is "
         "wanted"},
        {"3;", "x.rdl:1: 3, where a component or a property is wanted"},
        {"};", "x.rdl:1: \"}\", where a component or a property is wanted"},
        {map("reg { field {} f } q;"), "x.rdl:2: \"}\", where \";\" is wanted"},
        {map("reg { field {} f[3; } q;"), "x.rdl:2: \";\", where \"]\" is wanted"},
        {map("reg { field {} f[7:0][2]; } q;"), "x.rdl:2: f has bits and a width"},
        {map("reg { field {} f = ; } q;"), "x.rdl:2: \";\", where a value is wanted"},
        {map("reg { field {} f = type; } q;"),
         "x.rdl:2: \"type\" is a keyword, and a value is "
         "wanted"},
        {map("reg { field { sw = } f; } q;"), "x.rdl:2: \"}\", where a value is wanted"},
        {map("default 3;"), "x.rdl:2: 3, where a property is wanted"},
        {map("q->3 = 1;"), "x.rdl:2: 3, where a property is wanted"},
        {map("q->default name = \"\";"), "x.rdl:2: a default of another component"},
        {"struct s { bit a; };", "x.rdl:1: struct types are not read"},
        {"abstract struct s { bit a; };", "x.rdl:1: struct types are not read"},
        {map("name = s'{a: 1};"), "x.rdl:2: \"s\" is a struct, and struct types are not read"},
        {"property p { type = number;", "x.rdl:1: \"{\" without \"}\""},
        {"constraint { this < 4; } 3;", "x.rdl:1: 3, where the name of a constraint is wanted"},
        {"addrmap m #(3) {};", "x.rdl:1: 3, where the type of a parameter is wanted"},
        {"enum e { a { hw = 1; }; };", "x.rdl:1: hw is no property of an enumerator"},
        {many(40, "addrmap {"), "x.rdl:1: more than 32 components in each other"},
        {reset(many(200, "(")), "x.rdl:2: more than 100 expressions in each other"},
        {reset(many(200, "~") + "1"), "x.rdl:2: more than 100 expressions in each other"},
        {reset("1" + many(200, "+1")), "x.rdl:2: more than 100 expressions in each other"},
    });
}

TEST_CASE("expressions of SystemRDL without a value", "[gen]") {
    check({
        {reset("1 - 2"), "x.rdl:2: 1 - 2 is negative"},
        {reset("-1"), "x.rdl:2: 0 - 1 is negative"},
        {reset("1 / 0"), "x.rdl:2: 1 / 0"},
        {reset("1 % 0"), "x.rdl:2: 1 % 0"},
        {reset("0xffffffffffffffff + 1"), "x.rdl:2: the result of + is past 64 bits"},
        {reset("0x100000000 * 0x100000000"), "x.rdl:2: the result of * is past 64 bits"},
        {reset("3 ** 100"), "x.rdl:2: the result of ** is past 64 bits"},
        {reset("2 << 63"), "x.rdl:2: the result of << is past 64 bits"},
        {reset("1 + \"a\""), "x.rdl:2: a text, where a number is wanted"},
        {reset("1 + rw"), "x.rdl:2: a keyword, where a number is wanted"},
        {reset("1 + x"), "x.rdl:2: x is not known here, and a number is wanted"},
        {reset("1 + x.y[2]->z"), "x.rdl:2: x.y[]->z is not known here, and a number is wanted"},
        {reset("\"a\" == 1"), "x.rdl:2: a text is compared with a number"},
        {reset("{1, 2}"),
         "x.rdl:2: more than 64 bits in braces; numbers there need a width, as "
         "8'd5"},
        {reset("{1'b1, \"a\"}"), "x.rdl:2: a text, where a number is wanted"},
        {reset("{\"a\", 1'b1}"), "x.rdl:2: a number and a text in one"},
        {reset("{0{1'b1}}"), "x.rdl:2: repeated 0 times"},
        {reset("0'(1)"), "x.rdl:2: cast to 0 bits"},
        {reset("e::a"), "x.rdl:2: there is no enumeration e here"},
        {"enum e { a; };" + reset("e::b"), "x.rdl:2: e has no b"},
        {reset("'{'{1}}"), "x.rdl:2: arrays of arrays are not read"},
        {reset("'{1}"), "x.rdl:2: reset cannot be an array"},
        {reset("\"a\""), "x.rdl:2: reset cannot be a text"},
    });
}

TEST_CASE("components of SystemRDL that cannot be", "[gen]") {
    const std::string q = "reg { field {} f; } q";
    check({
        {map("x y;"), "x.rdl:2: there is no component x here"},
        {"addrmap m { m x; };", "x.rdl:1: there is no component m here"},
        {map("field {} f;"), "x.rdl:2: a field cannot be in an addrmap"},
        {map("reg { reg {} a; } q;"), "x.rdl:2: a reg cannot be in a reg"},
        {map(q + ", q;"), "x.rdl:2: q is there twice"},
        {map("reg a {}; field a {};"), "x.rdl:2: a is declared twice"},
        {"enum e { a; a; };", "x.rdl:1: a is in e twice"},
        {map("colour = \"x\";"), "x.rdl:2: there is no property colour"},
        {map("sw = r;"), "x.rdl:2: sw is no property of an addrmap"},
        {map("reg { field { sw = woclr; } f; } q;"), "x.rdl:2: sw cannot be woclr"},
        {map("reg { field { sw = 1; } f; } q;"), "x.rdl:2: sw cannot be a number"},
        {map("reg { field { encode = e; } f; } q;"),
         "x.rdl:2: encode is e, which is not known here"},
        {"name = \"x\";", "x.rdl:1: name is set of no component"},
        {map("default sw = r;\ndefault sw = w;"),
         "x.rdl:3: sw has two defaults in the same braces"},
        {map(q + ";\nz->name = \"\";"), "x.rdl:3: there is no z here"},
        {map(q + ";\nq.g->name = \"\";"), "x.rdl:3: there is no g here"},
        {map(q + ";\nq[0]->name = \"\";"), "x.rdl:3: q is no array"},
        {map("alias z " + std::string("x y;")), "x.rdl:2: there is no component x here"},
        {map("reg x {}; alias z x y;"), "x.rdl:2: y is an alias of z, which is no register here"},
        {map("reg x #(longint A) {};\nx y;"), "x.rdl:3: the parameter A has no value"},
        {map("reg x #(longint A = \"\") {};\nx y;"),
         "x.rdl:2: the parameter A is a text, and longint is wanted"},
        {map("reg x #(e A = 1) {}; x y;"), "x.rdl:2: there is no type e"},
        {map("reg x {}; x #(.A(1)) y;"), "x.rdl:2: there is no parameter A"},
        {"addrmap m #(longint A) {};", "x.rdl:1: the parameter A has no value"},
        {map("reg x #(bit A[] = '{1}) { field {} f[A[1]]; }; x y;"), "x.rdl:2: A[1] of 1 elements"},
    });
    std::string doubling = "reg a0 {};";
    for (int i = 1; i != 30; ++i)
        doubling += fmt::format("regfile a{} {{ a{} x; a{} y; }};", i, i - 1, i - 1);
    CHECK(refusal(doubling + "addrmap m { a29 x; };") == "x.rdl:1: more than 1000 components");
    std::string deep = "reg a0 {};";
    for (int i = 1; i != 100; ++i)
        deep += fmt::format("regfile a{} {{ a{} x; }};", i, i - 1);
    CHECK(refusal(deep + "addrmap m { a99 x; };") ==
          "x.rdl:1: more than 64 components in each other");
    CHECK(refusal("addrmap a { reg { field {} f; } q[30]; }; addrmap b { a x[30]; };"
                  "addrmap c { b x[30]; b y[30]; };") == "x.rdl:1: more than 1000 components");
}

TEST_CASE("places of SystemRDL that cannot be", "[gen]") {
    const std::string q = "reg { field {} f; } q";
    check({
        {map("reg { field {} f @ 4; } q;"), "x.rdl:2: f is a field, which has no address"},
        {map("reg { field {} f[2][3]; } q;"), "x.rdl:2: f has several widths"},
        {map("reg { field {} f[0]; } q;"), "x.rdl:2: f has no bits, or more than 65536"},
        {map("reg { field {} f[1 << 40]; } q;"), "x.rdl:2: f has no bits, or more than 65536"},
        {map("reg { field { fieldwidth = 3; } f[2]; } q;"),
         "x.rdl:2: f has 2 bits, and its fieldwidth is 3"},
        {map("reg { field {} f[3:2]; field {} g[0:1]; } q;"),
         "x.rdl:2: q has bits from the lowest (g) and from the highest (f)"},
        {map("reg { regwidth = 24; field {} f; } q;"),
         "x.rdl:2: q has 24 bits, which no register has"},
        {map("reg { accesswidth = 4; field {} f; } q;"),
         "x.rdl:2: q has 4 bits, which no register has"},
        {map(q + "[7:0];"), "x.rdl:2: q is a reg, which has no bits"},
        {map(q + "[0];"), "x.rdl:2: q is an array of none"},
        {map(q + " += 4;"), "x.rdl:2: q is no array, and += says how far its elements are"},
        {map(q + " @ 4 %= 8;"), "x.rdl:2: q has both @ and %="},
        {map(q + " %= 3;"), "x.rdl:2: %= of q is 3, and is no power of two"},
        {map("alignment = 0; " + q + ";"), "x.rdl:1: alignment of m is 0, and is no power of two"},
        {map(q + " @ 0xffffffffffffffff;"), "x.rdl:2: q ends past 64 bits of address"},
        {map(q + "[1 << 62];"), "x.rdl:2: q ends past 64 bits of address"},
        {map(q + "[1 << 32][1 << 32];"), "x.rdl:2: q ends past 64 bits of address"},
        {map(q + "[2] += 0xffffffffffffffff;"), "x.rdl:2: q ends past 64 bits of address"},
        {"addrmap { reg { field {} f; } q; } m @ 0xfffffffffffffffe;",
         "x.rdl:1: m ends past 64 bits of address"},
        {map("mem {} x;"), "x.rdl:2: x is a memory of 1 times 0 bits"},
        {map("mem { memwidth = 32; mementries = 0; } x;"),
         "x.rdl:2: x is a memory of 0 times 32 bits"},
    });
}

TEST_CASE("SystemRDL that ends early or has one byte wrong is read or refused", "[gen]") {
    const std::string whole =
        "`define A 2\nenum e { a = 1; b; };\naddrmap m #(longint N = `A) {\nreg q_t { field { sw = "
        "rw; encode = e; } f[N] = e::a; };\nq_t q[2] @ 4 += 8;\nq.f->name = \"x\";\n};\n";
    CHECK(refusal(whole) == "none");
    for (std::size_t size = 0; size != whole.size(); ++size) {
        (void)refusal(whole.substr(0, size));
        for (const char byte : {'\0', '}', '"', '`', '0', '\''}) {
            std::string changed = whole;
            changed[size] = byte;
            (void)refusal(changed);
        }
    }
}
