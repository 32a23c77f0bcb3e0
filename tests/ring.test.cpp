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
