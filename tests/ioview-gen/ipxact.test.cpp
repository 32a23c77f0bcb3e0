// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IP-XACT: a component's registers, and what is reported of one that vendors could have written.
#include "failure.hpp"
#include "ipxact_reader.hpp"
#include "support/catch.hpp"

#include <string>

using namespace gen;

namespace {

std::string findings(const Report& report) {
    std::string all;
    for (const Finding& finding : report.findings())
        all += fmt::format(
            "{}:{}: {}; {}\n", finding.where.line, finding.element, finding.what, finding.done);
    return all;
}

Device read_text(const std::string& text, Report& report) {
    return read_ipxact(XmlFile::parse(text, "x.xml"), report);
}

// A component of 1685-2009 with this in its only memory map, on line 2.
std::string with_map(const std::string& inner) {
    return "<spirit:component><spirit:name>c</spirit:name><spirit:memoryMaps><spirit:memoryMap>"
           "<spirit:name>m</spirit:name>\n" +
           inner + "</spirit:memoryMap></spirit:memoryMaps></spirit:component>";
}

// The elements that are named, spirit: put before each.
std::string spirit(const std::string& text) {
    std::string made;
    for (std::size_t i = 0; i != text.size(); ++i) {
        made += text[i];
        if (text[i] == '<' && text[i + 1] != '/')
            made += "spirit:";
        if (text[i] == '/' && text[i - 1] == '<')
            made += "spirit:";
    }
    return made;
}

std::string block(const std::string& inner) {
    return spirit("<addressBlock><name>B</name><baseAddress>0x10</baseAddress><range>64</range>"
                  "<width>32</width>" +
                  inner + "</addressBlock>");
}

std::string register_of(const std::string& inner) {
    return block("<register><name>R</name><addressOffset>0</addressOffset><size>32</size>" + inner +
                 "</register>");
}

std::string field_of(const std::string& inner) {
    return register_of("<field><name>F</name><bitOffset>0</bitOffset><bitWidth>2</bitWidth>" +
                       inner + "</field>");
}

} // namespace

