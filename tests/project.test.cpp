// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/mmio.hpp>
#include <ioview/backend/relaxed_mmio.hpp>
#include <ioview/backend/sys_mem.hpp>
#include <ioview/endian.hpp>
#include <ioview/project.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = ioview;

namespace {

using io::Error;

enum class State : std::uint8_t { idle, busy = 3 };

struct Tx {
    std::uint32_t size, write_ptr;
};
struct Rx {
    std::uint32_t read_ptr;
};
struct Entry {
    std::uint64_t address;
    std::uint32_t length, flags;
};
struct Queue {
    Tx tx;
    Rx rx;
    std::uint32_t pad;
    Entry entries[8];
};
struct Pair {
    Queue cpuq, gspq;
};
static_assert(sizeof(Queue) == 144);

union Either {
    std::uint32_t word;
    std::uint16_t halves[2];
    struct {
        std::uint8_t low, high;
    } bytes;
};

struct Zoo {
    std::uint8_t byte;
    State state;
    io::be<std::uint16_t> network;
    io::le<std::uint32_t> pci;
    const std::uint32_t id;
    volatile std::uint32_t status;
    const Tx fixed;
    volatile Tx moving;
    std::uint32_t matrix[3][4];
    std::array<std::uint16_t, 4> shorts;
    std::array<std::array<Tx, 2>, 2> grid;
    Either either;
    union {
        std::uint32_t plain;
        std::uint16_t halves[2];
    };
    const std::uint32_t limits[2];
};

// Members with the names of steps.
struct Steps {
    std::uint32_t at, first, from, range, try_at, static_at;
    struct {
        std::uint32_t at, range;
    } inner;
    std::uint32_t list[4];
};

} // namespace

TEST_CASE("a member path leads to the member, in the same backend", "[project]") {
    Recorded<sizeof(Pair)> ram;
    const auto queues = ram.view<Pair>();
    const auto wptr = IO_PROJECT(queues, gspq.tx.write_ptr);
    using View = ioview::testing::RecorderView<ioview::testing::MemoryBackend<std::endian::little>,
                                               std::uint32_t>;
    STATIC_REQUIRE(std::is_same_v<decltype(wptr), const View>);
    CHECK(wptr.address() == 148);
    CHECK(ram.untouched()); // projecting is no access

    const std::uint32_t v = IO_READ(queues, gspq.tx.write_ptr);
    IO_WRITE(queues, cpuq.rx.read_ptr, v);
    IO_UPDATE(queues, cpuq.rx.read_ptr, [](auto p) { return p + 1; });
    CHECK(ram.log() ==
          Log{{rd, 148, 4, v}, {wr, 8, 4, v}, {rd, 8, 4, v}, {wr, 8, 4, std::uint32_t(v + 1)}});

    const auto tx = IO_PROJECT(queues, gspq.tx);
    CHECK(tx.address() == 144);
    CHECK(IO_PROJECT(tx, write_ptr).address() == 148);
    // one step at a time or all at once
    CHECK(IO_PROJECT(queues, gspq, tx, write_ptr).address() == 148);
}

TEST_CASE("index steps: elements", "[project]") {
    Recorded<sizeof(Pair)> ram;
    const auto queues = ram.view<Pair>();
    const std::size_t i = 3;
    CHECK(IO_PROJECT(queues, cpuq.entries, at(i)).address() == 16 + 3 * 16);
    CHECK(IO_PROJECT(queues, cpuq.entries, at(i), flags).address() == 16 + 3 * 16 + 12);
    CHECK(IO_PROJECT(queues, gspq.entries, static_at(7), flags).address() ==
          144 + 16 + 7 * 16 + 12);
    CHECK(IO_PROJECT(queues, gspq.entries, try_at(7), flags).value().address() == 284);
    IO_WRITE(queues, cpuq.entries, at(i), length, 11u);
    IO_UPDATE(queues, cpuq.entries, static_at(3), length, [](auto v) { return v + 1; });
    const auto got = IO_READ(queues, cpuq.entries, try_at(3), length);
    STATIC_REQUIRE(std::is_same_v<decltype(got), const io::Result<std::uint32_t>>);
    CHECK(got.value() == 12);
    CHECK(ram.log() == Log{{wr, 72, 4, 11}, {rd, 72, 4, 11}, {wr, 72, 4, 12}, {rd, 72, 4, 12}});
    // any integer type
    CHECK(IO_PROJECT(queues, cpuq.entries, at(std::int8_t{2})).address() == 48);
    CHECK(IO_PROJECT(queues, cpuq.entries, at(2ull)).address() == 48);
    CHECK(IO_PROJECT(queues, cpuq.entries, static_at(2u)).address() == 48);
}

