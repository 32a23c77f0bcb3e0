// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/config_space.hpp>
#include <ioview/endian.hpp>
#include <ioview/lo_hi.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace io = ioview;
using io::testing::Log;
using io::testing::Memory;
using io::testing::Op;
using io::testing::Recorder;

namespace {

constexpr std::uint64_t number = 0x1122'3344'5566'7788;

struct Wide : io::Register<Wide, std::uint64_t> {
    IO_FIELDS(bits(63, 0, all));
};

// Configuration space whose upper half fails where it is told to.
struct Config {
    bool upper_fails = false;
    mutable std::vector<std::uint16_t> offsets{};
    template <class W>
    io::Result<W> read(std::uint16_t offset) const {
        offsets.push_back(offset);
        if (upper_fails && offset == 0x14)
            return io::fail(io::Error::io_error);
        return static_cast<W>(offset);
    }
    template <class W>
    io::Result<> write(std::uint16_t offset, W) const {
        offsets.push_back(offset);
        if (upper_fails && offset == 0x10)
            return io::fail(io::Error::no_device);
        return {};
    }
    std::size_t size() const { return 256; }
};

} // namespace

TEST_CASE("26 under its own name, 64 bits are two accesses, the less significant half first",
          "[lo_hi]") {
    Memory<8> memory;
    Recorder recorder{memory.view<std::uint64_t>()};
    io::write_lo_hi(recorder.view<std::uint64_t>(), number);
    CHECK(io::read_lo_hi(recorder.view<std::uint64_t>()) == number);
    CHECK(recorder.log() == Log{{Op::write, 0, 4, 0x5566'7788},
                                {Op::write, 4, 4, 0x1122'3344},
                                {Op::read, 0, 4, 0x5566'7788},
                                {Op::read, 4, 4, 0x1122'3344}});
    CHECK(memory.view<std::uint64_t>().read() == number);
}

TEST_CASE("a big-endian medium has the less significant half behind", "[lo_hi]") {
    Memory<8, std::endian::big> memory;
    Recorder recorder{memory.view<std::uint64_t>()};
    io::write_lo_hi(recorder.view<std::uint64_t>(), number);
    CHECK(recorder.log() == Log{{Op::write, 4, 4, 0x5566'7788}, {Op::write, 0, 4, 0x1122'3344}});
    CHECK(memory.view<std::uint64_t>().read() == number);
    CHECK(io::read_lo_hi(recorder.view<std::uint64_t>()) == number);
}

TEMPLATE_TEST_CASE("le and be say it themselves",
                   "[lo_hi]",
                   io::le<std::uint64_t>,
                   io::be<std::uint64_t>) {
    const bool big = std::is_same_v<TestType, io::be<std::uint64_t>>;
    Memory<8> little;
    io::write_lo_hi(little.view<TestType>(), number);
    CHECK(little[0] == (big ? 0x11 : 0x88));
    CHECK(io::read_lo_hi(little.view<TestType>()) == number);
    CHECK(little.view<TestType>().read() == number);
    Memory<8, std::endian::big> behind;
    io::write_lo_hi(behind.view<TestType>(), number);
    CHECK(behind[0] == (big ? 0x11 : 0x88));
    CHECK(io::read_lo_hi(behind.view<TestType>()) == number);
}

TEST_CASE("configuration space, which has no 64-bit access, by halves", "[lo_hi]") {
    Config config;
    const auto space = io::ConfigSpace<Config, io::pci::Normal>::of(config);
    const auto value = space->try_subview<std::uint64_t>(0x10);
    REQUIRE(value);
    CHECK(io::read_lo_hi(*value) == 0x0000'0014'0000'0010);
    CHECK(io::try_read_lo_hi(*value) == 0x0000'0014'0000'0010u);
    config.offsets.resize(2);
    CHECK(io::try_write_lo_hi(*value, 1));
    CHECK(config.offsets == std::vector<std::uint16_t>{0x10, 0x14, 0x10, 0x14});

    config.upper_fails = true;
    config.offsets.clear();
    CHECK(io::try_read_lo_hi(*value).error() == io::Error::io_error);
    CHECK(io::read_lo_hi(*value) == 0xffff'ffff'0000'0010);
    CHECK(io::try_write_lo_hi(*value, 1).error() == io::Error::no_device);
    CHECK(config.offsets == std::vector<std::uint16_t>{0x10, 0x14, 0x10, 0x14, 0x10});

    const auto behind = space->try_subview<std::uint64_t>(0x14); // whose lower half fails
    config.offsets.clear();
    CHECK_FALSE(behind);
    const auto whole = space->try_subview<io::be<std::uint64_t>>(0x10); // upper half first
    REQUIRE(whole);
    CHECK(io::try_read_lo_hi(*whole).error() == io::Error::io_error);
    CHECK(config.offsets == std::vector<std::uint16_t>{0x14});
}

TEST_CASE("a register of 64 bits, by halves", "[lo_hi]") {
    Memory<8> memory;
    Recorder recorder{memory.view<Wide>()};
    io::write_lo_hi(recorder.view<Wide>(), Wide::from_raw(number));
    CHECK(io::read_lo_hi(recorder.view<Wide>()).raw() == number);
    CHECK(recorder.log() == Log{{Op::write, 0, 4, 0x5566'7788},
                                {Op::write, 4, 4, 0x1122'3344},
                                {Op::read, 0, 4, 0x5566'7788},
                                {Op::read, 4, 4, 0x1122'3344}});
}

TEST_CASE("by halves in constant expressions", "[lo_hi]") {
    STATIC_REQUIRE([] {
        Memory<8> memory;
        io::write_lo_hi(memory.view<std::int64_t>(), -2);
        return io::read_lo_hi(memory.view<std::int64_t>()) == -2;
    }());
}

TEST_CASE("the more significant half first, in both directions", "[lo_hi]") {
    Memory<8> memory;
    Recorder recorder{memory.view<std::uint64_t>()};
    io::write_hi_lo(recorder.view<std::uint64_t>(), number);
    CHECK(io::read_hi_lo(recorder.view<std::uint64_t>()) == number);
    CHECK(io::try_write_hi_lo(recorder.view<std::uint64_t>(), number));
    CHECK(io::try_read_hi_lo(recorder.view<std::uint64_t>()) == number);
    const Log both{{Op::write, 4, 4, 0x1122'3344},
                   {Op::write, 0, 4, 0x5566'7788},
                   {Op::read, 4, 4, 0x1122'3344},
                   {Op::read, 0, 4, 0x5566'7788}};
    Log twice = both;
    twice.insert(twice.end(), both.begin(), both.end());
    CHECK(recorder.log() == twice);
    Memory<8> big;
    io::write_hi_lo(big.view<io::be<std::uint64_t>>(), number);
    CHECK(io::read_hi_lo(big.view<io::be<std::uint64_t>>()) == number);
    CHECK(big[0] == 0x11);
}

TEST_CASE("narrower values by halves too: 32 bits on a bus of 16", "[lo_hi]") {
    Memory<4> memory;
    Recorder recorder{memory.view<std::uint32_t>()};
    io::write_lo_hi(recorder.view<std::uint32_t>(), 0x1122'3344);
    CHECK(io::read_hi_lo(recorder.view<io::be<std::uint32_t>>()) == 0x4433'2211u);
    CHECK(recorder.log() == Log{{Op::write, 0, 2, 0x3344},
                                {Op::write, 2, 2, 0x1122},
                                {Op::read, 0, 2, 0x3344},
                                {Op::read, 2, 2, 0x1122}});
}

namespace {
// A counter that carries into its upper half whenever that has been read so many times.
struct Running {
    mutable std::uint64_t count = 0x0000'0001'ffff'ffff;
    mutable int reads = 0;
    int carries = 0; // at the first so many reads of the lower half
    template <class W>
    io::Result<W> read(std::uint16_t offset) const {
        ++reads;
        const bool is_high = offset % 8 == 4;
        const W half = static_cast<W>(is_high ? count >> 32 : count);
        if (!is_high && carries > 0 && reads <= 2 * carries)
            count += 0x1'0000'0000;
        return half;
    }
    template <class W>
    io::Result<> write(std::uint16_t, W) const {
        return {};
    }
    std::size_t size() const { return 256; }
};
} // namespace

TEST_CASE("a counter is read upper, lower, upper until the upper stays", "[lo_hi]") {
    Memory<8> memory;
    Memory<8> newer;
    memory.view<std::uint64_t>().write(0x0000'0001'ffff'ffff);
    newer.view<std::uint64_t>().write(0x0000'0002'0000'0000);
    Recorder recorder{memory.view<std::uint64_t>()};
    CHECK(io::read_hi_lo_hi(recorder.view<std::uint64_t>()) == 0x0000'0001'ffff'ffff);
    CHECK(recorder.log() ==
          Log{{Op::read, 4, 4, 1}, {Op::read, 0, 4, 0xffff'ffff}, {Op::read, 4, 4, 1}});
    // it carries between the halves: after the first, and after the second
    for (const std::size_t at : {1u, 2u}) {
        io::testing::Faulty faulty{memory.view<std::uint64_t>()};
        faulty.tear_after(at, newer.view<std::uint64_t>());
        CHECK(io::read_hi_lo_hi(faulty.view<std::uint64_t>()) == 0x0000'0002'0000'0000);
        CHECK(faulty.accesses() == 5);
    }
    // in a script, register by register
    io::testing::Script script{io::testing::reads<std::uint32_t>(4, 1),
                               io::testing::reads<std::uint32_t>(0, 0xffff'ffff),
                               io::testing::reads<std::uint32_t>(4, 2),
                               io::testing::reads<std::uint32_t>(0, 3),
                               io::testing::reads<std::uint32_t>(4, 2)};
    CHECK(io::try_read_hi_lo_hi(script.view<std::uint64_t>()) == 0x0000'0002'0000'0003u);
}

TEST_CASE("a counter that never stays is read eight times", "[lo_hi]") {
    for (const int carries : {1, 7, 8, 100}) {
        Running device;
        device.carries = carries;
        const auto space = io::ConfigSpace<Running, io::pci::Normal>::of(device);
        const auto counter = space->try_subview<std::uint64_t>(0);
        const auto read = io::try_read_hi_lo_hi(*counter);
        INFO(carries << " carries, " << device.reads << " reads");
        if (carries < 8) {
            CHECK(read == device.count);
            CHECK(device.reads == 1 + 2 * (carries + 1));
        } else {
            CHECK(read.error() == io::Error::timed_out);
            CHECK(device.reads == 1 + 2 * 8);
        }
    }
    Config config;
    config.upper_fails = true;
    const auto space = io::ConfigSpace<Config, io::pci::Normal>::of(config);
    CHECK(io::try_read_hi_lo_hi(*space->try_subview<std::uint64_t>(0x10)).error() ==
          io::Error::io_error);
    CHECK(config.offsets == std::vector<std::uint16_t>{0x14});
    CHECK(io::read_hi_lo_hi(*space->try_subview<std::uint64_t>(0x10)) == 0xffff'ffff'0000'0010);
}

TEST_CASE("a counter whose halves are two places", "[lo_hi]") {
    Memory<16> memory;
    memory.view<io::Region<16>>().write32(4, 7);
    memory.view<io::Region<16>>().write32(12, 9);
    Recorder recorder{memory.view<io::Region<16>>()};
    const auto bar = recorder.view<io::Region<16>>();
    const auto count =
        io::read_hi_lo_hi(bar.subview<const std::uint32_t>(12), bar.subview<std::uint32_t>(4));
    STATIC_REQUIRE(std::is_same_v<decltype(count), const std::uint64_t>);
    CHECK(count == 0x0000'0009'0000'0007);
    CHECK(io::try_read_hi_lo_hi(bar.subview<std::uint32_t>(12), bar.subview<std::uint32_t>(4)) ==
          count);
    const Log once{{Op::read, 12, 4, 9}, {Op::read, 4, 4, 7}, {Op::read, 12, 4, 9}};
    Log twice = once;
    twice.insert(twice.end(), once.begin(), once.end());
    CHECK(recorder.log() == twice);
}

TEST_CASE("in a region, at offsets aligned as one half is", "[lo_hi]") {
    Memory<32> memory;
    Recorder recorder{memory.view<io::Region<32>>()};
    const auto bar = recorder.view<io::Region<32>>();
    io::write_lo_hi<std::uint64_t>(bar, 0x14, number);
    io::write_hi_lo<std::uint64_t>(bar, 0x14, number);
    CHECK(io::read_lo_hi<std::uint64_t>(bar, 0x14) == number);
    CHECK(io::read_hi_lo<std::uint64_t>(bar, 0x14) == number);
    CHECK(io::read_hi_lo_hi<std::uint64_t>(bar, 0x14) == number);
    constexpr std::uint32_t low = 0x5566'7788, high = 0x1122'3344;
    Log log{{Op::write, 0x14, 4, low},
            {Op::write, 0x18, 4, high},
            {Op::write, 0x18, 4, high},
            {Op::write, 0x14, 4, low},
            {Op::read, 0x14, 4, low},
            {Op::read, 0x18, 4, high},
            {Op::read, 0x18, 4, high},
            {Op::read, 0x14, 4, low},
            {Op::read, 0x18, 4, high},
            {Op::read, 0x14, 4, low},
            {Op::read, 0x18, 4, high}};
    CHECK(recorder.log() == log);
    recorder.clear();
    const int at = 0x14;
    CHECK(io::try_write_lo_hi<std::uint64_t>(bar, at, number));
    CHECK(io::try_write_hi_lo<std::uint64_t>(bar, at, number));
    CHECK(io::try_read_lo_hi<std::uint64_t>(bar, at) == number);
    CHECK(io::try_read_hi_lo<io::le<std::uint64_t>>(bar, at)->value() == number);
    CHECK(io::try_read_hi_lo_hi<std::uint64_t>(bar, at) == number);
    CHECK(recorder.log() == log);
    recorder.clear();
    CHECK(io::try_read_lo_hi<std::uint64_t>(bar, 0x1c).error() == io::Error::out_of_bounds);
    CHECK(io::try_read_hi_lo<std::uint64_t>(bar, 2).error() == io::Error::misaligned);
    CHECK(io::try_read_hi_lo_hi<std::uint64_t>(bar, -4).error() == io::Error::out_of_bounds);
    CHECK(io::try_write_lo_hi<std::uint64_t>(bar, 0x1c, 1).error() == io::Error::out_of_bounds);
    CHECK(io::try_write_hi_lo<std::uint64_t>(bar, 6, 1).error() == io::Error::misaligned);
    CHECK(recorder.log().empty());
}
