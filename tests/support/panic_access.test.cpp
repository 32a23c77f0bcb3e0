// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the asserted forms do when they are wrong: they panic with a text, and nothing else.
//
// The hook is a macro, so this file looks at a copy of the library of its own, under another name.
#include "support/panic_hook.hpp"

#include <ioview/backend/mmio.hpp>
#include <ioview/backend/port_io.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

namespace io = ioview;

namespace {

struct Entry {
    std::uint32_t address, flags;
};
struct Ring {
    std::uint32_t head, tail;
    Entry entries[4];
    std::uint32_t grid[2][3];
};

struct [[gnu::packed, gnu::aligned(4)]] Packed {
    std::uint8_t tag;
    std::uint32_t value;
    std::uint8_t end;
};

struct Member : io::Register<Member, std::uint32_t> {
    IO_FIELDS(bits(31, 0, value));
};
template <class V>
struct Slot {
    using Register = V;
    using Block = void;
    static constexpr std::size_t end = 0x20;
    std::size_t at;
    constexpr std::size_t offset() const noexcept { return at; }
};
// A bus of 32-bit accesses alone, which counts them.
template <class T>
class WordView;
struct WordBus {
    template <class T>
    using View = WordView<T>;
    template <class T>
    static io::IoPtr<T> as_ptr(WordView<T> view) noexcept {
        return view.ptr;
    }
    template <class T, class U>
    static WordView<U> project_view(WordView<T> view, io::IoPtr<U> ptr) noexcept {
        return {view.accesses, ptr};
    }
    template <std::same_as<std::uint32_t> W>
    static W io_read(WordView<W> view) noexcept {
        ++*view.accesses;
        return 0;
    }
    template <std::same_as<std::uint32_t> W>
    static void io_write(WordView<W> view, W) noexcept {
        ++*view.accesses;
    }
};
template <class T>
class WordView : public io::Io<WordView<T>, WordBus, T> {
public:
    WordView(int* a, io::IoPtr<T> p) noexcept : accesses(a), ptr(p) {}
    WordView as_view() const noexcept { return *this; }
    int* accesses;
    io::IoPtr<T> ptr;
};
struct Pair {
    std::uint16_t a, b;
};
} // namespace
template <>
inline constexpr bool io::enable_plain_data<Pair> = true;
namespace {

const std::string in_a_projection = "ioview: an index of the projection is past the end";
const std::string in_at = "ioview: at(i): the index is past the end";
const std::string in_a_part = "ioview: subview(first, count): the range is past the end";

struct Fixture {
    io::testing::Memory<sizeof(Ring)> memory;
    io::testing::Recorder<io::testing::MemoryBackend<std::endian::little>> recorder{
        memory.view<Ring>()};
    io::testing::RecorderView<io::testing::MemoryBackend<std::endian::little>, Ring> ring =
        recorder.view<Ring>();
    int evaluated = 0;

    std::uint32_t count(std::uint32_t value) {
        ++evaluated;
        return value;
    }
};

} // namespace

TEST_CASE_METHOD(Fixture, "20 at() panics past the end, and makes no access", "[panic_access]") {
    const auto bad = [this](auto i) {
        CHECK(panic_of([&] { static_cast<void>(IO_PROJECT(ring, entries, at(i))); }) ==
              in_a_projection);
        CHECK(panic_of([&] { static_cast<void>(IO_READ(ring, entries, at(i), flags)); }) ==
              in_a_projection);
        CHECK(panic_of([&] { IO_WRITE(ring, entries, at(i), flags, count(1)); }) ==
              in_a_projection);
        CHECK(panic_of([&] {
                  IO_UPDATE(ring, entries, at(i), flags, [&](auto v) { return count(v); });
              }) == in_a_projection);
        CHECK(panic_of([&] { static_cast<void>(io::project(ring, &Ring::entries, io::at(i))); }) ==
              in_a_projection);
        CHECK(panic_of([&] { static_cast<void>(IO_PROJECT(ring, entries).at(i)); }) == in_at);
        CHECK(panic_of([&] { static_cast<void>(IO_PROJECT(ring, entries).subview(0, 4).at(i)); }) ==
              in_at);
    };
    bad(4);
    bad(5u);
    bad(-1);
    bad(std::int8_t{-4});
    bad(std::numeric_limits<std::int64_t>::min());
    bad(std::numeric_limits<std::uint64_t>::max());
    bad(std::uint64_t{1} << 61); // times the size is 0
    CHECK(evaluated == 0);
    CHECK(recorder.log().empty());
    CHECK(panic_of([&] { static_cast<void>(IO_READ(ring, entries, at(3), flags)); }).empty());
}