TEST_CASE("index steps: ranges", "[project]") {
    Recorded<sizeof(Pair)> ram;
    const auto queues = ram.view<Pair>();
    const auto ring = IO_PROJECT(queues, cpuq.entries);
    STATIC_REQUIRE(std::is_same_v<decltype(ring)::Target, Entry[8]>);

    const auto some = IO_PROJECT(ring, try_range(1, 4));
    STATIC_REQUIRE(std::is_same_v<decltype(some->at(0))::Target, Entry>);
    CHECK(some.value().size() == 3);
    CHECK(some.value().address() == 32);
    const auto four = IO_PROJECT(ring, static_range(4, 8));
    STATIC_REQUIRE(std::is_same_v<decltype(four)::Target, Entry[4]>);
    CHECK(four.address() == 16 + 64);
    const auto mid = IO_PROJECT(ring, range(2, 5));
    STATIC_REQUIRE(std::is_same_v<decltype(mid)::Target, Entry[]>);
    CHECK(mid.size() == 3);
    CHECK(IO_PROJECT(ring, from(6)).size() == 2);
    CHECK(IO_PROJECT(ring, from(6)).address() == 16 + 96);
    CHECK(IO_PROJECT(ring, try_from(8)).value().size() == 0);
    CHECK(IO_PROJECT(ring, first(2)).size() == 2);
    CHECK(IO_PROJECT(ring, try_first(0)).value().empty());
    // steps after ranges
    CHECK(IO_PROJECT(ring, range(2, 5), at(1), flags).address() == 16 + 48 + 12);
    CHECK(IO_PROJECT(ring, static_range(4, 8), static_at(3), flags).address() == 16 + 112 + 12);
    CHECK(IO_PROJECT(ring, from(2), first(3), from(1), at(0)).address() == 16 + 48);
    CHECK(IO_PROJECT(ring, range(2, 5), try_at(2), flags).value().address() == 16 + 64 + 12);
    CHECK(IO_PROJECT(ring, static_range(4, 8), range(1, 2), at(0)).address() == 16 + 80);
    CHECK(ram.untouched());
}

TEST_CASE("index steps: static parts", "[project]") {
    Recorded<sizeof(Pair)> ram;
    const auto ring = IO_PROJECT(ram.view<Pair>(), cpuq.entries);
    const auto frozen = ram.view<const Entry[8]>();
    const auto is_part = [](auto part, std::size_t first, std::size_t count) {
        return part.address() == 16 + first * 16 && part.size() == count;
    };
    CHECK(is_part(IO_PROJECT(ring, static_from(6)), 6, 2));
    CHECK(is_part(IO_PROJECT(ring, static_from(0)), 0, 8));
    CHECK(is_part(IO_PROJECT(ring, static_first(3)), 0, 3));
    CHECK(is_part(IO_PROJECT(ring, static_first(8u)), 0, 8));
    CHECK(is_part(io::project(ring, io::static_from<6>()), 6, 2));
    CHECK(is_part(io::project(ring, io::static_first<3>()), 0, 3));
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(ring, static_from(6)))::Target, Entry[2]>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(IO_PROJECT(frozen, static_first(3)))::Target, const Entry[3]>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(io::project(ring, io::static_from<6>()))::Target, Entry[2]>);
    CHECK(IO_PROJECT(ring, static_from(5), static_first(2), static_at(1), flags).address() ==
          16 + 6 * 16 + 12);

    // No elements: a slice of none, since there is no array of none.
    CHECK(is_part(IO_PROJECT(ring, static_range(3, 3)), 3, 0));
    CHECK(is_part(IO_PROJECT(ring, static_range(8, 8)), 8, 0));
    CHECK(is_part(IO_PROJECT(ring, static_from(8)), 8, 0));
    CHECK(is_part(IO_PROJECT(ring, static_first(0)), 0, 0));
    CHECK(is_part(io::project(ring, io::static_range<3, 3>()), 3, 0));
    CHECK(is_part(io::project(ring, io::static_from<8>()), 8, 0));
    CHECK(is_part(io::project(ring, io::static_first<0>()), 0, 0));
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(ring, static_range(3, 3)))::Target, Entry[]>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(IO_PROJECT(frozen, static_first(0)))::Target, const Entry[]>);
    CHECK(IO_READ(ring, static_range(3, 3), try_at(0), flags).error() == Error::out_of_bounds);
    CHECK(IO_PROJECT(ring, static_range(3, 3), range(0, 0)).empty());
    CHECK(ram.untouched());
}

TEST_CASE("20 an index step out of range is an error, and no access", "[project]") {
    Recorded<sizeof(Pair)> ram;
    const auto queues = ram.view<Pair>();
    const auto bad = [&](auto i) {
        CHECK(IO_PROJECT(queues, cpuq.entries, try_at(i)).error() == Error::out_of_bounds);
        CHECK(IO_READ(queues, cpuq.entries, try_at(i), flags).error() == Error::out_of_bounds);
        CHECK(IO_WRITE(queues, cpuq.entries, try_at(i), flags, 1u).error() == Error::out_of_bounds);
        const auto updated =
            IO_UPDATE(queues, cpuq.entries, try_at(i), flags, [](auto v) { return v; });
        CHECK(updated.error() == Error::out_of_bounds);
        CHECK(IO_PROJECT(queues, cpuq.entries, try_range(i, i)).error() == Error::out_of_bounds);
        CHECK(IO_PROJECT(queues, cpuq.entries, try_range(0, i)).error() == Error::out_of_bounds);
        CHECK(IO_PROJECT(queues, cpuq.entries, try_from(i)).error() == Error::out_of_bounds);
        CHECK(IO_PROJECT(queues, cpuq.entries, try_first(i)).error() == Error::out_of_bounds);
    };
    CHECK(IO_READ(queues, cpuq.entries, try_at(8), flags).error() == Error::out_of_bounds);
    bad(9);
    bad(-1);
    bad(std::int64_t{-1});
    bad(std::numeric_limits<std::uint64_t>::max());
    bad(std::uint64_t{1} << 60); // times 16 is 0
#ifndef __STRICT_ANSI__
    __extension__ using wide = __int128;
    bad(wide{1} << 64);
    bad(wide{-1});
#endif
    CHECK(IO_PROJECT(queues, cpuq.entries, try_range(4, 3)).error() == Error::out_of_bounds);
    CHECK(IO_PROJECT(queues, cpuq.entries, try_range(8, 9)).error() == Error::out_of_bounds);
    // a range has its own end
    CHECK(IO_PROJECT(queues, cpuq.entries, range(1, 3), try_at(2)).error() == Error::out_of_bounds);
    CHECK(IO_PROJECT(queues, cpuq.entries, static_range(1, 3), try_at(2)).error() ==
          Error::out_of_bounds);
    // the first error stays
    CHECK(IO_PROJECT(queues, cpuq.entries, try_from(9), try_at(0), flags).error() ==
          Error::out_of_bounds);
    CHECK(ram.untouched());
}

