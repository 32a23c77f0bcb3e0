// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What debuggers read of a map: each kind of place, of field and of access.
#include <ioview/format/svd.hpp>
#include <ioview/register/field_array.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>

namespace io = ioview;

namespace {

struct Plain : io::Register<Plain, std::uint32_t, io::fixed<0x4>, io::reset<0x55>> {
    IO_FIELDS(reserved(31, 16), bits(15, 8, mode), bit(1, done, io::w1c), bit(0, go, io::wo));
};
struct Row : io::Register<Row, std::uint16_t, io::array<0x10, 4, 8>, io::ro> {
    IO_FIELDS(array(15, 0, pin, 8));
};
struct Bank : io::Register<Bank, std::uint8_t, io::banked<0x80, 2, 0x20, 3>> {
    IO_FIELDS(split(code, (7, 6), (1, 0)), bit(3, seen, io::rc));
};
struct Nothing : io::Register<Nothing, std::uint64_t, io::fixed<0x100>, io::wo> {};

using All = io::Registers<Plain, Row, Bank, io::overlay<Nothing>>;

} // namespace

TEST_CASE("a list of registers as SVD") {
    const std::string text = io::svd_peripheral<All>("UART0", 0x4000'0000);
    CHECK(text == R"(    <peripheral>
      <name>UART0</name>
      <baseAddress>0x40000000</baseAddress>
      <registers>
)"
                  R"(        <register>
          <name>Plain</name>
          <addressOffset>0x4</addressOffset>
          <size>32</size>
          <resetValue>0x55</resetValue>
          <access>read-write</access>
          <fields>
            <field>
              <name>mode</name>
              <bitRange>[15:8]</bitRange>
              <access>read-write</access>
            </field>
            <field>
              <name>done</name>
              <bitRange>[1:1]</bitRange>
              <access>read-write</access>
              <modifiedWriteValues>oneToClear</modifiedWriteValues>
            </field>
            <field>
              <name>go</name>
              <bitRange>[0:0]</bitRange>
              <access>write-only</access>
            </field>
          </fields>
        </register>
)"
                  R"(        <register>
          <dim>4</dim>
          <dimIncrement>0x8</dimIncrement>
          <name>Row[%s]</name>
          <addressOffset>0x10</addressOffset>
          <size>16</size>
          <resetMask>0</resetMask>
          <access>read-only</access>
          <fields>
            <field>
              <dim>8</dim>
              <dimIncrement>0x2</dimIncrement>
              <name>pin%s</name>
              <bitRange>[1:0]</bitRange>
              <access>read-only</access>
            </field>
          </fields>
        </register>
)"
                  R"(        <cluster>
          <dim>2</dim>
          <dimIncrement>0x20</dimIncrement>
          <name>Bank[%s]</name>
          <addressOffset>0</addressOffset>
        <register>
          <dim>3</dim>
          <dimIncrement>0x1</dimIncrement>
          <name>element[%s]</name>
          <addressOffset>0x80</addressOffset>
          <size>8</size>
          <resetMask>0</resetMask>
          <access>read-write</access>
          <fields>
            <field>
              <name>code_0</name>
              <bitRange>[1:0]</bitRange>
              <access>read-write</access>
            </field>
            <field>
              <name>code_1</name>
              <bitRange>[7:6]</bitRange>
              <access>read-write</access>
            </field>
            <field>
              <name>seen</name>
              <bitRange>[3:3]</bitRange>
              <access>read-only</access>
              <readAction>clear</readAction>
            </field>
          </fields>
        </register>
        </cluster>
)"
                  R"(        <register>
          <name>Nothing</name>
          <addressOffset>0x100</addressOffset>
          <size>64</size>
          <resetMask>0</resetMask>
          <access>write-only</access>
        </register>
      </registers>
    </peripheral>
)");
}

TEST_CASE("a device of several peripherals as SVD") {
    const std::string text = io::svd_device("board", "    <peripheral/>\n");
    CHECK(text == R"(<?xml version="1.0" encoding="utf-8"?>
<device schemaVersion="1.3">
  <name>board</name>
  <version>1.0</version>
  <addressUnitBits>8</addressUnitBits>
  <width>32</width>
  <peripherals>
    <peripheral/>
  </peripherals>
</device>
)");
}

TEST_CASE("each access kind in the words of SVD") {
    const auto words = [](io::Access access) {
        const auto of = io::detail::svd_words(access);
        return std::string(of.access) + ' ' + of.modified_write_values + ' ' + of.read_action;
    };
    CHECK(words(io::Access::rw) == "read-write  ");
    CHECK(words(io::Access::ro) == "read-only  ");
    CHECK(words(io::Access::wo) == "write-only  ");
    CHECK(words(io::Access::w1c) == "read-write oneToClear ");
    CHECK(words(io::Access::w1s) == "read-write oneToSet ");
    CHECK(words(io::Access::w1t) == "read-write oneToToggle ");
    CHECK(words(io::Access::w0c) == "read-write zeroToClear ");
    CHECK(words(io::Access::w0s) == "read-write zeroToSet ");
    CHECK(words(io::Access::w0t) == "read-write zeroToToggle ");
    CHECK(words(io::Access::rc) == "read-only  clear");
}

TEST_CASE("fields without values: those that a read says nothing of, too") {
    std::string seen;
    io::for_each_field_of<Plain>([&](const io::FieldInfo& info) {
        seen += std::string(std::string_view(info.name)) + ' ' +
                std::string(io::access_name(info.access)) + ';';
    });
    CHECK(seen == "mode rw;done w1c;go wo;");
}
