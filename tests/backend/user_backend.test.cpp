// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Backends of a user: what the library asks of one, and what it gives for it.
#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/project.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <bit>
#include <concepts>
#include <cstdint>

namespace io = ioview;

namespace {

using io::Error;

// A chip behind a serial bus: a command frame and an answer for each 8- or 16-bit word, high byte
// first. The bus can lose its chip.
struct Bus {
    constexpr std::uint16_t
    transfer(bool writes, std::uint16_t address, std::uint16_t word, int bytes) {
        ++frames;
        for (int i = 0; i < bytes; ++i) {
            const auto place = static_cast<std::size_t>(address + i);
            const int shift = 8 * (bytes - 1 - i);
            if (writes)
                registers[place] = static_cast<unsigned char>((word >> shift) & 0xff);
            else
                word = static_cast<std::uint16_t>(word << 8 | registers[place]);
        }
        return word;
    }
    unsigned char registers[64] = {};
    int frames = 0;
    bool gone = false;
};

template <class T>
class SpiView;

struct SpiBackend {
    template <class T>
    using View = SpiView<T>;
    static constexpr std::endian order = std::endian::big;

    template <class T>
    static constexpr io::IoPtr<T> as_ptr(SpiView<T> view) noexcept;
    template <class T, class U>
    static constexpr SpiView<U> project_view(SpiView<T> view, io::IoPtr<U> ptr) noexcept;
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 2)
    static constexpr W io_read(SpiView<W> view) noexcept;
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 2)
    static constexpr void io_write(SpiView<W> view, W word) noexcept;
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 2)
    static constexpr io::Result<W> try_io_read(SpiView<W> view) noexcept;
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 2)
    static constexpr io::Result<> try_io_write(SpiView<W> view, W word) noexcept;
};

template <class T>
class SpiView : public io::Io<SpiView<T>, SpiBackend, T> {
public:
    constexpr SpiView(Bus& bus, io::IoPtr<T> ptr) noexcept : bus_(&bus), ptr_(ptr) {}
    constexpr SpiView as_view() const noexcept { return *this; }

private:
    friend SpiBackend;
    Bus* bus_;
    io::IoPtr<T> ptr_;
};

template <class T>
constexpr io::IoPtr<T> SpiBackend::as_ptr(SpiView<T> view) noexcept {
    return view.ptr_;
}
template <class T, class U>
constexpr SpiView<U> SpiBackend::project_view(SpiView<T> view, io::IoPtr<U> ptr) noexcept {
    return {*view.bus_, ptr};
}
template <class W>
    requires(std::unsigned_integral<W> && sizeof(W) <= 2)
constexpr io::Result<W> SpiBackend::try_io_read(SpiView<W> view) noexcept {
    if (view.bus_->gone)
        return io::fail(Error::no_device);
    return static_cast<W>(view.bus_->transfer(
        false, static_cast<std::uint16_t>(view.ptr_.address), 0, static_cast<int>(sizeof(W))));
}
template <class W>
    requires(std::unsigned_integral<W> && sizeof(W) <= 2)
constexpr io::Result<> SpiBackend::try_io_write(SpiView<W> view, W word) noexcept {
    if (view.bus_->gone)
        return io::fail(Error::no_device);
    view.bus_->transfer(
        true, static_cast<std::uint16_t>(view.ptr_.address), word, static_cast<int>(sizeof(W)));
    return {};
}
template <class W>
    requires(std::unsigned_integral<W> && sizeof(W) <= 2)
constexpr W SpiBackend::io_read(SpiView<W> view) noexcept {
    return try_io_read<W>(view).value_or(static_cast<W>(~W{0}));
}
template <class W>
    requires(std::unsigned_integral<W> && sizeof(W) <= 2)
constexpr void SpiBackend::io_write(SpiView<W> view, W word) noexcept {
    static_cast<void>(try_io_write<W>(view, word));
}

enum class Rate : std::uint8_t { slow, fast = 2 };
struct Chip {
    std::uint8_t id;
    Rate rate;
    std::uint16_t level;
    io::le<std::uint16_t> backwards;
    std::uint16_t samples[4];
    struct {
        std::uint8_t on, gain;
    } channels[3];
};
static_assert(sizeof(Chip) == 20);

constexpr SpiView<Chip> chip_on(Bus& bus) {
    return {bus, {0x10, {}}};
}
constexpr SpiView<io::Region<16>> region_on(Bus& bus) {
    return {bus, {0x10, {24}}};
}

static_assert(io::IoBackend<SpiBackend>);
static_assert(io::IoBase<SpiView<Chip>> && io::IoOf<SpiView<Chip>, Chip>);
static_assert(io::IoCapable<SpiBackend, std::uint16_t> && io::IoCapable<SpiBackend, Rate>);
static_assert(!io::IoCapable<SpiBackend, std::uint32_t>);
static_assert(io::IoCopyable<SpiBackend>);

} // namespace