namespace {

// Writes down the order of evaluation.
struct Trace {
    std::vector<int> seen;
    template <class T>
    T operator()(int mark, T value) {
        seen.push_back(mark);
        return value;
    }
};
using Seen = std::vector<int>;

} // namespace

TEST_CASE("index expressions are evaluated once, left to right, then the value", "[project]") {
    Recorded<sizeof(Pair[4])> ram;
    const auto pairs = ram.view<Pair[]>();
    Trace trace;
    const auto view = [&] {
        trace(0, 0);
        return pairs;
    };

    IO_WRITE(view(),
             range(trace(1, 0), trace(2, 4)),
             at(trace(3, 1)),
             cpuq.entries,
             at(trace(4, 2)),
             flags,
             trace(5, 9u));
    CHECK((trace.seen == Seen{0, 1, 2, 3, 4, 5} || trace.seen == Seen{0, 2, 1, 3, 4, 5}));
    CHECK(ram.log() == Log{{wr, 288 + 16 + 32 + 12, 4, 9}});

    trace.seen.clear();
    static_cast<void>(IO_READ(view(), at(trace(1, 0)), cpuq.entries, at(trace(2, 1)), flags));
    CHECK(trace.seen == Seen{0, 1, 2});

    trace.seen.clear();
    IO_UPDATE(view(), at(trace(1, 0)), cpuq.entries, at(trace(2, 1)), flags, trace(3, [&](auto v) {
                  trace(4, 0);
                  return v;
              }));
    CHECK(trace.seen == Seen{0, 1, 2, 3, 4});

    trace.seen.clear();
    CHECK(IO_WRITE(
        view(), try_at(trace(1, 0)), cpuq.entries, try_at(trace(2, 1)), flags, trace(3, 1u)));
    CHECK(trace.seen == Seen{0, 1, 2, 3});

    trace.seen.clear();
    CHECK(IO_PROJECT(view(), at(trace(1, 0)), cpuq.entries, try_first(trace(2, 1))).has_value());
    CHECK(trace.seen == Seen{0, 1, 2});
    CHECK(IO_PROJECT(view(), try_at(trace(1, 0)), cpuq, entries, at(trace(2, 1))).has_value());
}

TEST_CASE("after a failed step nothing is evaluated", "[project]") {
    Recorded<sizeof(Pair[4])> ram;
    const auto pairs = ram.view<Pair[]>();
    Trace trace;
    const auto f = [&](auto v) {
        trace(9, 0);
        return v;
    };

    CHECK(IO_PROJECT(pairs, try_at(trace(1, 4)), cpuq.entries, at(trace(2, 99))).error() ==
          Error::out_of_bounds);
    CHECK(trace.seen == Seen{1});

    trace.seen.clear();
    CHECK_FALSE(IO_READ(pairs, try_at(trace(1, 4)), cpuq.entries, try_at(trace(2, 0)), flags));
    CHECK(trace.seen == Seen{1});

    trace.seen.clear();
    CHECK_FALSE(
        IO_WRITE(pairs, try_at(trace(1, 4)), cpuq.entries, at(trace(2, 0)), flags, trace(3, 1u)));
    CHECK(trace.seen == Seen{1});

    // a step that fails last still stops the value
    trace.seen.clear();
    CHECK_FALSE(
        IO_WRITE(pairs, at(trace(1, 0)), cpuq.entries, try_at(trace(2, 8)), flags, trace(3, 1u)));
    CHECK(trace.seen == Seen{1, 2});

    trace.seen.clear();
    CHECK_FALSE(
        IO_UPDATE(pairs, at(trace(1, 0)), cpuq.entries, try_at(trace(2, -1)), flags, trace(3, f)));
    CHECK(trace.seen == Seen{1, 2});

    trace.seen.clear();
    CHECK_FALSE(IO_UPDATE(pairs,
                          try_range(trace(1, 2), trace(1, 1)),
                          at(trace(2, 0)),
                          cpuq.entries,
                          static_at(1),
                          flags,
                          trace(3, f)));
    CHECK(trace.seen == Seen{1, 1});
    CHECK(ram.untouched());

    trace.seen.clear();
    CHECK(IO_UPDATE(pairs, at(trace(1, 0)), cpuq.entries, try_at(trace(2, 1)), flags, trace(3, f)));
    CHECK(trace.seen == Seen{1, 2, 3, 9});
    CHECK(ram.log().size() == 2);
}

