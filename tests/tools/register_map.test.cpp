// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Register maps as values: what a name is, what a value says, and what an update writes.
#include "register_map.hpp"

#include <ioview/register/field_array.hpp>

#include "config_map.hpp"
#include "dump.hpp"
#include "failure.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace io = ioview;
using iov::changes;
using iov::updated;

namespace {

enum class Mode : std::uint8_t { slow, fast };
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(31, failed, io::w1c),
              bit(30, idle, io::w0c),
              bits(9, 8, mode, Mode),
              array(7, 4, pins, 2),
              bit(3, locked, io::ro),
              bits(2, 1, level),
              bit(0, enable));
};
struct Data : io::Register<Data, std::uint8_t, io::fixed<0x00>, io::rc> {
    IO_FIELDS(bits(7, 0, byte));
};
struct Divisor : io::Register<Divisor, std::uint8_t, io::fixed<0x00>> {};
struct Start : io::Register<Start, std::uint16_t, io::fixed<0x04>, io::wo> {
    IO_FIELDS(bits(3, 0, what));
};
struct Queue : io::Register<Queue, io::be<std::uint32_t>, io::array<0x20, 3, 8>> {
    IO_FIELDS(bits(15, 0, size));
};

const iov::RegisterMap& map() {
    static const auto made =
        iov::map_of<Data, Divisor, Start, Control, Queue>("test", "for a test");
    return made;
}
const iov::MappedRegister& control() {
    return *map().find("Control");
}

// Logs each access.
class Log final : public iov::Medium {
public:
    explicit Log(std::uint64_t size) : Medium("log", size, 8) {}
    std::string text;

private:
    std::uint64_t get(std::uint64_t offset, unsigned bytes) override {
        text += fmt::format("{:#x}:{} ", offset, bytes);
        return 0x0102'0304u >> (32 - 8 * bytes);
    }
    void put(std::uint64_t, unsigned, std::uint64_t) override {}
};

} // namespace

TEST_CASE("a map has each register at each place", "[iov]") {
    CHECK(map().registers.size() == 7);
    CHECK(map().find("Queue[2]")->offset == 0x30);
    CHECK(map().find("Queue[3]") == nullptr);
    CHECK(map().find("Start")->type.bytes == 2);
    CHECK(map().at(0x11, true).size() == 1);
    CHECK(map().at(0x11, true)[0]->name == "Control");
    CHECK(map().at(0x14, true).empty());
    CHECK(map().at(0x04, true).empty()); // write-only
    CHECK(map().at(0x04, false).size() == 1);
}

TEST_CASE("what reading changes is known under whatever name", "[iov]") {
    CHECK(map().why_unread(control()) == nullptr);
    CHECK(map().why_unread(*map().find("Data")) == std::string("reading it has an effect"));
    CHECK(map().why_unread(*map().find("Divisor")) ==
          std::string("reading what is there has an effect"));
    CHECK(map().why_unread(*map().find("Start")) == std::string("it is write-only"));
}

