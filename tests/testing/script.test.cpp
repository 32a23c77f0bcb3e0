// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// testing::Script: steps, masks, repeats, updates, errors, spaces, and what a failure says.
#include <ioview/ioview.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"
#include "support/said.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace io = ioview;
using Catch::Matchers::ContainsSubstring;
using io::testing::fences;
using io::testing::on_failure;
using io::testing::reads;
using io::testing::Script;
using io::testing::Sequence;
using io::testing::Step;
using io::testing::updates;
using io::testing::writes;

namespace {

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bits(7, 4, mode), bit(1, overrun, io::w1c), bit(0, enable));
};
struct Flags : io::Register<Flags, std::uint32_t, io::fixed<0x18>, io::ro> {
    IO_FIELDS(bit(5, full), bit(3, busy));
};
struct Data : io::Register<Data, std::uint8_t, io::fixed<0x00>> {
    IO_FIELDS(bits(7, 0, byte));
};
struct Scratch : io::Register<Scratch, std::uint32_t, io::array<0x80, 8, 8>> {
    IO_FIELDS(bits(31, 0, value));
};
struct Acknowledge : io::Register<Acknowledge, std::uint32_t, io::fixed<0x20>> {
    IO_FIELDS(bits(31, 0, causes, io::w1c));
};
struct Big : io::Register<Big, io::be<std::uint16_t>, io::fixed<0x30>> {
    IO_FIELDS(bits(15, 0, value));
};
struct Uart : io::Region<0x100>, io::Registers<Data, Control, Flags, Acknowledge, Big, Scratch> {};
// The same place as a struct, whose members know their registers.
struct Block {
    std::uint32_t data;
    std::uint32_t gap[3];
    Control control;
    std::uint32_t gap2;
    Flags flags;
};

// Registers that share a place, and one at a base.
struct Divisor : io::Register<Divisor, std::uint8_t, io::fixed<0x00>> {};
struct Command : io::Register<Command, std::uint8_t, io::fixed<0x00>, io::wo> {};
struct Bank;
struct Based : io::Register<Based, std::uint8_t, io::relative<Bank, 0x01>> {};
struct Shared : io::Region<8>,
                io::Registers<Data, io::overlay<Divisor>, io::overlay<Command>, Based> {};

using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
using U64 = std::uint64_t;

constexpr auto enable = [](Control control) { return control.with_enable(true); };

// One failing script: f gets the view.
template <class F, class... Steps>
std::string message(F f, const Steps&... steps) {
    return said([&](Said& handler) {
        Script script{steps...};
        script.on_failure(handler);
        f(script.template view<Uart>());
    });
}

} // namespace

TEST_CASE("28 a script is one order with widths and values", "[script]") {
    Script script{reads<U32>(0x18, 0x20).times(2), reads<U32>(0x18, 0), writes<U8>(0x0, 'A')};
    const auto uart = script.view<Uart>();
    CHECK(uart.read32(0x18) == 0x20);
    CHECK(uart.read32(0x18) == 0x20);
    CHECK(uart.read32(0x18) == 0);
    CHECK_FALSE(script.done());
    uart.write8(0, 'A');
    CHECK(script.done());
    CHECK(script.ok());
}

TEST_CASE("28 an access in another width is reported", "[script]") {
    CHECK(message([](auto uart) { uart.write32(0, 'A'); }, writes<U8>(0, 'A')) ==
          "ioview: Script: step 1 of 1: expected write8 0x0 Data <- 0x41, got write32 0x0 Data <- "
          "0x41\n  another width of access");
}

TEST_CASE("28 another order is reported", "[script]") {
    CHECK(message(
              [](auto uart) {
                  uart.update(Control::At{}, enable);
                  uart.write(Data{}.with_byte(1));
              },
              writes(Data{}.with_byte(1)),
              updates<Control>(enable)) ==
          "ioview: Script: step 1 of 2: expected write8 0x0 Data <- 0x1, got read32 0x10 Control");
}

