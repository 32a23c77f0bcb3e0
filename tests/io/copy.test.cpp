// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bulk copies: which accesses they make, and that both sides end up with the right bytes.

#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace io = ioview;
using io::testing::Log;
using io::testing::Memory;
using io::testing::Op;
using io::testing::Recorder;

namespace {

struct Entry {
    std::uint32_t address;
    std::uint16_t length, flags;
    friend bool operator==(const Entry&, const Entry&) = default;
};
struct OnTheBus {
    io::le<std::uint32_t> address;
    io::le<std::uint16_t> length, flags;
};
struct Odd {
    std::uint16_t a;
    std::uint8_t b[3];
    std::uint8_t c;
};

} // namespace

template <>
inline constexpr bool ioview::enable_plain_data<Entry> = true;
template <>
inline constexpr bool ioview::enable_plain_data<OnTheBus> = true;
template <>
inline constexpr bool ioview::enable_plain_data<Odd> = true;

namespace {

constexpr std::size_t room = 96;

// Each step the widest access of at most `widest` bytes that is aligned and fits.
Log tiled(Op op, std::size_t first, std::size_t bytes, const unsigned char* data, unsigned widest) {
    Log log;
    for (std::size_t at = first; at < first + bytes;) {
        unsigned width = widest;
        while (at % width != 0 || first + bytes - at < width)
            width /= 2;
        std::uint64_t value = 0;
        for (unsigned i = width; i-- > 0;)
            value = value << 8 | data[at - first + i];
        log.push_back({op, at, static_cast<std::uint8_t>(width), value});
        at += width;
    }
    return log;
}

// A buffer between guards, at any misalignment, filled with garbage.
template <std::size_t N>
struct Guarded {
    Memory<N + 32> memory{0x1234'5678'9abc'def1};
    Memory<N + 32> before{0x1234'5678'9abc'def1};
    std::byte* at(std::size_t offset) { return reinterpret_cast<std::byte*>(&memory[16 + offset]); }
    bool untouched_outside(std::size_t offset, std::size_t bytes) {
        for (std::size_t i = 0; i < N + 32; ++i)
            if ((i < 16 + offset || i >= 16 + offset + bytes) && memory[i] != before[i])
                return false;
        return true;
    }
};

// PCI configuration space in RAM: accesses of at most 32 bits, each of which may fail.
struct Config {
    mutable std::array<unsigned char, 256> bytes{};
    mutable std::vector<std::uint16_t> offsets{};
    std::size_t fails_at = 256;

    template <class W>
    io::Result<W> read(std::uint16_t offset) const {
        offsets.push_back(offset);
        if (offset <= fails_at && fails_at < offset + sizeof(W))
            return io::fail(io::Error::io_error);
        io::le<W> word;
        std::memcpy(&word, &bytes[offset], sizeof(W));
        return word.value();
    }
    template <class W>
    io::Result<> write(std::uint16_t offset, W word) const {
        offsets.push_back(offset);
        if (offset <= fails_at && fails_at < offset + sizeof(W))
            return io::fail(io::Error::io_error);
        const io::le<W> stored{word};
        std::memcpy(&bytes[offset], &stored, sizeof(W));
        return {};
    }
    std::size_t size() const { return 256; }
};

} // namespace

TEST_CASE("33 copy_to: every length and misalignment, each device byte once, ascending", "[copy]") {
    for (std::size_t length = 0; length <= 64; ++length)
        for (std::size_t device = 0; device < 8; ++device)
            for (std::size_t plain = 0; plain < 8; ++plain) {
                Memory<room> memory;
                Recorder recorder{memory.view<io::Region<room>>()};
                Guarded<room> buffer;
                const auto bytes = recorder.view<std::byte[]>().subview(device, length);
                bytes.copy_to(std::span(buffer.at(plain), length));
                INFO("length " << length << ", device " << device << ", plain " << plain);
                REQUIRE(recorder.log() == tiled(Op::read, device, length, &memory[device], 8));
                REQUIRE(std::memcmp(buffer.at(plain), &memory[device], length) == 0);
                REQUIRE(buffer.untouched_outside(plain, length));
            }
}

TEST_CASE("33 copy_from: every length and misalignment, each device byte once, ascending",
          "[copy]") {
    for (std::size_t length = 0; length <= 64; ++length)
        for (std::size_t device = 0; device < 8; ++device)
            for (std::size_t plain = 0; plain < 8; ++plain) {
                Memory<room> memory;
                const Memory<room> before;
                Recorder recorder{memory.view<io::Region<room>>()};
                Guarded<room> buffer;
                const auto bytes = recorder.view<std::byte[]>().subview(device, length);
                bytes.copy_from(std::span<const std::byte>(buffer.at(plain), length));
                INFO("length " << length << ", device " << device << ", plain " << plain);
                REQUIRE(recorder.log() == tiled(Op::write,
                                                device,
                                                length,
                                                reinterpret_cast<unsigned char*>(buffer.at(plain)),
                                                8));
                REQUIRE(std::memcmp(buffer.at(plain), &memory[device], length) == 0);
                for (std::size_t i = 0; i < room; ++i)
                    if (i < device || i >= device + length)
                        REQUIRE(memory[i] == before[i]);
            }
}

TEMPLATE_TEST_CASE("33 a named width is the only one used",
                   "[copy]",
                   std::uint8_t,
                   std::uint16_t,
                   std::uint32_t,
                   std::uint64_t) {
    constexpr std::size_t width = sizeof(TestType);
    for (std::size_t length = 0; length <= 64; ++length)
        for (std::size_t device = 0; device < 8; ++device) {
            Memory<room> memory;
            Recorder recorder{memory.view<io::Region<room>>()};
            Guarded<room> buffer;
            const auto bytes = recorder.view<std::byte[]>().subview(device, length);
            const std::span<std::byte> plain(buffer.at(1), length);
            const auto out = bytes.template try_copy_to<TestType>(plain);
            const auto in = bytes.template try_copy_from<TestType>(plain);
            INFO("length " << length << ", device " << device);
            if (length % width != 0) {
                REQUIRE(out.error() == io::Error::invalid_argument);
                REQUIRE(in.error() == io::Error::invalid_argument);
                REQUIRE(recorder.log().empty());
            } else if (device % width != 0) {
                REQUIRE(out.error() == io::Error::misaligned);
                REQUIRE(in.error() == io::Error::misaligned);
                REQUIRE(recorder.log().empty());
            } else {
                REQUIRE(out.has_value());
                REQUIRE(in.has_value());
                REQUIRE(recorder.log().size() == 2 * length / width);
                for (std::size_t i = 0; i < length / width; ++i) {
                    REQUIRE(recorder.log()[i].op == Op::read);
                    REQUIRE(recorder.log()[i].address == device + i * width);
                    REQUIRE(recorder.log()[i].width == width);
                }
            }
        }
}

TEST_CASE("33 fill: every length and misalignment", "[copy]") {
    for (std::size_t length = 0; length <= 64; ++length)
        for (std::size_t device = 0; device < 8; ++device) {
            Memory<room> memory;
            Recorder recorder{memory.view<io::Region<room>>()};
            recorder.view<std::byte[]>().subview(device, length).fill(std::byte{0xa5});
            const std::vector<unsigned char> data(length, 0xa5);
            REQUIRE(recorder.log() == tiled(Op::write, device, length, data.data(), 8));
        }
}

TEST_CASE("copies keep the order of bytes on a big-endian medium", "[copy]") {
    Memory<64, std::endian::big> memory;
    std::array<std::byte, 33> plain{};
    memory.view<std::byte[]>().subview(3, 33).copy_to(plain);
    CHECK(std::memcmp(plain.data(), &memory[3], plain.size()) == 0);
    plain[7] = std::byte{1};
    memory.view<std::byte[]>().subview(5, 33).copy_from(plain);
    CHECK(std::memcmp(plain.data(), &memory[5], plain.size()) == 0);
}

TEST_CASE("copy_read and copy_write take a value as it is", "[copy]") {
    Memory<room, std::endian::native> memory; // as the value itself is
    Recorder recorder{memory.view<io::Region<room>>()};
    const auto entry = recorder.view<Entry>();
    entry.copy_write({1, 2, 3});
    const bool little = std::endian::native == std::endian::little;
    CHECK(recorder.log() ==
          Log{{Op::write, 0, 8, little ? 0x0003'0002'0000'0001u : 0x0000'0001'0002'0003u}});
    CHECK(entry.copy_read() == Entry{1, 2, 3});
    recorder.clear();
    entry.copy_write<std::uint32_t>({1, 2, 3});
    CHECK(recorder.log() ==
          Log{{Op::write, 0, 4, 1}, {Op::write, 4, 4, little ? 0x0003'0002u : 0x0002'0003u}});
    recorder.clear();
    static_cast<void>(entry.copy_read<std::uint16_t>());
    CHECK(recorder.log().size() == 4);
    recorder.clear();
    // 6 bytes, known to be aligned to 2, found aligned to 8
    static_cast<void>(recorder.view<Odd>().copy_read());
    CHECK(recorder.log().size() == 2);
    CHECK(recorder.log()[0].width == 4);
    CHECK(recorder.log()[1].width == 2);
    // scalars and std::array are values too
    recorder.view<std::uint32_t>().copy_write(0x0102'0304);
    CHECK(recorder.view<std::uint32_t>().copy_read() == 0x0102'0304);
    const auto four = recorder.view<std::array<std::uint8_t, 4>>().copy_read();
    CHECK(four == (little ? std::array<std::uint8_t, 4>{4, 3, 2, 1}
                          : std::array<std::uint8_t, 4>{1, 2, 3, 4}));
}

TEST_CASE("copies work in constant expressions", "[copy]") {
    STATIC_REQUIRE([] {
        Memory<32, std::endian::native> memory;
        auto bytes = memory.view<std::byte[]>().subview(3, 21);
        std::array<std::byte, 21> plain{};
        for (std::size_t i = 0; i < plain.size(); ++i)
            plain[i] = static_cast<std::byte>(i);
        bytes.copy_from(plain);
        std::array<std::byte, 21> back{};
        bytes.copy_to(back);
        memory.view<Entry>().copy_write({7, 8, 9});
        memory.view<std::byte[]>().subview(30, 2).fill(std::byte{0});
        return back == plain && memory.view<Entry>().copy_read().flags == 9;
    }());
}

TEST_CASE("unequal lengths are refused without an access", "[copy]") {
    Memory<room> memory;
    Recorder recorder{memory.view<io::Region<room>>()};
    const auto bytes = recorder.view<std::byte[]>().subview(0, 8);
    std::array<std::byte, 9> plain{};
    CHECK(bytes.try_copy_to(plain).error() == io::Error::out_of_bounds);
    CHECK(bytes.try_copy_to(std::span(plain).first(7)).error() == io::Error::out_of_bounds);
    CHECK(bytes.try_copy_from(plain).error() == io::Error::out_of_bounds);
    CHECK(recorder.log().empty());
    CHECK(bytes.try_copy_to(std::span(plain).first(8)).has_value());
}

TEST_CASE("configuration space is copied in accesses of at most 32 bits", "[copy]") {
    Config config;
    for (unsigned i = 0; i < 256; ++i)
        config.bytes[i] = static_cast<unsigned char>(i);
    const auto space = io::ConfigSpace<Config, io::pci::Normal>::of(config);
    std::array<std::byte, 11> plain{};
    REQUIRE(space->bytes().subview(1, 11).try_copy_to(plain).has_value());
    CHECK(config.offsets == std::vector<std::uint16_t>{1, 2, 4, 8});
    CHECK(plain[10] == std::byte{11});
}

TEST_CASE("a medium that fails: try_ stops and says so, the plain copy goes on with all ones",
          "[copy]") {
    Config config;
    config.fails_at = 9;
    const auto space = io::ConfigSpace<Config, io::pci::Normal>::of(config);
    std::array<std::byte, 16> plain{};
    CHECK(space->bytes().subview(0, 16).try_copy_to(plain).error() == io::Error::io_error);
    CHECK(config.offsets == std::vector<std::uint16_t>{0, 4, 8});
    config.offsets.clear();
    CHECK(space->bytes().subview(0, 16).try_copy_from(plain).error() == io::Error::io_error);
    CHECK(config.offsets == std::vector<std::uint16_t>{0, 4, 8});
    CHECK(space->subview<OnTheBus>(8).try_copy_read().error() == io::Error::io_error);
    CHECK(space->subview<OnTheBus>(8).copy_read().address == 0xffff'ffff);
    CHECK(space->subview<OnTheBus>(8).try_copy_write({}).error() == io::Error::io_error);
}

TEST_CASE("a copy that fails in its narrow beginning or end stops there", "[copy]") {
    const auto offsets = [](std::size_t fails_at, auto copy) {
        Config config;
        config.fails_at = fails_at;
        const auto space = io::ConfigSpace<Config, io::pci::Normal>::of(config);
        const auto done = copy(space->bytes().subview(1, 14));
        CHECK((done ? io::Error{} : done.error()) ==
              (fails_at < 256 ? io::Error::io_error : io::Error{}));
        return config.offsets;
    };
    using Offsets = std::vector<std::uint16_t>;
    std::array<std::byte, 14> plain{};
    const auto out = [&](auto bytes) { return bytes.try_copy_to(plain); };
    const auto in = [&](auto bytes) { return bytes.try_copy_from(plain); };
    const Offsets all{1, 2, 4, 8, 12, 14};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Offsets some(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        CHECK(offsets(all[i], out) == some);
        CHECK(offsets(all[i], in) == some);
    }
    CHECK(offsets(256, out) == all);
    CHECK(offsets(256, in) == all);

    // the same where 64 bits are the widest: 1, 2, 4, 8, 4, 2, 1 bytes
    std::array<std::byte, 22> more{};
    for (std::size_t good = 0; good < 7; ++good) {
        Memory<24> memory;
        Recorder recorder{memory.view<io::Region<24>>()};
        io::testing::Faulty faulty{recorder.view<std::byte[]>()};
        const auto bytes = faulty.view<std::byte[]>().subview(1, 22);
        faulty.fail_access(good + 1, io::Error::timed_out);
        CHECK(bytes.try_copy_to(more).error() == io::Error::timed_out);
        CHECK(recorder.log().size() == good);
        faulty.fail_access(good + 1, io::Error::timed_out);
        CHECK(bytes.try_copy_from(more).error() == io::Error::timed_out);
        CHECK(recorder.log().size() == 2 * good);
    }
}

TEST_CASE("try_copy_read gives the value of a medium that does not fail", "[copy]") {
    Config config;
    config.bytes[8] = 7, config.bytes[12] = 8, config.bytes[14] = 9;
    const auto space = io::ConfigSpace<Config, io::pci::Normal>::of(config);
    const auto read = space->subview<OnTheBus>(8).try_copy_read();
    REQUIRE(read.has_value());
    CHECK((read->address == 7 && read->length == 8 && read->flags == 9));
    CHECK(config.offsets == std::vector<std::uint16_t>{8, 12});
}

TEST_CASE("io::copy between two views, also when they overlap", "[copy]") {
    for (const std::size_t length : {0u, 1u, 7u, 8u, 63u, 64u, 65u, 100u, 200u})
        for (std::size_t from = 0; from < 20; ++from)
            for (std::size_t to = 0; to < 20; ++to) {
                Memory<256> memory;
                std::array<unsigned char, 256> expected{};
                for (std::size_t i = 0; i < 256; ++i)
                    expected[i] = memory[i];
                std::memmove(&expected[to], &expected[from], length);
                Recorder recorder{memory.view<io::Region<256>>()};
                const auto all = recorder.view<std::byte[]>();
                io::copy(all.subview(from, length), all.subview(to, length));
                INFO("length " << length << ", from " << from << ", to " << to);
                REQUIRE(std::memcmp(&memory[0], expected.data(), 256) == 0);
                std::array<int, 256> reads{}, writes{};
                for (const auto& access : recorder.log())
                    for (std::size_t i = 0; i < access.width; ++i)
                        ++(access.op == Op::read ? reads : writes)
                              .at(static_cast<std::size_t>(access.address) + i);
                for (std::size_t i = 0; i < 256; ++i) {
                    REQUIRE(reads[i] == (i >= from && i < from + length ? 1 : 0));
                    REQUIRE(writes[i] == (i >= to && i < to + length ? 1 : 0));
                }
            }
}

TEST_CASE("io::copy between kinds of memory that share addresses sees the overlap", "[copy]") {
    alignas(8) unsigned char ram[256];
    for (unsigned i = 0; i < 256; ++i)
        ram[i] = static_cast<unsigned char>(i);
    const auto sys = *io::SysMem<io::Region<256, 8>>::from_bytes(ram, sizeof ram);
    const auto device =
        io::Mmio<io::Region<256, 8>>::from_raw(*io::MmioRaw<io::Region<256, 8>>::region(
            reinterpret_cast<std::uintptr_t>(ram), sizeof ram));
    io::copy(sys.bytes().subview(0, 150), device.bytes().subview(3, 150));
    for (unsigned i = 0; i < 150; ++i)
        REQUIRE(ram[3 + i] == i);
    CHECK(io::try_copy(sys.bytes(), device.bytes().subview(0, 5)).error() ==
          io::Error::out_of_bounds);
    CHECK(io::try_copy(sys.bytes().subview(3, 5), device.bytes().subview(200, 5)));
    CHECK(std::memcmp(ram + 200, ram + 3, 5) == 0);
    CHECK(ram[205] == 205);
}

TEST_CASE("io::try_copy stops with the error of either medium", "[copy]") {
    Config bad, good;
    bad.fails_at = 5;
    const auto from = io::ConfigSpace<Config, io::pci::Normal>::of(bad)->bytes().subview(0, 16);
    const auto to = io::ConfigSpace<Config, io::pci::Normal>::of(good)->bytes().subview(0, 16);
    CHECK(io::try_copy(from, to).error() == io::Error::io_error);
    CHECK(bad.offsets == std::vector<std::uint16_t>{0, 4});
    CHECK(good.offsets.empty()); // what is read is written in whole chunks only
    bad.offsets.clear();
    CHECK(io::try_copy(to, from).error() == io::Error::io_error);
    CHECK(good.offsets == std::vector<std::uint16_t>{0, 4, 8, 12});
    CHECK(bad.offsets == std::vector<std::uint16_t>{0, 4});
}

TEMPLATE_TEST_CASE("memory views of every kind copy all lengths",
                   "[copy]",
                   io::Mmio<io::Region<>>,
                   io::SysMem<io::Region<>>,
                   io::RelaxedMmio<io::Region<>>,
                   io::WriteCombining<io::Region<>>,
                   io::IoSysMap<io::Region<>>) {
    alignas(64) static unsigned char ram[8'192];
    static unsigned char plain[8'192];
    const auto sys = *io::SysMem<io::Region<>>::from_bytes(ram, sizeof ram);
    const auto mmio = io::Mmio<io::Region<>>::from_raw(
        *io::MmioRaw<io::Region<>>::region(reinterpret_cast<std::uintptr_t>(ram), sizeof ram));
    const auto view = [&] {
        if constexpr (std::is_same_v<TestType, io::SysMem<io::Region<>>>)
            return sys;
        else if constexpr (std::is_same_v<TestType, io::RelaxedMmio<io::Region<>>>)
            return mmio.relaxed();
        else if constexpr (std::is_same_v<TestType, io::WriteCombining<io::Region<>>>)
            return TestType::from_raw(
                *io::MmioRaw<io::Region<>>::region(mmio.address(), mmio.size_bytes()));
        else
            return TestType{mmio};
    }();
    unsigned seed = 1;
    const auto garbage = [&](unsigned char* at) {
        for (std::size_t i = 0; i < 8'192; ++i)
            at[i] = static_cast<unsigned char>((seed = seed * 1'664'525 + 1'013'904'223) >> 24);
    };
    for (const std::size_t length :
         {0u,   1u,   3u,   15u,    16u,    17u,    63u,    64u,    65u,    127u,
          191u, 192u, 300u, 1'023u, 1'024u, 2'047u, 2'048u, 2'049u, 4'096u, 8'000u})
        for (std::size_t offset = 0; offset < 9; ++offset) {
            garbage(ram);
            garbage(plain);
            const auto bytes = view.bytes().subview(offset, length);
            std::byte* at = reinterpret_cast<std::byte*>(plain) + (offset * 5) % 8;
            bytes.copy_to(std::span(at, length));
            REQUIRE(std::memcmp(at, ram + offset, length) == 0);
            garbage(plain);
            const auto next = offset + length < 8'192 ? ram[offset + length] : 0;
            bytes.copy_from(std::span(at, length));
            REQUIRE(std::memcmp(at, ram + offset, length) == 0);
            if (offset + length < 8'192)
                REQUIRE(ram[offset + length] == next);
            bytes.fill(std::byte{0x3c});
            for (std::size_t i = 0; i < length; ++i)
                REQUIRE(ram[offset + i] == 0x3c);
            if (offset + length < 8'192)
                REQUIRE(ram[offset + length] == next);
        }
}

TEST_CASE("a FIFO is one register, many elements", "[copy]") {
    Memory<16> memory;
    Recorder recorder{memory.view<io::Region<16>>()};
    const auto fifo = recorder.view<io::Region<16>>().subview<std::uint16_t>(2);
    const std::array<std::uint16_t, 3> out{1, 2, 3};
    fifo.write_fifo(out);
    std::array<std::uint16_t, 2> in{};
    fifo.read_fifo(in);
    CHECK(recorder.log() == Log{{Op::write, 2, 2, 1},
                                {Op::write, 2, 2, 2},
                                {Op::write, 2, 2, 3},
                                {Op::read, 2, 2, 3},
                                {Op::read, 2, 2, 3}});
    CHECK(in == std::array<std::uint16_t, 2>{3, 3});
    fifo.read_fifo(std::span<std::uint16_t>{});
    CHECK(recorder.log().size() == 5);

    // elements are what read() gives: be stays be
    Memory<4, std::endian::big> big;
    std::array<io::be<std::uint32_t>, 1> value{};
    big.view<io::be<std::uint32_t>>().read_fifo(value);
    CHECK(value[0].value() == big.view<io::be<std::uint32_t>>().read().value());

    Config config;
    config.fails_at = 8;
    const auto space = io::ConfigSpace<Config, io::pci::Normal>::of(config);
    std::array<std::uint32_t, 4> words{};
    CHECK(space->subview<std::uint32_t>(8).try_read_fifo(words).error() == io::Error::io_error);
    CHECK(space->subview<std::uint32_t>(8).try_write_fifo(words).error() == io::Error::io_error);
    CHECK(config.offsets.size() == 2);
    config.bytes[12] = 0x5a;
    const auto sound = space->subview<std::uint32_t>(12);
    CHECK(sound.try_read_fifo(words));
    CHECK(words == std::array<std::uint32_t, 4>{0x5a, 0x5a, 0x5a, 0x5a});
    words = {1, 2, 3, 4};
    CHECK(sound.try_write_fifo(words));
    CHECK(config.bytes[12] == 4);
    CHECK(config.offsets.size() == 10);
}

TEMPLATE_TEST_CASE("buffers of any kind of byte, in every spelling",
                   "[copy]",
                   std::byte,
                   std::uint8_t,
                   unsigned char,
                   char,
                   signed char) {
    Memory<16> memory;
    const auto bytes = memory.view<std::byte[]>().subview(3, 4);
    const auto holds = [&](const auto& row) {
        return std::memcmp(std::data(row), &memory[3], 4) == 0;
    };
    TestType array[4]{};
    std::array<TestType, 4> standard{};
    std::vector<TestType> vector(4);
    bytes.copy_to(array);
    bytes.copy_to(standard);
    CHECK(bytes.try_copy_to(vector));
    CHECK((holds(array) && holds(standard) && holds(vector)));
    vector.assign(4, TestType{});
    bytes.template copy_to<std::uint8_t>(std::span(vector));
    CHECK(holds(vector));
    vector.assign(4, TestType{});
    CHECK(bytes.template try_copy_to<std::uint8_t>(io::Span<TestType>(vector)));
    CHECK(holds(vector));
    const TestType constant[4]{TestType{1}, TestType{2}, TestType{3}, TestType{4}};
    bytes.copy_from(constant);
    CHECK(holds(constant));
    standard = {TestType{4}, TestType{3}};
    CHECK(bytes.try_copy_from(std::as_const(standard)));
    CHECK(holds(standard));
    vector = {TestType{9}, TestType{8}, TestType{7}, TestType{6}};
    bytes.template copy_from<std::uint8_t>(vector);
    CHECK(holds(vector));
    CHECK(bytes.template try_copy_from<std::uint8_t>(std::span<const TestType>(constant)));
    CHECK(holds(constant));
    TestType more[5]{};
    CHECK(bytes.try_copy_to(more).error() == io::Error::out_of_bounds);
    CHECK(bytes.try_copy_from(more).error() == io::Error::out_of_bounds);
    STATIC_REQUIRE([] {
        Memory<8> constant_memory;
        const auto there = constant_memory.view<std::byte[8]>();
        TestType in[8]{TestType{1}, TestType{2}, TestType{3}};
        TestType out[8]{};
        there.copy_from(in);
        there.copy_to(out);
        there.fill(std::byte{5});
        return out[2] == TestType{3} && there.try_copy_to(in) && in[7] == TestType{5};
    }());
}

TEST_CASE("text is a buffer to copy from", "[copy]") {
    Memory<5> memory;
    const auto bytes = memory.view<std::byte[5]>();
    bytes.copy_from(std::string_view("hello"));
    CHECK(memory[4] == 'o');
    std::string text(5, ' ');
    bytes.copy_to(text);
    CHECK(text == "hello");
    CHECK(bytes.try_copy_from(std::string("world")));
    CHECK(memory[0] == 'w');
}
