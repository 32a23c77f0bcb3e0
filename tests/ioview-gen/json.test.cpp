// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A device as JSON: what is written is read as the same, and what is no such text is refused in
// words.
#include "json.hpp"

#include "failure.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace gen;

namespace {

std::string file_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

Dim several(std::uint64_t count, std::uint64_t increment, bool is_array) {
    Dim dim{count, increment, {}, is_array};
    for (std::uint64_t i = 0; i != count; ++i)
        dim.index.push_back(std::to_string(i));
    return dim;
}

Field a_field() {
    Field field;
    field.name = "MODE%s";
    field.description = "\"how\"\n\xc3\xa9";
    field.high = 63;
    field.low = 60;
    field.access = Access::read_write_once;
    field.on_write = WriteAction::zero_to_toggle;
    field.on_read = ReadAction::modify_external;
    field.constraint = "2 to 5";
    field.dim = Dim{2, 4, {"A", "B"}, false};
    field.enumerations = {
        {"Mode",
         Enumeration::Usage::write,
         {{"", "", 0, 0, {"a.svd", 0}}, {"x", "y", ~std::uint64_t{0}, 1, {"a.svd", 3}}},
         "rest",
         {"a.svd", 4}}};
    field.where = {"a.svd", 5};
    return field;
}

Register a_register() {
    Register one;
    one.name = "R[%s]";
    one.display_name = "The R";
    one.description = "it";
    one.offset = ~std::uint64_t{0};
    one.size = 64;
    one.is_big_endian = true;
    one.access = Access::write_once;
    one.on_write = WriteAction::set;
    one.on_read = ReadAction::modify;
    one.constraint = "odd";
    one.protection = "s";
    one.reset = 0;
    one.reset_mask = 0;
    one.alternate_register = "Q";
    one.alternate_group = "G";
    one.dim = several(3, 8, true);
    one.fields = {a_field(), {}};
    one.fields[1].name = "plain";
    one.fields[1].where = {"b.svd", 0};
    one.where = {"b.svd", 6};
    return one;
}

Device a_device() {
    Device device;
    device.vendor = "V";
    device.name = "D";
    device.series = "S";
    device.version = "1.0";
    device.description = "all";
    device.cpu = Cpu{"CM4", "r0p1", "little", true, true, true, 4, true, 82};
    device.where = {"a.svd", 2};
    Peripheral one;
    one.name = "P%s";
    one.version = "2";
    one.description = "p";
    one.group = "g";
    one.header_struct_name = "h";
    one.alternate_peripheral = "o";
    one.base = 0x1'0000'0000;
    one.dim = several(2, 0x1000, false);
    one.address_blocks = {{4, 0x100, "registers", "p"}, {}};
    one.interrupts = {{"I", "i", -3, {"a.svd", 9}}};
    one.registers = {a_register()};
    one.where = {"a.svd", 7};
    Cluster inner{"C", "c", 0x20, "B", several(4, 0x10, true), {a_register()}, {}, {"a.svd", 8}};
    one.clusters = {{"C", "", 0, "", {}, {}, {inner}, {"b.svd", 8}}};
    device.peripherals = {one, {}};
    device.peripherals[1].name = "Q";
    device.peripherals[1].same_as = "P%s";
    device.peripherals[1].where = {"a.svd", 0};
    return device;
}

std::string refusal(const std::string& text) {
    try {
        (void)read_json(text, "x.json");
    } catch (const Failure& failure) {
        CHECK(failure.code() == Exit::refused);
        return failure.what();
    }
    return "none";
}

} // namespace

TEST_CASE("a device that is written as JSON is read as the same", "[gen]") {
    const Device device = a_device();
    CHECK(read_json(to_json(device).dump(2), "x.json") == device);
    CHECK(read_json(to_json(device).dump(), "y.json") == device);
}

TEST_CASE("each width, access and action is read as it is written", "[gen]") {
    Device device = a_device();
    Register& one = device.peripherals[0].registers[0];
    Field& field = one.fields[0];
    for (std::uint8_t i = 0; i != 9; ++i) {
        one.size = 8u << (i % 4);
        field.access = static_cast<Access>(i % 5);
        field.on_write = static_cast<WriteAction>(i);
        field.on_read = static_cast<ReadAction>(i % 5);
        field.enumerations[0].usage = static_cast<Enumeration::Usage>(i % 3);
        CHECK(read_json(to_json(device).dump(), "x.json") == device);
    }
}