TEST_CASE("values are told field by field", "[iov]") {
    CHECK(iov::value_text(control().type, 0x8000'0171) ==
          "{failed: 1, idle: 0, mode: fast, pins[0]: 3, pins[1]: 1, locked: 0, level: 0, "
          "enable: 1}");
    CHECK(iov::value_text(map().find("Start")->type, 5) == "{what: 5}");
    CHECK(iov::value_text(map().find("Divisor")->type, 5).empty());
}

TEST_CASE("changes are told field by field, and what belongs to none as bits", "[iov]") {
    using Lines = std::vector<std::string>;
    CHECK(changes(control().type, 1, 1).empty());
    CHECK(changes(control().type, 0x001, 0x106) ==
          Lines{"mode: slow -> fast", "level: 0 -> 3", "enable: 1 -> 0"});
    CHECK(changes(control().type, 0x1'0001, 0x2'0000) ==
          Lines{"enable: 1 -> 0", "bits 0x30000: 0x10000 -> 0x20000"});
    CHECK(changes(map().find("Divisor")->type, 1, 2) == Lines{"0x01 -> 0x02"});
}

TEST_CASE("an update sets what it is told, and leaves bits harmless that act", "[iov]") {
    CHECK(updated(control(), 0xffff'ffff, {}) == 0x7fff'ffff);
    CHECK(updated(control(), 0, {}) == 0x4000'0000); // w0c is written as one
    CHECK(updated(control(), 0, {"failed=1"}) == 0xc000'0000);
    CHECK(updated(control(), 1, {"enable=0", "level=2", "mode=fast"}) == 0x4000'0104);
    CHECK(updated(control(), 0x70, {"pins[1]=0x2"}) == 0x4000'00b0);
}

TEST_CASE("an update refuses what a field cannot be", "[iov]") {
    for (const char* bad : {"enable",
                            "enable=2",
                            "level=4",
                            "mode=medium",
                            "mode=4",
                            "locked=1",
                            "nothing=1",
                            "pins[2]=1",
                            "pins=1",
                            "=1",
                            "enable=",
                            "enable=-1"})
        CHECK_THROWS_AS(updated(control(), 0, {bad}), iov::Failure);
    CHECK_THROWS_AS(updated(*map().find("Divisor"), 0, {"divisor=1"}), iov::Failure);
    CHECK_THROWS_AS(updated(*map().find("Data"), 0, {"byte=1"}), iov::Failure);
}

TEST_CASE("a dump reads each register once, as wide as it is", "[iov]") {
    Log log(0x28);
    const auto dump = iov::dump(map(), log, {});
    CHECK(log.text == "0x10:4 0x20:4 ");
    CHECK(dump.registers[0].why == "not read, reading it has an effect");
    CHECK_FALSE(dump.registers[0].raw);
    CHECK(dump.registers[4].raw == 0x0403'0201u); // big-endian
    CHECK(dump.registers[5].why.find("past its end") != std::string::npos);
    Log again(0x40);
    CHECK(iov::dump(map(), again, {"Data", "Start"}).registers[0].raw == 0x01u);
    CHECK(again.text == "0x0:1 0x10:4 0x20:4 0x28:4 0x30:4 ");
    CHECK_THROWS_AS(iov::dump(map(), again, {"Nothing"}), iov::Failure);
}

TEST_CASE("registers of one name at two places are not compared", "[iov]") {
    Log log(0x40);
    const auto dump = iov::dump(map(), log, {});
    CHECK(iov::differences({{"Control", 0x14, 1}}, dump).empty());
    CHECK(iov::differences({{"Queue[0]", 0x10, 1}}, dump).empty());
    CHECK(iov::differences({{"Control", 0x10, 1}}, dump).size() == 1);
    CHECK(iov::differences({{"Control", 0x10, 0x0102'0304}}, dump).empty());
    CHECK(iov::differences({{"Start", 0x04, 1}}, dump).empty()); // was not read
}

TEST_CASE("a medium takes accesses that fit, and no others", "[iov]") {
    Log log(0x10);
    CHECK_NOTHROW(log.check(8, 8));
    for (const auto& [offset, bytes] : std::vector<std::pair<std::uint64_t, unsigned>>{
             {0, 3}, {0, 0}, {0, 16}, {2, 4}, {16, 1}, {12, 8}, {~std::uint64_t{0}, 1}})
        CHECK_THROWS_AS(log.check(offset, bytes), iov::Failure);
    CHECK(log.text.empty());
}

TEST_CASE("masks gather and deposit", "[iov]") {
    CHECK(iov::gathered(0xa5, 0xf0) == 0xa);
    CHECK(iov::deposited(0xa, 0xf0) == 0xa0);
    CHECK(iov::deposited(3, 0x8000'0000'0000'0001) == 0x8000'0000'0000'0001);
    CHECK(iov::deposited(0xff, 0x10) == 0x10);
}

TEST_CASE("every map that iov knows is sound", "[iov]") {
    for (const iov::RegisterMap& each : iov::all_maps()) {
        CHECK(iov::find_map(each.name) == &each);
        for (const iov::MappedRegister& one : each.registers) {
            CHECK(one.offset % one.type.bytes == 0);
            CHECK(each.find(one.name) == &one); // no two of a name
        }
    }
    CHECK(iov::find_map("nothing") == nullptr);
}

TEST_CASE("a configuration space has its capabilities where they are", "[iov]") {
    iov::ConfigLayout layout;
    layout.capabilities = {
        {0x40, 0x01, false}, {0x50, 0x05, false}, {0x60, 0x05, false}, {0x100, 0x01, true}};
    layout.msi_is_64_bit = true;
    const auto made = iov::config_map(layout);
    CHECK(made.find("pm.control_status")->offset == 0x44);
    CHECK(made.find("msi.data")->offset == 0x5c);
    CHECK(made.find("msi.mask") == nullptr);
    CHECK(made.find("msi[1].control")->offset == 0x62);
    CHECK(made.find("aer.header_log[3]")->offset == 0x128);
    CHECK(made.find("bars[5]")->offset == 0x24);
    layout.header = 1;
    CHECK(iov::config_map(layout).find("bars[5]") == nullptr);
    CHECK(iov::config_map(layout).find("bridge_control")->offset == 0x3e);
}
