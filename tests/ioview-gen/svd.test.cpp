// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a wrong CMSIS-SVD file is answered with: by file, line and element, and never by less.
#include "failure.hpp"
#include "header_writer.hpp"
#include "support/catch.hpp"
#include "svd_reader.hpp"
#include "svd_writer.hpp"

#include <fmt/format.h>
#include <string>

using namespace gen;

namespace {

// A device of one peripheral with these registers, which begin in line 3.
std::string device(const std::string& registers) {
    return "<device><name>D</name>\n<peripherals><peripheral><name>P</name><baseAddress>0x1000"
           "</baseAddress><registers>\n" +
           registers + "\n</registers></peripheral></peripherals></device>\n";
}
std::string reg(const std::string& inside) {
    return "<register><name>R</name><addressOffset>0</addressOffset>" + inside + "</register>";
}
std::string field(const std::string& inside) {
    return reg("<fields><field><name>F</name>" + inside + "</field></fields>");
}

struct Read {
    Device device;
    Plan plan;
    std::string findings;
};
Read read(const std::string& text) {
    Report report;
    Read made;
    made.device = read_svd(XmlFile::parse(text, "x.svd"), report);
    made.plan = plan_of(made.device, {}, report);
    for (const Finding& finding : report.findings())
        made.findings += to_text(finding) + '\n';
    return made;
}
std::string failure(const std::string& text) {
    try {
        (void)read(text);
    } catch (const Failure& failure) {
        CHECK(failure.code() == Exit::refused);
        return failure.what();
    }
    return "no failure";
}

} // namespace