TEMPLATE_TEST_CASE("members of every kind", "[project]", Little, Big) {
    Recorded<sizeof(Zoo), TestType::value> ram;
    const auto zoo = ram.template view<Zoo>();

    IO_WRITE(zoo, state, State::busy);
    CHECK(IO_READ(zoo, state) == State::busy);
    CHECK(ram[1] == 3);
    IO_WRITE(zoo, network, 0x0102);
    CHECK(IO_READ(zoo, network) == 0x0102);
    CHECK(ram[2] == 1);
    CHECK(ram[3] == 2);
    IO_WRITE(zoo, pci, 0x0102'0304u);
    CHECK(IO_READ(zoo, pci) == 0x0102'0304u);
    CHECK(ram[4] == 4);
    IO_UPDATE(zoo, network, [](auto v) { return v + 1; });
    IO_UPDATE(zoo, byte, [](auto v) { return v + 1; });
    CHECK(IO_READ(zoo, network).value() == 0x0103);

    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(zoo, id)),
                                  decltype(ram.template view<const std::uint32_t>())>);
    CHECK(IO_READ(zoo, id) == ram.template word<std::uint32_t>(offsetof(Zoo, id)));
    STATIC_REQUIRE(
        std::is_same_v<typename decltype(IO_PROJECT(zoo, status))::Target, std::uint32_t>);
    IO_WRITE(zoo, status, 5u);
    CHECK(IO_READ(zoo, status) == 5);
    STATIC_REQUIRE(
        std::is_same_v<typename decltype(IO_PROJECT(zoo, moving.size))::Target, std::uint32_t>);
    STATIC_REQUIRE(std::is_same_v<typename decltype(IO_PROJECT(zoo, moving))::Target, Tx>);
    IO_WRITE(zoo, moving, write_ptr, 6u);
    CHECK(IO_READ(zoo, moving.write_ptr) == 6);

    CHECK(IO_PROJECT(zoo, matrix, at(2), at(3)).address() == offsetof(Zoo, matrix) + 11 * 4);
    CHECK(IO_PROJECT(zoo, matrix, static_at(2), try_at(3)).value().address() ==
          offsetof(Zoo, matrix) + 11 * 4);
    CHECK(IO_PROJECT(zoo, matrix, at(1), try_at(4)).error() == Error::out_of_bounds);
    CHECK(IO_PROJECT(zoo, matrix, try_at(3), at(0)).error() == Error::out_of_bounds);
    CHECK(IO_PROJECT(zoo, matrix, static_range(1, 3), at(1), at(0)).address() ==
          offsetof(Zoo, matrix) + 8 * 4);
    CHECK(IO_PROJECT(zoo, shorts, at(3)).address() == offsetof(Zoo, shorts) + 6);
    CHECK(IO_PROJECT(zoo, shorts, static_at(3)).address() == offsetof(Zoo, shorts) + 6);
    CHECK(IO_PROJECT(zoo, shorts, try_at(4)).error() == Error::out_of_bounds);
    STATIC_REQUIRE(
        std::is_same_v<typename decltype(IO_PROJECT(zoo, shorts, static_range(1, 3)))::Target,
                       std::uint16_t[2]>);
    CHECK(IO_PROJECT(zoo, grid, at(1), at(0), write_ptr).address() == offsetof(Zoo, grid) + 20);
    CHECK(IO_PROJECT(zoo, either.word).address() == offsetof(Zoo, either));
    CHECK(IO_PROJECT(zoo, either.halves, at(1)).address() == offsetof(Zoo, either) + 2);
    CHECK(IO_PROJECT(zoo, either, bytes.high).address() == offsetof(Zoo, either) + 1);
    CHECK(IO_PROJECT(zoo, plain).address() == offsetof(Zoo, plain));
    CHECK(IO_PROJECT(zoo, halves, at(1)).address() == offsetof(Zoo, plain) + 2);
}

TEST_CASE("constness is inherited by everything inside", "[project]") {
    Recorded<sizeof(Zoo)> ram;
    const auto zoo = ram.view<Zoo>();
    const auto frozen = ram.view<const Zoo>();
    using Const = const std::uint32_t;
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(zoo, fixed))::Target, const Tx>);
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(zoo, fixed, size))::Target, Const>);
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(zoo, fixed.size))::Target, Const>);
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(zoo, limits, at(1)))::Target, Const>);
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(zoo, limits, first(1)))::Target, Const[]>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(IO_PROJECT(frozen, pci))::Target, const io::le<std::uint32_t>>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(IO_PROJECT(frozen, matrix, at(1), at(1)))::Target, Const>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(IO_PROJECT(frozen, grid, at(1), at(1), size))::Target, Const>);
    STATIC_REQUIRE(std::is_same_v<decltype(IO_PROJECT(frozen, moving.size))::Target, Const>);
    STATIC_REQUIRE(
        std::is_same_v<decltype(io::project(zoo, &Zoo::fixed, &Tx::size))::Target, Const>);
    STATIC_REQUIRE(std::is_same_v<decltype(io::project(frozen, &Zoo::status))::Target, Const>);
    CHECK(IO_READ(frozen, shorts, at(1)) == ram.word<std::uint16_t>(offsetof(Zoo, shorts) + 2));
    CHECK(IO_READ(zoo, fixed.size) == ram.word<std::uint32_t>(offsetof(Zoo, fixed)));
    CHECK(IO_READ(zoo, limits, try_at(1)).value() ==
          ram.word<std::uint32_t>(offsetof(Zoo, limits) + 4));
}

TEST_CASE("members with the names of steps are members", "[project]") {
    Recorded<sizeof(Steps)> ram;
    const auto steps = ram.view<Steps>();
    CHECK(IO_PROJECT(steps, at).address() == 0);
    CHECK(IO_PROJECT(steps, first).address() == 4);
    CHECK(IO_PROJECT(steps, from).address() == 8);
    CHECK(IO_PROJECT(steps, range).address() == 12);
    CHECK(IO_PROJECT(steps, try_at).address() == 16);
    CHECK(IO_PROJECT(steps, static_at).address() == 20);
    CHECK(IO_PROJECT(steps, inner.at).address() == 24);
    CHECK(IO_PROJECT(steps, inner, range).address() == 28);
    CHECK(IO_PROJECT(steps, list, at(1)).address() == 36);
    // with a variable of that name about
    const std::size_t at = 2, range = 1;
    CHECK(IO_PROJECT(steps, list, at(at)).address() == 40);
    CHECK(IO_PROJECT(steps, list, range(range, at)).size() == 1);
    CHECK(IO_PROJECT(steps, at).address() == 0);
    IO_WRITE(steps, at, 1u);
    IO_UPDATE(steps, try_at, [](auto v) { return v; });
    CHECK(ram.log().size() == 3);
}