TEST_CASE_METHOD(Fixture, "20 ranges panic past the end, and make no access", "[panic_access]") {
    const auto project = [this](auto step) {
        return panic_of([&] { static_cast<void>(io::project(ring, &Ring::entries, step)); });
    };
    CHECK(project(io::range(0, 5)) == in_a_projection);
    CHECK(project(io::range(3, 2)) == in_a_projection);
    CHECK(project(io::range(5, 5)) == in_a_projection);
    CHECK(project(io::range(-1, 2)) == in_a_projection);
    CHECK(project(io::range(2, -1)) == in_a_projection);
    CHECK(project(io::from(5)) == in_a_projection);
    CHECK(project(io::from(-1)) == in_a_projection);
    CHECK(project(io::first(5)) == in_a_projection);
    CHECK(project(io::first(-1)) == in_a_projection);
    CHECK(project(io::range(4, 4)).empty());
    CHECK(project(io::from(4)).empty());
    CHECK(project(io::first(0)).empty());
    const auto part = [this](auto first, auto n) {
        return panic_of([&] { static_cast<void>(IO_PROJECT(ring, entries).subview(first, n)); });
    };
    CHECK(part(0, 5) == in_a_part);
    CHECK(part(4, 1) == in_a_part);
    CHECK(part(5, 0) == in_a_part);
    CHECK(part(-1, 1) == in_a_part);
    CHECK(part(1, -1) == in_a_part);
    CHECK(part(std::numeric_limits<std::uint64_t>::max(), 2) == in_a_part);
    CHECK(part(4, 0).empty());
    CHECK(recorder.log().empty());
}

TEST_CASE_METHOD(Fixture, "nothing after a panicking step is evaluated", "[panic_access]") {
    CHECK(panic_of([&] { IO_WRITE(ring, grid, at(count(2)), at(count(0)), count(1)); }) ==
          in_a_projection);
    CHECK(evaluated == 1);
    evaluated = 0;
    CHECK(panic_of([&] {
              static_cast<void>(IO_READ(ring, grid, at(count(2)), try_at(count(0))));
          }) == in_a_projection);
    CHECK(evaluated == 1);
    // after a failed try_ step no at() panics
    evaluated = 0;
    CHECK(panic_of([&] {
              CHECK_FALSE(IO_READ(ring, grid, try_at(count(2)), at(count(99))).has_value());
          }).empty());
    CHECK(evaluated == 1);
    CHECK(recorder.log().empty());
}

TEST_CASE("real backends panic too, before the access", "[panic_access]") {
    // an access would end the program: nothing is mapped there
    const auto mmio = io::Mmio<Ring>::from_raw(io::MmioRaw<Ring>::at(64));
    CHECK(panic_of([&] { IO_WRITE(mmio, entries, at(4), flags, 0u); }) == in_a_projection);
    CHECK(panic_of([&] { static_cast<void>(IO_READ(mmio.relaxed(), entries, at(-1), flags)); }) ==
          in_a_projection);
    const auto none = io::SysMem<std::uint32_t[]>::from_span({});
    CHECK(panic_of([&] { static_cast<void>(none.at(0).read()); }) == in_at);
    CHECK(panic_of([&] { none.subview(0, 1).at(0).write(1); }) == in_a_part);
}

