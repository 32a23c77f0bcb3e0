// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bulk copies that are the backend's own: which call makes how many transfers, in which order, and
// what of their errors.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace io = ioview;

namespace {

using io::Error;
using io::testing::burst_entry;

// A chip behind a serial bus, with a log of its transfers.
struct Chip {
    unsigned char bytes[256] = {};
    io::testing::Log log{};
    bool gone = false;
};
enum class Burst : std::uint8_t { none, plain, tries, both, only };
template <Burst, bool, class>
class SpiView;

template <Burst, bool Fails>
struct Words {};
template <Burst How>
    requires(How != Burst::only)
struct Words<How, false> {
    template <std::same_as<std::uint8_t> W>
    static W io_read(SpiView<How, false, W> view) noexcept {
        return view.byte(io::testing::read);
    }
    template <std::same_as<std::uint8_t> W>
    static void io_write(SpiView<How, false, W> view, W word) noexcept {
        view.byte(io::testing::write) = word;
    }
};
template <Burst How>
    requires(How != Burst::only)
struct Words<How, true> {
    template <std::same_as<std::uint8_t> W>
    static io::Result<W> try_io_read(SpiView<How, true, W> view) noexcept {
        if (view.chip->gone)
            return io::fail(Error::no_device);
        return view.byte(io::testing::read);
    }
    template <std::same_as<std::uint8_t> W>
    static io::Result<> try_io_write(SpiView<How, true, W> view, W word) noexcept {
        if (view.chip->gone)
            return io::fail(Error::no_device);
        view.byte(io::testing::write) = word;
        return {};
    }
    template <std::same_as<std::uint8_t> W>
    static W io_read(SpiView<How, true, W> view) noexcept {
        return try_io_read<W>(view).value_or(W{0xff});
    }
    template <std::same_as<std::uint8_t> W>
    static void io_write(SpiView<How, true, W> view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }
};
template <Burst How, bool Fails>
struct Plain {};
template <Burst How, bool Fails>
    requires(How == Burst::plain || How == Burst::both || How == Burst::only)
struct Plain<How, Fails> {
    static void copy_from_io(SpiView<How, Fails, std::byte[]> view, std::byte* to) noexcept {
        std::memcpy(to, view.burst(io::testing::read), view.size());
    }
    static void copy_to_io(SpiView<How, Fails, std::byte[]> view, const std::byte* from) noexcept {
        std::memcpy(view.burst(io::testing::write), from, view.size());
    }
};
template <Burst How, bool Fails>
struct Tries {};
template <Burst How, bool Fails>
    requires(How == Burst::tries || How == Burst::both)
struct Tries<How, Fails> {
    static io::Result<> try_copy_from_io(const SpiView<How, Fails, std::byte[]>& view,
                                         std::byte* to) noexcept {
        if (view.chip->gone)
            return io::fail(Error::no_device);
        std::memcpy(to, view.burst(io::testing::read), view.size());
        return {};
    }
    static io::Result<> try_copy_to_io(const SpiView<How, Fails, std::byte[]>& view,
                                       const std::byte* from) noexcept {
        if (view.chip->gone)
            return io::fail(Error::no_device);
        std::memcpy(view.burst(io::testing::write), from, view.size());
        return {};
    }
};

template <Burst How, bool Fails>
struct Spi : Words<How, Fails>, Plain<How, Fails>, Tries<How, Fails> {
    template <class T>
    using View = SpiView<How, Fails, T>;
    template <class T>
    static io::IoPtr<T> as_ptr(View<T> view) noexcept {
        return view.ptr;
    }
    template <class T, class U>
    static View<U> project_view(View<T> view, io::IoPtr<U> ptr) noexcept {
        return {view.chip, ptr};
    }
};
template <Burst How, bool Fails, class T>
class SpiView : public io::Io<SpiView<How, Fails, T>, Spi<How, Fails>, T> {
public:
    SpiView(Chip* c, io::IoPtr<T> p) noexcept : chip(c), ptr(p) {}
    SpiView as_view() const noexcept { return *this; }
    unsigned char& byte(io::testing::Op op) const {
        unsigned char& place = chip->bytes[ptr.address];
        chip->log.push_back({op, ptr.address, 1, 0});
        return place;
    }
    unsigned char* burst(io::testing::Op op) const {
        chip->log.push_back(burst_entry(op, ptr.address, ptr.size_bytes()));
        return chip->bytes + ptr.address;
    }
    Chip* chip;
    io::IoPtr<T> ptr;
};
template <Burst How, bool Fails = false>
SpiView<How, Fails, io::Region<256>> on(Chip& chip) {
    return {&chip, {0, {256}}};
}

struct Frame {
    std::uint32_t head;
    std::uint16_t tail[2];
};

} // namespace

