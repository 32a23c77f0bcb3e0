// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// SystemRDL: each construct of the register subset, as the device that software sees.
#include "rdl_reader.hpp"
#include "support/catch.hpp"

#include <string>

using namespace gen;

namespace {

const std::string files = IOVIEW_GEN_TESTS "/rdl/";

Device read(const std::string& name, Report& report) {
    return read_rdl(files + name, report);
}

Device read_text(const std::string& text, Report& report) {
    const auto from = [&](const std::string& path) {
        return path == "x.rdl" ? std::optional(text) : std::nullopt;
    };
    return read_rdl("x.rdl", from, {}, report);
}

template <class Named>
const Named& find(const std::vector<Named>& all, const std::string& name) {
    for (const Named& one : all)
        if (one.name == name)
            return one;
    FAIL("there is no " << name);
    throw 0;
}

std::string findings(const Report& report) {
    std::string all;
    for (const Finding& finding : report.findings())
        all += fmt::format(
            "{}:{}: {}; {}\n", finding.where.line, finding.element, finding.what, finding.done);
    return all;
}

// "high:low access/write/read"
std::string kinds(const Field& field) {
    return fmt::format("{}:{} {}/{}/{}",
                       field.high,
                       field.low,
                       static_cast<int>(field.access),
                       static_cast<int>(field.on_write),
                       static_cast<int>(field.on_read));
}

std::string kinds(Access access, WriteAction write, ReadAction read) {
    return fmt::format(
        "{}/{}/{}", static_cast<int>(access), static_cast<int>(write), static_cast<int>(read));
}

// The registers of an address map, "name@offset*count+increment".
std::string places(const std::vector<Register>& registers) {
    std::string all;
    for (const Register& one : registers) {
        all += fmt::format("{}@{}", one.name.substr(0, one.name.find('[')), one.offset);
        if (one.dim)
            all += fmt::format("*{}+{}", one.dim->count, one.dim->increment);
        all += ' ';
    }
    return all;
}

} // namespace

TEST_CASE("the fields of a peripheral in SystemRDL", "[gen]") {
    Report report;
    const Device device = read("uart.rdl", report);
    CHECK(device.name == "uart");
    CHECK(device.where == Where{files + "uart.rdl", 7});
    REQUIRE(device.peripherals.size() == 1);
    const Peripheral& uart = device.peripherals[0];
    CHECK(uart.name == "uart");
    CHECK(uart.base == 0);
    CHECK(uart.description == "Sends and \"receives\".");
    REQUIRE(uart.address_blocks.size() == 1);
    CHECK(uart.address_blocks[0].size == 12);
    CHECK(places(uart.registers) == "data@0 ctrl@4 status@8 ");

    const Register& data = uart.registers[0];
    CHECK(data.size == 16);
    CHECK(data.display_name == "Data");
    CHECK(data.description == "Data");
    CHECK(data.reset == std::nullopt);
    CHECK(data.reset_mask == ~std::uint64_t{0});
    CHECK(data.access == Access::read_write);
    REQUIRE(data.fields.size() == 2);
    CHECK(kinds(data.fields[0]) ==
          "7:0 " + kinds(Access::read_write, WriteAction::modify, ReadAction::modify));
    CHECK(kinds(data.fields[1]) ==
          "8:8 " + kinds(Access::read_only, WriteAction::modify, ReadAction::clear));

    const Register& ctrl = uart.registers[1];
    CHECK(ctrl.reset == 0x104); // of what software has no access to, too
    CHECK(ctrl.reset_mask == 0x107);
    REQUIRE(ctrl.fields.size() == 3);
    CHECK(ctrl.fields[0].description == "Which bit follows the data.");
    REQUIRE(ctrl.fields[0].enumerations.size() == 1);
    const Enumeration& parity = ctrl.fields[0].enumerations[0];
    CHECK(parity.name == "parity_e");
    REQUIRE(parity.values.size() == 3);
    CHECK(parity.values[1].name == "odd");
    CHECK(parity.values[1].description == "Odd");
    CHECK(parity.values[2].value == 2);
    CHECK(parity.values[2].description == "An even count of ones");
    CHECK(parity.values[2].where == Where{files + "uart_enums.rdl", 5});
    CHECK(kinds(ctrl.fields[2]) ==
          "7:7 " + kinds(Access::read_write, WriteAction::one_to_set, ReadAction::none));

    CHECK(findings(report) ==
          "25:uart/ctrl/secret: sw is na: software has no access; left out\n"
          "37:uart/status/gone: onwrite is wuser, and software cannot write it; as if it were not "
          "said\n"
          "38:uart/status/own: onwrite is wuser: what a write does is not said; as if any write "
          "cleared it, so that no update writes it by the way\n");
}