TEST_CASE("28 another value is reported, with the bits that differ", "[script]") {
    CHECK(message([](auto uart) { uart.write(Data{}.with_byte(0x41)); }, writes<U8>(0, 0x43)) ==
          "ioview: Script: step 1 of 1: expected write8 0x0 Data <- 0x43, got write8 0x0 Data <- "
          "0x41\n  wrong bits: 0x2");
}

TEST_CASE("28 a script without steps expects no access", "[script]") {
    CHECK(message([](auto) {}).empty());
    CHECK(message([](auto uart) { static_cast<void>(uart.read32(0x18)); }) ==
          "ioview: Script: expected no access, got read32 0x18 Flags");
    STATIC_REQUIRE([] {
        Script script{};
        return script.done();
    }());
}

TEST_CASE("28 an access after the last step is reported", "[script]") {
    CHECK(message(
              [](auto uart) {
                  uart.write8(0, 1);
                  uart.write8(0, 2);
              },
              writes<U8>(0, 1)) ==
          "ioview: Script: all 1 steps are done: expected no more, got write8 0x0 Data <- 0x2");
}

TEST_CASE("28 steps that were not made are a failure at the end", "[script]") {
    CHECK(message([](auto uart) { uart.write8(0, 1); },
                  writes<U8>(0, 1),
                  writes(Scratch::at(3), Scratch{}.with_value(7))) ==
          "ioview: Script: ended before step 2 of 2: expected write32 0x98 Scratch[3] <- 0x7, got "
          "nothing");
    CHECK(message([](auto uart) { static_cast<void>(uart.read32(0x18)); },
                  reads(Flags::from_raw(8)).times(3)) ==
          "ioview: Script: ended before step 1 of 1, time 2: expected read32 0x18 Flags, got "
          "nothing");
    // an update that was read and not written
    CHECK_THAT(message([](auto uart) { static_cast<void>(uart.template read<Control>()); },
                       updates<Control>(enable)),
               ContainsSubstring("ended before step 1 of 1: expected write32 0x10 Control <- 0x") &&
                   ContainsSubstring("(the write of an update), got nothing\n"));
}

TEST_CASE("28 only the first failure is reported, and a driver that fails goes on", "[script]") {
    unsigned different = 0;
    const auto text = said([&](Said& handler) {
        Script script{writes<U8>(0, 1)};
        script.on_failure(handler);
        const auto uart = script.view<Uart>();
        uart.write8(0, 2);
        CHECK_FALSE(script.ok());
        CHECK(uart.try_read32(0x18).error() == io::Error::io_error);
        CHECK(uart.try_write32(0x18, 1).error() == io::Error::io_error);
        for (int i = 0; i < 8; ++i)
            different += uart.read32(0x18) != uart.read32(0x18) ? 1 : 0; // garbage ends most polls
        CHECK_FALSE(script.done());
    });
    CHECK(different == 8);
    CHECK(text == "ioview: Script: step 1 of 1: expected write8 0x0 Data <- 0x1, got write8 0x0 "
                  "Data <- 0x2\n  wrong bits: 0x3");
}

TEST_CASE("28 the policy of a failure is the script's, or that of all", "[script]") {
    static std::string common;
    const auto before = on_failure([](const char* text) { common = text; });
    { Script script{writes<U8>(0, 1)}; }
    CHECK(common == "ioview: Script: ended before step 1 of 1: expected write8 0x0 <- 0x1, got "
                    "nothing");
    common.clear();
    CHECK_FALSE(message([](auto) {}, writes<U8>(0, 1)).empty());
    CHECK(common.empty());
    const auto ours = on_failure(before);
    ours("handed back");
    CHECK(common == "handed back");
}