TEST_CASE("a component of IP-XACT", "[gen]") {
    Report report;
    const std::string path = IOVIEW_GEN_TESTS "/ipxact/timer.xml";
    const Device device = read_ipxact(XmlFile::read(path), report);
    CHECK(device.name == "timer");
    CHECK(device.vendor == "example.com");
    CHECK(device.series == "timers");
    CHECK(device.version == "1.2");
    REQUIRE(device.peripherals.size() == 2);
    const Peripheral& timer = device.peripherals[0];
    CHECK(timer.name == "TIMER");
    CHECK(timer.description == "Counts down.");
    CHECK(timer.base == 0x4000'0100);
    CHECK(timer.where == Where{path, 10});
    REQUIRE(timer.address_blocks.size() == 1);
    CHECK(timer.address_blocks[0].size == 4'096);
    CHECK(timer.address_blocks[0].usage == "registers");
    REQUIRE(timer.registers.size() == 3);

    const Register& ctrl = timer.registers[0];
    CHECK(ctrl.display_name == "Control");
    CHECK(ctrl.access == Access::read_write);
    CHECK(ctrl.reset == 0x60);
    CHECK(ctrl.reset_mask == 0xe0);
    REQUIRE(ctrl.fields.size() == 2);
    CHECK(ctrl.fields[0].high == 7);
    CHECK(ctrl.fields[0].low == 4);
    CHECK(ctrl.fields[0].constraint == "from 0 to 2");
    REQUIRE(ctrl.fields[0].enumerations.size() == 2);
    CHECK(ctrl.fields[0].enumerations[0].usage == Enumeration::Usage::read_write);
    REQUIRE(ctrl.fields[0].enumerations[0].values.size() == 2);
    CHECK(ctrl.fields[0].enumerations[0].values[1].name == "ever");
    CHECK(ctrl.fields[0].enumerations[1].usage == Enumeration::Usage::write);
    CHECK(ctrl.fields[0].enumerations[1].values.at(0).description == "At once");
    CHECK(ctrl.fields[1].name == "DONE");
    CHECK(ctrl.fields[1].access == Access::read_write);
    CHECK(ctrl.fields[1].on_write == WriteAction::one_to_clear);
    CHECK(ctrl.fields[1].on_read == ReadAction::modify);

    const Register& test = timer.registers[1];
    CHECK(test.name == "CTRL_TEST");
    CHECK(test.alternate_register == "CTRL");
    CHECK(test.alternate_group == "test");
    CHECK(test.reset == std::nullopt);
    CHECK(test.reset_mask == ~std::uint64_t{0});
    CHECK(test.fields.at(0).on_write == WriteAction::clear);

    const Register& count = timer.registers[2];
    CHECK(count.name == "COUNT[%s]");
    CHECK(count.size == 16);
    CHECK(count.access == Access::read_only);
    CHECK(count.fields.at(0).access == Access::read_only);
    REQUIRE(count.dim);
    CHECK(count.dim->count == 6);
    CHECK(count.dim->increment == 2);
    CHECK(count.dim->index.size() == 6);

    REQUIRE(timer.clusters.size() == 1);
    CHECK(timer.clusters[0].name == "CHANNEL[%s]");
    CHECK(timer.clusters[0].offset == 0x40);
    CHECK(timer.clusters[0].dim->count == 3);
    CHECK(timer.clusters[0].dim->increment == 16);
    CHECK(timer.clusters[0].registers.at(0).offset == 4);

    CHECK(device.peripherals[1].base == 0x1'0000);
    CHECK(device.peripherals[1].address_blocks.at(0).usage == "buffer");
    CHECK(findings(report) ==
          "40:map/TIMER/CTRL/RESERVED: reserved; left out\n"
          "63:map/TIMER/CTRL/CTRL_TEST/ALL: modifiedWriteValue is modify: what a write does is not "
          "said; as if any write cleared it, so that no update writes it by the way\n"
          "72:map/TIMER/COUNT: an array of 2 dimensions; as 6 in a row\n");
}

TEST_CASE("IP-XACT of 2009, with resets of registers and units of addresses", "[gen]") {
    Report report;
    const std::string reset = "<reset><value>0x5</value><mask>0xf</mask></reset>";
    Device device = read_text(with_map(register_of(reset)), report);
    const Register& one = device.peripherals.at(0).registers.at(0);
    CHECK(one.reset == 5);
    CHECK(one.reset_mask == 15);
    const std::string both = "<resets><reset resetTypeRef=\"SOFT\"><value>1</value></reset>"
                             "<reset resetTypeRef=\"HARD\"><value>2</value></reset></resets>";
    device = read_text(with_map(field_of(both)), report);
    CHECK(device.peripherals.at(0).registers.at(0).reset == 2);
    const std::string words = spirit("<addressUnitBits>32</addressUnitBits>");
    device = read_text(
        with_map(block("<register><name>R</name><dim>2</dim><addressOffset>3</addressOffset>"
                       "<size>16</size></register>") +
                 words),
        report);
    CHECK(device.peripherals.at(0).base == 0x40);
    CHECK(device.peripherals[0].address_blocks.at(0).size == 256);
    CHECK(device.peripherals[0].registers.at(0).offset == 12);
    CHECK(device.peripherals[0].registers[0].dim->increment == 4);
    CHECK(findings(report).empty());
}

TEST_CASE("what IP-XACT says that is not understood is reported", "[gen]") {
    struct Row {
        std::string inner;
        std::string findings;
    };
    const auto spirited = [](const std::string& text) { return spirit(text); };
    const std::string nothing = "1:the component: there is no address block in it; nothing is made "
                                "of it\n";
    const Row rows[] = {
        {"", nothing},
        {spirited("<bank><name>x</name></bank>"),
         "2:m/x: <bank> is not read here; left out\n" + nothing},
        {spirited("<addressUnitBits>12</addressUnitBits>"),
         "1:m: addresses count units of 12 bits; left out\n" + nothing},
        {spirited("<addressBlock><name>B</name></addressBlock>"),
         "2:m/B: there is no <baseAddress>; left out\n" + nothing},
        {block("<usage>reserved</usage>"), "2:m/B: a reserved address block; left out\n" + nothing},
        {block("<register><size>8</size></register>"),
         "2:m/B: a <register> without a name; left out\n"},
        {block("<register><name>R</name><size>8</size></register>"),
         "2:m/B/R: there is no <addressOffset>; left out\n"},
        {block("<register><name>R</name><addressOffset>0</addressOffset></register>"),
         "2:m/B/R: there is no <size>; left out\n"},
        {block("<register><name>R</name><addressOffset>0</addressOffset><size>65</size>"
               "</register>"),
         "2:m/B/R: 65 bits wide; left out\n"},
        {block("<register><name>R</name><addressOffset>-1</addressOffset></register>"),
         "2:m/B/R: <addressOffset> is \"-1\", which is no number; as if it were not said\n"},
        {register_of("<dim>1000000</dim>"),
         "2:m/B/R: an array of none, or of more than 65536; left out\n"},
        {register_of("<dim>0</dim>"),
         "2:m/B/R: an array of none, or of more than 65536; left out\n"},
        {register_of("<colour>red</colour>"), "2:m/B/R: <colour> is not read here; left out\n"},
        {register_of("<access>rw</access>"),
         "2:m/B/R: \"rw\" is no access; as if it were not said\n"},
        {register_of("<isPresent>MAYBE</isPresent>"),
         "2:m/B/R: <isPresent> is \"MAYBE\", which is no number; as if it were not said\n"},
        {register_of("<field><name>F</name><bitOffset>31</bitOffset><bitWidth>2</bitWidth>"
                     "</field>"),
         "2:m/B/R/F: the field is not in its register of 32 bits; left out\n"},
        {register_of("<field><name>F</name><bitWidth>2</bitWidth></field>"),
         "2:m/B/R/F: the field is not in its register of 32 bits; left out\n"},
        {field_of("<readAction>bark</readAction>"),
         "2:m/B/R/F: \"bark\" is no readAction; as if it were not said\n"},
        {field_of("<resets><reset><value>4</value></reset></resets>"),
         "2:m/B/R/F: the reset value 0x4 is past 2 bits; cut to them\n"},
        {field_of("<enumeratedValues><enumeratedValue><name>x</name><value>y</value>"
                  "</enumeratedValue></enumeratedValues>"),
         "2:m/B/R/F/x: <value> is \"y\", which is no number; as if it were not said\n"},
        {block("<registerFile><name>F</name><addressOffset>0</addressOffset></registerFile>"),
         "2:m/B/F: there is no <range>; left out\n"},
    };
    for (const Row& row : rows) {
        Report report;
        (void)read_text(with_map(row.inner), report);
        INFO(row.inner);
        CHECK(findings(report) == row.findings);
    }
}

TEST_CASE("what is no component of IP-XACT is refused", "[gen]") {
    const auto refusal = [](const std::string& text) -> std::string {
        Report report;
        try {
            (void)read_text(text, report);
        } catch (const Failure& failure) {
            CHECK(failure.code() == Exit::refused);
            return failure.what();
        }
        return "none";
    };
    CHECK(refusal("\n<device/>") == "x.xml:2: <device> is no component of IP-XACT");
    CHECK(refusal("<a:component/>") == "x.xml:1: the component has no name");
    std::string many;
    for (int i = 0; i != 16; ++i)
        many += "<register><name>R</name><dim>65536</dim><addressOffset>0</addressOffset>"
                "<size>32</size></register>";
    CHECK(refusal(with_map(block(many))) == "x.xml:2: more than 1000000 registers");
}