TEST_CASE_METHOD(Fixture, "copies of unequal lengths panic, and make no access", "[panic_access]") {
    const auto bytes = recorder.view<std::byte[64]>();
    std::byte plain[65]{};
    const auto of = [&](std::size_t n) { return io::Span<std::byte>(plain, n); };
    const std::string to = "ioview: copy_to: the lengths differ, or do not fit the width";
    const std::string from = "ioview: copy_from: the lengths differ, or do not fit the width";
    const std::string fill = "ioview: fill: address or length do not fit the width";
    CHECK(panic_of([&] { bytes.copy_to(of(63)); }) == to);
    CHECK(panic_of([&] { bytes.copy_to(of(65)); }) == to);
    CHECK(panic_of([&] { bytes.subview(1, 8).copy_to<std::uint32_t>(of(8)); }) == to);
    CHECK(panic_of([&] { bytes.copy_from(of(63)); }) == from);
    CHECK(panic_of([&] { bytes.subview(0, 6).copy_from<std::uint32_t>(of(6)); }) == from);
    CHECK(panic_of([&] { bytes.subview(2, 8).fill<std::uint32_t>(std::byte{0}); }) == fill);
    CHECK(panic_of([&] { bytes.subview(0, 7).fill<std::uint16_t>(std::byte{0}); }) == fill);
    CHECK(panic_of([&] { io::copy(bytes.subview(0, 8), bytes.subview(8, 9)); }) ==
          "ioview: copy: the sizes differ");
    CHECK(recorder.log().empty());
    CHECK(panic_of([&] { bytes.copy_to(of(64)); }).empty());
    CHECK(panic_of([&] { bytes.subview(4, 8).copy_from<std::uint32_t>(of(8)); }).empty());
    CHECK(panic_of([&] { io::copy(bytes.subview(0, 8), bytes.subview(8, 8)); }).empty());
}

TEST_CASE("copies that are no whole accesses of the bus panic, and make none", "[panic_access]") {
    int accesses = 0;
    const WordView<std::byte[]> bytes{&accesses, {0, {32}}};
    std::byte buffer[32]{};
    const auto of = [&](std::size_t size) { return io::Span<std::byte>(buffer, size); };
    const std::string to = "ioview: copy_to: the lengths differ, or do not fit the width";
    const std::string from = "ioview: copy_from: the lengths differ, or do not fit the width";
    const std::string fill = "ioview: fill: address or length do not fit the width";
    const std::string copy =
        "ioview: copy: address or length are no whole accesses of a side's narrowest width";
    CHECK(panic_of([&] { bytes.subview(0, 6).copy_to(of(6)); }) == to);
    CHECK(panic_of([&] { bytes.subview(2, 8).copy_to(of(8)); }) == to);
    CHECK(panic_of([&] { bytes.subview(0, 6).copy_from(of(6)); }) == from);
    CHECK(panic_of([&] { bytes.subview(1, 4).copy_from(of(4)); }) == from);
    CHECK(panic_of([&] { bytes.subview(0, 3).fill(std::byte{0}); }) == fill);
    CHECK(panic_of([&] { bytes.subview(2, 4).fill(std::byte{0}); }) == fill);
    CHECK(panic_of([&] { io::copy(bytes.subview(0, 6), bytes.subview(8, 6)); }) == copy);
    io::testing::Memory<32> memory;
    const auto ram = memory.view<std::byte[]>();
    CHECK(panic_of([&] { io::copy(bytes.subview(2, 4), ram.subview(0, 4)); }) == copy);
    CHECK(panic_of([&] { io::copy(ram.subview(0, 4), bytes.subview(2, 4)); }) == copy);
    const WordView<Pair> askew{&accesses, {2, {}}};
    CHECK(panic_of([&] { static_cast<void>(askew.copy_read()); }) ==
          "ioview: copy_read: the value is not aligned to the backend's narrowest width");
    CHECK(panic_of([&] { askew.copy_write({}); }) ==
          "ioview: copy_write: the value is not aligned to the backend's narrowest width");
    CHECK(accesses == 0);
    CHECK(panic_of([&] { bytes.subview(4, 8).copy_to(of(8)); }).empty());
    CHECK(accesses == 2);
}

TEST_CASE("a pointer to a member that packing has misaligned is a panic", "[panic_access]") {
    io::testing::Memory<sizeof(Packed)> memory;
    const auto view = memory.view<Packed>();
    const auto value = &Packed::value;
    const auto end = &Packed::end;
    CHECK(panic_of([&] { static_cast<void>(io::project(view, value)); }) ==
          "ioview: packing leaves this member misaligned");
    CHECK(panic_of([&] { static_cast<void>(io::project(view, end)); }).empty());
}