TEST_CASE("28 a register that nobody wrote is told from one that was", "[script]") {
    // A script has to say what each read gives; one that is left open gives garbage.
    Script script{reads<U32>(0x10), reads<U32>(0x10)};
    script.seed(7);
    Script again{reads<U32>(0x10), reads<U32>(0x10)};
    again.seed(8);
    CHECK(script.view<Uart>().read32(0x10) != again.view<Uart>().read32(0x10));
    CHECK(script.view<Uart>().read32(0x10) != again.view<Uart>().read32(0x10));
}

TEST_CASE("a read gives the bits that are stated, and garbage beside them", "[script]") {
    U32 seen = 0, changed = 0, last = 0;
    for (U64 seed = 1; seed != 50; ++seed) {
        Script script{reads(Flags::from_raw(0x20)).mask(0x28)};
        script.seed(seed);
        const auto value = script.view<Uart>().read32(0x18);
        CHECK((value & 0x28) == 0x20);
        seen |= value;
        changed |= value ^ last;
        last = value;
    }
    CHECK((seen | 0x8) == ~U32{0});
    CHECK((changed | 0x28) == ~U32{0});
}

TEST_CASE("a write is compared in the bits of its mask, or not at all", "[script]") {
    const auto write = [](auto uart) { uart.write32(0x10, 0x0f0f'0f0f); };
    CHECK(message(write, writes<U32>(0x10)).empty());
    CHECK(message(write, writes<Control>()).empty());
    CHECK(message(write, writes<U32>(0x10, 0xff0f).mask(0xff)).empty());
    CHECK(message(write, writes<U32>(0x10, 0x1f).mask(0xff)) ==
          "ioview: Script: step 1 of 1: expected write32 0x10 Control <- 0x1f in bits 0xff, got "
          "write32 0x10 Control <- 0xf0f0f0f\n  wrong bits: 0x10");
    CHECK(message([](auto uart) { uart.write32(0x14, 0); }, writes<Control>()) ==
          "ioview: Script: step 1 of 1: expected write32 0x10 Control of any value, got write32 "
          "0x14 <- 0x0");
}

TEST_CASE("an update gives garbage and wants all other bits back", "[script]") {
    for (U64 seed = 1; seed != 20; ++seed) {
        Script script{updates<Control>(enable), updates<U32>(0x84, 0xf0, 0x50)};
        script.seed(seed);
        script.view<Uart>().update<Control>(enable);
        CHECK(script.view<Uart>().try_update<U32>(
            0x84, [](U32 old) { return (old & ~U32{0xf0}) | 0x50; }));
    }
    // One that forgets the others. Its garbage is that of the seed which the failure prints.
    CHECK(message(
              [](auto uart) { uart.template update<Control>([](Control) { return enable({}); }); },
              updates<Control>(enable).reading(0x50, ~U64{0})) ==
          "ioview: Script: step 1 of 1: expected write32 0x10 Control <- 0x51 (the write of an "
          "update), got write32 0x10 Control <- 0x1\n  wrong bits: 0x50, after a read of 0x50");
    const auto text = message([](auto uart) { uart.write32(0x10, 0); }, updates<Control>(enable));
    CHECK(text == "ioview: Script: step 1 of 1: expected read32 0x10 Control (the read of an "
                  "update), got write32 0x10 Control <- 0x0");
    CHECK_THAT(message(
                   [](auto uart) {
                       static_cast<void>(uart.read32(0x10));
                       static_cast<void>(uart.read32(0x10));
                   },
                   updates<Control>(enable)),
               ContainsSubstring("expected write32 0x10 Control <- 0x") &&
                   ContainsSubstring("got read32 0x10 Control") &&
                   ContainsSubstring("\n  garbage was read, from seed 0x9e3779b97f4a7c15"));
}

TEST_CASE("an update that was read is written, whatever else may follow", "[script]") {
    CHECK_THAT(message(
                   [](auto uart) {
                       static_cast<void>(uart.read32(0x10));
                       uart.write8(0, 1);
                   },
                   updates<Control>(enable).any_times(),
                   writes<U8>(0, 1)),
               ContainsSubstring("step 1 of 2, time 1: expected write32 0x10 Control <- 0x") &&
                   ContainsSubstring("(the write of an update), got write8 0x0 Data <- 0x1"));
}

TEST_CASE("an update leaves flags alone that a write would clear", "[script]") {
    // The read gives overrun set; written back it would be cleared.
    Script script{updates<Control>(enable).reading(0x52, ~U64{0})};
    script.view<Uart>().update<Control>(enable);
    CHECK(script.done());
    CHECK_THAT(message([](auto uart) { uart.write32(0x10, uart.read32(0x10) | 1); },
                       updates<Control>(enable).reading(0x52, ~U64{0})),
               ContainsSubstring("wrong bits: 0x2, after a read of 0x52"));
}

TEST_CASE("an update that needs no read expects none", "[script]") {
    constexpr auto all = [](Acknowledge a) { return a.with_causes(3); };
    Script script{updates<Acknowledge>(all)};
    script.view<Uart>().update<Acknowledge>(all);
    CHECK(script.done());
}

TEST_CASE("reads that repeat", "[script]") {
    const auto busy = reads(Flags::from_raw(8));
    const auto poll = [](unsigned times) {
        return [times](auto uart) {
            for (unsigned i = 0; i < times; ++i)
                static_cast<void>(uart.template read<Flags>());
            uart.write8(0, 1);
        };
    };
    const auto go = writes<U8>(0, 1);
    for (unsigned times : {0u, 1u, 9u}) {
        CAPTURE(times);
        CHECK(message(poll(times), busy.any_times(), go).empty());
        CHECK(message(poll(times), busy.times(times + 1), go).empty() == false);
        CHECK(message(poll(times), busy.at_most(times), go).empty());
        CHECK(message(poll(times), busy.at_least(times), go).empty());
        CHECK_FALSE(message(poll(times + 1), busy.at_most(times), go).empty());
        CHECK_FALSE(message(poll(times), busy.at_least(times + 1), go).empty());
    }
    CHECK(message(poll(2), busy.times(3), go) ==
          "ioview: Script: step 1 of 2, time 3: expected read32 0x18 Flags, got write8 0x0 Data <- "
          "0x1");
    CHECK(message(poll(4), busy.times(3), go) ==
          "ioview: Script: step 2 of 2: expected write8 0x0 Data <- 0x1, got read32 0x18 Flags");
    // several that may be missing, one after the other
    CHECK(message(poll(0), busy.any_times(), reads<U32>(0x10).any_times(), go).empty());
    // at the end they are not missed
    CHECK(message(poll(0), go, busy.any_times()).empty());
}

TEST_CASE("accesses that fail", "[script]") {
    Script script{reads<Flags>().fails(io::Error::no_device),
                  writes<U8>(0, 1).fails(io::Error::timed_out),
                  updates<Control>(enable).fails(io::Error::io_error),
                  reads<U16>(0x40).fails(io::Error::busy)};
    const auto uart = script.view<Uart>();
    CHECK(uart.try_read<Flags>().error() == io::Error::no_device);
    CHECK(uart.try_write8(0, 1).error() == io::Error::timed_out);
    CHECK(uart.try_update<Control>(enable).error() == io::Error::io_error); // and no write
    CHECK(uart.read16(0x40) == 0xffff);
    CHECK(script.done());
}

TEST_CASE("28 several devices in one order", "[script]") {
    const auto run = [](bool backwards) {
        return said([&](Said& handler) {
            Script script{writes<U32>(0x0, 0x1000).in("ram"), writes<U32>(0x0, 1).in("doorbell")};
            script.on_failure(handler);
            const auto ram = script.view<U32>("ram");
            const auto bell = script.view<U32>("doorbell");
            CHECK(ram != bell);
            CHECK(ram == script.view<U32>("ram"));
            if (backwards)
                bell.write(1);
            ram.write(0x1000);
            if (!backwards)
                bell.write(1);
        });
    };
    CHECK(run(false).empty());
    CHECK(run(true) == "ioview: Script: step 1 of 2: expected ram: write32 0x0 <- 0x1000, got "
                       "doorbell: write32 0x0 <- 0x1");
}

TEST_CASE("barriers, where the script names them", "[script]") {
    const auto publish = [](auto view) { io::publish(view, 1u); };
    {
        Script script{fences(io::Fence::dma_wmb), writes<U32>(0, 1)};
        publish(script.view<U32>());
        CHECK(script.done());
    }
    {
        Script script{writes<U32>(0, 1)};
        publish(script.view<U32>());
        CHECK(script.done());
    }
    const auto text = [](auto f, const auto&... steps) {
        return said([&](Said& handler) {
            Script script{steps...};
            script.on_failure(handler);
            f(script.template view<U32>("index"));
        });
    };
    const auto in_index = [](Step step) { return step.in("index"); };
    CHECK(text([](auto index) { index.write(1); },
               in_index(fences(io::Fence::dma_wmb)),
               in_index(writes<U32>(0, 1))) ==
          "ioview: Script: step 1 of 2: expected index: dma_wmb, got index: write32 0x0 <- 0x1");
    CHECK(text([](auto index) { io::release_to_device(index, 1u); },
               in_index(fences(io::Fence::dma_wmb)),
               in_index(writes<U32>(0, 1))) ==
          "ioview: Script: step 1 of 2: expected index: dma_wmb, got index: dma_mb");
    CHECK(text(publish, in_index(writes<U32>(0, 1)), in_index(fences(io::Fence::dma_wmb))) ==
          "ioview: Script: step 1 of 2: expected index: write32 0x0 <- 0x1, got index: dma_wmb");
}

TEST_CASE("registers are named by the step, by the block or by the member", "[script]") {
    const auto at = [](auto f, const auto&... steps) {
        return said([&](Said& handler) {
            Script script{steps...};
            script.on_failure(handler);
            f(script);
        });
    };
    // by nobody
    CHECK_THAT(at([](auto& s) { s.template view<io::Region<64>>().write32(0x10, 1); }),
               ContainsSubstring("got write32 0x10 <- 0x1"));
    // by a later step
    CHECK_THAT(at([](auto& s) { s.template view<io::Region<64>>().write32(0x10, 1); },
                  reads<Flags>(),
                  writes<Control>()),
               ContainsSubstring("expected read32 0x18 Flags, got write32 0x10 Control <- 0x1"));
    // by the member
    CHECK_THAT(at([](auto& s) { static_cast<void>(IO_READ(s.template view<Block>(), flags)); }),
               ContainsSubstring("got read32 0x18 Flags"));
    CHECK_THAT(at([](auto& s) { IO_UPDATE(s.template view<Block>(), control, enable); }),
               ContainsSubstring("got read32 0x10 Control"));
    // by the block, an element with its index
    CHECK_THAT(at([](auto& s) { s.template view<Uart>().write(Scratch::at(7), Scratch{}); }),
               ContainsSubstring("got write32 0xb8 Scratch[7] <- 0x0"));
}

TEST_CASE("registers that share a place are named together, those at a base not at all",
          "[script]") {
    const auto at = [](auto access) {
        return said([&](Said& handler) {
            Script script;
            script.on_failure(handler);
            access(script.view<Shared>());
        });
    };
    CHECK_THAT(at([](auto view) { static_cast<void>(view.read8(0)); }),
               ContainsSubstring("got read8 0x0 Data/Divisor"));
    CHECK_THAT(at([](auto view) { view.write8(0, 5); }),
               ContainsSubstring("got write8 0x0 Data/Divisor/Command <- 0x5"));
    CHECK_THAT(at([](auto view) { view.write8(1, 5); }),
               ContainsSubstring("got write8 0x1 <- 0x5"));
}

TEST_CASE("numbers are little-endian, be registers bring their order", "[script]") {
    Script script{writes(Big::from_raw(0x1234)),
                  writes<U16>(0x30, 0x3412),
                  reads(Big::from_raw(0x1234)),
                  writes<io::be<U32>>(0x40, io::be<U32>{0x0102'0304u}),
                  writes<U32>(0x40, 0x0403'0201)};
    const auto uart = script.view<Uart>();
    uart.write(Big::from_raw(0x1234));
    uart.write(Big::from_raw(0x1234));
    CHECK(uart.read<Big>().value() == 0x1234);
    uart.write<io::be<U32>>(0x40, io::be<U32>{0x0102'0304u});
    uart.write<io::be<U32>>(0x40, io::be<U32>{0x0102'0304u});
    CHECK(script.done());
}

TEST_CASE("sequences are parts of several scripts", "[script]") {
    static constexpr Sequence start{writes<U8>(0, 1), updates<Control>(enable)};
    Script script{start, writes<U8>(0, 2), start};
    STATIC_REQUIRE(std::is_same_v<decltype(script), Script<5>>);
    const auto uart = script.view<Uart>();
    for (bool again : {false, true}) {
        uart.write8(0, 1);
        uart.update<Control>(enable);
        if (!again)
            uart.write8(0, 2);
    }
    CHECK(script.done());
}

TEST_CASE("steps that no driver can make are a failure at once", "[script]") {
    const auto text = [](const auto&... steps) {
        static std::string kept;
        kept.clear();
        const auto before = on_failure([](const char* what) { kept = what; });
        { Script script{steps...}; }
        on_failure(before);
        return kept;
    };
    CHECK(text(reads<U32>(0x2)) ==
          "ioview: Script: step 1 of 1: read32 0x2 can never be made: misaligned for its width");
    CHECK(text(reads<Flags>().any_times(), reads<Flags>()) ==
          "ioview: Script: step 2 of 2: read32 0x18 Flags can never be reached: the step before "
          "takes these reads");
}

TEST_CASE("a view is as large as its target, and as the steps reach", "[script]") {
    Script script{reads<U64>(0x100).any_times(), reads<U8>(0x1f).any_times().in("small")};
    CHECK(script.view<io::Region<>>().size_bytes() == 0x108);
    CHECK(script.view<io::Region<0x1000>>().size_bytes() == 0x1000);
    CHECK(script.view<U16[]>("small").size() == 0x10);
    CHECK(script.view<io::Region<>>("small", 64).size_bytes() == 64);
    CHECK(script.view<io::Region<>>("other").size_bytes() == 0);
    CHECK(script.view<io::Region<>>().try_read<U32>(0x108).error() == io::Error::out_of_bounds);
}

TEST_CASE("every width", "[script]") {
    Script script{reads<U8>(1, 1), reads<U16>(2, 2), reads<U32>(4, 4), reads<U64>(8, 8)};
    const auto view = script.view<io::Region<16, 8>>();
    CHECK(view.read8(1) == 1);
    CHECK(view.read16(2) == 2);
    CHECK(view.read32(4) == 4);
    CHECK(view.read64(8) == 8);
}

TEST_CASE("a script runs in the compiler", "[script]") {
    STATIC_REQUIRE([] {
        Script script{reads<U32>(0x18, 0x20).times(2),
                      reads(Flags::from_raw(0)),
                      updates<Control>(enable),
                      writes<U32>(0, 1).in("ram"),
                      reads<Flags>().fails(io::Error::no_device)};
        const auto uart = script.view<Uart>();
        while (uart.read<Flags>().full()) {
        }
        uart.update<Control>(enable);
        script.view<U32>("ram").write(1);
        return uart.try_read<Flags>().error() == io::Error::no_device && script.done();
    }());
}