template <>
inline constexpr bool io::enable_plain_data<Frame> = true;

TEST_CASE("a burst is one transfer of every copy that names no width", "[bulk_copy]") {
    Chip chip;
    for (unsigned i = 0; i < 256; ++i)
        chip.bytes[i] = static_cast<unsigned char>(i);
    const auto bytes = on<Burst::plain>(chip).bytes();
    std::array<std::byte, 64> buffer{};
    bytes.subview(3, 64).copy_to(buffer);
    CHECK(std::memcmp(buffer.data(), chip.bytes + 3, 64) == 0);
    bytes.subview(100, 64).copy_from(buffer);
    CHECK(chip.bytes[100] == 3);
    CHECK(bytes.subview(5, 64).try_copy_to(buffer));
    CHECK(bytes.subview(6, 64).try_copy_from(buffer));
    CHECK(chip.log == io::testing::Log{burst_entry(rd, 3, 64),
                                       burst_entry(wr, 100, 64),
                                       burst_entry(rd, 5, 64),
                                       burst_entry(wr, 6, 64)});
    chip.log.clear();
    // whole objects
    const auto frame = on<Burst::plain>(chip).subview<Frame>(16);
    frame.copy_write(frame.copy_read());
    CHECK(frame.try_copy_write(*frame.try_copy_read()));
    CHECK(chip.log == io::testing::Log{burst_entry(rd, 16, 8),
                                       burst_entry(wr, 16, 8),
                                       burst_entry(rd, 16, 8),
                                       burst_entry(wr, 16, 8)});
    chip.log.clear();
    // a named width is what it says; nothing is no transfer
    bytes.subview(0, 2).copy_to<std::uint8_t>(std::span(buffer).first(2));
    bytes.subview(0, 0).copy_to(std::span(buffer).first(0));
    bytes.subview(0, 0).copy_from(std::span(buffer).first(0));
    bytes.subview(0, 0).fill(std::byte{});
    CHECK(chip.log == io::testing::Log{{rd, 0, 1, 0}, {rd, 1, 1, 0}});
    chip.log.clear();
    bytes.subview(7, 100).fill(std::byte{0x5a});
    CHECK(chip.log == io::testing::Log{burst_entry(wr, 7, 64), burst_entry(wr, 71, 36)});
    CHECK((chip.bytes[7] == 0x5a && chip.bytes[106] == 0x5a && chip.bytes[107] != 0x5a));
}

TEST_CASE("io::copy in bursts of its buffer, from the end where it must", "[bulk_copy]") {
    Chip chip;
    for (unsigned i = 0; i < 256; ++i)
        chip.bytes[i] = static_cast<unsigned char>(i);
    const auto bytes = on<Burst::plain>(chip).bytes();
    io::copy(bytes.subview(0, 128), bytes.subview(16, 128));
    CHECK(chip.log == io::testing::Log{burst_entry(rd, 64, 64),
                                       burst_entry(wr, 80, 64),
                                       burst_entry(rd, 0, 64),
                                       burst_entry(wr, 16, 64)});
    for (unsigned i = 0; i < 128; ++i)
        REQUIRE(chip.bytes[16 + i] == i);
    io::testing::Memory<64> memory;
    io::copy(bytes.subview(0, 64), memory.view<std::byte[64]>());
    CHECK(memory[20] == 4);
}

