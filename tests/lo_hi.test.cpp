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
