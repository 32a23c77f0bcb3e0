// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// ScatterList: what is merged, what is split, and what is refused without a trace.
#include <ioview/dma/scatter_list.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <initializer_list>
#include <limits>

namespace io = ioview;
using io::DmaSegment;
using io::Error;

namespace {

template <std::size_t N>
bool holds(const io::ScatterList<N>& list, std::initializer_list<DmaSegment> expected) {
    if (list.size() != expected.size())
        return false;
    auto other = expected.begin();
    for (const DmaSegment& segment : list) {
        if (!(segment == *other++))
            return false;
    }
    return true;
}

struct Lent {
    io::DmaAddress address;
    std::size_t bytes;
    io::DmaAddress dma_address() const { return address; }
    std::size_t size_bytes() const { return bytes; }
};

} // namespace

TEST_CASE("neighbours are one segment, others are not", "[dma]") {
    io::ScatterList<4> list;
    CHECK(list.empty());
    REQUIRE(list.add(0x1000, 0x100));
    REQUIRE(list.add(0x1100, 0x80));        // behind it
    REQUIRE(list.add(Lent{0x0f00, 0x100})); // in front of it, but later
    REQUIRE(list.add(Lent{0x1001, 1}));
    CHECK(holds(list, {{0x1000, 0x180}, {0x0f00, 0x100}, {0x1001, 1}}));
    CHECK(list.total_bytes() == 0x281);
    list.clear();
    CHECK(list.empty());
    CHECK(list.total_bytes() == 0);
}

TEST_CASE("a segment is no longer than the device takes", "[dma]") {
    io::ScatterList<4> list{{.max_segment_bytes = 0x100}};
    REQUIRE(list.add(0x1000, 0x180));
    REQUIRE(list.add(0x1180, 0x100)); // fills the second, and begins a third
    CHECK(holds(list, {{0x1000, 0x100}, {0x1100, 0x100}, {0x1200, 0x80}}));
    CHECK(list.total_bytes() == 0x280);
}

TEST_CASE("a segment crosses no boundary", "[dma]") {
    io::ScatterList<4> list{{.boundary = 0x1000}};
    REQUIRE(list.add(0x0ff0, 0x1020));
    CHECK(holds(list, {{0x0ff0, 0x10}, {0x1000, 0x1000}, {0x2000, 0x10}}));
    list.clear();
    REQUIRE(list.add(0x1000, 0x1000));
    REQUIRE(list.add(0x2000, 1)); // a neighbour across it
    CHECK(holds(list, {{0x1000, 0x1000}, {0x2000, 1}}));
}

TEST_CASE("segments are aligned, but for the end of the last", "[dma]") {
    io::ScatterList<4> list{{.max_segment_bytes = 0x103, .alignment = 4}};
    REQUIRE(list.add(0x1000, 0x106)); // split where the rest is aligned
    CHECK(holds(list, {{0x1000, 0x100}, {0x1100, 0x6}}));
    CHECK(list.add(0x2000, 4).error() == Error::misaligned); // the end is not the end then
    list.clear();
    CHECK(list.add(0x1002, 4).error() == Error::misaligned);
    CHECK(list.empty());
}

TEST_CASE("what does not fit leaves the list as it was", "[dma]") {
    io::ScatterList<2> list{{.max_segment_bytes = 0x100}};
    REQUIRE(list.add(0x1000, 0x80));
    // fills up the first, begins the second, and lacks a third
    CHECK(list.add(0x1080, 0x200).error() == Error::message_too_large);
    CHECK(holds(list, {{0x1000, 0x80}}));
    CHECK(list.total_bytes() == 0x80);

    io::ScatterList<8> few{{.max_segments = 1}};
    REQUIRE(few.add(0x1000, 1));
    CHECK(few.add(0x3000, 1).error() == Error::message_too_large);
    CHECK(few.size() == 1);
}

TEST_CASE("no bytes, bytes without addresses and limits without sense are refused", "[dma]") {
    io::ScatterList<2> list;
    CHECK(list.add(0x1000, 0).error() == Error::invalid_argument);
    CHECK(list.add(~io::DmaAddress{0}, 2).error() == Error::overflow);
    REQUIRE(list.add(~io::DmaAddress{0}, 1)); // the last byte there is
    CHECK(list.add(0, std::numeric_limits<std::size_t>::max()).error() == Error::overflow);
    CHECK(list.size() == 1);

    for (const io::DmaLimits& wrong : {io::DmaLimits{.boundary = 0x1800},
                                       io::DmaLimits{.alignment = 0},
                                       io::DmaLimits{.alignment = 3},
                                       io::DmaLimits{.boundary = 2, .alignment = 4},
                                       io::DmaLimits{.max_segment_bytes = 3, .alignment = 4}}) {
        io::ScatterList<2> strange{wrong};
        CHECK(strange.add(0x1000, 4).error() == Error::invalid_argument);
        CHECK(strange.empty());
    }
}

TEST_CASE("a list is made in the compiler, too", "[dma]") {
    constexpr auto list = [] {
        io::ScatterList<3> made{{.boundary = 0x10}};
        static_cast<void>(made.add(0x8, 0x10));
        return made;
    }();
    STATIC_REQUIRE(list.size() == 2);
    STATIC_REQUIRE(list.begin()->bytes == 8);
}