TEST_CASE("what the try_ copies report is the burst's, or the words'", "[bulk_copy]") {
    Chip chip;
    std::array<std::byte, 4> buffer{};
    // the hook can tell
    const auto tries = on<Burst::tries, true>(chip).bytes().subview(8, 4);
    CHECK(tries.try_copy_to(buffer));
    CHECK(tries.try_copy_from(buffer));
    tries.copy_to(buffer);
    tries.copy_from(buffer);
    CHECK(chip.log == io::testing::Log{burst_entry(rd, 8, 4),
                                       burst_entry(wr, 8, 4),
                                       burst_entry(rd, 8, 4),
                                       burst_entry(wr, 8, 4)});
    // it cannot, and the words can
    chip.log.clear();
    const auto plain = on<Burst::plain, true>(chip).bytes().subview(8, 2);
    const auto two = std::span(buffer).first(2);
    CHECK(plain.try_copy_to(two));
    CHECK(plain.try_copy_from(two));
    plain.copy_to(two);
    CHECK(chip.log ==
          io::testing::Log{
              {rd, 8, 1, 0}, {rd, 9, 1, 0}, {wr, 8, 1, 0}, {wr, 9, 1, 0}, burst_entry(rd, 8, 2)});
    // both, so that the plain form need not know of errors
    chip.log.clear();
    const auto both = on<Burst::both, true>(chip).bytes().subview(8, 4);
    chip.gone = true;
    CHECK(both.try_copy_to(buffer).error() == Error::no_device);
    CHECK(both.try_copy_from(buffer).error() == Error::no_device);
    CHECK(io::try_copy(both, both).error() == Error::no_device);
    CHECK(plain.try_copy_to(two).error() == Error::no_device);
    CHECK(chip.log.empty());
    // a plain copy of a medium that is gone reads all ones
    tries.copy_to(buffer);
    CHECK(buffer == std::array{std::byte{0xff}, std::byte{0xff}, std::byte{0xff}, std::byte{0xff}});
    tries.copy_from(buffer);
    CHECK(chip.log.empty());
}

TEST_CASE("a medium of bursts alone", "[bulk_copy]") {
    STATIC_REQUIRE(io::IoBackend<Spi<Burst::only, false>>);
    STATIC_REQUIRE(io::IoCopyable<Spi<Burst::only, false>>);
    STATIC_REQUIRE_FALSE(io::IoCapable<Spi<Burst::only, false>, std::uint8_t>);
    Chip chip;
    const auto frame = on<Burst::only>(chip).subview<Frame>(16);
    frame.copy_write({1, {2, 3}});
    CHECK(frame.copy_read().tail[1] == 3);
    std::array<std::uint8_t, 3> odd{};
    on<Burst::only>(chip).bytes().subview(1, 3).copy_to(odd);
    CHECK(chip.log ==
          io::testing::Log{burst_entry(wr, 16, 8), burst_entry(rd, 16, 8), burst_entry(rd, 1, 3)});
}

TEST_CASE("bursts in a Recorder and a Faulty", "[bulk_copy]") {
    Chip chip;
    io::testing::Recorder recorder{on<Burst::both, true>(chip)};
    std::array<std::byte, 6> buffer{};
    const auto bytes = recorder.view<std::byte[]>();
    bytes.subview(2, 6).copy_to(buffer);
    bytes.at(1).write(std::byte{7});
    CHECK(bytes.subview(2, 6).try_copy_from(buffer));
    const io::testing::Log expected{burst_entry(rd, 2, 6), {wr, 1, 1, 7}, burst_entry(wr, 2, 6)};
    CHECK(recorder.log() == expected);
    CHECK(to_string(expected[0]) == "read 6 bytes at 0x2");
    CHECK(to_string(expected[2]) == "write 6 bytes at 0x2");
    CHECK(recorder.log().size() == chip.log.size());

    io::testing::Faulty faulty{on<Burst::plain>(chip)};
    const auto fails = faulty.view<std::byte[]>().subview(0, 6);
    faulty.stick<std::uint8_t>(2, 0xff, 0x42);
    faulty.fail_access(2);
    CHECK(fails.try_copy_to(buffer));
    CHECK(buffer[2] == std::byte{0x42});
    CHECK(fails.try_copy_to(buffer).error() == Error::io_error);
    CHECK(fails.try_copy_from(buffer));
    CHECK(faulty.accesses() == 3);
    faulty.unplug();
    fails.copy_to(buffer);
    CHECK(buffer[5] == std::byte{0xff});
    CHECK(fails.try_copy_from(buffer)); // lost, and nothing tells
    faulty.when_gone(Error::no_device);
    CHECK(fails.try_copy_from(buffer).error() == Error::no_device);
    Chip newer;
    newer.bytes[1] = 9;
    faulty.plug_in();
    faulty.tear_after(0, on<Burst::plain>(newer));
    fails.copy_to(buffer);
    CHECK(buffer[1] == std::byte{9});
}