TEST_CASE("macros nest", "[project]") {
    Recorded<sizeof(Pair)> ram;
    const auto queues = ram.view<Pair>();
    IO_WRITE(queues, cpuq.rx.read_ptr, 3u);
    IO_WRITE(queues,
             cpuq.entries,
             at(IO_READ(queues, cpuq.rx.read_ptr)),
             flags,
             IO_READ(queues, cpuq.rx.read_ptr) + 1);
    CHECK(ram.log() == Log{{wr, 8, 4, 3}, {rd, 8, 4, 3}, {rd, 8, 4, 3}, {wr, 76, 4, 4}});
    CHECK(IO_READ(IO_PROJECT(IO_PROJECT(queues, cpuq), entries, at(3)), flags) == 4);
    ram.recorder.clear();
    CHECK(IO_WRITE(queues,
                   cpuq.entries,
                   try_at(IO_READ(queues, cpuq.rx.read_ptr) + 5),
                   flags,
                   IO_READ(queues, gspq.rx.read_ptr))
              .error() == Error::out_of_bounds);
    CHECK(ram.log() == Log{{rd, 8, 4, 3}});
    const auto inner = IO_READ(queues,
                               cpuq.entries,
                               try_at(IO_READ(queues, cpuq.entries, try_at(3), flags).value()),
                               flags);
    CHECK(inner.value() == ram.word<std::uint32_t>(16 + 4 * 16 + 12));
    IO_UPDATE(queues, cpuq.tx.size, [&](auto) { return IO_READ(queues, cpuq.rx.read_ptr); });
    CHECK(IO_READ(queues, cpuq.tx.size) == 3);
}

namespace {

// An owner: neither copied nor moved, with all the methods and macros of a view.
class Device : public io::Io<Device, io::testing::MemoryBackend<std::endian::little>, Pair> {
public:
    using View = io::testing::MemoryView<std::endian::little, Pair>;
    explicit Device(View view) : view_(view) {}
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    View as_view() const noexcept { return view_; }

    std::uint32_t head() { return IO_READ(*this, cpuq.rx.read_ptr); }
    void set_head(std::uint32_t head) { IO_WRITE(*this, cpuq.rx.read_ptr, head); }
    bool try_set(std::size_t i) {
        return IO_WRITE(*this, cpuq.entries, try_at(i), flags, i_ + 1u).has_value();
    }

private:
    View view_;
    std::uint32_t i_ = 1;
};

// A device object whose parts are its own business.
class Private {
public:
    template <class V>
    static std::uint32_t sum(V view) {
        return IO_READ(view, words_, at(1)) + IO_READ(view, count_);
    }
    template <class V>
    static auto tries(V view, std::size_t i) {
        return IO_READ(view, words_, try_at(i));
    }
    template <class V>
    static auto count(V view) {
        return io::project(view, &Private::count_);
    }
    template <class V>
    friend void reset(V view) {
        IO_WRITE(view, count_, 0u);
    }

private:
    std::uint32_t count_;
    std::uint32_t words_[2];
};

template <class V>
struct Driver {
    V device;
    constexpr std::uint32_t read(std::size_t i) const {
        const auto lambda = [&](auto j) { return IO_READ(device, cpuq.entries, at(j), flags); };
        return lambda(i);
    }
    constexpr auto try_read(std::size_t i) const {
        return [this, i] { return IO_READ(device, cpuq.entries, try_at(i), flags); }();
    }
};

} // namespace

TEST_CASE("owners are projected like views", "[project]") {
    io::testing::Memory<sizeof(Pair)> memory;
    Device device{memory.view<Pair>()};
    device.set_head(5);
    CHECK(device.head() == 5);
    CHECK(IO_READ(device, cpuq.rx.read_ptr) == 5);
    CHECK(device.try_set(7));
    CHECK_FALSE(device.try_set(8));
    CHECK(IO_READ(std::as_const(device), cpuq.entries, at(7), flags) == 2);
    Device* const pointer = &device;
    CHECK(IO_READ(*pointer, cpuq.rx.read_ptr) == 5);
    IO_WRITE(*pointer, cpuq.entries, at(1), flags, 8u);
    CHECK(IO_READ(*pointer, cpuq.entries, try_at(1), flags).value() == 8);
    Device& reference = device;
    IO_UPDATE(reference, cpuq.rx.read_ptr, [](auto v) { return v * 2; });
    CHECK(io::project(device, &Pair::cpuq, &Queue::rx, &Rx::read_ptr).read() == 10);
    std::array<Device*, 1> devices{&device};
    CHECK(IO_READ(*devices[0], cpuq.rx.read_ptr) == 10);
    CHECK(device.size_bytes() == sizeof(Pair));
}

TEST_CASE("private members are reached inside their class", "[project]") {
    Recorded<sizeof(Private)> ram;
    const auto view = ram.view<Private>();
    CHECK(Private::sum(view) == ram.word<std::uint32_t>(8) + ram.word<std::uint32_t>(0));
    CHECK(Private::tries(view, 1).value() == ram.word<std::uint32_t>(8));
    CHECK(Private::tries(view, 2).error() == Error::out_of_bounds);
    CHECK(Private::count(view).address() == 0);
    reset(view);
    CHECK(ram.word<std::uint32_t>(0) == 0);
}