TEST_CASE("what is as by default is not written, and addresses are text", "[gen]") {
    Device device;
    device.name = "D";
    device.peripherals.resize(1);
    device.peripherals[0].name = "P";
    device.peripherals[0].base = 0x10;
    CHECK(to_json(device).dump() ==
          R"({"schema":1,"file":"","name":"D","peripherals":[{"name":"P","base":"0x10"}]})");
}

TEST_CASE("the example of the document is read, and what it leaves out is filled in", "[gen]") {
    const std::string document = file_of(GEN_DOCS "/ioview-gen-json.md");
    const auto from = document.find("```json\n") + 8;
    const Device device =
        read_json(document.substr(from, document.find("\n```", from) - from), "lamp.json");
    REQUIRE(device.peripherals.size() == 1);
    const Peripheral& lamp = device.peripherals[0];
    CHECK(lamp.base == 0x4000'1000);
    CHECK(lamp.where == Where{"lamp.json", 5});
    CHECK(lamp.interrupts.at(0).value == 7);
    REQUIRE(lamp.registers.size() == 3);
    CHECK(lamp.registers[0].reset == 0);
    CHECK(lamp.registers[0].size == 32);
    CHECK(lamp.registers[0].fields.at(0).enumerations.at(0).values.at(1).any == 1);
    CHECK(lamp.registers[1].offset == 4);
    CHECK(lamp.registers[1].where.line == 33);
    CHECK(lamp.registers[1].fields.at(0).on_write == WriteAction::one_to_clear);
    CHECK(lamp.registers[1].reset == std::nullopt);
    CHECK(lamp.registers[2].dim == several(4, 4, true));
}

TEST_CASE("the document has a row for each member that is written", "[gen]") {
    const std::string document = file_of(GEN_DOCS "/ioview-gen-json.md");
    std::set<std::string> names;
    const auto gather = [&](const auto& self, const nlohmann::ordered_json& json) -> void {
        if (json.is_object())
            for (const auto& item : json.items())
                names.insert(item.key());
        if (json.is_structured())
            for (const auto& inner : json)
                self(self, inner);
    };
    gather(gather, to_json(a_device()));
    CHECK(names.size() == 54);
    const std::string rows = document.substr(document.find("## Members"));
    for (const std::string& name : names) {
        INFO(name);
        CHECK(rows.find("`" + name + "`") != std::string::npos);
    }
}

TEST_CASE("JSON that is no device is refused with its line and member", "[gen]") {
    const auto device = [](const std::string& rest) {
        return "{\"schema\": 1, \"name\": \"D\",\n" + rest + "}";
    };
    const auto peripheral = [&](const std::string& rest) {
        return device("\"peripherals\": [\n{\"name\": \"P\", " + rest + "}]");
    };
    const auto field = [&](const std::string& rest) {
        return peripheral("\"base\": 0, \"registers\": [{\"name\": \"R\", \"offset\": 0, "
                          "\"fields\": [{\"name\": \"F\", " +
                          rest + "}]}]");
    };
    struct Row {
        std::string text;
        std::string message;
    };
    const Row rows[] = {
        {"",
         "x.json:1: no JSON: syntax error while parsing value - unexpected end of input; "
         "expected '[', '{', or a literal"},
        {"[]", "x.json:1: the device: is array, and an object is wanted"},
        {"{}", "x.json:1: the device: has no \"schema\""},
        {R"({"schema": 2, "name": "D"})", "x.json:1: schema: is 2, and 1 is the only one there is"},
        {R"({"schema": 1})", "x.json:1: the device: has no \"name\""},
        {R"({"schema": 1, "name": ""})", "x.json:1: name: is empty"},
        {R"({"schema": 1, "name": 3})", "x.json:1: name: is number, and text is wanted"},
        {device("\"colour\": 1"),
         "x.json:1: the device: has a member \"colour\" that there is not"},
        {device("\"name\": 1"), "x.json:2: \"name\" is there twice in an object"},
        {device("\"cpu\": []"), "x.json:1: cpu: is array, and an object is wanted"},
        {device("\"peripherals\": {}"), "x.json:1: peripherals: is object, and an array is wanted"},
        {device("\"cpu\": {\"has_fpu\": 1}"),
         "x.json:2: cpu.has_fpu: is 1, and true or false is wanted"},
        {device("\"cpu\": {\"interrupts\": 4294967296}"),
         "x.json:2: cpu.interrupts: is 4294967296, and 4294967295 is the most"},
        {peripheral("\"base\": -1"),
         "x.json:3: peripherals[0].base: is -1, and a number from 0 is "
         "wanted, as 16 or \"0x10\""},
        {peripheral("\"base\": 1.5"),
         "x.json:3: peripherals[0].base: is 1.5, and a number from 0 "
         "is wanted, as 16 or \"0x10\""},
        {peripheral("\"base\": 18446744073709551616"),
         "x.json:3: peripherals[0].base: is 1.8446744073709552e+19, and a number from 0 is wanted, "
         "as 16 or \"0x10\""},
        {peripheral("\"base\": \"0x10000000000000000\""),
         "x.json:3: peripherals[0].base: is \"0x10000000000000000\", and a number from 0 is "
         "wanted, as 16 or \"0x10\""},
        {peripheral("\"base\": 0, \"interrupts\": [{\"name\": \"I\", "
                    "\"value\": 9223372036854775808}]"),
         "x.json:3: peripherals[0].interrupts[0].value: is 9223372036854775808, and "
         "9223372036854775807 is the most"},
        {peripheral("\"version\": \"1\""), "x.json:3: peripherals[0]: has no \"base\""},
        {peripheral("\"base\": 0, \"dim\": {\"count\": 0, \"increment\": 4}"),
         "x.json:3: peripherals[0].dim.count: is 0, and from 1 to 65536 are believed"},
        {peripheral("\"base\": 0, \"dim\": {\"count\": 1000000, \"increment\": 4}"),
         "x.json:3: peripherals[0].dim.count: is 1000000, and from 1 to 65536 are believed"},
        {peripheral("\"base\": 0, \"dim\": {\"count\": 2, \"increment\": 4, \"index\": [\"A\"]}"),
         "x.json:3: peripherals[0].dim.index: has 1 names, and count is 2"},
        {peripheral("\"base\": 0, \"dim\": {\"count\": 1, \"increment\": 4, \"index\": [1]}"),
         "x.json:3: peripherals[0].dim.index: is not an array of texts"},
        {field("\"high\": 1, \"low\": 2"),
         "x.json:3: peripherals[0].registers[0].fields[0].high: is 1, below low, which is 2"},
        {field("\"high\": 1, \"low\": 1, \"access\": \"rw\""),
         "x.json:3: peripherals[0].registers[0].fields[0].access: is \"rw\", and one of these is "
         "wanted: read-write, read-only, write-only, writeOnce, read-writeOnce"},
        {std::string(1'000, '['), "x.json:1: nested too deep"},
    };
    for (const Row& row : rows)
        CHECK(refusal(row.text) == row.message);
    CHECK(refusal("{\"a\xff\"}").starts_with("x.json:1: no JSON: "));
}

TEST_CASE("JSON that ends early or has one byte wrong is read or refused, and nothing else",
          "[gen]") {
    const std::string whole = to_json(a_device()).dump();
    for (std::size_t size = 0; size < whole.size(); size += 7)
        CHECK(refusal(whole.substr(0, size)) != "none");
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        std::string changed = whole;
        changed[at] = '\x7f';
        (void)refusal(changed);
    }
}

TEST_CASE("registers of another peripheral, which has to be there", "[gen]") {
    const auto refused = [](const std::string& peripherals) {
        return refusal("{\"schema\": 1, \"name\": \"D\", \"peripherals\": [" + peripherals + "]}");
    };
    const auto one = [](const std::string& name, const std::string& rest) {
        return "\n{\"name\": \"" + name + "\", \"base\": 0, " + rest + '}';
    };
    const std::string a = one("A", "\"registers\": []");
    CHECK(refused(a + ',' + one("B", "\"same_as\": \"A\"")) == "none");
    CHECK(refused(a + ',' + one("B", "\"same_as\": \"C\"")) ==
          "x.json:3: peripherals[1].same_as: is C: there is no such peripheral");
    CHECK(refused(one("A", "\"same_as\": \"A\"")) ==
          "x.json:2: peripherals[0].same_as: is A: that leads back to where it began");
    CHECK(refused(one("A", "\"same_as\": \"B\"") + ',' + one("B", "\"same_as\": \"A\"")) ==
          "x.json:2: peripherals[0].same_as: is B: that leads back to where it began");
    CHECK(refused(
              a + ',' +
              one("B", "\"same_as\": \"A\", \"registers\": [{\"name\": \"R\", \"offset\": 0}]")) ==
          "x.json:3: peripherals[1].same_as: is A: but there are registers here, too");
}
