// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Ring arithmetic against a model that counts slots one by one, at every pair of positions.
#include <ioview/dma/ring.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <vector>

namespace io = ioview;

namespace {

// Every slot from first up to, not including, last, walking around.
template <std::uint32_t N>
std::vector<std::uint32_t> walk(std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint32_t> slots;
    for (std::uint32_t slot = first; slot != last; slot = slot + 1 == N ? 0 : slot + 1)
        slots.push_back(slot);
    return slots;
}

std::vector<std::uint32_t> slots_of(io::RingSpans spans) {
    std::vector<std::uint32_t> slots;
    for (const auto span : {spans.first, spans.second}) {
        for (std::uint32_t slot = span.first; slot != span.last; ++slot)
            slots.push_back(slot);
    }
    return slots;
}

template <std::uint32_t N>
void agrees_with_the_model() {
    using Slots = io::Ring<N>;
    for (std::uint32_t w = 0; w < N; ++w) {
        for (std::uint32_t r = 0; r < N; ++r) {
            const Slots slots{.write = *Slots::check(w), .read = *Slots::check(r)};
            const auto used = walk<N>(r, w);
            const auto room = walk<N>(w, (r + N - 1) % N);
            REQUIRE(slots_of(slots.readable()) == used);
            REQUIRE(slots_of(slots.writable()) == room);
            REQUIRE(slots.used() == used.size());
            REQUIRE(slots.free() == room.size());
            REQUIRE(slots.free() == (r + N - w - 1) % N); // the manual's formula
            REQUIRE(slots.readable().size() == used.size());
            REQUIRE(slots.writable().size() == room.size());
            REQUIRE(slots.readable().empty() == used.empty());
            REQUIRE(slots.empty() == (w == r));
            REQUIRE(slots.full() == room.empty());
            REQUIRE(slots.used() + slots.free() == Slots::capacity);
            for (const auto& spans : {slots.readable(), slots.writable()}) {
                REQUIRE(spans.first.first <= spans.first.last);
                REQUIRE(spans.first.last <= N);
                REQUIRE(spans.second.first == 0);
                REQUIRE(spans.second.last < N);
                REQUIRE((spans.second.empty() || spans.first.last == N));
            }
        }
        for (std::uint32_t n = 0; n <= 3 * N; ++n) {
            std::uint32_t slot = w;
            for (std::uint32_t i = 0; i < n; ++i)
                slot = slot + 1 == N ? 0 : slot + 1;
            REQUIRE(Slots::advance(*Slots::check(w), n).value() == slot);
        }
        for (const std::uint32_t n : {0x7fff'ffffu, 0x8000'0000u, 0xffff'fffeu, 0xffff'ffffu})
            REQUIRE(Slots::advance(*Slots::check(w), n).value() == (std::uint64_t{w} + n) % N);
    }
}

} // namespace

TEST_CASE("every pair of positions of small rings", "[ring]") {
    agrees_with_the_model<2>();
    agrees_with_the_model<3>();
    agrees_with_the_model<4>();
    agrees_with_the_model<5>();
    agrees_with_the_model<7>();
    agrees_with_the_model<8>();
    agrees_with_the_model<16>();
    agrees_with_the_model<17>();
}

TEST_CASE("every pair of positions of the 63 slots of the GSP queues", "[ring]") {
    agrees_with_the_model<63>();
}

TEST_CASE("the tables of the GSP queues, row by row", "[ring]") {
    using Slots = io::Ring<63>;
    constexpr auto at = [](std::uint32_t tx, std::uint32_t rx) {
        return Slots{.write = Slots::wrap(tx), .read = Slots::wrap(rx)};
    };
    // writable: rx == 0, rx <= tx, rx > tx
    STATIC_REQUIRE(at(5, 0).writable() == io::RingSpans{{5, 62}, {}});
    STATIC_REQUIRE(at(0, 0).writable() == io::RingSpans{{0, 62}, {}});
    STATIC_REQUIRE(at(62, 0).writable().empty());
    STATIC_REQUIRE(at(5, 5).writable() == io::RingSpans{{5, 63}, {0, 4}});
    STATIC_REQUIRE(at(62, 1).writable() == io::RingSpans{{62, 63}, {}});
    STATIC_REQUIRE(at(5, 9).writable() == io::RingSpans{{5, 8}, {}});
    STATIC_REQUIRE(at(5, 6).writable().empty());
    // readable: rx <= tx, otherwise
    STATIC_REQUIRE(at(5, 2).readable() == io::RingSpans{{2, 5}, {}});
    STATIC_REQUIRE(at(5, 5).readable().empty());
    STATIC_REQUIRE(at(5, 60).readable() == io::RingSpans{{60, 63}, {0, 5}});
    STATIC_REQUIRE(at(0, 62).readable() == io::RingSpans{{62, 63}, {}});
    // one slot stays empty
    STATIC_REQUIRE(at(61, 62).full());
    STATIC_REQUIRE(at(61, 62).used() == 62);
    STATIC_REQUIRE(Slots::slots == 63);
    STATIC_REQUIRE(Slots::advance(Slots::wrap(62), 1).value() == 0);
    STATIC_REQUIRE(Slots{}.empty());
}