TEST_CASE("what a write and a read of a field do in SystemRDL", "[gen]") {
    Report report;
    const Device device = read("uart.rdl", report);
    const std::vector<Field>& fields = find(device.peripherals[0].registers, "status").fields;
    const auto is = [&](const char* name, Access access, WriteAction write, ReadAction on_read) {
        const std::string found = kinds(find(fields, name));
        CHECK(found.substr(found.find(' ') + 1) == kinds(access, write, on_read));
    };
    using enum Access;
    is("rx", read_write, WriteAction::one_to_clear, ReadAction::none);
    is("tx", read_write, WriteAction::zero_to_clear, ReadAction::none);
    is("t", read_write, WriteAction::one_to_toggle, ReadAction::none);
    is("s", read_write, WriteAction::one_to_set, ReadAction::none);
    is("every", write_only, WriteAction::set, ReadAction::none);
    is("gone", read_only, WriteAction::modify, ReadAction::none);
    is("own", read_write, WriteAction::clear, ReadAction::none);
    CHECK(!find(fields, "own").constraint.empty());
    is("once", read_write_once, WriteAction::zero_to_set, ReadAction::none);
    is("fuse", write_once, WriteAction::zero_to_toggle, ReadAction::none);
    is("both", read_write, WriteAction::clear, ReadAction::set);
}

TEST_CASE("addresses that SystemRDL leaves to its rules", "[gen]") {
    Report report;
    const Device device = read("addressing.rdl", report);
    REQUIRE(device.peripherals.size() == 5);
    const auto of = [&](const std::string& name) { return find(device.peripherals, name); };
    CHECK(places(of("p").registers) == "a@0 b@4 c@8 d@16*3+8 e@40 ");
    CHECK(places(of("n").registers) == "a@0 b@4 c@8*3+8 d@64 e@68 ");
    CHECK(places(of("f").registers) == "a@0 b@32*5+4 c@52 ");
    CHECK(places(of("g").registers) == "a@0 ");
    const std::vector<Cluster>& files_of = of("g").clusters;
    REQUIRE(files_of.size() == 2);
    CHECK(files_of[0].offset == 32);
    CHECK(files_of[0].name == "b[%s]");
    CHECK(files_of[0].dim->increment == 20);
    CHECK(places(files_of[0].registers) == "x@0 y@16 ");
    CHECK(files_of[1].offset == 80);
    CHECK(places(files_of[1].registers) == "x@0 y@4 ");
    CHECK(places(of("h[%s]").registers) == "a@32 b@36 c@64*6+8 d@112 ");
    CHECK(of("n").base == 128);
    CHECK(of("f").base == 256);
    CHECK(of("g").base == 0x1000);
    CHECK(of("h[%s]").base == 0x1080);
    CHECK(of("h[%s]").dim->increment == 0x100);
    CHECK(of("h[%s]").dim->is_array);
    CHECK(of("h[%s]").dim->index == std::vector<std::string>{"0", "1"});
    CHECK(of("h[%s]").address_blocks[0].size == 116);
    CHECK(findings(report) ==
          "11:p/c: 64 bits that software reaches 32 at a time; as if it were reached in one\n"
          "46:h/c: an array of 2 dimensions; as 6 in a row\n");
}

TEST_CASE("bits that SystemRDL leaves to its rules", "[gen]") {
    const auto bits = [](const std::string& fields, const std::string& map = "") {
        Report report;
        const Device device =
            read_text("addrmap m {" + map + " reg {" + fields + "} q; };", report);
        std::string all;
        for (const Field& field : device.peripherals.at(0).registers.at(0).fields)
            all += fmt::format("{}[{}:{}] ", field.name, field.high, field.low);
        return all + findings(report);
    };
    CHECK(bits("field {} a; field {} b[3]; field {} c[15:8]; field {} d[5];") ==
          "a[0:0] b[3:1] c[15:8] d[20:16] ");
    CHECK(bits("field {} a; field {fieldwidth = 3;} b; field {} c[1];") == "a[0:0] b[3:1] c[4:4] ");
    CHECK(bits("regwidth = 8; field {} a; field {} b[2];", "msb0;") ==
          "a[7:7] b[6:5] 1:q/b: its bits are counted from the most significant one; counted from "
          "the least significant one\n");
    CHECK(bits("field {} a[1:4]; field {} b;") ==
          "a[4:1] b[0:0] 1:q/a: its bits are counted from the most significant one; counted from "
          "the least significant one\n");
    CHECK(bits("field {} a[31:24]; field {} b;") ==
          "a[31:24] 1:q/b: the field is not in its register of 32 bits; left out\n");
    CHECK(bits("field {} a[4:4]; field {} b;", "lsb0;") == "a[4:4] b[5:5] ");
}

