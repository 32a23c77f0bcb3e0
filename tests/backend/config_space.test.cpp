// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/config_space.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>
#include <ioview/testing/recorder.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <cstdint>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;
using io::pci::Extended;
using io::pci::Normal;

// The mechanism's side of an access.
struct Seen {
    ioview::testing::Op op;
    std::uint16_t offset;
    std::size_t width;
    friend constexpr bool operator==(const Seen&, const Seen&) = default;
};

// A function that holds little-endian bytes, of a size, and can fail from some access on.
struct Function {
    constexpr explicit Function(std::size_t bytes) noexcept : size_(bytes) {
        for (std::size_t i = 0; i < size_; ++i)
            bytes_[i] = static_cast<unsigned char>(i ^ (i >> 8) ^ 0x5a);
    }
    constexpr std::size_t size() const noexcept { return size_; }
    template <class W>
    constexpr io::Result<W> read(std::uint16_t offset) const noexcept {
        if (auto error = next({rd, offset, sizeof(W)}); error != Error{})
            return io::fail(error);
        W word = 0;
        for (std::size_t i = 0; i < sizeof(W); ++i)
            word = static_cast<W>(word | static_cast<W>(W{bytes_[offset + i]} << (8 * i)));
        return word;
    }
    template <class W>
    constexpr io::Result<> write(std::uint16_t offset, W word) const noexcept {
        if (auto error = next({wr, offset, sizeof(W)}); error != Error{})
            return io::fail(error);
        for (std::size_t i = 0; i < sizeof(W); ++i)
            bytes_[offset + i] = static_cast<unsigned char>((word >> (8 * i)) & 0xff);
        return {};
    }

    std::size_t size_;
    std::size_t fails_from = 99; // this access and all later ones fail
    Error failure = Error::io_error;
    mutable std::array<unsigned char, 4'096> bytes_{};
    mutable std::array<Seen, 16> seen{};
    mutable std::size_t count = 0;

private:
    constexpr Error next(Seen access) const noexcept {
        seen.at(count) = access;
        return count++ >= fails_from ? failure : Error{};
    }
};

struct Boundless {
    template <class W>
    io::Result<W> read(std::uint16_t) const noexcept {
        return W{1};
    }
    template <class W>
    io::Result<> write(std::uint16_t, W) const noexcept {
        return {};
    }
    std::size_t size() const noexcept { return 0x2'0000; }
};

struct Header {
    std::uint16_t vendor, device, command, status;
    std::uint8_t revision, interface, subclass, base_class;
    std::uint32_t pad;
    std::uint32_t bars[6];
};

template <class T>
io::ConfigSpace<Function, T> space(const Function& function) {
    return io::ConfigSpace<Function, T>::of(function).value();
}

} // namespace