TEST_CASE("no value of a peer is an index outside the ring", "[ring]") {
    using Slots = io::Ring<63>;
    STATIC_REQUIRE(Slots::wrap(0xffff'ffff).value() == 0xffff'ffff % 63);
    STATIC_REQUIRE(Slots::wrap(63).value() == 0);
    STATIC_REQUIRE(Slots::check(62)->value() == 62);
    STATIC_REQUIRE(Slots::check(63).error() == io::Error::out_of_bounds);
    STATIC_REQUIRE(Slots::check(0xffff'ffff).error() == io::Error::out_of_bounds);
    for (std::uint64_t value = 0; value <= 0xffff'ffff; value += 0x1001'0001) {
        const Slots slots{.write = Slots::wrap(static_cast<std::uint32_t>(value)), .read = {}};
        REQUIRE(slots.readable().first.last < 63);
    }
    // the largest ring there can be
    using Most = io::Ring<0x8000'0000>;
    STATIC_REQUIRE(Most::advance(Most::wrap(0x7fff'ffff), 0xffff'ffff).value() == 0x7fff'fffe);
    using Odd = io::Ring<0x7fff'ffff>;
    STATIC_REQUIRE(Odd::advance(Odd::wrap(0x7fff'fffe), 0x7fff'ffff).value() == 0x7fff'fffe);
    STATIC_REQUIRE(Odd{.write = {}, .read = Odd::wrap(1)}.used() == 0x7fff'fffe);
}

namespace {

// The same questions to a ring whose size is known at run time, and to one whose size is not.
template <std::uint32_t N>
void agrees_with_the_known_size() {
    using Known = io::Ring<N>;
    const auto ring = io::Ring<>::of(N).value();
    REQUIRE(ring.slots() == N);
    REQUIRE(ring.capacity() == N - 1);
    REQUIRE(ring.empty());
    for (std::uint32_t w = 0; w < N; ++w) {
        for (std::uint32_t r = 0; r < N; ++r) {
            const Known known{.write = *Known::check(w), .read = *Known::check(r)};
            const auto slots = ring.with(*ring.check(w), *ring.check(r));
            REQUIRE(slots.writable() == known.writable());
            REQUIRE(slots.readable() == known.readable());
            REQUIRE(slots.used() == known.used());
            REQUIRE(slots.free() == known.free());
            REQUIRE(slots.empty() == known.empty());
            REQUIRE(slots.full() == known.full());
        }
        for (const std::uint32_t n :
             {0u, 1u, N - 1, N, N + 1, 3 * N, 0x7fff'ffffu, 0x8000'0000u, 0xffff'ffffu})
            REQUIRE(ring.advance(*ring.check(w), n).value() ==
                    Known::advance(*Known::check(w), n).value());
    }
    for (const std::uint32_t value : {0u, N - 1, N, N + 1, 0x8000'0000u, 0xffff'ffffu}) {
        REQUIRE(ring.wrap(value).value() == Known::wrap(value).value());
        REQUIRE(ring.check(value).has_value() == Known::check(value).has_value());
    }
}

// Against a model that counts one by one: a queue of n slots from a start value of its counters on.
template <class Counter, class Make>
void counts(std::uint32_t n, Make make) {
    for (const Counter start : {Counter{0},
                                Counter{1},
                                static_cast<Counter>(0 - n / 2),
                                static_cast<Counter>(~Counter{0})}) {
        for (std::uint32_t ahead = 0; ahead < n; ++ahead) {
            const auto r = static_cast<Counter>(start + ahead);
            for (std::uint32_t used = 0; used <= n; ++used) {
                const auto w = static_cast<Counter>(r + used);
                const auto made = make(w, r);
                REQUIRE(made);
                std::vector<std::uint32_t> full, room;
                for (std::uint32_t i = 0; i < n; ++i)
                    (i < used ? full : room).push_back(static_cast<std::uint32_t>(r + i) % n);
                REQUIRE(slots_of(made->readable()) == full);
                REQUIRE(slots_of(made->writable()) == room);
                REQUIRE(made->used() == used);
                REQUIRE(made->free() == n - used);
                REQUIRE(made->empty() == (used == 0));
                REQUIRE(made->full() == (used == n));
                REQUIRE(made->slots() == n);
                REQUIRE(made->write() == w);
                REQUIRE(made->read() == r);
            }
            // more than there is room for, up to what looks like going back
            for (const std::uint32_t lie : {n + 1, n + 2, 2 * n + 1})
                REQUIRE(make(static_cast<Counter>(r + lie), r).error() == io::Error::out_of_bounds);
            REQUIRE(make(static_cast<Counter>(r - 1), r).error() == io::Error::out_of_bounds);
        }
    }
}
template <std::uint32_t N, class Counter>
void counts_free() {
    using Known = io::CountingRing<N, Counter>;
    using Unknown = io::CountingRing<io::run_time_slots, Counter>;
    counts<Counter>(N, [](Counter w, Counter r) { return Known::of(w, r); });
    counts<Counter>(N, [](Counter w, Counter r) { return Unknown::of(N, w, r); });
}

} // namespace

TEST_CASE("a ring whose size is known at run time is one of that size", "[ring]") {
    agrees_with_the_known_size<2>();
    agrees_with_the_known_size<3>();
    agrees_with_the_known_size<8>();
    agrees_with_the_known_size<17>();
    agrees_with_the_known_size<63>();
    STATIC_REQUIRE(io::Ring<>::of(0).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::Ring<>::of(1).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::Ring<>::of(0x8000'0001).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(io::Ring<>::of(0xffff'ffff).error() == io::Error::invalid_argument);
    constexpr auto most = io::Ring<>::of(0x8000'0000).value();
    STATIC_REQUIRE(most.advance(most.wrap(0x7fff'ffff), 0xffff'ffff).value() == 0x7fff'fffe);
    STATIC_REQUIRE(most.with(most.wrap(0), most.wrap(1)).used() == 0x7fff'ffff);
}

TEST_CASE("where the indices run free, every slot is usable", "[ring]") {
    counts_free<2, std::uint8_t>();
    counts_free<8, std::uint16_t>();
    counts_free<16, std::uint32_t>();
    counts_free<16, std::uint64_t>();
    counts_free<4, std::uint16_t>();
    // the largest of a type: half of what it counts
    using Bytes = io::CountingRing<128, std::uint8_t>;
    STATIC_REQUIRE(Bytes::of(127, 255)->full());
    STATIC_REQUIRE(Bytes::of(127, 255)->readable() == io::RingSpans{{127, 128}, {0, 127}});
    STATIC_REQUIRE(Bytes::of(128, 255).error() == io::Error::out_of_bounds);
    STATIC_REQUIRE(Bytes::advance(250, 10) == 4);
    using Words = io::CountingRing<0x8000'0000>;
    STATIC_REQUIRE(Words::of(0x7fff'ffff, 0xffff'ffff)->full());
    STATIC_REQUIRE(Words::of(0x7fff'ffff, 0xffff'ffff)->slot(0xffff'ffff) == 0x7fff'ffff);
    using One = io::CountingRing<1>;
    STATIC_REQUIRE(One::of(6, 5)->full());
    STATIC_REQUIRE(One::of(6, 5)->readable() == io::RingSpans{{0, 1}, {}});
}

TEST_CASE("a size that free-running indices cannot tell is refused", "[ring]") {
    using Virtio = io::CountingRing<io::run_time_slots, std::uint16_t>;
    STATIC_REQUIRE(Virtio::of(0x8000, 5, 5)->empty());
    STATIC_REQUIRE(Virtio::of(256, 3, 0xff03)->full());
    for (const std::uint32_t slots : {0u, 3u, 63u, 0x1'0000u, 0x8000'0000u, 0xffff'ffffu})
        CHECK(Virtio::of(slots, 0, 0).error() == io::Error::invalid_argument);
    using Wide = io::CountingRing<>;
    CHECK(Wide::of(0x8000'0000, 0, 0));
    CHECK(Wide::of(0xffff'ffff, 0, 0).error() == io::Error::invalid_argument);
}
