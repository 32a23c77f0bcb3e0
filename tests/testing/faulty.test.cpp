// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// testing::Faulty: what each fault does to reads, writes and their try_ forms, and to nothing else.
#include <ioview/ioview.hpp>
#include <ioview/testing/faulty.hpp>
#include <ioview/testing/memory.hpp>
#include <ioview/testing/pci.hpp>
#include <ioview/testing/recorder.hpp>
#include <ioview/testing/script.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <vector>

namespace io = ioview;
using io::testing::Faulty;
using io::testing::Memory;

namespace {

using U8 = std::uint8_t;
using U16 = std::uint16_t;
using U32 = std::uint32_t;
using U64 = std::uint64_t;
using Bar = io::Region<64, 8>;

// Bytes 0, 1, 2, … under a Faulty under a Recorder, so that what reaches the device is seen.
template <std::endian Order = std::endian::little>
struct Counting {
    Counting() {
        for (std::size_t i = 0; i < 64; ++i)
            memory[i] = static_cast<unsigned char>(i);
    }
    auto bar() { return faulty.template view<Bar>(); }

    Memory<64, Order> memory;
    io::testing::Recorder<io::testing::MemoryBackend<Order>> inner{memory.template view<Bar>()};
    Faulty<io::testing::RecorderBackend<io::testing::MemoryBackend<Order>>> faulty{
        inner.template view<Bar>()};
};

struct Descriptor {
    io::le<U64> address;
    io::le<U32> length;
    io::le<U32> flags;
};

} // namespace

template <>
inline constexpr bool io::enable_plain_data<Descriptor> = true;