TEST_CASE("files that are refused as a whole") {
    struct Case {
        std::string text;
        const char* says;
    };
    const Case cases[] = {
        {"", "x.svd:1: no XML: No document element found"},
        {"<device>\n<peripherals>\n", "x.svd:2: no XML: Start-end tags mismatch"},
        {"<html/>", "x.svd:1: <html> is no CMSIS-SVD: that is one <device>"},
        {"<device>\n\xff</device>",
         "x.svd:2: the byte 0xff is no UTF-8; convert the file, as by iconv -t UTF-8"},
        {"<device>\xc0\xaf</device>",
         "x.svd:1: the byte 0xc0 is no UTF-8; convert the file, as by iconv -t UTF-8"},
        {"<!DOCTYPE d [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<device>&b;</device>",
         "x.svd:1: declares entities, which no description of registers needs"},
        {"<device><peripherals>\n<peripheral derivedFrom=\"B\"><name>A</name></peripheral>\n"
         "<peripheral derivedFrom=\"A\"><name>B</name></peripheral></peripherals></device>",
         "x.svd:2: A: is derived from itself, by way of A"},
        {device("<register derivedFrom=\"R\"><name>R</name><addressOffset>0</addressOffset>"
                "</register>"),
         "x.svd:3: P/R: is derived from itself"},
    };
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(failure(one.text) == one.says);
    }
    std::string deep = "<device>";
    for (int i = 0; i != 100'000; ++i)
        deep += "<cluster>";
    for (int i = 0; i != 100'000; ++i)
        deep += "</cluster>";
    CHECK(failure(deep + "</device>") == "x.svd: elements in more than 64 elements");
}

TEST_CASE("what is reported, and what is done") {
    struct Case {
        std::string text;
        const char* says;
    };
    const Case cases[] = {
        {device("<register><addressOffset>0</addressOffset></register>"),
         "x.svd:3: P/register: has no name; left out\n"},
        {device("<register><name>R</name></register>"),
         "x.svd:3: P/R: has no <addressOffset>; left out\n"},
        {device("<register><name>R</name><addressOffset>-4</addressOffset></register>"),
         "x.svd:3: P/R: <addressOffset> is \"-4\", which is no number of 64 bits; taken as if it "
         "were not there\nx.svd:3: P/R: has no <addressOffset>; left out\n"},
        {device("<register><name>R</name><addressOffset>0x100000000</addressOffset></register>"),
         "x.svd:3: P/R: an offset of 0x100000000; left out\n"},
        {device("<register><name>R</name><addressOffset>2</addressOffset></register>"),
         "x.svd:3: P/R: 32 bits at 0x2, which no single access reaches; left out\n"},
        {device(reg("<dim>1000000</dim><dimIncrement>4</dimIncrement>")),
         "x.svd:3: P/R: <dim> is 1000000, and at most 65536 are believed; left out\n"},
        {device(reg("<dim>2</dim><dimIncrement>4</dimIncrement>")),
         "x.svd:3: P/R: has a <dim> and no %s in its name; taken as an array\n"},
        {device(reg("<size>24</size>")), "x.svd:3: P/R: a size of 24 bits; accessed as 32\n"},
        {device(reg("<size>128</size>")),
         "x.svd:3: P/R: a size of 128 bits, which no single access has; an array of 32 bits each, "
         "without fields\n"},
        {device(reg("<size>0</size>")), "x.svd:3: P/R: a size of 0 bits; taken as 32\n"},
        {device(reg("<access>readwrite</access>")),
         "x.svd:3: P/R: <access> is \"readwrite\", which is no word of it; taken as inherited\n"},
        {device(reg("<access>write</access>")),
         "x.svd:3: P/R: <access> is \"write\", which is no word of CMSIS-SVD; taken as write-only\n"},
        {device(reg("<resetValue>0x1FFFFFFFF</resetValue>")),
         "x.svd:3: P/R: a reset value of 0x1ffffffff in 32 bits; its upper bits are left out\n"},
        {device(reg("") + "\n" + reg("")),
         "x.svd:4: P/R: another register is called R, too; called R2\n"
         "x.svd:4: P/R: lies at 0x0, where another register does, and is not called an alternate; "
         "taken as one\n"},
        {device(reg("<wrong/>")), "x.svd:3: P/R: <wrong> is no element of <register>; ignored\n"},
        {device(field("<bitRange>[0:7]</bitRange>")),
         "x.svd:3: P/R/F: has no range of bits that can be understood; left out\n"},
        {device(field("<bitRange>7:0</bitRange>")),
         "x.svd:3: P/R/F: has no range of bits that can be understood; left out\n"},
        {device(field("<bitOffset>0</bitOffset><bitWidth>0</bitWidth>")),
         "x.svd:3: P/R/F: has no range of bits that can be understood; left out\n"},
        {device(field("<bitRange>[35:30]</bitRange>")),
         "x.svd:3: P/R/F: bits 35 to 30 of 32; ends at bit 31\n"},
        {device(field("<bitRange>[35:32]</bitRange>")),
         "x.svd:3: P/R/F: bits 35 to 32 of 32; left out\n"},
        {device(field("<bitRange>[0:0]</bitRange><enumeratedValues><enumeratedValue><name>a</name>"
                      "<value>2</value></enumeratedValue></enumeratedValues>")),
         "x.svd:3: P/R/F/enumeratedValues: a is 2, past the 1 bits of the field; left out\n"},
        {device(field("<bitRange>[1:0]</bitRange><enumeratedValues><enumeratedValue><name>a</name>"
                      "<value>-1</value></enumeratedValue></enumeratedValues>")),
         "x.svd:3: P/R/F/enumeratedValues: value -1 is negative; taken as 0x3\n"},
        {device(field("<bitRange>[1:0]</bitRange><enumeratedValues><enumeratedValue><name>a</name>"
                      "<value>two</value></enumeratedValue></enumeratedValues>")),
         "x.svd:3: P/R/F/enumeratedValues: value \"two\" is no number; left out\n"},
        {device("<register derivedFrom=\"Q\"><name>R</name><addressOffset>0</addressOffset>"
                "</register>"),
         "x.svd:3: P/R: is derived from Q, which is not there; taken as it stands\n"},
        {device("<cluster><name>C</name><addressOffset>0xFFFFFFFFFFFFFFFC</addressOffset>"
                "<register><name>R</name><addressOffset>8</addressOffset></register></cluster>"),
         "x.svd:3: P/C.R: an offset of 0xffffffffffffffff; left out\n"},
        {device("<cluster><dim>65536</dim><dimIncrement>4</dimIncrement><name>C[%s]</name>"
                "<addressOffset>0</addressOffset><register><dim>65536</dim><dimIncrement>4"
                "</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset></register>"
                "</cluster>"),
         "x.svd:3: P/C[%s].R[%s]: 4294967296 elements; left out\n"},
        {device(field("<dim>3</dim><dimIncrement>0</dimIncrement><bitRange>[0:0]</bitRange>")),
         "x.svd:3: P/R/F: has a <dim> and no %s in its name; taken as an array\n"
         "x.svd:3: P/R/F[%s]: several fields no bits apart; left out\n"},
        {device("<register><name>%s_A[%s]</name><addressOffset>0</addressOffset></register>"),
         "x.svd:3: P/%s_A[%s]: has %s in its name and no <dim>; taken as one\n"},
        {"<device><name>D</name><cpu><nvicPrioBits>99999999999</nvicPrioBits></cpu></device>",
         "x.svd:1: device: <nvicPrioBits> is 99999999999, and at most 8 is believed; ignored\n"
         "x.svd:1: device: has no peripherals; nothing is written\n"},
        {"<device><name>D</name></device>",
         "x.svd:1: device: has no peripherals; nothing is written\n"},
    };
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(read(one.text).findings == one.says);
    }
}