TEST_CASE("components with parameters", "[gen]") {
    Report report;
    const Device device = read("parameters.rdl", report);
    CHECK(findings(report).empty());
    const Peripheral& timers = device.peripherals.at(0);
    CHECK(timers.name == "timers");
    const Register& plain = find(timers.registers, "plain");
    CHECK(plain.description == "Counts up");
    CHECK(plain.reset == (std::uint64_t{5} << 29 | 2));
    REQUIRE(plain.fields.size() == 2);
    CHECK(kinds(plain.fields[0]) ==
          "7:0 " + kinds(Access::read_only, WriteAction::modify, ReadAction::clear));
    const Cluster& banks = find(timers.clusters, "banks[%s]");
    CHECK(banks.dim->count == 2);
    const Register& many = find(banks.registers, "c[%s]");
    CHECK(many.dim->count == 5);
    CHECK(many.fields.at(0).high == 10);
    const Register& other = find(banks.registers, "d");
    REQUIRE(other.fields.size() == 3);
    CHECK(other.fields[0].access == Access::read_write);
    CHECK(other.fields[1].low == 4);
    CHECK(*other.reset >> 29 == 1);
}

TEST_CASE("names and defaults count from where a component stands", "[gen]") {
    Report report;
    const Device device = read("scopes.rdl", report);
    const Peripheral& map = device.peripherals.at(0);
    CHECK(find(map.registers, "before").fields.at(0).access == Access::read_only);
    CHECK(find(map.registers, "after").fields.at(0).access == Access::read_only);
    CHECK(find(map.registers, "after").fields.at(0).high == 3);
    CHECK(find(map.registers, "after").fields[0].description.empty());
    CHECK(find(map.registers, "l").fields.at(0).description == "late");
    const std::vector<Field>& later = find(map.registers, "l").fields;
    CHECK(find(later, "by_map").access == Access::write_only);
    CHECK(find(later, "by_reg").access == Access::read_write);
    CHECK(find(later, "by_itself").access == Access::read_only);
    const Cluster& in = find(map.clusters, "in");
    CHECK(find(in.registers, "here").fields.at(0).high == 1);
    CHECK(find(in.registers, "f").fields.at(0).access == Access::write_only);
    CHECK(find(in.registers, "f").access == Access::write_only);
    CHECK(find(in.registers, "q").fields.at(0).access == Access::read_only);
    CHECK(find(in.registers, "q").access == Access::read_only);
}

TEST_CASE("address maps in address maps", "[gen]") {
    Report report;
    const Device device = read("bus.rdl", report);
    CHECK(device.name == "soc");
    std::string all;
    for (const Peripheral& one : device.peripherals)
        all += fmt::format("{}@{:x} ", one.name, one.base);
    CHECK(all == "low_a@100 low_b[%s]@200 low_ram@1000 "
                 "high_0_a@10100 high_0_b[%s]@10200 high_0_ram@11000 "
                 "high_1_a@18100 high_1_b[%s]@18200 high_1_ram@19000 last@20000 ");
    CHECK(find(device.peripherals, "low_b[%s]").dim->count == 2);
    const Peripheral& ram = find(device.peripherals, "low_ram");
    CHECK(ram.registers.empty());
    CHECK(ram.address_blocks.at(0).usage == "buffer");
    CHECK(ram.address_blocks.at(0).size == 4'096);

    const Peripheral& port = find(device.peripherals, "last");
    CHECK(places(port.registers) == "status@0 clear@4 rx@8 tx@8 ");
    CHECK(port.registers[0].is_big_endian);
    CHECK(port.registers[1].description == "Alias of status");
    CHECK(port.registers[1].alternate_register.empty()); // it lies elsewhere
    CHECK(port.registers[2].alternate_register.empty());
    CHECK(port.registers[3].alternate_register == "rx");
    const Cluster& inner = find(port.clusters, "inner");
    CHECK(inner.offset == 0x80);
    CHECK(!inner.registers.at(0).is_big_endian);
    CHECK(findings(report).find("11:last/buffer: a memory of 64 bytes among registers; left out; "
                                "its addresses are of the peripheral") != std::string::npos);
}

TEST_CASE("what the preprocessor of SystemRDL leaves", "[gen]") {
    Report report;
    const Device device = read("preprocessor.rdl", report);
    const std::vector<Field>& fields = device.peripherals.at(0).registers.at(0).fields;
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].name == "first");
    CHECK(fields[0].high == 3);
    CHECK(fields[0].where.line == 11);
    CHECK(fields[1].name == "right");
}