TEST_CASE("in templates, lambdas and members", "[project]") {
    Recorded<sizeof(Pair)> ram;
    const Driver<decltype(ram.view<Pair>())> driver{ram.view<Pair>()};
    CHECK(driver.read(2) == ram.word<std::uint32_t>(16 + 32 + 12));
    CHECK(driver.try_read(2).value() == driver.read(2));
    CHECK(driver.try_read(8).error() == Error::out_of_bounds);
    const auto queues = driver.device;
    const auto counter = [&queues, n = 0]() mutable {
        return IO_READ(queues, cpuq.entries, at(n++), flags);
    };
    auto copy = counter;
    CHECK(copy() == ram.word<std::uint32_t>(16 + 12));
    CHECK(copy() == ram.word<std::uint32_t>(16 + 16 + 12));
    // a value with commas goes in parentheses
    IO_WRITE(queues, cpuq.tx.size, (std::array<std::uint32_t, 2>{1, 2}[1]));
    IO_UPDATE(queues, cpuq.tx.size, ([n = 3u, m = 4u](auto v) { return v + n + m; }));
    CHECK(IO_READ(queues, cpuq.tx.size) == 9);
    IO_PROJECT(queues, cpuq.tx.size).write(std::array<std::uint32_t, 2>{1, 2}[0]);
    CHECK(IO_READ(queues, cpuq.tx.size) == 1);
    // the view itself may be any expression
    CHECK(IO_READ((true ? queues : queues), cpuq.tx.size) == 1);
    if (IO_READ(queues, cpuq.tx.size) == 1)
        IO_WRITE(queues, cpuq.tx.size, 2u);
    else
        IO_WRITE(queues, cpuq.tx.size, 3u);
    CHECK(IO_READ(queues, cpuq.tx.size) == 2);
}

TEST_CASE("a chain may have eight steps", "[project]") {
    using Deep = std::uint8_t[2][2][2][2][2][2][2][2];
    Recorded<sizeof(Deep)> ram;
    const auto deep = ram.view<Deep>();
    CHECK(IO_PROJECT(deep, at(1), at(1), at(1), at(1), at(1), at(1), at(1), at(1)).address() ==
          255);
    CHECK(IO_READ(deep, at(0), at(1), at(0), at(1), at(0), at(1), at(0), at(1)) == ram[0x55]);
    IO_WRITE(deep, at(0), at(1), static_at(0), at(1), at(0), at(1), at(0), at(1), std::uint8_t{7});
    CHECK(IO_WRITE(
        deep, at(0), at(1), at(0), at(1), at(0), at(1), at(0), try_at(0), std::uint8_t{8}));
    CHECK(IO_READ(deep, try_at(0), at(1), at(0), at(1), at(0), at(1), at(0), at(2 - 1)).value() ==
          7);
    CHECK_FALSE(IO_READ(deep, at(0), at(1), at(0), at(1), at(0), at(1), at(0), try_at(2)));
    CHECK(IO_UPDATE(deep, at(0), at(1), at(0), at(1), at(0), at(1), at(0), try_at(1), [](auto v) {
        return v + 1;
    }));
    CHECK(ram[0x54] == 8);
    CHECK(ram[0x55] == 8);
}

TEST_CASE("pointers to members give the same views", "[project]") {
    Recorded<sizeof(Zoo)> ram;
    const auto zoo = ram.view<Zoo>();
    const auto same = [](auto a, auto b) {
        STATIC_REQUIRE(std::is_same_v<decltype(a), decltype(b)>);
        return a.address() == b.address() && a.size_bytes() == b.size_bytes();
    };
    CHECK(same(io::project(zoo, &Zoo::byte), IO_PROJECT(zoo, byte)));
    CHECK(same(io::project(zoo, &Zoo::network), IO_PROJECT(zoo, network)));
    CHECK(same(io::project(zoo, &Zoo::id), IO_PROJECT(zoo, id)));
    CHECK(same(io::project(zoo, &Zoo::status), IO_PROJECT(zoo, status)));
    CHECK(same(io::project(zoo, &Zoo::fixed, &Tx::write_ptr), IO_PROJECT(zoo, fixed.write_ptr)));
    CHECK(same(io::project(zoo, &Zoo::moving), IO_PROJECT(zoo, moving)));
    CHECK(same(io::project(zoo, &Zoo::matrix, io::at(1), io::at(2)),
               IO_PROJECT(zoo, matrix, at(1), at(2))));
    CHECK(same(io::project(zoo, &Zoo::matrix, io::static_at<2>()),
               IO_PROJECT(zoo, matrix, static_at(2))));
    CHECK(same(io::project(zoo, &Zoo::matrix, io::static_range<1, 3>()),
               IO_PROJECT(zoo, matrix, static_range(1, 3))));
    CHECK(same(io::project(zoo, &Zoo::shorts, io::range(1, 3)),
               IO_PROJECT(zoo, shorts, range(1, 3))));
    CHECK(same(io::project(zoo, &Zoo::shorts, io::from(1)), IO_PROJECT(zoo, shorts, from(1))));
    CHECK(same(io::project(zoo, &Zoo::shorts, io::first(3)), IO_PROJECT(zoo, shorts, first(3))));
    CHECK(same(io::project(zoo, &Zoo::grid, io::at(1), io::at(0), &Tx::write_ptr),
               IO_PROJECT(zoo, grid, at(1), at(0), write_ptr)));
    CHECK(same(io::project(zoo, &Zoo::either, &Either::halves, io::at(1)),
               IO_PROJECT(zoo, either.halves, at(1))));
    CHECK(same(io::project(zoo, &Zoo::halves), IO_PROJECT(zoo, halves)));
    CHECK(same(io::project(zoo, &Zoo::grid, io::try_at(1), io::at(0), &Tx::size).value(),
               IO_PROJECT(zoo, grid, try_at(1), at(0), size).value()));
    CHECK(io::project(zoo, &Zoo::grid, io::try_at(2), io::at(0), &Tx::size).error() ==
          Error::out_of_bounds);
    CHECK(io::project(zoo, &Zoo::shorts, io::try_from(5)).error() == Error::out_of_bounds);
    // what follows a failed step is of no account
    CHECK(io::project(zoo, &Zoo::matrix, io::try_at(3), io::at(99)).error() ==
          Error::out_of_bounds);
    CHECK(
        io::project(zoo, &Zoo::matrix, io::try_range(3, 2), io::range(9, 8), io::at(-1)).error() ==
        Error::out_of_bounds);
    CHECK(io::project(zoo, &Zoo::grid, io::try_at(2), io::from(9), io::at(0), &Tx::size).error() ==
          Error::out_of_bounds);
    CHECK(io::project(zoo).address() == 0);
    CHECK(ram.untouched());
}