TEST_CASE("a default with a value is that value's name, too") {
    const Read made = read(device(
        field("<bitRange>[1:0]</bitRange><enumeratedValues>"
              "<enumeratedValue><name>a</name><value>1</value><isDefault>true</isDefault>"
              "</enumeratedValue>\n<enumeratedValue><name>b</name><isDefault>true</isDefault>"
              "</enumeratedValue></enumeratedValues>")));
    const Enumeration& one =
        made.device.peripherals.at(0).registers.at(0).fields.at(0).enumerations.at(0);
    CHECK(one.for_all_others == "a");
    REQUIRE(one.values.size() == 1);
    CHECK(one.values[0].value == 1);
    CHECK(made.findings == "x.svd:4: P/R/F/enumeratedValues: is a second default; left out\n");
}

TEST_CASE("a derived peripheral that is called like another") {
    const Read made =
        read("<device><name>D</name><peripherals><peripheral derivedFrom=\"U\"><name>U</name>"
             "<baseAddress>0</baseAddress></peripheral><peripheral><name>U</name>"
             "<baseAddress>8</baseAddress><registers>" +
             reg("") + "</registers></peripheral></peripherals></device>");
    CHECK(made.plan.blocks.at(0).registers.size() == 1);
}

TEST_CASE("a file with a byte-order mark, and one of UTF-16") {
    const std::string text = device(reg(""));
    CHECK(read("\xef\xbb\xbf" + text).plan.blocks.size() == 1);
    std::string wide = "\xff\xfe";
    for (const char c : text)
        wide += {c, '\0'};
    CHECK(read(wide).plan.blocks.at(0).registers.at(0).name == "R");
}

TEST_CASE("a peripheral whose base is left out has its registers") {
    const Read made =
        read("<device><name>D</name><peripherals>"
             "<peripheral derivedFrom=\"B\"><name>A</name><baseAddress>0</baseAddress>"
             "</peripheral><peripheral><name>B</name><registers>" +
             reg("") + "</registers></peripheral></peripherals></device>");
    REQUIRE(made.plan.blocks.size() == 1);
    CHECK(made.plan.blocks[0].registers.size() == 1);
}

TEST_CASE("text around comments and in CDATA is all of a text") {
    const Read made = read(device("<register><name>U<!-- x -->A<![CDATA[RT]]></name>"
                                  "<addressOffset>0</addressOffset></register>"));
    CHECK(made.device.peripherals.at(0).registers.at(0).name == "UART");
}

TEST_CASE("descriptions cannot escape their comments") {
    const Read made = read(device(reg("<description>ends in \\ \\\n#error out\\</description>")));
    for (const OutputFile& file : headers_of(made.plan, {}))
        CHECK(file.text.find("\n#error") == std::string::npos);
}

TEST_CASE("written as SVD and read again, nothing is another") {
    Report report;
    const auto first = read_svd(XmlFile::read(IOVIEW_GEN_TESTS "/svd/constructs.svd"), report);
    const std::string once = to_svd(first, report);
    const auto second = read_svd(XmlFile::parse(once, "constructs.svd"), report);
    CHECK(to_svd(second, report) == once);
    const HeaderOptions options{.source = "constructs.svd"};
    const auto before = headers_of(plan_of(first, {}, report), options);
    const auto after = headers_of(plan_of(second, {}, report), options);
    REQUIRE(before.size() == after.size());
    for (std::size_t i = 0; i != before.size(); ++i)
        CHECK(before[i].text == after[i].text);
}