TEST_CASE("ports that would wrap around panic", "[panic_access]") {
    const std::string text = "ioview: PortIo::from_port: past port 0xffff, or misaligned";
    CHECK(panic_of([] { static_cast<void>(io::PortIo<Entry>::from_port(0xfffc)); }) == text);
    CHECK(panic_of([] { static_cast<void>(io::PortIo<Entry>::from_port(0x3f9)); }) == text);
    CHECK(panic_of([] { static_cast<void>(io::PortIo<io::Region<8>>::from_port(0xfffc)); }) ==
          text);
    CHECK(panic_of([] { static_cast<void>(io::PortIo<io::Region<8>>::from_port(0x3fa)); }) == text);
    CHECK(panic_of([] { static_cast<void>(io::PortIo<Entry>::from_port(0xfff8)); }).empty());
}

TEST_CASE("a recorder hands out nothing larger than what it records", "[panic_access]") {
    io::testing::Memory<8> memory;
    io::testing::Recorder recorder{memory.view<io::Region<>>()};
    CHECK(panic_of([&] { static_cast<void>(recorder.view<std::uint32_t[3]>()); }) ==
          "ioview: Recorder::view: the target is larger than what is recorded");
    CHECK(panic_of([&] { static_cast<void>(recorder.view<std::uint32_t[2]>()); }).empty());
}

TEST_CASE("25 a misaligned pointer makes no view of memory", "[panic_access]") {
    const std::string text = "ioview: SysMem: the pointer is misaligned for its type";
    alignas(8) unsigned char bytes[16] = {};
    for (std::uintptr_t off = 0; off < 8; ++off) {
        // By its address: the compiler may believe what a pointer's type says.
        const auto address = reinterpret_cast<std::uintptr_t>(bytes) + off;
        const auto of = [&]<class T>(std::type_identity<T>) {
            auto* const object = reinterpret_cast<T*>(address);
            return panic_of([&] { static_cast<void>(io::SysMem<T>::from_pointer(object)); });
        };
        const auto of_span = [&]<class T>(std::type_identity<T>) {
            const std::span<T> span(reinterpret_cast<T*>(address), 1);
            return panic_of([&] { static_cast<void>(io::SysMem<T[]>::from_span(span)); });
        };
        CAPTURE(off);
        CHECK(of(std::type_identity<std::uint8_t>{}).empty());
        CHECK(of(std::type_identity<io::le<std::uint16_t>>{}) == (off % 2 == 0 ? "" : text));
        CHECK(of(std::type_identity<std::uint32_t>{}) == (off % 4 == 0 ? "" : text));
        CHECK(of(std::type_identity<const std::uint32_t[2]>{}) == (off % 4 == 0 ? "" : text));
        CHECK(of(std::type_identity<Entry>{}) == (off % alignof(Entry) == 0 ? "" : text));
        CHECK(of_span(std::type_identity<std::uint32_t>{}) == (off % 4 == 0 ? "" : text));
        CHECK(of_span(std::type_identity<std::byte>{}).empty());
    }
}

TEST_CASE("doubles of what is const hand out what is const", "[panic_access]") {
    io::testing::Memory<8> memory;
    io::testing::Recorder recorder{memory.view<const std::uint32_t[2]>()};
    CHECK(panic_of([&] { static_cast<void>(recorder.view<std::uint32_t>()); }) ==
          "ioview: Recorder::view: what is recorded is const; view<const T>()");
    CHECK(panic_of([&] { static_cast<void>(recorder.view<io::Region<8>>()); }) ==
          "ioview: Recorder::view: what is recorded is const; view<const T>()");
    CHECK(panic_of([&] { static_cast<void>(recorder.view<const io::Region<8>>()); }).empty());
    io::testing::Faulty faulty{memory.view<const std::uint32_t>()};
    CHECK(panic_of([&] { static_cast<void>(faulty.view<std::uint32_t>()); }) ==
          "ioview: Faulty::view: what is wrapped is const; view<const T>()");
    CHECK(panic_of([&] { static_cast<void>(faulty.view<const std::uint32_t>()); }).empty());
    io::testing::Posted posted{memory.view<const std::uint32_t>()};
    CHECK(panic_of([&] { static_cast<void>(posted.view<std::uint32_t>()); }) ==
          "ioview: Posted::view: what is written to is const; view<const T>()");
    CHECK(panic_of([&] { static_cast<void>(posted.view<const std::uint32_t[2]>()); }) ==
          "ioview: Posted::view: the target is larger than what is written to");
    CHECK(panic_of([&] { static_cast<void>(posted.view<const std::uint32_t>()); }).empty());
}

