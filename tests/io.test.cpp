// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/mmio.hpp>
#include <ioview/endian.hpp>
#include <ioview/io.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <cstdint>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;

enum class Mode : std::uint16_t { off, slow = 0x0102 };

template <std::size_t Min = 0, std::size_t Align = 4>
using Region = io::Region<Min, Align>;

// Every error of a run-time access at `offset`, or Error{}; counts calls of the update's function.
template <class W, class View, class I>
void refuses(View view, I offset, Error error, const Log& log) {
    int calls = 0;
    const auto r = view.template try_read<W>(offset);
    const auto w = view.template try_write<W>(offset, W{1});
    const auto u = view.template try_update<W>(offset, [&](W word) {
        ++calls;
        return word;
    });
    CHECK(r.error() == error);
    CHECK(w.error() == error);
    CHECK(u.error() == error);
    CHECK(calls == 0);
    CHECK(log.empty());
}

template <class View>
void refuses_each(View view, std::size_t offset, Error error, const Log& log) {
    refuses<std::uint8_t>(view, offset, error, log);
    refuses<std::uint16_t>(view, offset, error, log);
    refuses<std::uint32_t>(view, offset, error, log);
    refuses<std::uint64_t>(view, offset, error, log);
}

struct Keep {
    template <class V>
    V operator()(V value) const;
};
template <class V>
concept Written = requires(V view) { view.write(1u); } || requires(V view) {
    view.try_write(1u);
} || requires(V view) { view.update(Keep{}); } || requires(V view) { view.try_update(Keep{}); };

} // namespace

