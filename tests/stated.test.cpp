// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Members that state how they are accessed: each way to them, and copies of what they are in.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <type_traits>
#include <utility>

namespace io = ioview;

namespace {

using io::testing::Memory;
using io::testing::Recorder;

constexpr std::uint64_t number = 0x1122'3344'5566'7788;
constexpr std::uint64_t low = 0x5566'7788;
constexpr std::uint64_t high = 0x1122'3344;

struct Inner {
    io::single<io::le<std::uint16_t>> alone;
    io::le<std::uint16_t> plain;
};
struct Queue {
    io::lo_hi<io::le<std::uint64_t>> base;  // 0
    io::hi_lo<io::le<std::uint64_t>> limit; // 8
    io::le<std::uint32_t> size;             // 16
    io::le<std::uint16_t> head, tail;       // 20
    io::single<std::uint8_t> mac[4];        // 24
    Inner inner;                            // 28
};

} // namespace

template <>
inline constexpr bool io::enable_plain_data<Inner> = true;
template <>
inline constexpr bool io::enable_plain_data<Queue> = true;

namespace {

template <class Stated, class T>
constexpr bool is_laid_out_as = sizeof(Stated) == sizeof(T) && alignof(Stated) == alignof(T) &&
                                std::is_standard_layout_v<Stated> && std::is_trivial_v<Stated> &&
                                std::is_trivially_copyable_v<Stated>;
static_assert(is_laid_out_as<io::lo_hi<std::uint64_t>, std::uint64_t>);
static_assert(is_laid_out_as<io::hi_lo<io::be<std::uint64_t>>, std::uint64_t>);
static_assert(is_laid_out_as<io::single<std::uint8_t>, std::uint8_t>);
static_assert(io::FromBytes<Queue> && io::IntoBytes<Queue>);
static_assert(!io::IoCapable<io::testing::MemoryBackend<std::endian::little>,
                             io::lo_hi<std::uint64_t>>); // it is two accesses

// The accesses of a copy of all of a Queue from `at` on.
Log copied(io::testing::Op op, std::uint64_t at, const Queue& queue) {
    unsigned char bytes[sizeof(Queue)];
    std::memcpy(bytes, &queue, sizeof bytes);
    Log log;
    for (const auto& [offset, width] :
         std::initializer_list<std::pair<unsigned, std::uint8_t>>{{0, 4},
                                                                  {4, 4},
                                                                  {12, 4},
                                                                  {8, 4},
                                                                  {16, 8},
                                                                  {24, 1},
                                                                  {25, 1},
                                                                  {26, 1},
                                                                  {27, 1},
                                                                  {28, 2},
                                                                  {30, 2}}) {
        std::uint64_t value = 0;
        for (unsigned i = width; i-- > 0;)
            value = value << 8 | bytes[offset + i];
        log.push_back({op, at + offset, width, value});
    }
    return log;
}
const Queue sample{number, number, 1, 2, 3, {{4}, {5}, {6}, {7}}, {8, 9}};

} // namespace

TEST_CASE("a member in two halves, by every way to it", "[stated]") {
    Memory<sizeof(Queue)> memory;
    Recorder recorder{memory.view<Queue>()};
    const auto queue = recorder.view<Queue>();
    IO_WRITE(queue, base, number);
    CHECK(IO_READ(queue, base) == number);
    STATIC_REQUIRE(std::is_same_v<decltype(IO_READ(queue, base)), io::le<std::uint64_t>>);
    using Native = io::SysMem<io::lo_hi<std::uint64_t>>;
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<Native>().read()), std::uint64_t>);
    CHECK(recorder.log() ==
          Log{{wr, 0, 4, low}, {wr, 4, 4, high}, {rd, 0, 4, low}, {rd, 4, 4, high}});
    recorder.clear();
    IO_WRITE(queue, limit, number);
    CHECK(IO_READ(queue, limit) == number);
    CHECK(recorder.log() ==
          Log{{wr, 12, 4, high}, {wr, 8, 4, low}, {rd, 12, 4, high}, {rd, 8, 4, low}});
    recorder.clear();
    IO_UPDATE(queue, base, [](auto v) { return v + 1; });
    const auto base = IO_PROJECT(queue, base);
    CHECK(base.try_read() == number + 1);
    CHECK(base.try_write(number));
    CHECK(base.try_update([](std::uint64_t v) { return v & 0xff; }));
    CHECK(base.copy_read().value() == 0x88);
    base.copy_write(5);
    CHECK(recorder.log().size() == 4 + 2 + 2 + 4 + 2 + 2);
    for (std::size_t i = 0; i < recorder.log().size(); ++i)
        CHECK((recorder.log()[i].width == 4 && recorder.log()[i].address == (i % 2) * 4));
    // single is one access like any other
    recorder.clear();
    IO_WRITE(queue, mac, at(2), std::uint8_t{9});
    CHECK(IO_READ(queue, mac, at(2)) == 9);
    IO_UPDATE(queue, inner.alone, [](std::uint16_t v) { return v | 1u; });
    CHECK(recorder.log().size() == 4);
}

