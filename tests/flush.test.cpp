// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A write that is known to have arrived: one read back, of what may be read.
#include <ioview/flush.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <type_traits>
#include <utility>

namespace io = ioview;
using io::Error;
using io::testing::reads;
using io::testing::Script;
using io::testing::writes;
using U32 = std::uint32_t;

namespace {

struct Dev : io::Region<0x40> {};
struct Control : io::Register<Control, U32, io::fixed<0x00, Dev>> {
    IO_FIELDS(bit(0, enable), bit(31, write_only, io::wo));
};
struct Acknowledge : io::Register<Acknowledge, U32, io::fixed<0x04, Dev>, io::wo> {
    IO_FIELDS(bits(31, 0, causes));
};
struct Lane : io::Register<Lane, io::be<std::uint16_t>, io::array<0x10, 4, 8, Dev>, io::ro> {
    IO_FIELDS(bits(15, 0, level));
};
struct Port;
struct PortB : io::RegisterBase<Port, 0x20> {};
struct Scratch : io::Register<Scratch, std::uint8_t, io::relative<Port, 0x04>> {
    IO_FIELDS(bits(7, 0, value));
};
struct Free : io::Register<Free, U32, io::fixed<0x20>> {
    IO_FIELDS(bits(31, 0, value));
};
struct Member : io::Register<Member, U32> {
    IO_FIELDS(bit(0, on));
};
struct Block {
    U32 plain;
    Member member;
    io::be<std::uint16_t> swapped;
    std::uint8_t byte;
};

template <io::IoOf<Dev> View>
constexpr void acknowledge(View dev) {
    dev.write(Acknowledge{}.with_causes(3));
    io::flush<Control>(dev);
}

static_assert([] {
    Script script{writes(Acknowledge{}.with_causes(3)), reads<Control>()};
    acknowledge(script.view<Dev>());
    return script.done();
}());
static_assert([] {
    io::testing::Memory<0x40> memory;
    const auto dev = memory.view<Dev>();
    acknowledge(dev);
    io::flush(dev, Lane::at(2));
    io::flush(dev.subview<U32>(0x08));
    return io::try_flush<Control>(dev).has_value() && io::try_flush(dev, Lane::at(0)).has_value() &&
           io::try_flush(dev.subview<const U32>(0x08)).has_value();
}());

} // namespace

TEST_CASE("flush: one read back after the write", "[flush]") {
    Recorded<0x40> mem;
    acknowledge(mem.view<Dev>());
    CHECK(mem.log() == Log{{wr, 0x04, 4, 3}, {rd, 0x00, 4, mem.word<U32>(0)}});
}

TEST_CASE("flush: by every way to one value, in its width", "[flush]") {
    Recorded<0x40> mem;
    const auto dev = mem.view<Dev>();
    const auto block = mem.view<const Block>();
    const auto at = [&](auto f) {
        mem.recorder.clear();
        f();
        REQUIRE(mem.log().size() == 1);
        CHECK(mem.log()[0].op == rd);
        return std::pair<std::uint64_t, int>{mem.log()[0].address, mem.log()[0].width};
    };
    using Place = std::pair<std::uint64_t, int>;
    CHECK(at([&] { io::flush<Control>(dev); }) == Place{0x00, 4});
    CHECK(at([&] { io::flush(dev, Lane::at(3)); }) == Place{0x28, 2});
    CHECK(at([&] { io::flush(dev, Lane::try_at(1).value()); }) == Place{0x18, 2});
    CHECK(at([&] { io::flush(dev, Scratch::of<PortB>()); }) == Place{0x24, 1});
    CHECK(at([&] { io::flush(dev.subview<const std::uint8_t>(0x3f)); }) == Place{0x3f, 1});
    CHECK(at([&] { io::flush(dev, io::offset<std::uint16_t, 0x0e>()); }) == Place{0x0e, 2});
    CHECK(at([&] { io::flush(dev.view_of<Control>()); }) == Place{0x00, 4});
    CHECK(at([&] { io::flush(dev.view_of(Lane::at(1))); }) == Place{0x18, 2});
    CHECK(at([&] { io::flush(IO_PROJECT(block, plain)); }) == Place{0, 4});
    CHECK(at([&] { io::flush(IO_PROJECT(block, member)); }) == Place{4, 4});
    CHECK(at([&] { io::flush(IO_PROJECT(block, swapped)); }) == Place{8, 2});
    CHECK(at([&] { io::flush(IO_PROJECT(block, byte)); }) == Place{10, 1});
    CHECK(at([&] { CHECK(io::try_flush<Control>(dev)); }) == Place{0x00, 4});
    CHECK(at([&] { CHECK(io::try_flush(dev, Lane::at(3))); }) == Place{0x28, 2});
    CHECK(at([&] { CHECK(io::try_flush(IO_PROJECT(block, member))); }) == Place{4, 4});
    STATIC_REQUIRE(std::is_void_v<decltype(io::flush<Control>(dev))>);
    STATIC_REQUIRE(std::is_same_v<decltype(io::try_flush<Control>(dev)), io::Result<>>);
}