namespace {

// A medium without any state: a word holds its own address. Its views are constants.
template <class T>
class EchoView;
struct EchoBackend {
    template <class T>
    using View = EchoView<T>;
    template <class T>
    static constexpr io::IoPtr<T> as_ptr(EchoView<T> view) noexcept;
    template <class T, class U>
    static constexpr EchoView<U> project_view(EchoView<T>, io::IoPtr<U> ptr) noexcept;
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    static constexpr W io_read(EchoView<W> view) noexcept;
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 8)
    static constexpr void io_write(EchoView<W>, W) noexcept {}
};
template <class T>
class EchoView : public io::Io<EchoView<T>, EchoBackend, T> {
public:
    constexpr explicit EchoView(io::IoPtr<T> place) noexcept : ptr(place) {}
    constexpr EchoView as_view() const noexcept { return *this; }
    io::IoPtr<T> ptr;
};
template <class T>
constexpr io::IoPtr<T> EchoBackend::as_ptr(EchoView<T> view) noexcept {
    return view.ptr;
}
template <class T, class U>
constexpr EchoView<U> EchoBackend::project_view(EchoView<T>, io::IoPtr<U> ptr) noexcept {
    return EchoView<U>{ptr};
}
template <class W>
    requires(std::unsigned_integral<W> && sizeof(W) <= 8)
constexpr W EchoBackend::io_read(EchoView<W> view) noexcept {
    return static_cast<W>(view.ptr.address);
}

constexpr EchoView<Pair> echo{io::IoPtr<Pair>{0x1000, {}}};
constexpr EchoView<std::uint32_t[4][4]> grid{io::IoPtr<std::uint32_t[4][4]>{0, {}}};

// At namespace scope there is no lambda that captures: eager chains have none.
constexpr auto wptr = IO_PROJECT(echo, gspq.tx.write_ptr);
constexpr std::uint32_t wptr_value = IO_READ(echo, gspq.tx.write_ptr);
constexpr std::uint32_t flags_value = IO_READ(echo, cpuq.entries, at(3), flags);
constexpr auto four = IO_PROJECT(echo, cpuq.entries, static_range(4, 8));
static_assert(wptr.address() == 0x1000 + 148 && wptr_value == 0x1000 + 148);
static_assert(flags_value == 0x1000 + 16 + 48 + 12);
static_assert(four.address() == 0x1000 + 16 + 64 && four.size() == 4);
static_assert(IO_READ(echo, cpuq.entries, from(6), at(1), flags) == 0x1000 + 16 + 7 * 16 + 12);
static_assert(io::project(echo, &Pair::gspq, &Queue::tx, &Tx::write_ptr).address() == 0x1000 + 148);
static_assert(io::project(echo, &Pair::cpuq, &Queue::entries, io::at(5), &Entry::flags).read() ==
              0x1000 + 16 + 5 * 16 + 12);
static_assert(io::project(echo, &Pair::cpuq, &Queue::entries, io::try_at(8)).error() ==
              Error::out_of_bounds);
static_assert(io::project(EchoView<Either>{io::IoPtr<Either>{0, {}}}, &Either::halves, io::at(1))
                  .address() == 2);

// So do those with a try_ step, as long as no index stands behind it. A static step has none.
static_assert(IO_PROJECT(echo, cpuq.entries, try_at(7), flags)->address() == 0x1000 + 16 + 124);
static_assert(IO_PROJECT(echo, cpuq.entries, try_at(8), flags).error() == Error::out_of_bounds);
static_assert(IO_READ(echo, cpuq.entries, try_at(7), flags).value() == 0x1000 + 16 + 124);
static_assert(IO_READ(echo, cpuq.entries, range(1, 4), try_at(2), flags).value() == 0x1000 + 76);
static_assert(!IO_READ(echo, cpuq.entries, from(1), try_at(-1), flags));
static_assert(IO_READ(grid, try_at(3), static_at(2)).value() == 56);
static_assert(IO_PROJECT(echo, cpuq.entries, try_from(6))->size() == 2);
static_assert(IO_PROJECT(echo, cpuq.entries, try_first(6))->size() == 6);
constexpr auto tried = IO_PROJECT(echo, cpuq.entries, try_range(2, 5));
constexpr bool
read_by_default(bool ok = IO_READ(echo, cpuq.entries, try_at(1), flags).has_value()) {
    return ok;
}
template <bool Ok = IO_READ(echo, cpuq.entries, try_at(8), flags).has_value()>
constexpr bool ok_by_template_default = Ok;
template <class V>
concept HasFlags = requires(const V& v) {
    IO_READ(v, cpuq.entries, try_at(0), flags);
    IO_PROJECT(v, cpuq.entries, try_at(0), flags);
};
struct InitialisedByTrying {
    bool ok = IO_READ(echo, cpuq.entries, try_at(7), flags).has_value();
    // an index behind it is in a lambda, which stands in a default member initialiser too
    std::size_t row = 1;
    bool also = IO_READ(grid, try_at(row), at(row)).has_value();
};
// No access is made for its type.
static_assert(std::is_same_v<decltype(IO_READ(echo, cpuq.entries, try_at(0), flags)),
                             io::Result<std::uint32_t>>);