TEST_CASE("a failing half ends the access", "[stated]") {
    Memory<sizeof(Queue)> memory;
    io::testing::Faulty faulty{memory.view<Queue>()};
    const auto base = IO_PROJECT(faulty.view<Queue>(), base);
    faulty.fail_access(1);
    CHECK(base.try_read().error() == io::Error::io_error);
    CHECK(faulty.accesses() == 1);
    faulty.fail_access(1);
    CHECK(base.try_write(1u).error() == io::Error::io_error);
    faulty.fail_access(2);
    CHECK(base.try_update([](std::uint64_t v) { return v; }).error() == io::Error::io_error);
    CHECK(faulty.accesses() == 1 + 1 + 2);
    faulty.fail_access(2);
    CHECK(faulty.view<Queue>().try_copy_read().error() == io::Error::io_error);
    CHECK(faulty.accesses() == 4 + 2);
}

TEST_CASE("copies of an object respect what its members state", "[stated]") {
    Memory<2 * sizeof(Queue)> memory;
    Recorder recorder{memory.view<Queue[2]>()};
    const auto queues = recorder.view<Queue[2]>();
    queues.at(1).copy_write(sample);
    CHECK(recorder.log() == copied(wr, 32, sample));
    recorder.clear();
    const Queue back = queues.at(1).copy_read();
    CHECK(std::memcmp(&back, &sample, sizeof back) == 0);
    CHECK(recorder.log() == copied(rd, 32, sample));
    recorder.clear();
    CHECK(queues.at(0).try_copy_write(sample));
    CHECK(queues.at(0).try_copy_read());
    Log both = copied(wr, 0, sample);
    const Log reads = copied(rd, 0, sample);
    both.insert(both.end(), reads.begin(), reads.end());
    CHECK(recorder.log() == both);
    // between two views, and of an array of them
    recorder.clear();
    io::copy(queues.at(0), queues.at(1));
    Log across = copied(rd, 0, sample);
    const Log writes = copied(wr, 32, sample);
    across.insert(across.end(), writes.begin(), writes.end());
    CHECK(recorder.log() == across);
    recorder.clear();
    Memory<2 * sizeof(Queue)> other;
    CHECK(io::try_copy(queues, other.view<std::byte[]>()));
    CHECK(recorder.log().size() == 2 * copied(rd, 0, sample).size());
    CHECK(std::memcmp(&other[32], &memory[32], sizeof(Queue)) == 0);
    recorder.clear();
    io::copy(other.view<io::Region<64>>(), queues);
    CHECK(recorder.log().size() == 2 * copied(wr, 0, sample).size());
    recorder.clear();
    const auto mac = IO_PROJECT(queues, at(1), inner).copy_read();
    CHECK(mac.alone == 8);
    CHECK(recorder.log() == Log{{rd, 60, 2, 8}, {rd, 62, 2, 9}});
}

TEST_CASE("an array that is bytes is copied by bytes", "[stated]") {
    Memory<sizeof(Queue)> memory;
    Recorder recorder{memory.view<Queue>()};
    const auto mac = IO_PROJECT(recorder.view<Queue>(), mac);
    std::array<std::uint8_t, 4> bytes{1, 2, 3, 4};
    mac.copy_from(bytes);
    CHECK(mac.subview(1, 2).try_copy_to(std::span(bytes).first(2)));
    CHECK(bytes[0] == 2);
    mac.fill(std::byte{9});
    CHECK(recorder.log() == Log{{wr, 24, 1, 1},
                                {wr, 25, 1, 2},
                                {wr, 26, 1, 3},
                                {wr, 27, 1, 4},
                                {rd, 25, 1, 2},
                                {rd, 26, 1, 3},
                                {wr, 24, 1, 9},
                                {wr, 25, 1, 9},
                                {wr, 26, 1, 9},
                                {wr, 27, 1, 9}});
    recorder.clear();
    Memory<4> other;
    io::copy(mac, other.view<std::byte[4]>());
    CHECK(recorder.log().size() == 4);
}

TEST_CASE("as plain members in ordinary code", "[stated]") {
    Queue queue{};
    queue.base = number;
    queue.base = queue.base + 1;
    queue.limit = io::le<std::uint64_t>{7};
    const std::uint64_t base = queue.base;
    CHECK(base == number + 1);
    CHECK(queue.limit.value() == 7);
    queue.limit = number;
    const std::uint64_t limit = queue.limit;
    CHECK(limit == number);
    STATIC_REQUIRE([] {
        Memory<sizeof(Queue)> memory;
        const auto view = memory.view<Queue>();
        view.copy_write(Queue{1, 2, 3, 4, 5, {}, {6, 7}});
        IO_WRITE(view, base, number);
        return IO_READ(view, base) == number && view.copy_read().inner.plain == 7;
    }());
}