TEST_CASE("without a fault every access passes", "[faulty]") {
    Counting device;
    const auto bar = device.bar();
    CHECK(bar.read8(1) == 1);
    CHECK(bar.read16(2) == 0x0302);
    CHECK(bar.try_read32(4).value() == 0x0706'0504);
    CHECK(bar.read64(8) == 0x0f0e'0d0c'0b0a'0908);
    bar.write16(2, 0x1234);
    CHECK(bar.try_write8(1, 9));
    CHECK(device.memory[2] == 0x34);
    CHECK(device.memory[1] == 9);
    CHECK(device.faulty.accesses() == 6);
    CHECK(device.inner.log().size() == 6);
    CHECK(bar.size_bytes() == 64);
    CHECK(bar.subview<U32>(8).address() == 8);
}

TEST_CASE("after surprise removal: all ones, and writes are lost", "[faulty]") {
    Counting device;
    const auto bar = device.bar();
    device.faulty.unplug_after(1);
    CHECK(bar.read32(0) == 0x0302'0100);
    for (int i = 0; i < 3; ++i) {
        CHECK(bar.read8(0) == 0xff);
        CHECK(bar.read64(0) == ~U64{0});
        bar.write32(0, 0);
        CHECK(bar.try_read32(0) == ~U32{0}); // this medium cannot fail
        CHECK(bar.try_write32(0, 0));
        CHECK(bar.try_update<U32>(0, [](U32 v) { return v; }));
    }
    CHECK(device.inner.log().size() == 1); // nothing reached the device
    device.faulty.plug_in();
    CHECK(bar.read32(0) == 0x0302'0100);
    device.faulty.unplug();
    CHECK(bar.read32(0) == ~U32{0});
    device.faulty.when_gone(io::Error::no_device); // a mechanism that tells
    CHECK(bar.read32(0) == ~U32{0});
    CHECK(bar.try_read32(0).error() == io::Error::no_device);
    CHECK(bar.try_write32(0, 0).error() == io::Error::no_device);
    CHECK(bar.try_update<U32>(0, [](U32 v) { return v; }).error() == io::Error::no_device);
    CHECK(device.inner.log().size() == 2);
}

namespace {

struct Status : io::Register<Status, U32, io::fixed<4>> {
    IO_FIELDS(bit(31, broken, io::w1c), bits(7, 4, mode), bit(0, enable));
};

std::string shown(U64 value) {
    return std::to_string(value);
}
std::string shown(Status value) {
    return shown(U64{value.raw()});
}
template <class T>
std::string shown(const io::Result<T>& result) {
    return result ? shown(*result) : std::string{io::to_string(result.error())};
}
std::string shown(const io::Result<>& result) {
    return result ? "done" : std::string{io::to_string(result.error())};
}

// What each kind of method answers; restore() makes the device what it was before each.
template <class V, class Restore>
std::vector<std::string> answers(V bar, Restore restore) {
    std::vector<std::string> all;
    const auto note = [&](const char* what, const std::string& answer) {
        all.push_back(what + (": " + answer));
        restore();
    };
    std::array<std::uint8_t, 8> buffer{};
    const auto bytes = [&] {
        std::string text;
        for (const auto byte : buffer)
            text += shown(U64{byte}) + ' ';
        buffer = {};
        return text;
    };
    const auto word = bar.template subview<U32>(8);
    const auto block = bar.template subview<std::byte[8]>(16);
    const auto spans = std::as_writable_bytes(std::span(buffer));
    int calls = 0;
    note("read8", shown(U64{bar.read8(1)}));
    note("read16", shown(U64{bar.read16(2)}));
    note("read32", shown(U64{bar.read32(4)}));
    note("try_read8", shown(bar.try_read8(1)));
    note("try_read16", shown(bar.try_read16(2)));
    note("try_read32", shown(bar.try_read32(4)));
    bar.write32(4, 0);
    note("write32", shown(U64{bar.read32(4)}));
    note("try_write8", shown(bar.try_write8(1, 0)));
    note("try_write16", shown(bar.try_write16(2, 0)));
    note("try_write32", shown(bar.try_write32(4, 0)));
    note("read<R>", shown(bar.template read<Status>()));
    note("try_read<R>", shown(bar.template try_read<Status>()));
    note("try_write(R)", shown(bar.try_write(Status{})));
    bar.template update<Status>([&](Status s) {
        ++calls;
        return s.with_enable(true);
    });
    note("update", shown(U64(calls)));
    note("try_update", shown(bar.template try_update<Status>([&](Status s) {
             ++calls;
             return s.with_mode(3);
         })));
    note("its function", shown(U64(calls)));
    note("a view's read", shown(U64{word.read()}));
    note("a view's try_read", shown(word.try_read()));
    note("a view's try_write", shown(word.try_write(1)));
    block.copy_to(spans);
    note("copy_to", bytes());
    note("try_copy_to", shown(block.try_copy_to(spans)));
    note("what it copied", bytes());
    note("try_copy_from", shown(block.try_copy_from(spans)));
    block.fill(std::byte{1});
    block.copy_to(spans);
    note("fill", bytes());
    std::array<U32, 3> drained{};
    word.read_fifo(std::span(drained));
    note("read_fifo", shown(U64{drained[2]}));
    note("try_read_fifo", shown(word.try_read_fifo(std::span(drained))));
    note("try_write_fifo", shown(word.try_write_fifo(std::span(drained))));
    return all;
}

} // namespace

TEST_CASE("an unplugged Mmio answers as one does that has gone, by every method", "[faulty]") {
    using Raw = io::MmioRaw<Bar>;
    alignas(8) unsigned char gone[64];
    alignas(8) unsigned char there[64]{};
    const auto ones = [&] { std::fill(std::begin(gone), std::end(gone), 0xff); };
    const auto at = [](unsigned char* bytes) {
        return io::Mmio<Bar>::from_raw(*Raw::region(reinterpret_cast<std::uintptr_t>(bytes), 64));
    };
    ones();
    // writes to what has gone are lost: it is all ones again before each access but within one
    auto hardware = answers(at(gone), ones);
    for (auto& answer : hardware) {
        if (answer == "write32: 0") // this memory kept it
            answer = "write32: 4294967295";
        if (answer.rfind("fill: ", 0) == 0)
            answer = "fill: 255 255 255 255 255 255 255 255 ";
    }
    Faulty faulty{at(there)};
    faulty.unplug();
    CHECK(answers(faulty.view<Bar>(), [] {}) == hardware);
    Faulty twice{faulty.view<Bar>()};
    io::testing::Recorder recorder{twice.view<Bar>()};
    CHECK(answers(recorder.view<Bar>(), [] {}) == hardware);
    for (const unsigned char byte : there)
        CHECK(byte == 0);
    for (const auto& answer : hardware)
        CHECK(answer.find("no device") == std::string::npos);
}

TEST_CASE("what has gone, by the medium", "[faulty]") {
    using io::testing::error_when_gone;
    using Window = io::SysMem<io::Region<0x10'0000>>;
    using Ecam = io::pci::Ecam<Window>::Function;
    using Told = io::testing::PciFunction;
    STATIC_REQUIRE(error_when_gone<io::MmioBackend>() == io::Error{});
    STATIC_REQUIRE(error_when_gone<io::SysMemBackend>() == io::Error{});
#if defined(__x86_64__) || defined(__i386__)
    STATIC_REQUIRE(error_when_gone<io::PortIoBackend>() == io::Error{});
#endif
    STATIC_REQUIRE(error_when_gone<io::ConfigSpaceBackend<Ecam>>() == io::Error{});
    STATIC_REQUIRE(error_when_gone<io::ConfigSpaceBackend<Told>>() == io::Error::no_device);

    Told function;
    function.writable(0x40, 0xffff'ffff);
    Faulty faulty{io::ConfigSpace<Told, io::pci::Normal>::of(function).value()};
    const auto config = faulty.view<io::pci::Normal>();
    CHECK(config.try_write32(0x40, 5));
    faulty.unplug();
    CHECK(config.read32(0x40) == ~U32{0});
    CHECK(config.try_read32(0x40).error() == io::Error::no_device);
    CHECK(config.try_write32(0x40, 6).error() == io::Error::no_device);
    faulty.plug_in();
    CHECK(config.read32(0x40) == 5);
}

TEST_CASE("the n-th access fails, and only that one", "[faulty]") {
    for (std::size_t n = 1; n <= 3; ++n) {
        Counting device;
        const auto bar = device.bar();
        static_cast<void>(bar.read8(0));
        device.faulty.fail_access(n);
        std::size_t failures = 0;
        for (std::size_t i = 1; i <= 4; ++i) {
            const auto word = bar.try_read8(i);
            CHECK(word.has_value() == (i != n));
            failures += word ? 0 : 1;
            if (!word)
                CHECK(word.error() == io::Error::io_error);
        }
        CHECK(failures == 1);
        CHECK(device.inner.log().size() == 4);
    }
    Counting device;
    const auto bar = device.bar();
    device.faulty.fail_access(1, io::Error::timed_out);
    CHECK(bar.try_write8(5, 1).error() == io::Error::timed_out);
    CHECK(device.memory[5] == 5);
    device.faulty.fail_access(1);
    CHECK(bar.read16(4) == 0xffff);
    device.faulty.fail_access(1);
    device.faulty.fail_access(0);
    CHECK(bar.try_read8(0));
    // a copy stops there
    device.faulty.fail_access(2);
    std::array<std::byte, 64> copied{};
    CHECK(bar.bytes().try_copy_to(copied).error() == io::Error::io_error);
    CHECK(copied[7] == std::byte{7});
    CHECK(copied[8] == std::byte{0});
}

TEST_CASE("stuck bits, in every width of access", "[faulty]") {
    Counting device;
    const auto bar = device.bar();
    device.faulty.stick<U32>(8, 0xff00'0010, 0xaa00'0010);
    CHECK(bar.read32(8) == 0xaa0a'0918);
    CHECK(bar.read8(8) == 0x18);
    CHECK(bar.read8(9) == 0x09);
    CHECK(bar.read8(11) == 0xaa);
    CHECK(bar.read16(10) == 0xaa0a);
    CHECK(bar.read64(8) == 0x0f0e'0d0c'aa0a'0918);
    CHECK(bar.read32(4) == 0x0706'0504);
    CHECK(bar.read32(12) == 0x0f0e'0d0c);
    bar.write32(8, 0); // is stored, and reads as stuck
    CHECK(device.memory[11] == 0);
    CHECK(bar.read32(8) == 0xaa00'0010);
}

TEST_CASE("stuck bits in a big-endian device", "[faulty]") {
    Counting<std::endian::big> device;
    device.faulty.stick<U32>(8, 0xff00'0010, 0xaa00'0010);
    CHECK(device.bar().read32(8) == 0xaa09'0a1b);
    CHECK(device.bar().read8(8) == 0xaa);
    CHECK(device.bar().read16(10) == 0x0a1b);
}

TEST_CASE("slow to be ready", "[faulty]") {
    Counting device;
    const auto bar = device.bar();
    device.memory[0x18] = 0x80;
    device.faulty.delay<U8>(0x18, 0x80, 0, 3);
    CHECK(bar.read8(0x19) == 0x19); // elsewhere: no read of it
    CHECK(bar.read8(0x18) == 0);
    CHECK(bar.read32(0x18) == 0x1b1a'1900);
    CHECK(bar.read8(0x18) == 0);
    CHECK(bar.read8(0x18) == 0x80);
}

TEST_CASE("a copy of several words is torn", "[faulty]") {
    Counting device;
    Memory<64> newer;
    io::testing::Recorder recorder{newer.view<Bar>()};
    for (std::size_t i = 0; i < 64; ++i)
        newer[i] = 0xee;
    device.faulty.tear_after(1, recorder.view<Bar>());
    const auto torn = device.faulty.view<Descriptor>().copy_read();
    CHECK(torn.address == 0x0706'0504'0302'0100u);
    CHECK(torn.length == 0xeeee'eeee);
    CHECK(torn.flags == 0xeeee'eeee);
    device.bar().write8(0, 5); // writes stay where they are
    CHECK(device.memory[0] == 5);
}

TEST_CASE("faults in constant expressions", "[faulty]") {
    STATIC_REQUIRE([] {
        Memory<64> memory;
        Memory<64> newer;
        Faulty faulty{memory.view<Bar>()};
        memory.view<Bar>().write32(0, 1);
        newer.view<Bar>().write32(0, 2);
        const auto bar = faulty.view<Bar>();
        faulty.stick<U32>(8, 0xff, 0x5a);
        faulty.fail_access(2);
        bool good = bar.read32(0) == 1 && bar.try_read32(0).error() == io::Error::io_error &&
                    (bar.read32(8) & 0xff) == 0x5a;
        faulty.tear_after(0, newer.view<Bar>());
        good = good && bar.read32(0) == 2;
        faulty.unplug();
        return good && bar.read32(0) == ~U32{0};
    }());
}

TEST_CASE("faults over a script: what fails never comes to it", "[faulty]") {
    io::testing::Script script{io::testing::writes<U32>(0, 1)};
    Faulty faulty{script.view<Bar>()};
    faulty.fail_access(1);
    const auto bar = faulty.view<Bar>();
    CHECK_FALSE(bar.try_write32(0, 2));
    CHECK(bar.try_write32(0, 1));
    CHECK(script.done());
}