TEST_CASE("configuration space: 8, 16 and 32 bits, little-endian", "[config_space]") {
    Function function{256};
    const auto cfg = space<Normal>(function);
    CHECK(cfg.size_bytes() == 256);
    CHECK(cfg.address() == 0);
    CHECK(cfg.read8(1) == function.bytes_[1]);
    CHECK(cfg.read16(2) == (function.bytes_[2] | function.bytes_[3] << 8));
    cfg.write32(4, 0x1122'3344);
    CHECK(function.bytes_[4] == 0x44);
    CHECK(cfg.read<io::le<std::uint32_t>>(4) == 0x1122'3344u);
    CHECK(cfg.read<io::be<std::uint32_t>>(4) == 0x4433'2211u);
    CHECK(cfg.try_read8(255).value() == function.bytes_[255]);
    CHECK(cfg.try_write16(254, 1).has_value());
    CHECK(function.count == 7);
    CHECK(function.seen[0] == Seen{rd, 1, 1});
    CHECK(function.seen[1] == Seen{rd, 2, 2});
    CHECK(function.seen[2] == Seen{wr, 4, 4});
    CHECK(function.seen[6] == Seen{wr, 254, 2});
    STATIC_REQUIRE_FALSE(io::IoCapable<io::ConfigSpaceBackend<Function>, std::uint64_t>);
}

TEST_CASE("23 a function with less than the target needs is refused", "[config_space]") {
    const Function small{256};
    const Function truncated{64};
    const Function empty{0};
    using ExtendedSpace = io::ConfigSpace<Function>;
    STATIC_REQUIRE(std::is_same_v<ExtendedSpace, io::ConfigSpace<Function, Extended>>);
    CHECK(ExtendedSpace::of(small).error() == Error::out_of_bounds);
    CHECK(ExtendedSpace::of(truncated).error() == Error::out_of_bounds);
    CHECK(io::ConfigSpace<Function, Normal>::of(truncated).error() == Error::out_of_bounds);
    CHECK(io::ConfigSpace<Function, Normal>::of(empty).error() == Error::out_of_bounds);
    CHECK(io::ConfigSpace<Function, Header>::of(empty).error() == Error::out_of_bounds);
    CHECK(io::ConfigSpace<Function, Header>::of(truncated).has_value());
    CHECK(io::ConfigSpace<Function, Normal>::of(small).has_value());
    // whatever there is of it
    CHECK(io::ConfigSpace<Function, io::Region<>>::of(truncated).value().size_bytes() == 64);
    CHECK(io::ConfigSpace<Function, io::Region<>>::of(empty).value().size_bytes() == 0);
    CHECK(small.count + truncated.count + empty.count == 0);
}

TEST_CASE("24 a normal view ends at 256, whatever the function has", "[config_space]") {
    const Function function{4'096};
    const auto cfg = space<Normal>(function);
    CHECK(cfg.size_bytes() == 256);
    for (int offset : {0x100, 0x101, 0x104, 0xffc, 0xfff, 0x1000, 0xffff, 0x1'0000, -1, -4}) {
        CAPTURE(offset);
        CHECK(cfg.try_read8(offset).error() == Error::out_of_bounds);
        CHECK(cfg.try_read32(offset).error() == Error::out_of_bounds);
        CHECK(cfg.try_write32(offset, 0).error() == Error::out_of_bounds);
        CHECK(cfg.try_subview<std::uint32_t>(offset).error() == Error::out_of_bounds);
    }
    CHECK(cfg.try_read16(0xff).error() == Error::out_of_bounds);
    CHECK(cfg.try_read32(0xfd).error() == Error::out_of_bounds);
    CHECK(cfg.try_subview<io::Region<>>(0xc0, 0x44).error() == Error::out_of_bounds);
    CHECK(function.count == 0);
    CHECK(cfg.try_read32(0xfc).has_value());
}

TEST_CASE("24 an extended view ends at 4096", "[config_space]") {
    const Function function{4'096};
    const auto cfg = space<Extended>(function);
    CHECK(cfg.size_bytes() == 4'096);
    CHECK(cfg.read32(0x100) == cfg.try_read32(0x100).value());
    CHECK(cfg.try_read32(0xffc).has_value());
    CHECK(cfg.read8(0xfff) == function.bytes_[0xfff]);
    const auto made = function.count;
    CHECK(cfg.try_read32(0x1000).error() == Error::out_of_bounds);
    CHECK(cfg.try_read32(0x1'0000).error() == Error::out_of_bounds); // 0 in 16 bits
    CHECK(cfg.try_read8(0x1'0000).error() == Error::out_of_bounds);
    CHECK(function.count == made);
}

TEST_CASE("24 a mechanism that claims more than there can be is cut", "[config_space]") {
    const Boundless function;
    const auto cfg = io::ConfigSpace<Boundless, io::Region<>>::of(function).value();
    CHECK(cfg.size_bytes() == 4'096);
    CHECK(cfg.try_read32(0x1'0000).error() == Error::out_of_bounds);
}

TEST_CASE("25 a misaligned offset does not reach the mechanism", "[config_space]") {
    const Function function{256};
    const auto cfg = space<Normal>(function);
    for (int offset : {1, 3, 5, 7}) {
        CHECK(cfg.try_read16(offset).error() == Error::misaligned);
        CHECK(cfg.try_read32(offset).error() == Error::misaligned);
        CHECK(cfg.try_write32(offset, 0).error() == Error::misaligned);
    }
    CHECK(function.count == 0);
}

TEST_CASE("a failed read is all ones, or its error", "[config_space]") {
    Function function{256};
    function.fails_from = 0;
    const auto cfg = space<Normal>(function);
    for (auto error : {Error::io_error, Error::no_device, Error::timed_out}) {
        function.failure = error;
        function.count = 0;
        CHECK(cfg.read8(0) == 0xff);
        CHECK(cfg.read16(0) == 0xffff);
        CHECK(cfg.read32(0) == 0xffff'ffff);
        CHECK(cfg.try_read8(0).error() == error);
        CHECK(cfg.try_read16(0).error() == error);
        CHECK(cfg.try_read32(0).error() == error);
        CHECK(cfg.read<io::be<std::uint16_t>>(0) == 0xffff);
        CHECK(cfg.subview<std::uint16_t>(2).read() == 0xffff);
        CHECK(cfg.subview<std::uint16_t>(2).try_read().error() == error);
        CHECK(function.count == 9); // each was tried once
    }
}

TEST_CASE("a failed write is dropped, or its error", "[config_space]") {
    Function function{256};
    function.fails_from = 0;
    const auto cfg = space<Normal>(function);
    const auto before = function.bytes_;
    cfg.write32(4, 1);
    CHECK(cfg.try_write32(4, 1).error() == Error::io_error);
    CHECK(cfg.subview<std::uint16_t>(2).try_write(7).error() == Error::io_error);
    CHECK(function.count == 3);
    CHECK(function.bytes_ == before);
}

TEST_CASE("an update writes nothing after a failed read", "[config_space]") {
    Function function{256};
    const auto cfg = space<Normal>(function);
    int calls = 0;
    const auto f = [&](auto v) {
        ++calls;
        return v;
    };
    function.fails_from = 0;
    CHECK(cfg.try_update<std::uint32_t>(4, f).error() == Error::io_error);
    cfg.subview<std::uint32_t>(4).update(f);
    CHECK(cfg.subview<std::uint32_t>(4).try_update(f).error() == Error::io_error);
    CHECK(calls == 0);
    CHECK(function.count == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(function.seen[i] == Seen{rd, 4, 4});

    // and says so when the write fails
    function.fails_from = 1;
    function.count = 0;
    CHECK(cfg.try_update<std::uint32_t>(4, f).error() == Error::io_error);
    CHECK(calls == 1);
    CHECK(function.count == 2);
    CHECK(function.seen[1] == Seen{wr, 4, 4});
}

TEST_CASE("a function that vanishes between two accesses", "[config_space]") {
    Function function{256};
    function.fails_from = 1;
    function.failure = Error::no_device;
    const auto header = space<Header>(function);
    CHECK(IO_READ(header, vendor) == (function.bytes_[0] | function.bytes_[1] << 8));
    CHECK(IO_READ(header, device) == 0xffff);
    CHECK(IO_PROJECT(header, device).try_read().error() == Error::no_device);
    CHECK(IO_READ(header, bars, try_at(5)).error() == Error::no_device);
    CHECK(IO_WRITE(header, bars, try_at(5), 0u).error() == Error::no_device);
    CHECK(IO_UPDATE(header, bars, try_at(5), [](auto v) { return v; }).error() == Error::no_device);
    CHECK(function.count == 6);
    CHECK(IO_READ(header, bars, try_at(6)).error() == Error::out_of_bounds);
    CHECK(function.count == 6); // nobody was asked
}

TEST_CASE("typed views of configuration space", "[config_space]") {
    Function function{256};
    const auto header = space<Header>(function);
    CHECK(header.size_bytes() == sizeof(Header));
    CHECK(IO_PROJECT(header, bars, at(2)).address() == 24);
    for (auto bar : IO_PROJECT(header, bars))
        bar.write(0xffff'fff0);
    CHECK(function.count == 6);
    CHECK(function.seen[5] == Seen{wr, 36, 4});
    const auto cfg = space<Normal>(function);
    CHECK(cfg.try_subview<std::uint8_t[]>(0x40, 0xc0).value().size() == 0xc0);
    CHECK(&header.function() == &function);
    CHECK(header == space<Header>(function));
    Function other{256};
    CHECK(header != space<Header>(other));
    CHECK(IO_PROJECT(header, bars, at(2)) != IO_PROJECT(header, bars, at(3)));
}

TEST_CASE("a slice of configuration space is all of it", "[config_space]") {
    const Function small{256};
    CHECK(space<std::uint32_t[]>(small).size() == 64);
    CHECK(space<const std::uint8_t[]>(small).size() == 256);
    CHECK(space<std::uint32_t[]>(small).at(63).read() == space<Normal>(small).read32(252));
    CHECK(space<std::uint32_t[]>(small).try_at(64).error() == Error::out_of_bounds);
    const Function large{4'096}, tiny{6};
    const Boundless endless;
    CHECK(space<std::uint32_t[]>(large).size() == 1'024);
    CHECK(space<std::uint32_t[]>(tiny).size() == 1);
    CHECK(io::ConfigSpace<Boundless, std::uint16_t[]>::of(endless)->size() == 2'048);
}

TEST_CASE("a recorder before configuration space keeps its errors", "[config_space]") {
    Function function{256};
    function.fails_from = 1;
    io::testing::Recorder recorder{space<Normal>(function)};
    const auto cfg = recorder.view<Normal>();
    const auto first = cfg.read16(0);
    CHECK(cfg.try_read16(2).error() == Error::io_error);
    CHECK(cfg.read32(4) == 0xffff'ffff);
    CHECK(cfg.try_write8(8, 1).error() == Error::io_error);
    CHECK(cfg.try_update<std::uint32_t>(8, [](auto v) { return v; }).error() == Error::io_error);
    CHECK(cfg.try_read8(256).error() == Error::out_of_bounds);
    CHECK(recorder.log() == Log{{rd, 0, 2, first},
                                {rd, 2, 2, 0xffff},
                                {rd, 4, 4, 0xffff'ffff},
                                {wr, 8, 1, 1},
                                {rd, 8, 4, 0xffff'ffff}});
}

namespace {

// A window on bytes elsewhere, which can vanish.
struct Window {
    unsigned char* bytes;
    bool gone = false;
    constexpr std::size_t size() const noexcept { return 256; }
    template <class W>
    constexpr io::Result<W> read(std::uint16_t offset) const noexcept {
        if (gone)
            return io::fail(Error::no_device);
        W word = 0;
        for (std::size_t i = 0; i < sizeof(W); ++i)
            word = static_cast<W>(word | static_cast<W>(W{bytes[offset + i]} << (8 * i)));
        return word;
    }
    template <class W>
    constexpr io::Result<> write(std::uint16_t offset, W word) const noexcept {
        if (gone)
            return io::fail(Error::no_device);
        for (std::size_t i = 0; i < sizeof(W); ++i)
            bytes[offset + i] = static_cast<unsigned char>((word >> (8 * i)) & 0xff);
        return {};
    }
};

} // namespace

TEST_CASE("configuration space works in the compiler", "[config_space]") {
    STATIC_REQUIRE([] {
        unsigned char bytes[256] = {};
        Window window{bytes};
        const auto cfg = io::ConfigSpace<Window, Normal>::of(window).value();
        cfg.write16(4, 0x0107);
        const bool good = cfg.read16(4) == 0x0107 && bytes[4] == 7 && !cfg.try_read32(0x100) &&
                          !cfg.try_read16(1);
        window.gone = true;
        return good && cfg.read32(0) == 0xffff'ffff &&
               cfg.try_read32(0).error() == Error::no_device && bytes[5] == 1;
    }());
}
