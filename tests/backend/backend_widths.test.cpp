// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Buses that have some widths only: what they satisfy, and that registers, copies, FIFOs and
// doubles go by the accesses that there are.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace io = ioview;

namespace {

using io::Error;
using io::testing::Faulty;
using io::testing::Memory;
using io::testing::Recorder;

// Memory behind a bus that reads and writes the widths whose sums are given, and takes its views by
// reference to const. It notes each access, and can lose its chip.
struct Chip {
    alignas(16) unsigned char bytes[256] = {};
    std::vector<int> reads{}, writes{}; // 1'000 * offset + width
    bool gone = false;
};
template <unsigned Reads, unsigned Writes, class T>
class BusView;

template <unsigned Reads, unsigned Writes>
struct Bus {
    template <class T>
    using View = BusView<Reads, Writes, T>;
    static constexpr std::endian order = std::endian::little;

    template <class T>
    static io::IoPtr<T> as_ptr(const View<T>& view) noexcept {
        return view.ptr;
    }
    template <class T, class U>
    static View<U> project_view(const View<T>& view, io::IoPtr<U> ptr) noexcept {
        return {view.chip, ptr};
    }
    template <class W>
        requires(std::unsigned_integral<W> && (Reads & sizeof(W)) != 0)
    static io::Result<W> try_io_read(const View<W>& view) noexcept {
        if (view.chip->gone)
            return io::fail(Error::no_device);
        view.chip->reads.push_back(static_cast<int>(1'000 * view.ptr.address + sizeof(W)));
        io::le<W> word;
        std::memcpy(&word, view.chip->bytes + view.ptr.address, sizeof(W));
        return word.value();
    }
    template <class W>
        requires(std::unsigned_integral<W> && (Writes & sizeof(W)) != 0)
    static io::Result<> try_io_write(const View<W>& view, W word) noexcept {
        if (view.chip->gone)
            return io::fail(Error::no_device);
        view.chip->writes.push_back(static_cast<int>(1'000 * view.ptr.address + sizeof(W)));
        const io::le<W> stored{word};
        std::memcpy(view.chip->bytes + view.ptr.address, &stored, sizeof(W));
        return {};
    }
    template <class W>
        requires(std::unsigned_integral<W> && (Reads & sizeof(W)) != 0)
    static W io_read(const View<W>& view) noexcept {
        return try_io_read<W>(view).value_or(static_cast<W>(~W{0}));
    }
    template <class W>
        requires(std::unsigned_integral<W> && (Writes & sizeof(W)) != 0)
    static void io_write(const View<W>& view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }
};
template <unsigned Reads, unsigned Writes, class T>
class BusView : public io::Io<BusView<Reads, Writes, T>, Bus<Reads, Writes>, T> {
public:
    BusView(Chip* c, io::IoPtr<T> p) noexcept : chip(c), ptr(p) {}
    BusView as_view() const noexcept { return *this; }
    Chip* chip;
    io::IoPtr<T> ptr;
};
template <unsigned Widths, class T = io::Region<64, 8>>
using Both = BusView<Widths, Widths, T>;

template <unsigned Widths>
Both<Widths> on(Chip& chip) {
    return {&chip, {0, {64}}};
}

struct Narrow : io::Register<Narrow, std::uint8_t, io::fixed<4>> {
    IO_FIELDS(bits(3, 0, low));
};
struct Half : io::Register<Half, std::uint16_t, io::fixed<6>> {
    IO_FIELDS(bits(3, 0, low), bit(15, start));
};
struct Wide : io::Register<Wide, std::uint32_t, io::fixed<8>> {
    IO_FIELDS(bits(3, 0, low), bit(31, start));
};
struct Pair {
    io::le<std::uint16_t> a, b;
};
struct Frame {
    io::le<std::uint32_t> head;
    io::le<std::uint16_t> tail[2];
};

std::vector<int> ascending(std::size_t first, std::size_t bytes, int width) {
    std::vector<int> list;
    for (std::size_t at = first; at < first + bytes; at += static_cast<std::size_t>(width))
        list.push_back(static_cast<int>(1'000 * at) + width);
    return list;
}

} // namespace

template <>
inline constexpr bool io::enable_plain_data<Pair> = true;
template <>
inline constexpr bool io::enable_plain_data<Frame> = true;

TEST_CASE("a backend is what projects; its widths are IoCapable's", "[backend]") {
    STATIC_REQUIRE(io::IoBackend<Bus<2, 2>> && io::IoCopyable<Bus<2, 2>>);
    STATIC_REQUIRE(io::IoBackend<Bus<4, 4>> && io::IoCopyable<Bus<4, 4>>);
    STATIC_REQUIRE(io::IoBackend<Bus<8, 8>> && io::IoCopyable<Bus<8, 8>>);
    STATIC_REQUIRE(io::IoBackend<Bus<5, 10>> && io::IoCopyable<Bus<5, 10>>);
    STATIC_REQUIRE(io::IoCapable<Bus<4, 4>, std::uint32_t>);
    STATIC_REQUIRE(io::IoCapable<Bus<4, 4>, io::be<std::int32_t>>);
    STATIC_REQUIRE(io::IoCapable<Bus<4, 4>, Wide>);
    STATIC_REQUIRE_FALSE(io::IoCapable<Bus<4, 4>, std::uint8_t>);
    STATIC_REQUIRE_FALSE(io::IoCapable<Bus<4, 4>, Narrow>);
    STATIC_REQUIRE_FALSE(io::IoCapable<Bus<4, 4>, std::uint64_t>);
    // one direction only: what is const is read; nothing is copied both ways
    STATIC_REQUIRE(io::IoBackend<Bus<4, 0>> && !io::IoCopyable<Bus<4, 0>>);
    STATIC_REQUIRE(io::IoCapable<Bus<4, 0>, const std::uint32_t>);
    STATIC_REQUIRE_FALSE(io::IoCapable<Bus<4, 0>, std::uint32_t>);
    STATIC_REQUIRE(io::IoBackend<Bus<0, 4>> && !io::IoCopyable<Bus<0, 4>>);
    STATIC_REQUIRE(io::IoBackend<Bus<0, 0>> && !io::IoCopyable<Bus<0, 0>>);
    STATIC_REQUIRE(io::IoBackend<io::testing::RecorderBackend<Bus<4, 4>>>);
    STATIC_REQUIRE(io::IoCopyable<io::testing::FaultyBackend<Bus<2, 2>>>);
}

TEST_CASE("registers and members of a width that the bus has", "[backend]") {
    Chip chip;
    const auto bar = on<4>(chip);
    bar.write(Wide{}.with_low(3));
    bar.update<Wide>([](Wide w) { return w.with_start(true); });
    CHECK(bar.try_read<Wide>()->raw() == 0x8000'0003);
    CHECK(bar.read32(8) == 0x8000'0003);
    CHECK(chip.reads == std::vector<int>{8'004, 8'004, 8'004});
    CHECK(chip.writes == std::vector<int>{8'004, 8'004});
    const auto narrow = on<2>(chip);
    narrow.write(Half{}.with_start(true));
    CHECK(chip.bytes[7] == 0x80);
    const auto frame = bar.subview<Frame>(16);
    IO_WRITE(frame, head, 5u);
    CHECK(chip.bytes[16] == 5);
    CHECK(bar.subview<const std::uint32_t>(16).read() == 5);
    CHECK(BusView<4, 0, const std::uint32_t>{&chip, {16, {}}}.read() == 5);
    CHECK(*BusView<4, 0, const std::uint32_t>{&chip, {16, {}}}.try_read() == 5);
}

TEST_CASE("a bus that is only read: registers, words and locations of a region", "[backend]") {
    Chip chip;
    chip.bytes[6] = 5;
    chip.bytes[7] = 0x80;
    const auto check = [&](auto bar) {
        chip.reads.clear();
        CHECK(bar.template read<Half>().low() == 5u);
        CHECK(bar.template try_read<Half>()->start());
        CHECK(bar.read16(6) == 0x8005);
        CHECK(bar.try_read16(6) == 0x8005);
        CHECK(bar.template read<io::be<std::uint16_t>>(6).value() == 0x0580);
        CHECK(bar.template try_read<std::uint16_t>(6) == 0x8005);
        CHECK(bar.read(io::offset<std::uint16_t, 6>()) == 0x8005);
        CHECK(bar.try_read(io::offset<std::uint16_t, 6>()) == 0x8005);
        CHECK(chip.reads == std::vector<int>(8, 6'002));
    };
    check(BusView<2, 0, const io::Region<64, 8>>{&chip, {0, {64}}});
    check(BusView<2, 0, io::Region<64, 8>>{&chip, {0, {64}}});
    CHECK(chip.writes.empty());
}

TEST_CASE("copies of whole accesses of the bus's width, each byte once, ascending", "[backend]") {
    Chip chip;
    for (unsigned i = 0; i < 256; ++i)
        chip.bytes[i] = static_cast<unsigned char>(i);
    std::array<std::byte, 12> buffer{};
    on<4>(chip).bytes().subview(4, 12).copy_to(buffer);
    CHECK(chip.reads == ascending(4, 12, 4));
    CHECK(std::memcmp(buffer.data(), chip.bytes + 4, 12) == 0);
    on<4>(chip).bytes().subview(32, 12).copy_from(buffer);
    CHECK(chip.writes == ascending(32, 12, 4));
    CHECK(std::memcmp(buffer.data(), chip.bytes + 32, 12) == 0);
    chip.reads.clear();
    CHECK(on<2>(chip).bytes().subview(2, 12).try_copy_to(buffer));
    CHECK(chip.reads == ascending(2, 12, 2));
    chip.writes.clear();
    on<4>(chip).bytes().subview(32, 8).fill(std::byte{0x5a});
    CHECK(chip.writes == ascending(32, 8, 4));
    CHECK(chip.bytes[39] == 0x5a);
    // 64 bits, or 16 and 64: the widest that is aligned and fits
    chip.reads.clear();
    on<8>(chip).bytes().subview(8, 8).copy_to(std::span(buffer).first(8));
    on<10>(chip).bytes().subview(6, 12).copy_to(buffer);
    CHECK(chip.reads == std::vector<int>{8'008, 6'002, 8'008, 16'002});
    chip.reads.clear();
    on<5>(chip).bytes().subview(1, 9).copy_to(std::span(buffer).first(9));
    CHECK(chip.reads == std::vector<int>{1'001, 2'001, 3'001, 4'004, 8'001, 9'001});
    CHECK(std::memcmp(buffer.data(), chip.bytes + 1, 9) == 0);
}

TEST_CASE("every mask of widths, length and offset: each byte once, or refused", "[backend]") {
    const auto check = [](auto widths) {
        constexpr unsigned mask = decltype(widths)::value;
        constexpr std::size_t least = mask & (~mask + 1);
        for (std::size_t length = 0; length <= 40; ++length)
            for (std::size_t offset = 0; offset < 16; ++offset) {
                Chip chip;
                for (unsigned i = 0; i < 256; ++i)
                    chip.bytes[i] = static_cast<unsigned char>(i * 7 + 1);
                std::array<std::byte, 40> buffer{};
                const auto bytes = on<mask>(chip).bytes().subview(offset, length);
                const auto plain = std::span(buffer).first(length);
                const bool whole = length % least == 0;
                const auto done = bytes.try_copy_to(plain);
                INFO("widths " << mask << ", length " << length << ", offset " << offset);
                if (!whole || offset % least != 0) {
                    REQUIRE(done.error() == (whole ? Error::misaligned : Error::invalid_argument));
                    REQUIRE(bytes.try_copy_from(plain).error() == done.error());
                    REQUIRE(io::try_copy(bytes, bytes).error() == done.error());
                    REQUIRE((chip.reads.empty() && chip.writes.empty()));
                    continue;
                }
                REQUIRE(done);
                REQUIRE(std::memcmp(buffer.data(), chip.bytes + offset, length) == 0);
                std::size_t at = offset;
                for (const int access : chip.reads) {
                    REQUIRE(static_cast<std::size_t>(access / 1'000) == at);
                    const auto width = static_cast<std::size_t>(access % 1'000);
                    REQUIRE(((mask & width) != 0 && at % width == 0));
                    at += width;
                }
                REQUIRE(at == offset + length);
                Chip other;
                CHECK(io::try_copy(bytes, on<mask>(other).bytes().subview(offset, length)));
                REQUIRE(std::memcmp(other.bytes + offset, chip.bytes + offset, length) == 0);
                CHECK(other.writes == std::vector<int>(chip.reads.begin(),
                                                       chip.reads.begin() + chip.reads.size() / 2));
            }
    };
    check(std::integral_constant<unsigned, 2>{});
    check(std::integral_constant<unsigned, 4>{});
    check(std::integral_constant<unsigned, 8>{});
    check(std::integral_constant<unsigned, 6>{});
    check(std::integral_constant<unsigned, 12>{});
    check(std::integral_constant<unsigned, 10>{});
    check(std::integral_constant<unsigned, 9>{});
    check(std::integral_constant<unsigned, 5>{});
    check(std::integral_constant<unsigned, 13>{});
    check(std::integral_constant<unsigned, 15>{});
}

TEST_CASE("io::copy between buses of different widths", "[backend]") {
    for (std::size_t from = 0; from < 12; ++from)
        for (const std::size_t length : {0u, 4u, 60u, 64u, 120u}) {
            Chip narrow, wide;
            for (unsigned i = 0; i < 256; ++i)
                narrow.bytes[i] = static_cast<unsigned char>(i * 3 + 1);
            const auto source = BusView<1, 1, std::byte[]>{&narrow, {from, {length}}};
            const auto target = BusView<4, 4, std::byte[]>{&wide, {8, {length}}};
            io::copy(source, target);
            CHECK(wide.writes == ascending(8, length, 4));
            REQUIRE(std::memcmp(wide.bytes + 8, narrow.bytes + from, length) == 0);
            narrow.writes.clear();
            io::copy(target, source);
            CHECK(narrow.writes == ascending(from, length, 1));
        }
    // within one bus, downwards too
    Chip chip;
    for (unsigned i = 0; i < 256; ++i)
        chip.bytes[i] = static_cast<unsigned char>(i);
    const auto all = BusView<4, 4, std::byte[]>{&chip, {0, {256}}};
    io::copy(all.subview(0, 200), all.subview(12, 200));
    for (unsigned i = 0; i < 200; ++i)
        REQUIRE(chip.bytes[12 + i] == i);
}

TEST_CASE("objects by the bus's width: where their type does not align them, checked",
          "[backend]") {
    Chip chip;
    for (unsigned i = 0; i < 64; ++i)
        chip.bytes[i] = static_cast<unsigned char>(i);
    const auto bar = on<4>(chip);
    CHECK(bar.subview<Frame>(8).copy_read().head == 0x0b0a'0908);
    const auto pair = bar.subview<Pair>(8);
    CHECK(pair.copy_read().b == 0x0b0a);
    CHECK(chip.reads == std::vector<int>{8'004, 12'004, 8'004});
    chip.reads.clear();
    const auto askew = bar.subview<Pair>(2);
    CHECK(askew.try_copy_read().error() == Error::misaligned);
    CHECK(askew.try_copy_write({}).error() == Error::misaligned);
    CHECK((chip.reads.empty() && chip.writes.empty()));
    CHECK(bar.subview<io::le<std::uint64_t>>(8).copy_read() == 0x0f0e'0d0c'0b0a'0908);
}

TEST_CASE("a FIFO on a bus of one width", "[backend]") {
    Chip chip;
    const auto fifo = on<4>(chip).subview<std::uint32_t>(4);
    std::array<std::uint32_t, 3> words{1, 2, 3};
    fifo.write_fifo(words);
    CHECK(chip.writes == std::vector<int>{4'004, 4'004, 4'004});
    CHECK(fifo.try_read_fifo(words));
    CHECK(words == std::array<std::uint32_t, 3>{3, 3, 3});
    chip.gone = true;
    CHECK(fifo.try_read_fifo(words).error() == Error::no_device);
}

TEST_CASE("a bus of one width in a Recorder and a Faulty", "[backend]") {
    Chip chip;
    Recorder recorder{on<2>(chip)};
    const auto bar = recorder.view<io::Region<64>>();
    bar.write(Half{}.with_low(5));
    CHECK(bar.read<Half>().low() == 5);
    std::array<std::byte, 4> buffer{};
    bar.bytes().subview(6, 4).copy_to(buffer);
    chip.gone = true;
    CHECK(bar.try_read<Half>().error() == Error::no_device);
    CHECK(recorder.log() ==
          Log{{wr, 6, 2, 5}, {rd, 6, 2, 5}, {rd, 6, 2, 5}, {rd, 8, 2, 0}, {rd, 6, 2, 0xffff}});
    chip.gone = false;
    Faulty faulty{on<4>(chip)};
    faulty.fail_access(2);
    std::array<std::byte, 8> eight{};
    CHECK(faulty.view<io::Region<64>>().bytes().subview(0, 8).try_copy_to(eight).error() ==
          Error::io_error);
    CHECK(faulty.view<io::Region<64>>().try_read<Wide>().has_value());
}
