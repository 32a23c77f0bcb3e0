// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "patch.hpp"

#include "failure.hpp"
#include "json.hpp"
#include "support/catch.hpp"
#include "svd_reader.hpp"

#include <string>

using namespace gen;

namespace {

Device device() {
    Report report;
    return read_svd(XmlFile::read(IOVIEW_GEN_TESTS "/svd/patched.svd"), report);
}
Device patched(const std::string& changes) {
    Report ignored;
    return apply_patch(device(), "{\"patches\": [" + changes + "]}", "p.json", ignored);
}
std::string failure(const std::string& changes) {
    try {
        (void)patched(changes);
    } catch (const Failure& failure) {
        CHECK(failure.code() == Exit::refused);
        return failure.what();
    }
    return "no failure";
}
const Register& reg(const Device& device, std::size_t number) {
    return device.peripherals.at(0).registers.at(number);
}

} // namespace

TEST_CASE("each change does what it says") {
    CHECK(reg(patched(R"({"rename": "TIMER/CTRL", "to": "CR"})"), 0).name == "CR");
    CHECK(patched(R"({"delete": "TIMER/ALARM*"})").peripherals.at(0).registers.size() == 1);
    CHECK(reg(patched(R"({"delete": "TIMER/CTRL/LOW"})"), 0).fields.size() == 2);
    CHECK(reg(patched(R"({"set": "TIMER/CTRL", "to": {"reset": "0x55", "size": 16}})"), 0).reset ==
          0x55);
    const Device changed =
        patched(R"({"set": "TIMER/CTRL/*", "to": {"on_write": "oneToClear"}, "why": "erratum 3"})");
    for (const Field& field : reg(changed, 0).fields)
        CHECK(field.on_write == WriteAction::one_to_clear);
    CHECK(
        reg(patched(R"({"add": "TIMER/CTRL", "field": {"name": "GO", "high": 31, "low": 31}})"), 0)
            .fields.back()
            .name == "GO");
    CHECK(patched(R"({"add": "TIMER", "register": {"name": "X", "offset": "0x40"}})")
              .peripherals.at(0)
              .registers.back()
              .offset == 0x40);
    CHECK(patched(R"({"add": "", "peripheral": {"name": "Q", "base": "0x5000"}})")
              .peripherals.size() == 2);
}

TEST_CASE("fields that touch are merged") {
    const Device made = patched(R"({"merge": ["TIMER/CTRL/LOW", "TIMER/CTRL/HIGH"], "to": "ALL"})");
    REQUIRE(reg(made, 0).fields.size() == 2);
    CHECK(reg(made, 0).fields[0].name == "ALL");
    CHECK(reg(made, 0).fields[0].low == 0);
    CHECK(reg(made, 0).fields[0].high == 15);
}

TEST_CASE("registers that are alike become an array") {
    const Device made = patched(R"({"array": "TIMER/ALARM*", "to": "ALARM"})");
    REQUIRE(made.peripherals.at(0).registers.size() == 2);
    const Register& alarm = reg(made, 1);
    CHECK(alarm.name == "ALARM[%s]");
    REQUIRE(alarm.dim);
    CHECK(alarm.dim->count == 4);
    CHECK(alarm.dim->increment == 4);
    CHECK(alarm.dim->index.size() == 4);
}

TEST_CASE("things are deleted once, and with what is in them") {
    const auto names = [](const Device& device) {
        std::string all;
        for (const Register& one : device.peripherals.at(0).registers)
            all += one.name + ' ';
        return all;
    };
    CHECK(names(patched(R"({"delete": ["TIMER/ALARM1", "TIMER/ALARM1"]})")) ==
          "CTRL ALARM0 ALARM2 ALARM3 ");
    CHECK(names(patched(R"({"delete": ["TIMER/ALARM*", "TIMER/ALARM3"]})")) == "CTRL ");
    CHECK(names(patched(R"({"delete": ["TIMER/CTRL", "TIMER/CTRL/LOW"]})")) ==
          "ALARM0 ALARM1 ALARM2 ALARM3 ");
    CHECK(names(patched(R"({"delete": "TIMER/CTRL/*"})")) == "CTRL ALARM0 ALARM1 ALARM2 ALARM3 ");
}

TEST_CASE("registers that several peripherals have") {
    const std::string twin =
        R"({"add": "", "peripheral": {"name": "T2", "base": 8, "same_as": "TIMER"}})";
    CHECK(failure(twin + R"(, {"delete": "TIMER"})") ==
          "p.json:1: change 2: T2 has the registers of TIMER; delete both, or neither");
    CHECK(
        patched(twin + R"(, {"delete": "T*"}, {"add": "", "peripheral": {"name": "Q", "base": 0}})")
            .peripherals.size() == 1);
    CHECK(failure(twin + R"(, {"add": "T2", "register": {"name": "X", "offset": 0}})") ==
          "p.json:1: change 2: T2 has the registers of TIMER; change those");
    CHECK(patched(twin + R"(, {"rename": "TIMER", "to": "T1"})").peripherals.at(1).same_as == "T1");
}

TEST_CASE("changes that are none") {
    struct Case {
        const char* change;
        const char* says;
    };
    const Case cases[] = {
        {"1", "p.json:1: change 1: is no object"},
        {"{}", "p.json:1: change 1: is none of rename, delete, set, add, merge and array"},
        {R"({"rename": "TIMER/NONE", "to": "X"})", "p.json:1: change 1: there is no TIMER/NONE"},
        {R"({"rename": "TIMER/CTRL"})", "p.json:1: change 1: \"to\" must be a text"},
        {R"({"rename": "TIMER/CTRL", "to": "X", "too": 1})",
         "p.json:1: change 1: what is \"too\"?"},
        {R"({"set": "TIMER/CTRL", "to": {}})",
         "p.json:1: change 1: \"to\" must be an object of what is set"},
        {R"({"add": "TIMER"})",
         "p.json:1: change 1: adds no peripheral, cluster, register, field, interrupt or enumeration"},
        {R"({"merge": "TIMER/CTRL/LOW", "to": "X"})",
         "p.json:1: change 1: \"merge\" names one thing, and takes several"},
        {R"({"merge": ["TIMER/CTRL/LOW", "TIMER/CTRL/TOP"], "to": "X"})",
         "p.json:1: change 1: LOW and TOP do not touch"},
        {R"({"set": "TIMER/CTRL/HIGH", "to": {"access": "read-only"}},
            {"merge": ["TIMER/CTRL/LOW", "TIMER/CTRL/HIGH"], "to": "X"})",
         "p.json:2: change 2: HIGH is not like LOW: access"},
        {R"({"merge": "TIMER/ALARM*", "to": "X"})", "p.json:1: change 1: only fields are merged"},
        {R"({"array": ["TIMER/CTRL", "TIMER/ALARM0"], "to": "X"})",
         "p.json:1: change 1: ALARM0 is not like CTRL"},
        {R"({"array": ["TIMER/ALARM0", "TIMER/ALARM1", "TIMER/ALARM3"], "to": "X"})",
         "p.json:1: change 1: ALARM3 is not as far from the one before as the others"},
    };
    for (const Case& one : cases) {
        INFO(one.change);
        CHECK(failure(one.change) == one.says);
    }
    Report ignored;
    CHECK_THROWS_AS(apply_patch(device(), "[]", "p.json", ignored), Failure);
    CHECK_THROWS_AS(apply_patch(device(), "{\"patches\":", "p.json", ignored), Failure);
    CHECK(failure("\n{\"delete\": \"TIMER/CTRL\"},\n{\n\"delete\": \"TIMER/CTRL\"}") ==
          "p.json:3: change 2: there is no TIMER/CTRL");
}

TEST_CASE("what a change makes is judged as any other device is") {
    CHECK(failure("\n"
                  R"({"rename": "TIMER/CTRL/LOW", "to": "X"},)"
                  "\n"
                  R"({"set": "TIMER/CTRL", "to": {"width": 16}},)"
                  "\n"
                  R"({"rename": "TIMER/CTRL/X", "to": "Y"})") ==
          "p.json:3: change 2: after it, peripherals[0].registers[0]: has a member \"width\" that "
          "there is not");
    CHECK(
        failure(R"({"set": "TIMER/CTRL", "to": {"size": "big"}})") ==
        "p.json:1: change 1: after it, peripherals[0].registers[0].size: is \"big\", and a number "
        "from 0 is wanted, as 16 or \"0x10\"");
    CHECK(failure(R"({"add": "TIMER", "register": 7})") ==
          "p.json:1: change 1: after it, peripherals[0].registers[5]: is number, and an object is "
          "wanted");
    CHECK(
        failure(R"({"set": "TIMER", "to": {"same_as": "T9", "registers": null}})") ==
        "p.json:1: change 1: after it, peripherals[0].same_as: is T9: there is no such peripheral");
}

TEST_CASE("what a patch adds stands in the patch") {
    const Device made = patched("\n"
                                R"({"add": "TIMER", "register": {"name": "X", "offset": 64,)"
                                "\n"
                                R"("fields": [)"
                                "\n"
                                R"({"name": "F", "high": 0, "low": 0, "enumerations": [)"
                                "\n"
                                R"({"values": [)"
                                "\n"
                                R"({"name": "a", "value": 1}]}]}]}},)"
                                "\n"
                                R"({"set": "TIMER/ALARM0", "to": {"fields": [)"
                                "\n"
                                R"({"name": "G", "high": 0, "low": 0}]}},)"
                                "\n"
                                R"({"add": "TIMER", "interrupt": {"name": "I", "value": 1}})");
    const Register& one = reg(made, 5);
    CHECK(one.where == Where{"p.json", 2});
    const Field& field = one.fields.at(0);
    CHECK(field.where == Where{"p.json", 4});
    CHECK(field.enumerations.at(0).where == Where{"p.json", 5});
    CHECK(field.enumerations.at(0).values.at(0).where == Where{"p.json", 6});
    CHECK(reg(made, 1).fields.at(0).where == Where{"p.json", 8});
    CHECK(made.peripherals.at(0).interrupts.at(0).where == Where{"p.json", 9});
    // Unless it says where it does; and what was there keeps its place.
    CHECK(reg(patched(R"({"add": "TIMER", "register":
                          {"name": "X", "offset": 64, "file": "manual.pdf", "line": 7}})"),
              5)
              .where == Where{"manual.pdf", 7});
    CHECK(reg(made, 0).where == reg(device(), 0).where);
}

TEST_CASE("what a patch mends is found no more") {
    const std::string text = R"(<device><name>D</name><peripherals><peripheral><name>P</name>
        <baseAddress>0</baseAddress><registers>
        <register><name>A</name><addressOffset>0</addressOffset><access>rw</access><fields>
          <field><name>F</name><bitRange>[0:0]</bitRange><access>r</access><enumeratedValues>
            <enumeratedValue><name>x</name><value>9</value></enumeratedValue>
          </enumeratedValues></field></fields></register>
        <register><name>B</name></register>
        <register><name>C</name><addressOffset>8</addressOffset><dim>2</dim>
          <dimIncrement>4</dimIncrement></register>
        </registers></peripheral></peripherals></device>)";
    const auto found = [&](const std::string& changes) {
        Report report;
        const Device device = read_svd(XmlFile::parse(text, "x.svd"), report);
        (void)apply_patch(device, "{\"patches\": [" + changes + "]}", "p.json", report);
        std::string all;
        for (const Finding& one : report.findings())
            all += one.element + ' ';
        return all;
    };
    CHECK(found("") == "P/A P/A/F P/A/F/enumeratedValues P/B P/C ");
    CHECK(found(R"({"delete": "P/A"})") == "P/B P/C ");
    CHECK(found(R"({"set": "P/A", "to": {"access": "read-only"}})") ==
          "P/A/F P/A/F/enumeratedValues P/B P/C ");
    CHECK(found(R"({"set": "P/A", "to": {"reset": 1}})") ==
          "P/A P/A/F P/A/F/enumeratedValues P/B P/C ");
    CHECK(found(R"({"rename": "P/A", "to": "Z"}, {"rename": "P", "to": "Q"},
                   {"set": "Q/Z/F", "to": {"access": "read-only"}})") ==
          "P/A P/A/F/enumeratedValues P/B P/C ");
    CHECK(found(R"({"set": "P/A/F", "to": {"enumerations": null}})") == "P/A P/A/F P/B P/C ");
    CHECK(found(R"({"add": "P", "register": {"name": "B", "offset": 4}})") ==
          "P/A P/A/F P/A/F/enumeratedValues P/C ");
    CHECK(found(R"({"delete": "P/C[%s]"})") == "P/A P/A/F P/A/F/enumeratedValues P/B ");
}