TEST_CASE("a user's backend has every method of an object", "[user_backend]") {
    Bus bus;
    const auto chip = chip_on(bus);
    CHECK(chip.size_bytes() == sizeof(Chip));
    CHECK(chip.address() == 0x10);
    IO_WRITE(chip, level, std::uint16_t{0x1234});
    CHECK(bus.registers[0x12] == 0x12); // the chip's high byte comes first
    CHECK(IO_READ(chip, level) == 0x1234);
    CHECK(bus.frames == 2);
    IO_UPDATE(chip, level, [](auto v) { return v + 1; });
    CHECK(bus.frames == 4);
    IO_WRITE(chip, backwards, 0x1234);
    CHECK(bus.registers[0x14] == 0x34);
    CHECK(IO_READ(chip, backwards) == 0x1234);
    IO_WRITE(chip, rate, Rate::fast);
    CHECK(IO_READ(chip, rate) == Rate::fast);
    CHECK(bus.registers[0x11] == 2);
    IO_WRITE(chip, channels, at(2), gain, std::uint8_t{7});
    CHECK(bus.registers[0x10 + 14 + 5] == 7);
    CHECK(io::project(chip, &Chip::samples, io::static_at<3>()).address() == 0x10 + 12);
    const int frames = bus.frames;
    CHECK(IO_READ(chip, samples, try_at(4)).error() == Error::out_of_bounds);
    CHECK(IO_WRITE(chip, samples, try_at(-1), std::uint16_t{0}).error() == Error::out_of_bounds);
    CHECK(bus.frames == frames);
}

TEST_CASE("a user's backend has every method of arrays and slices", "[user_backend]") {
    Bus bus;
    const auto samples = IO_PROJECT(chip_on(bus), samples);
    std::uint16_t n = 1;
    for (auto sample : samples)
        sample.write(n++);
    CHECK(bus.frames == 4);
    CHECK(bus.registers[0x10 + 13] == 4);
    CHECK(samples.subview(1, 2).at(1).read() == 3);
    CHECK(samples.static_at<0>().read() == 1);
    CHECK(samples.try_subview(3, 2).error() == Error::out_of_bounds);
    CHECK(samples.end() - samples.begin() == 4);
    CHECK(samples.cast<std::uint8_t[8]>().at(7).read() == 4);
    CHECK(IO_PROJECT(samples, from(2)).size() == 2);
}

TEST_CASE("23 a user's backend has the bounds of regions", "[user_backend]") {
    Bus bus;
    const auto region = region_on(bus);
    region.write16(2, 0x0102);
    CHECK(region.read8(2) == 1);
    CHECK(region.read<io::le<std::uint16_t>>(2) == 0x0201);
    CHECK(region.try_read16(22).has_value());
    CHECK(region.try_update<std::uint8_t>(3, [](auto v) { return v | 0x80; }).has_value());
    CHECK(bus.registers[0x13] == 0x82);
    const int frames = bus.frames;
    CHECK(region.try_read16(23).error() == Error::out_of_bounds);
    CHECK(region.try_read16(24).error() == Error::out_of_bounds);
    CHECK(region.try_read16(1).error() == Error::misaligned);
    CHECK(region.try_subview<std::uint16_t[]>(4, 11).error() == Error::out_of_bounds);
    CHECK(bus.frames == frames);
    CHECK(region.subview<std::uint16_t>(14).address() == 0x1e);
    CHECK(region.try_cast<std::uint16_t[12]>().has_value());
    CHECK(region.try_cast<std::uint16_t[13]>().error() == Error::out_of_bounds);
}

TEST_CASE("a medium that fails says so through every try_ form", "[user_backend]") {
    Bus bus;
    bus.gone = true;
    const auto chip = chip_on(bus);
    int calls = 0;
    const auto f = [&](auto v) {
        ++calls;
        return v;
    };
    CHECK(IO_READ(chip, level) == 0xffff);
    IO_WRITE(chip, level, std::uint16_t{1});
    IO_UPDATE(chip, level, f);
    CHECK(IO_READ(chip, samples, try_at(0)).error() == Error::no_device);
    CHECK(IO_WRITE(chip, samples, try_at(0), std::uint16_t{1}).error() == Error::no_device);
    CHECK(IO_UPDATE(chip, samples, try_at(0), f).error() == Error::no_device);
    CHECK(region_on(bus).try_update<std::uint16_t>(0, f).error() == Error::no_device);
    CHECK(calls == 0);
    CHECK(bus.frames == 0);
}

TEST_CASE("a user's backend can be recorded, and run in the compiler", "[user_backend]") {
    Bus bus;
    io::testing::Recorder recorder{chip_on(bus)};
    IO_WRITE(recorder.view<Chip>(), level, std::uint16_t{0x1234});
    bus.gone = true;
    CHECK(IO_READ(recorder.view<Chip>(), samples, try_at(1)).error() == Error::no_device);
    CHECK(recorder.log() == Log{{wr, 2, 2, 0x1234}, {rd, 8, 2, 0xffff}});
    STATIC_REQUIRE([] {
        Bus constant;
        IO_WRITE(chip_on(constant), level, std::uint16_t{0x1234});
        return constant.registers[0x12] == 0x12 && IO_READ(chip_on(constant), level) == 0x1234;
    }());
}
