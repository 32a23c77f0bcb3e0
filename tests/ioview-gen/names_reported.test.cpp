// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Names that are more than spelled anew, each of which is a line of the report; and that names are
// the same whichever peripherals are asked for.
#include "failure.hpp"
#include "json.hpp"
#include "plan.hpp"
#include "svd_reader.hpp"
#include "svd_writer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace gen;

namespace {

struct Made {
    Plan plan;
    std::string findings;
};
Made plan(const std::string& text, const PlanOptions& options = {}) {
    Report report;
    const Device device = read_svd(XmlFile::parse(text, "x.svd"), report);
    Made made{plan_of(device, options, report), {}};
    for (const Finding& finding : report.findings())
        made.findings += to_text(finding) + '\n';
    return made;
}

std::string device(const std::string& peripherals) {
    return "<device><name>D</name><peripherals>" + peripherals + "</peripherals></device>";
}
// A peripheral with these registers, which begin in line 2.
std::string peripheral(const std::string& name,
                       const std::string& registers,
                       const std::string& more = "<baseAddress>0x1000</baseAddress>") {
    return "<peripheral><name>" + name + "</name>" + more + "<registers>\n" + registers +
           "\n</registers></peripheral>";
}
std::string reg(const std::string& name, const std::string& fields, int offset = 0) {
    return "<register><name>" + name + "</name><addressOffset>" + std::to_string(offset) +
           "</addressOffset><fields>\n" + fields + "</fields></register>";
}
std::string field(const std::string& name, int bit, const std::string& more = "") {
    const std::string at = std::to_string(bit);
    return "<field><name>" + name + "</name><bitRange>[" + at + ':' + at + "]</bitRange>" + more +
           "</field>\n";
}
std::string values(const std::string& name, const std::string& value) {
    return "<enumeratedValues>" + (name.empty() ? "" : "<name>" + name + "</name>") +
           "<enumeratedValue><name>" + value +
           "</name><value>0</value></enumeratedValue></enumeratedValues>";
}

} // namespace

TEST_CASE("fields that would be called the same") {
    const Made made = plan(
        device(peripheral("P", reg("R", field("MODE", 2) + field("Mode", 1) + field("mode", 0)))));
    CHECK(made.findings == "x.svd:4: P/R/Mode: another field is called mode, too; called mode2\n"
                           "x.svd:5: P/R/mode: another field is called mode, too; called mode3\n");
    CHECK(made.plan.blocks.at(0).registers.at(0).fields.at(2).name == "mode3");
    // One beside a list of the same name.
    const std::string list = "<field><dim>3</dim><dimIncrement>1</dimIncrement><name>F%s</name>"
                             "<bitRange>[1:1]</bitRange></field>\n";
    CHECK(plan(device(peripheral("P", reg("R", list + field("F", 0))))).findings ==
          "x.svd:4: P/R/F: another field is called f, too; called f2\n");
}

TEST_CASE("the writing of a field, whose name is another's") {
    const std::string acts = "<readAction>clear</readAction>"
                             "<modifiedWriteValues>oneToClear</modifiedWriteValues>";
    const Made made =
        plan(device(peripheral("P", reg("R", field("X", 1, acts) + field("X_WRITE", 0)))));
    CHECK(made.findings ==
          "x.svd:3: P/R/X: a one that is written clears it, for which ioview has no access kind; "
          "rc, and x_write to write\n"
          "x.svd:3: P/R/X: another field is called x_write, too; called x_write2\n");
    const std::vector<FieldPlan>& fields = made.plan.blocks.at(0).registers.at(0).fields;
    REQUIRE(fields.size() == 3);
    CHECK(fields[0].name == "x");
    CHECK(fields[1].name == "x_write2");
    CHECK(fields[1].kind == "wo");
    CHECK(fields[1].comment == "what a write does: a one that is written clears it");
    CHECK(fields[2].name == "x_write");
    // That of a renamed one follows it.
    const Made twice =
        plan(device(peripheral("P", reg("R", field("X", 1, acts) + field("x", 0, acts)))));
    CHECK(twice.plan.blocks.at(0).registers.at(0).fields.at(3).name == "x2_write");
}

TEST_CASE("what a write does is in the comment of what is only written, too") {
    const Made made = plan(device(peripheral(
        "P",
        reg("R",
            field("F",
                  0,
                  "<access>write-only</access>"
                  "<modifiedWriteValues>oneToSet</modifiedWriteValues>")) +
            "<register><name>S</name><addressOffset>4</addressOffset><access>read-only</access>"
            "<readAction>set</readAction></register>")));
    CHECK(made.plan.blocks.at(0).registers.at(0).fields.at(0).comment ==
          "a one that is written sets it");
    CHECK(made.plan.blocks.at(0).registers.at(1).comment == "a read sets it");
    CHECK(made.findings ==
          "x.svd:3: P/R/F: a one that is written sets it, for which ioview has no "
          "access kind; wo\n"
          "x.svd:4: P/S: a read sets it, for which ioview has no access kind; rc\n");
}