TEST_CASE("flush: what the medium or the region refuses", "[flush]") {
    Recorded<0x40> mem;
    io::testing::Faulty faulty{mem.view<Dev>()};
    faulty.unplug();
    CHECK(io::try_flush<Control>(faulty.view<Dev>())); // all ones, as loads are
    faulty.when_gone(Error::no_device);
    CHECK(io::try_flush<Control>(faulty.view<Dev>()).error() == Error::no_device);
    CHECK(io::try_flush(faulty.view<Dev>(), Lane::at(1)).error() == Error::no_device);
    CHECK(io::try_flush(faulty.view<U32>()).error() == Error::no_device);
    io::flush<Control>(faulty.view<Dev>()); // which has no way to say so
    CHECK(mem.untouched());

    alignas(8) unsigned char few[0x20]{};
    const auto small = io::SysMem<io::Region<>>::from_bytes(few, sizeof few).value();
    io::testing::Recorder recorder{small};
    const auto region = recorder.view<io::Region<>>();
    CHECK(io::try_flush<Free>(region).error() == Error::out_of_bounds);
    CHECK(io::try_flush(region, io::offset<U32>(0x20)).error() == Error::out_of_bounds);
    CHECK(io::try_flush(region, io::offset<U32>(0x1a)).error() == Error::misaligned);
    CHECK(recorder.log().empty());
}

TEST_CASE("flush: of every backend in memory", "[flush]") {
    alignas(8) Block block{};
    const auto sys = io::SysMem<Block>::from_pointer(&block);
    const auto mmio =
        io::Mmio<Block>::from_raw(io::MmioRaw<Block>::at(reinterpret_cast<std::uintptr_t>(&block)));
    const auto flush_all = [](auto view) {
        // a map of little-endian memory has no big-endian registers
        if constexpr (std::endian::native == std::endian::little ||
                      !std::is_same_v<decltype(view), io::IoSysMap<Block>>)
            io::flush(IO_PROJECT(view, member));
        io::flush(IO_PROJECT(view, swapped));
        return io::try_flush(IO_PROJECT(view, swapped)).has_value();
    };
    CHECK(flush_all(sys));
    CHECK(flush_all(mmio));
    CHECK(flush_all(mmio.relaxed()));
    CHECK(flush_all(io::IoSysMap<Block>{mmio}));
}

TEST_CASE("flush: what write-combining memory has gathered goes first", "[flush]") {
    alignas(8) U32 words[2]{};
    const auto raw = io::MmioRaw<U32>::at(reinterpret_cast<std::uintptr_t>(words));
    io::testing::Recorder recorder{io::WriteCombining<U32>::from_raw(raw)};
    const auto view = recorder.view<io::le<U32>>();
    view.write(5);
    io::flush(view);
    CHECK(io::try_flush(view).has_value());
    const auto sent = io::testing::fence_entry(io::Fence::wc_flush);
    CHECK(recorder.log() == Log{{wr, 0, 4, 5}, sent, {rd, 0, 4, 5}, sent, {rd, 0, 4, 5}});
}