TEMPLATE_TEST_CASE("offsets of a region: one access of the width asked for", "[io]", Little, Big) {
    Recorded<32, TestType::value> ram;
    const auto view = ram.template view<Region<32, 8>>();
    CHECK(view.size_bytes() == 32);
    CHECK(view.address() == 0);

    const auto b = view.read8(1);
    const auto h = view.read16(2);
    const auto w = view.read32(4);
    const auto q = view.read64(8);
    CHECK(b == ram.template word<std::uint8_t>(1));
    CHECK(h == ram.template word<std::uint16_t>(2));
    CHECK(w == ram.template word<std::uint32_t>(4));
    CHECK(q == ram.template word<std::uint64_t>(8));
    CHECK(ram.log() == Log{{rd, 1, 1, b}, {rd, 2, 2, h}, {rd, 4, 4, w}, {rd, 8, 8, q}});

    ram.recorder.clear();
    const auto around = ram[17];
    view.write8(16, 0x12);
    view.write16(18, 0x3456);
    view.write32(20, 0x789a'bcde);
    view.write64(24, 0x0123'4567'89ab'cdef);
    CHECK(ram.log() == Log{{wr, 16, 1, 0x12},
                           {wr, 18, 2, 0x3456},
                           {wr, 20, 4, 0x789a'bcde},
                           {wr, 24, 8, 0x0123'4567'89ab'cdef}});
    CHECK(ram.template word<std::uint32_t>(20) == 0x789a'bcde);
    CHECK(ram.template word<std::uint64_t>(24) == 0x0123'4567'89ab'cdef);
    CHECK(ram[17] == around);
}

TEST_CASE("the run-time forms make the same accesses", "[io]") {
    Recorded<32> ram;
    const auto view = ram.view<Region<>>();
    CHECK(view.try_read8(31).value() == ram.word<std::uint8_t>(31));
    CHECK(view.try_read16(30).value() == ram.word<std::uint16_t>(30));
    CHECK(view.try_read32(28).value() == ram.word<std::uint32_t>(28));
    CHECK(view.try_read64(24).value() == ram.word<std::uint64_t>(24));
    CHECK(ram.log().size() == 4);
    CHECK(ram.log()[3] == ioview::testing::Access{rd, 24, 8, ram.word<std::uint64_t>(24)});

    ram.recorder.clear();
    CHECK(view.try_write8(3, 1).has_value());
    CHECK(view.try_write16(4, 2).has_value());
    CHECK(view.try_write32(8, 3).has_value());
    CHECK(view.try_write64(16, 4).has_value());
    CHECK(ram.log() == Log{{wr, 3, 1, 1}, {wr, 4, 2, 2}, {wr, 8, 4, 3}, {wr, 16, 8, 4}});
}

TEMPLATE_TEST_CASE("any value one access wide can be asked for by its type", "[io]", Little, Big) {
    Recorded<32, TestType::value> ram;
    const auto view = ram.template view<Region<32>>();
    view.template write<std::int16_t>(0, std::int16_t{-2});
    view.template write<Mode>(2, Mode::slow);
    view.template write<io::le<std::uint32_t>>(4, 0x0102'0304u);
    view.template write<io::be<std::uint32_t>>(8, 0x0102'0304u);
    view.template write<io::be<Mode>>(12, Mode::slow);
    CHECK(view.template read<std::int16_t>(0) == -2);
    CHECK(view.template read<Mode>(2) == Mode::slow);
    CHECK(view.template read<io::le<std::uint32_t>>(4) == 0x0102'0304u);
    CHECK(view.template read<io::be<std::uint32_t>>(8) == 0x0102'0304u);
    CHECK(view.template try_read<io::be<Mode>>(12).value().value() == Mode::slow);
    // le and be have fixed bytes, whatever the order of the medium
    CHECK(ram[4] == 4);
    CHECK(ram[7] == 1);
    CHECK(ram[8] == 1);
    CHECK(ram[11] == 4);
    CHECK(ram[12] == 1);
    CHECK(ram[13] == 2);
    // plain integers have the medium's
    CHECK(ram[0] == (TestType::value == std::endian::little ? 0xfe : 0xff));
}

TEST_CASE("30 a big-endian register round trips through either memory", "[io]") {
    Recorded<4> little;
    Recorded<4, std::endian::big> big;
    const auto in_little = little.view<io::be<std::uint32_t>>();
    const auto in_big = big.view<io::be<std::uint32_t>>();
    in_little.write(0x1122'3344u);
    in_big.write(0x1122'3344u);
    for (std::size_t i = 0; i < 4; ++i) {
        CAPTURE(i);
        CHECK(little[i] == 0x11 * (i + 1));
        CHECK(big[i] == 0x11 * (i + 1));
    }
    CHECK(in_little.read() == 0x1122'3344u);
    CHECK(in_big.read().value() == 0x1122'3344u);
    in_little.update([](auto v) { return v + 1; });
    CHECK(little[3] == 0x45);
    // the log has the number in the medium's order
    CHECK(little.log()[0].value == 0x4433'2211);
    CHECK(big.log()[0].value == 0x1122'3344);
}

TEST_CASE("23 the last valid offset is accepted, the one after it is not", "[io]") {
    Recorded<24> ram;
    const auto view = ram.view<Region<>>();
    CHECK(view.try_read<std::uint8_t>(23).has_value());
    CHECK(view.try_read<std::uint16_t>(22).has_value());
    CHECK(view.try_read<std::uint32_t>(20).has_value());
    CHECK(view.try_read<std::uint64_t>(16).has_value());
    ram.recorder.clear();
    refuses<std::uint8_t>(view, 24, Error::out_of_bounds, ram.log());
    refuses<std::uint16_t>(view, 23, Error::out_of_bounds, ram.log());
    refuses<std::uint32_t>(view, 21, Error::out_of_bounds, ram.log());
    refuses<std::uint64_t>(view, 17, Error::out_of_bounds, ram.log());
    // the one that would be aligned
    refuses<std::uint16_t>(view, 24, Error::out_of_bounds, ram.log());
    refuses<std::uint32_t>(view, 24, Error::out_of_bounds, ram.log());
    refuses<std::uint64_t>(view, 24, Error::out_of_bounds, ram.log());
}

TEST_CASE("23 an offset whose end overflows is refused", "[io]") {
    Recorded<24> ram;
    const auto view = ram.view<Region<>>();
    constexpr auto most = std::numeric_limits<std::size_t>::max();
    for (std::size_t back = 0; back < 9; ++back) {
        CAPTURE(back);
        refuses_each(view, most - back, Error::out_of_bounds, ram.log());
    }
}

TEST_CASE("23 an offset of any integer type: negative or too wide is out of bounds", "[io]") {
    Recorded<24> ram;
    const auto view = ram.view<Region<>>();
    refuses<std::uint8_t>(view, -1, Error::out_of_bounds, ram.log());
    refuses<std::uint8_t>(view, std::int8_t{-1}, Error::out_of_bounds, ram.log());
    refuses<std::uint32_t>(view, std::int64_t{-4}, Error::out_of_bounds, ram.log());
    refuses<std::uint32_t>(
        view, std::numeric_limits<std::int64_t>::min(), Error::out_of_bounds, ram.log());
    refuses<std::uint32_t>(
        view, std::numeric_limits<std::uint64_t>::max(), Error::out_of_bounds, ram.log());
#ifndef __STRICT_ANSI__
    __extension__ using wide = __int128;
    refuses<std::uint32_t>(view, (wide{1} << 64) + 4, Error::out_of_bounds, ram.log());
    refuses<std::uint32_t>(view, wide{-4}, Error::out_of_bounds, ram.log());
#endif
    CHECK(view.try_read32(std::int8_t{4}).has_value());
    CHECK(view.try_read32(std::uint64_t{4}).has_value());
}

TEST_CASE("23 an empty region has no access", "[io]") {
    Recorded<8> ram;
    const auto view = ram.view<Region<>>().try_subview<Region<>>(8).value();
    CHECK(view.size_bytes() == 0);
    for (std::size_t offset : {0u, 1u, 4u, 8u})
        refuses_each(view, offset, Error::out_of_bounds, ram.log());
}

TEST_CASE("25 a misaligned offset is refused", "[io]") {
    Recorded<64> ram;
    const auto view = ram.view<Region<>>();
    for (std::size_t offset = 0; offset < 24; ++offset) {
        CAPTURE(offset);
        CHECK(view.try_read8(offset).has_value());
        ram.recorder.clear();
        if (offset % 2 != 0)
            refuses<std::uint16_t>(view, offset, Error::misaligned, ram.log());
        if (offset % 4 != 0)
            refuses<std::uint32_t>(view, offset, Error::misaligned, ram.log());
        if (offset % 8 != 0)
            refuses<std::uint64_t>(view, offset, Error::misaligned, ram.log());
    }
    // one cause at a time: past the end first
    refuses<std::uint32_t>(view, 61, Error::out_of_bounds, ram.log());
}

TEST_CASE("25 the base takes part: aligned to 4 only, 8 bytes asked for", "[io]") {
    Recorded<64> ram;
    const auto view = ram.view<Region<>>().try_subview<Region<>>(4).value();
    CHECK(view.address() == 4);
    refuses<std::uint64_t>(view, 0, Error::misaligned, ram.log());
    refuses<std::uint64_t>(view, 8, Error::misaligned, ram.log());
    CHECK(view.try_read64(4).has_value());
    CHECK(view.try_read32(0).has_value());
    CHECK(ram.log() ==
          Log{{rd, 8, 8, ram.word<std::uint64_t>(8)}, {rd, 4, 4, ram.word<std::uint32_t>(4)}});
}

TEST_CASE("25 a region of any alignment is checked at its real addresses", "[io]") {
    Recorded<64> ram;
    const auto odd = ram.view<Region<>>().try_subview<Region<0, 1>>(1, 32).value();
    refuses<std::uint16_t>(odd, 0, Error::misaligned, ram.log());
    refuses<std::uint32_t>(odd, 4, Error::misaligned, ram.log());
    CHECK(odd.try_read16(1).value() == ram.word<std::uint16_t>(2));
    CHECK(odd.try_read32(3).value() == ram.word<std::uint32_t>(4));
    CHECK(odd.try_read8(0).value() == ram[1]);
}

TEST_CASE("update is one read, one call, one write", "[io]") {
    Recorded<16> ram;
    const auto view = ram.view<Region<16>>();
    view.write32(4, 0x10);
    view.write16(8, 0xffff);
    ram.recorder.clear();
    int calls = 0;
    const auto done = view.try_update<std::uint32_t>(4, [&](std::uint32_t v) {
        ++calls;
        CHECK(ram.log().size() == 1); // the read is over, the write is not
        return v | 1;
    });
    CHECK(done.has_value());
    CHECK(calls == 1);
    CHECK(ram.log() == Log{{rd, 4, 4, 0x10}, {wr, 4, 4, 0x11}});

    ram.recorder.clear();
    CHECK(view.try_update<std::uint16_t>(8, [](auto v) { return v + 1; }).has_value());
    CHECK(ram.log() == Log{{rd, 8, 2, 0xffff}, {wr, 8, 2, 0}});

    // the value that was there is written too: the device may care
    ram.recorder.clear();
    CHECK(view.try_update<std::uint16_t>(8, [](auto v) { return v; }).has_value());
    CHECK(ram.log() == Log{{rd, 8, 2, 0}, {wr, 8, 2, 0}});
}

TEMPLATE_TEST_CASE("scalars: read, write and update in one access each",
                   "[io]",
                   std::uint8_t,
                   std::uint16_t,
                   std::uint32_t,
                   std::uint64_t,
                   std::int8_t,
                   std::int64_t,
                   Mode,
                   io::le<std::uint16_t>,
                   io::be<std::uint16_t>,
                   io::be<Mode>,
                   io::le<std::int64_t>) {
    Recorded<sizeof(TestType)> ram;
    const auto view = ram.template view<TestType>();
    CHECK(view.size_bytes() == sizeof(TestType));
    const TestType first = view.read();
    const auto again = view.try_read();
    STATIC_REQUIRE(std::is_same_v<decltype(again), const io::Result<TestType>>);
    CHECK(again.value() == first);
    view.write(TestType{});
    CHECK(view.try_write(first).has_value());
    const auto width = static_cast<std::uint8_t>(sizeof(TestType));
    const std::uint64_t stored = ram.log().at(0).value;
    CHECK(ram.log() == Log{{rd, 0, width, stored},
                           {rd, 0, width, stored},
                           {wr, 0, width, 0},
                           {wr, 0, width, stored}});

    ram.recorder.clear();
    int calls = 0;
    view.update([&](TestType v) {
        ++calls;
        CHECK(v == first);
        return TestType{};
    });
    CHECK(view.try_update([&](TestType v) {
                  ++calls;
                  return v;
              })
              .has_value());
    CHECK(calls == 2);
    CHECK(ram.log() ==
          Log{{rd, 0, width, stored}, {wr, 0, width, 0}, {rd, 0, width, 0}, {wr, 0, width, 0}});
}

TEST_CASE("a scalar that is const is read and never written", "[io]") {
    Recorded<4> ram;
    const auto view = ram.view<const std::uint32_t>();
    const std::uint32_t value = view.read();
    CHECK(value == ram.word<std::uint32_t>(0));
    CHECK(view.try_read().value() == value);
    STATIC_REQUIRE_FALSE(Written<decltype(view)>);
    STATIC_REQUIRE(Written<decltype(ram.view<std::uint32_t>())>);
    CHECK(ram.log().size() == 2);
}

TEST_CASE("every access method is constexpr and noexcept", "[io]") {
    STATIC_REQUIRE([] {
        io::testing::Memory<32> memory;
        const auto view = memory.view<Region<32, 8>>();
        view.write32(0, 7);
        view.write<io::be<std::uint16_t>>(4, 0x0102);
        const bool written = view.read32(0) == 7 && memory[4] == 1 && memory[5] == 2;
        const bool bad = view.try_read32(30).error() == Error::out_of_bounds &&
                         view.try_read32(2).error() == Error::misaligned &&
                         view.try_write64(-8, 1).error() == Error::out_of_bounds;
        const bool updated =
            view.try_update<std::uint32_t>(0, [](auto v) { return v + 1; }).has_value();
        return written && bad && updated && view.read32(0) == 8;
    }());
    using View = decltype(Recorded<32>{}.view<Region<32, 8>>());
    using Scalar = decltype(Recorded<32>{}.view<std::uint32_t>());
    STATIC_REQUIRE(noexcept(std::declval<View>().read32(0)));
    STATIC_REQUIRE(noexcept(std::declval<View>().write32(0, 1)));
    STATIC_REQUIRE(noexcept(std::declval<View>().try_read32(0)));
    STATIC_REQUIRE(noexcept(std::declval<View>().try_write32(0, 1)));
    STATIC_REQUIRE(noexcept(std::declval<View>().size_bytes()));
    STATIC_REQUIRE(noexcept(std::declval<Scalar>().read()));
    STATIC_REQUIRE(noexcept(std::declval<Scalar>().write(1)));
    STATIC_REQUIRE(noexcept(std::declval<Scalar>().update([](auto v) { return v; })));
}

namespace {

// A window into a device, with a size of its own and a read of its own: neither counts.
class Window : public io::Io<Window, io::testing::MemoryBackend<std::endian::little>, Region<8>> {
public:
    using View = io::testing::MemoryView<std::endian::little, Region<8>>;
    explicit Window(View view) : view_(view) {}
    Window(const Window&) = delete;
    View as_view() const noexcept { return view_; }
    std::size_t size_bytes() const noexcept { return 4'096; }

private:
    View view_;
};

template <class V>
io::Result<std::uint32_t> far_word(const V& io) {
    return io.try_read32(8);
}

} // namespace

TEST_CASE("a derived class cannot loosen the checks", "[io]") {
    io::testing::Memory<8> memory;
    const Window window{memory.view<Region<8>>()};
    CHECK(window.size_bytes() == 4'096);
    CHECK(far_word(window).error() == Error::out_of_bounds);
    CHECK(window.try_subview<std::uint64_t>(8).error() == Error::out_of_bounds);
    CHECK(window.try_read32(4).has_value());
    CHECK(window.read32(4) == window.as_view().read32(4));
}