TEST_CASE("enumerations that would be called the same, or are one with others") {
    // Called like the register that they are in, by the description and without it.
    CHECK(plan(device(peripheral("P", reg("R", field("A", 0, values("R", "x")))))).findings ==
          "x.svd:3: P/R/A: another type is called R, too; called RValue\n");
    CHECK(plan(device(peripheral("P", reg("R", field("R", 0, values("", "x")))))).findings.empty());
    CHECK(plan(device(peripheral(
                   "P",
                   reg("R",
                       field("A", 0, values("Mode", "x")) + field("B", 1, values("MODE", "y"))))))
              .findings == "x.svd:3: P/R/A: another type is called Mode, too; called ModeValue\n");
    // The same enumerators by two names.
    CHECK(
        plan(device(peripheral(
                 "P",
                 reg("R", field("A", 0, values("One", "x")) + field("A2", 1, values("Two", "x"))))))
            .findings == "x.svd:4: P/R/A2: the enumeration is called One and Two, and is one with "
                         "others that are not; called A\n");
}

TEST_CASE("blocks, registers and values") {
    const std::string one = reg("R", field("F", 0));
    const Made made = plan(device(peripheral("A-B", one) + peripheral("A_B", one) +
                                  peripheral("INTERRUPT", one) + peripheral("\xc3\xbc", one)));
    CHECK(made.findings ==
          "x.svd:5: A_B: something else is called a_b_base, too; its base is called a_b_base2\n"
          "x.svd:5: A_B: another type is called AB, too; called AB2\n"
          "x.svd:5: A_B: another namespace or header is called a_b, too; called a_b2\n"
          "x.svd:9: INTERRUPT: another type is called Interrupt, too; called Interrupt2\n"
          "x.svd:13: \xc3\xbc: has no letter or digit of ASCII in its name; called Unnamed\n");
    CHECK(plan(device(peripheral(
                   "P", reg("\xc3\xa9", field("\xc3\xb6", 0, values("\xc3\xa4", "\xc3\xa5"))))))
              .findings ==
          "x.svd:3: P/\xc3\xa9/\xc3\xb6/\xc3\xa5: has no letter or digit of ASCII in its name; "
          "called unnamed\n"
          "x.svd:3: P/\xc3\xa9/\xc3\xb6: has no letter or digit of ASCII in its name; called "
          "unnamed\n"
          "x.svd:2: P/\xc3\xa9: has no letter or digit of ASCII in its name; called Unnamed\n"
          "x.svd:3: P/\xc3\xa9/\xc3\xb6: has no letter or digit of ASCII in its name, and another "
          "type is called Unnamed, too; called UnnamedValue\n");
    CHECK(plan("<device><name>std</name><peripherals>" + peripheral("P", one) +
               "</peripherals></device>")
              .findings.find("called std_device") != std::string::npos);
}

TEST_CASE("names are the same whichever peripherals are asked for") {
    const std::string text =
        device(peripheral("A-B", reg("R", field("F", 0))) +
               peripheral("A_B", reg("R2", field("G", 0) + field("g", 1))) +
               peripheral("C", reg("S", field("H", 0, "<access>often</access>"))));
    const Plan all = plan(text).plan;
    const Made some = plan(text, {.space = {}, .only = {"A_B"}});
    REQUIRE(some.plan.blocks.size() == 1);
    CHECK(some.plan.blocks[0].space == all.blocks.at(1).space);
    CHECK(some.plan.blocks[0].name == "AB2");
    CHECK(some.plan.blocks[0].instances.at(0).constant == "a_b_base2");
    // And what is found in others is not said.
    CHECK(some.findings.find("often") == std::string::npos);
    CHECK(some.findings.find("called g2") != std::string::npos);
    CHECK(plan(text, {.space = {}, .only = {"C"}}).findings ==
          "x.svd:12: C/S/H: <access> is \"often\", which is no word of it; taken as inherited\n");
}