TEST_CASE("no double hands out more than it has", "[panic_access]") {
    io::testing::Device device(8);
    CHECK(device.size_bytes() == 8);
    CHECK(panic_of([&] { static_cast<void>(device.view<std::uint32_t[3]>()); }) ==
          "ioview: Device::view: the target is larger than the device");
    CHECK(panic_of([&] { static_cast<void>(device.view<std::uint32_t[2]>()); }).empty());

    io::testing::Memory<8> memory, newer;
    io::testing::Faulty faulty{memory.view<io::Region<>>()};
    CHECK(panic_of([&] { static_cast<void>(faulty.view<std::uint32_t[3]>()); }) ==
          "ioview: Faulty::view: the target is larger than what is wrapped");
    CHECK(panic_of([&] { static_cast<void>(faulty.view<std::uint32_t[2]>()); }).empty());
    CHECK(panic_of([&] { faulty.tear_after(0, newer.view<std::uint8_t[7]>()); }) ==
          "ioview: Faulty::tear_after: the newer view is smaller");
    CHECK(panic_of([&] { faulty.tear_after(0, newer.view<std::uint8_t[8]>()); }).empty());

    io::testing::Script script;
    CHECK(panic_of([&] { static_cast<void>(script.view<std::uint32_t[2]>("a", 7)); }) ==
          "ioview: Script::view: the target needs more bytes");
    CHECK(panic_of([&] { static_cast<void>(script.view<std::uint32_t[2]>("a", 8)); }).empty());
}

TEST_CASE("doubles have room for so much", "[panic_access]") {
    io::testing::Memory<16> memory;
    io::testing::Faulty faulty{memory.view<io::Region<>>()};
    for (std::size_t i = 0; i < 8; ++i)
        faulty.stick<std::uint8_t>(i, 0xff, 0);
    CHECK(panic_of([&] { faulty.stick<std::uint8_t>(8, 0xff, 0); }) ==
          "ioview: Faulty: too many stuck places");

    io::testing::Script script;
    const char names[] = "abcdefghijklmnopq";
    const auto add = [&](std::size_t i) {
        return panic_of([&] { static_cast<void>(script.view<std::uint8_t>({names + i, 1})); });
    };
    for (std::size_t i = 0; i < 16; ++i)
        CHECK(add(i).empty());
    CHECK(add(0).empty()); // known already
    CHECK(add(16) == "ioview: Script: too many spaces");
}

TEST_CASE("a user's location past its end, or misaligned, panics, and makes no access",
          "[panic_access]") {
    io::testing::Memory<0x40> memory;
    io::testing::Recorder<io::testing::MemoryBackend<std::endian::little>> recorder{
        memory.view<io::Region<0x40>>()};
    const auto bar = recorder.view<io::Region<0x40>>();
    const auto panics = [&](auto location) {
        const std::string expected =
            "ioview: the offset() of a location is past its end, or misaligned";
        CHECK(panic_of([&] { static_cast<void>(bar.read(location)); }) == expected);
        CHECK(panic_of([&] { bar.write(location, typename decltype(location)::Register{}); }) ==
              expected);
        CHECK(panic_of([&] { bar.update(location, [](auto v) { return v; }); }) == expected);
        CHECK(panic_of([&] { static_cast<void>(bar.view_of(location)); }) == expected);
        CHECK(recorder.log().empty());
    };
    for (const std::size_t offset : {std::size_t{0x20},
                                     std::size_t{0x1d},
                                     std::size_t{0x40},
                                     std::size_t{0x02},
                                     std::numeric_limits<std::size_t>::max() - 3}) {
        panics(Slot<std::uint32_t>{offset});
        panics(Slot<Member>{offset});
    }
    CHECK(panic_of([&] { bar.write(Slot<Member>{0x1c}, {}); }).empty());
}

TEST_CASE("a driver that a failed script does not stop is stopped in the end", "[panic_access]") {
    int failures = 0;
    auto count = [&](const char*) { ++failures; };
    io::testing::Script script;
    script.on_failure(count);
    const auto view = script.view<std::uint8_t>();
    volatile std::uint32_t reads = 0; // survives the jump
    CHECK(panic_of([&] {
              for (;;) {
                  static_cast<void>(view.read());
                  reads = reads + 1;
              }
          }) == "ioview: Script: the driver goes on and on after its script has failed");
    CHECK(reads == 1'000'000);
    CHECK(failures == 1);
}