TEST_CASE("expressions of SystemRDL", "[gen]") {
    const auto value = [](const std::string& expression) {
        Report report;
        const std::string text = "enum e { a = 3; b; }; addrmap m { reg { regwidth = 64; field {} "
                                 "f[63:0] = " +
                                 expression + "; } q; };";
        return read_text(text, report).peripherals.at(0).registers.at(0).reset.value_or(~0ull);
    };
    struct Row {
        const char* expression;
        std::uint64_t value;
    };
    constexpr Row rows[] = {
        {"1_000", 1'000},
        {"0xFf_00", 0xff00},
        {"16'd10", 10},
        {"8'b1010_0101", 0xa5},
        {"6'o17", 15},
        {"1 + 2 * 3", 7},
        {"(1 + 2) * 3", 9},
        {"10 - 4 - 3", 3},
        {"2 ** 3 ** 2", 64},
        {"7 / 2", 3},
        {"7 % 4", 3},
        {"1 << 4 >> 1", 8},
        {"1 << 63", std::uint64_t{1} << 63},
        {"5 >> 64", 0},
        {"6 & 3 | 8 ^ 1", 11},
        {"4'b1100 ~^ 4'b1010", 9},
        {"4'b1100 ^~ 4'b1010", 9},
        {"~4'd5", 10},
        {"!5", 0},
        {"&4'hf", 1},
        {"~&4'hf", 0},
        {"|4'h0", 0},
        {"~|4'h0", 1},
        {"^4'b0111", 1},
        {"~^4'b0111", 0},
        {"+3", 3},
        {"1 < 2 && 2 <= 2 && 3 > 2 && 2 >= 2", 1},
        {"1 == 2 || 1 != 1", 0},
        {"rw == rw ? 1 : 2", 1},
        {"\"a\" != \"b\"", 1},
        {"{\"a\", \"b\"} == \"ab\"", 1},
        {"{2{\"a\"}} == \"aa\"", 1},
        {"true ? false ? 1 : 2 : 3", 2},
        {"{4'h1, 4'h2}", 0x12},
        {"{3{2'b10}}", 42},
        {"e::b", 4},
        {"e::a + 1 == e::b", 1},
        {"4'(0x7f)", 15},
        {"(2 + 2)'(0x7f)", 15},
        {"boolean'(5)", 1},
        {"bit'(6)", 0},
        {"longint'(6)", 6},
    };
    for (const Row& row : rows) {
        INFO(row.expression);
        CHECK(value(row.expression) == row.value);
    }
}

TEST_CASE("what SystemRDL says that the model has no word for is reported", "[gen]") {
    const auto found = [](const std::string& text) {
        Report report;
        (void)read_text(text, report);
        return findings(report);
    };
    const auto map = [](const std::string& inner) { return "addrmap m { " + inner + " };"; };
    const std::string reg = "reg { field {} f; } ";
    CHECK(found(map(reg + "q[2]; q[0].f->reset = 1;")) ==
          "1:f: reset is set of one element of an array; left as it is of the others\n");
    CHECK(found(map("reg { field { reset = a; } f; } q;")) ==
          "1:m/q/f: its reset value is a, which is no constant; none is noted\n");
    CHECK(found(map("reg { field {} f[2] = 4; } q;")) ==
          "1:m/q/f: its reset value 0x4 is past its 2 bits; none is noted\n");
    CHECK(found(map("reg { field { sw = w; rclr; } f; } q;")) ==
          "1:m/q/f: onread is rclr, and software cannot read it; as if it were not said\n");
    CHECK(found(map("reg { regwidth = 128; field {} f; } q;")) ==
          "1:m/q: 128 bits wide; left out\n");
    CHECK(found(map(reg + "q[70000];")) ==
          "1:m/q: an array of 70000, and at most 65536 are believed; left out\n");
    CHECK(found(map(reg + "q[2] += 2;")) ==
          "1:m/q: elements of 4 bytes are 2 apart; left as it is\n");
    CHECK(found(map("constraint c { this < 4; }; " + reg + "q;")) ==
          "1:c: constraints of values are not read; left out\n");
    CHECK(found(reg + "q; addrmap m { " + reg + "q; } m;") ==
          "1:q: a reg in no addrmap; left out\n");
    CHECK(found("addrmap e { }; addrmap m { " + reg + "q; }; addrmap n { e e; m m; };") ==
          "1:e: an addrmap without registers; left out\n");
    CHECK(found("addrmap n { mem { mementries = 2; " + reg + "v; } x; };") ==
          "1:x: registers in a memory; left out; the memory is a peripheral\n");
}

TEST_CASE("what is not present has its place and is not there", "[gen]") {
    Report report;
    const Device device = read_text("addrmap m { reg r_t { field {} f; field { ispresent = 0; } g;"
                                    " field {} h; }; r_t a, b, c; b->ispresent = false; };",
                                    report);
    CHECK(places(device.peripherals.at(0).registers) == "a@0 c@8 ");
    REQUIRE(device.peripherals[0].registers[0].fields.size() == 2);
    CHECK(device.peripherals[0].registers[0].fields[1].low == 2);
}