TEST_CASE("lists of peripherals are peripherals with names of their own") {
    const std::string list =
        device(peripheral("GPIO%s",
                          reg("R", field("F", 0)),
                          "<dim>3</dim><dimIncrement>0x400</dimIncrement><dimIndex>A,B,E</dimIndex>"
                          "<baseAddress>0x1000</baseAddress>"));
    const Plan all = plan(list).plan;
    REQUIRE(all.blocks.at(0).instances.size() == 3);
    CHECK(all.blocks[0].name == "Gpio");
    CHECK(all.blocks[0].instances[2].constant == "gpioe_base");
    CHECK(all.blocks[0].instances[2].bases == std::vector<std::uint64_t>{0x1800});
    const Plan one = plan(list, {.space = {}, .only = {"GPIOB"}}).plan;
    REQUIRE(one.blocks.at(0).instances.size() == 1);
    CHECK(one.blocks[0].instances[0].constant == "gpiob_base");
    CHECK(plan(list, {.space = {}, .only = {"GPIO"}}).plan.blocks.at(0).instances.size() == 3);
    // What has the indices 0, 1, 2 is one thing, by whichever name it is asked for.
    const std::string array = device(peripheral("DMA[%s]",
                                                reg("R", field("F", 0)),
                                                "<dim>2</dim><dimIncrement>0x400</dimIncrement>"
                                                "<baseAddress>0x1000</baseAddress>"));
    for (const char* name : {"DMA", "DMA[%s]", "DMA1", "DMA[1]"}) {
        INFO(name);
        const Plan made = plan(array, {.space = {}, .only = {name}}).plan;
        CHECK(made.blocks.at(0).instances.at(0).constant == "dma_bases");
        CHECK(made.blocks[0].instances[0].bases.size() == 2);
    }
    CHECK_THROWS_AS(plan(array, {.space = {}, .only = {"DMA2"}}), Failure);
}

TEST_CASE("the larger address block of a derived peripheral") {
    const auto block = [](const char* size) {
        return std::string(
                   "<baseAddress>0x1000</baseAddress><addressBlock><offset>0</offset><size>") +
               size + "</size><usage>registers</usage></addressBlock>";
    };
    const std::string text =
        device(peripheral("A", reg("R", field("F", 0)), block("0x100")) +
               "<peripheral derivedFrom=\"A\"><name>B</name>" + block("0x400") + "</peripheral>");
    const Made made = plan(text);
    CHECK(made.plan.blocks.at(0).size == 0x400);
    CHECK(made.findings ==
          "x.svd:5: B: has an address block of 0x400 bytes, and A, whose registers "
          "it has, one of 0x100; the block is as large as the larger\n");
    CHECK(plan(text, {.space = {}, .only = {"A"}}).plan.blocks.at(0).size == 0x400);
}

TEST_CASE("enumerations of a default alone") {
    const std::string defaults =
        "<enumeratedValues><enumeratedValue><name>Any</name><isDefault>true</isDefault>"
        "</enumeratedValue></enumeratedValues>";
    const FieldPlan made = plan(device(peripheral("P", reg("R", field("F", 0, defaults)))))
                               .plan.blocks.at(0)
                               .registers.at(0)
                               .fields.at(0);
    CHECK(made.comment == "all values: Any");
    CHECK(made.type.empty());
}

TEST_CASE("the namespace that is asked for") {
    const std::string text = device(peripheral("P", reg("R", field("F", 0))));
    CHECK(plan(text, {.space = "My::Space", .only = {}}).plan.space == "My::Space");
    CHECK(plan(text, {.space = "My::Space", .only = {}}).plan.header == "Space");
    CHECK(plan(text, {.space = "p", .only = {}}).plan.blocks.at(0).space == "p2");
    for (const char* space : {"a::", "::a", "a:b", "a b", "9", "int", "a::std", "io", "a__b"}) {
        INFO(space);
        try {
            (void)plan(text, {.space = space, .only = {}});
            FAIL("taken");
        } catch (const Failure& failure) {
            CHECK(failure.code() == Exit::usage);
            CHECK(std::string(failure.what()).find(space) != std::string::npos);
        }
    }
}

TEST_CASE("the order of bytes is kept by CMSIS-SVD") {
    const auto again = [](const std::string& registers, Report& report) {
        const Device device = read_json(
            R"({"schema": 1, "name": "D", "peripherals": [{"name": "P", "base": 0,
                "registers": [)" +
                registers + "]}]}",
            "x.json");
        return read_svd(XmlFile::parse(to_svd(device, report), "x.svd"), report);
    };
    const std::string big = R"({"name": "A", "offset": 0, "is_big_endian": true})";
    const std::string little = R"({"name": "B", "offset": 4})";
    const std::string byte = R"({"name": "C", "offset": 8, "size": 8})";
    Report report;
    const Device made = again(big + "," + byte, report);
    CHECK(report.findings().empty());
    CHECK(made.peripherals.at(0).registers.at(0).is_big_endian);
    CHECK_FALSE(again(little, report).peripherals.at(0).registers.at(0).is_big_endian);
    CHECK(report.findings().empty());
    const Device mixed = again(big + "," + little, report);
    REQUIRE(report.findings().size() == 1);
    CHECK(to_text(report.findings()[0]) ==
          "x.json:2: P/A: is big-endian among others that are not, which CMSIS-SVD cannot say; "
          "written as little-endian");
}