static_assert(noexcept(IO_READ(echo, cpuq.entries, try_at(0), flags)));
static_assert(sizeof(IO_PROJECT(echo, cpuq.entries, try_at(0))) > 0);

// try_ chains with more indices are constants too, where lambdas are allowed.
constexpr auto try_flags(std::size_t i) {
    return IO_READ(echo, cpuq.entries, try_at(i), flags);
}
static_assert(try_flags(7).value() == 0x1000 + 16 + 7 * 16 + 12);
static_assert(try_flags(8).error() == Error::out_of_bounds);

std::uint32_t by_default(std::uint32_t value = IO_READ(echo, cpuq.entries, at(1), flags)) {
    return value;
}
template <std::uint32_t Value = IO_READ(echo, cpuq.rx.read_ptr)>
constexpr std::uint32_t by_template_default() {
    return Value;
}
template <class V>
concept HasReadPointer = requires(V view) { IO_READ(view, cpuq.rx.read_ptr); };
struct Initialised {
    std::uint32_t pointer = IO_READ(echo, cpuq.rx.read_ptr);
    static constexpr std::uint32_t constant = IO_READ(echo, gspq.rx.read_ptr);
    std::uint32_t array[IO_READ(echo, cpuq.rx.read_ptr) - 0x1000];
};

} // namespace

TEST_CASE("eager chains stand wherever an expression stands", "[project]") {
    STATIC_REQUIRE(tried->size() == 3);
    STATIC_REQUIRE(read_by_default());
    STATIC_REQUIRE_FALSE(ok_by_template_default<>);
    STATIC_REQUIRE(HasFlags<EchoView<Pair>>);
    STATIC_REQUIRE_FALSE(HasFlags<EchoView<Queue>>);
    CHECK(InitialisedByTrying{}.ok);
    CHECK(InitialisedByTrying{}.also);
    STATIC_REQUIRE(HasReadPointer<EchoView<Pair>>);
    STATIC_REQUIRE_FALSE(HasReadPointer<EchoView<Queue>>);
    CHECK(by_default() == 0x1000 + 16 + 16 + 12);
    CHECK(by_template_default() == 0x1008);
    CHECK(Initialised{}.pointer == 0x1008);
    STATIC_REQUIRE(Initialised::constant == 0x1000 + 144 + 8);
    STATIC_REQUIRE(sizeof(Initialised) == 9 * 4);
    switch (IO_READ(echo, cpuq.rx.read_ptr)) {
    case IO_READ(echo, cpuq.rx.read_ptr):
        SUCCEED();
        break;
    default:
        FAIL();
    }
}

TEST_CASE("projection works in the compiler, accesses and all", "[project]") {
    STATIC_REQUIRE([] {
        io::testing::Memory<sizeof(Pair), std::endian::big> memory;
        const auto queues = memory.view<Pair>();
        IO_WRITE(queues, gspq.tx.write_ptr, 7u);
        IO_UPDATE(queues, gspq.tx.write_ptr, [](auto v) { return v + 1; });
        int evaluated = 0;
        const auto failed = IO_WRITE(
            queues, cpuq.entries, try_at(8), flags, static_cast<std::uint32_t>(++evaluated));
        return IO_READ(queues, gspq.tx.write_ptr) == 8 && !failed && evaluated == 0 &&
               memory[148 + 3] == 8 &&
               io::project(queues, &Pair::gspq, &Queue::tx, &Tx::write_ptr).read() == 8;
    }());
}

TEST_CASE("every real backend projects to the same place", "[project]") {
    alignas(16) Pair pair{};
    const auto address = reinterpret_cast<std::uintptr_t>(&pair);
    const auto mmio = io::Mmio<Pair>::from_raw(io::MmioRaw<Pair>::at(address));
    const auto sys = io::SysMem<Pair>::from_pointer(&pair);
    CHECK(IO_PROJECT(mmio, gspq.entries, at(2), flags).address() == address + 144 + 16 + 32 + 12);
    CHECK(IO_PROJECT(sys, gspq.entries, at(2), flags).address() == address + 144 + 16 + 32 + 12);
    CHECK(IO_PROJECT(mmio.relaxed(), gspq.entries, at(2), flags).address() ==
          address + 144 + 16 + 32 + 12);
    IO_WRITE(mmio, gspq.entries, at(2), flags, 5u);
    const auto in_device_order = [](std::uint32_t stored) {
        return std::bit_cast<io::le<std::uint32_t>>(stored).value();
    };
    CHECK(in_device_order(pair.gspq.entries[2].flags) == 5);
    IO_UPDATE(sys, gspq.entries, at(2), flags, [&](auto v) {
        return std::bit_cast<std::uint32_t>(io::le<std::uint32_t>{in_device_order(v) + 1});
    });
    CHECK(IO_READ(mmio.relaxed(), gspq.entries, try_at(2), flags).value() == 6);
}
