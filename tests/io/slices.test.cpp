// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays, slices and what iterates over them.
#include <ioview/backend/mmio.hpp>
#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/project.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <limits>
#include <type_traits>

namespace io = ioview;

namespace {

using io::Error;

struct Entry {
    std::uint32_t address, flags;
};
using Words = std::uint32_t[];

// Every answer to an index that is not there.
template <class View, class I>
void refuses_index(View view, I index, const Log& log) {
    CHECK(view.try_at(index).error() == Error::out_of_bounds);
    CHECK(io::project(view, io::try_at(index)).error() == Error::out_of_bounds);
    CHECK(log.empty());
}

template <class View, class I, class N>
void refuses_part(View view, I first, N count, const Log& log) {
    CHECK(view.try_subview(first, count).error() == Error::out_of_bounds);
    CHECK(log.empty());
}

template <class View, class I, class J>
void refuses_range(View view, I first, J last, const Log& log) {
    CHECK(io::project(view, io::try_range(first, last)).error() == Error::out_of_bounds);
    CHECK(log.empty());
}

} // namespace

TEST_CASE("a slice has a count and elements", "[slices]") {
    Recorded<35> ram; // the last three bytes are no whole element
    const auto words = ram.view<Words>();
    CHECK(words.size() == 8);
    CHECK(words.size_bytes() == 32);
    CHECK_FALSE(words.empty());
    STATIC_REQUIRE(std::is_same_v<decltype(words.at(1))::Target, std::uint32_t>);
    CHECK(words.at(3).address() == 12);
    words.at(3).write(7);
    CHECK(words.try_at(3).value().read() == 7);
    words.at(std::uint8_t{0}).write(1);
    words.at(7LL).write(2);
    CHECK(ram.log() == Log{{wr, 12, 4, 7}, {rd, 12, 4, 7}, {wr, 0, 4, 1}, {wr, 28, 4, 2}});
}

TEMPLATE_TEST_CASE("arrays are as good as slices",
                   "[slices]",
                   Entry[4],
                   (std::array<Entry, 4>),
                   const Entry[4],
                   (const std::array<Entry, 4>)) {
    Recorded<32> ram;
    const auto entries = ram.template view<TestType>();
    CHECK(entries.size() == 4);
    CHECK(entries.size_bytes() == 32);
    CHECK_FALSE(entries.empty());
    CHECK(entries.at(3).address() == 24);
    CHECK(entries.template static_at<3>().address() == 24);
    CHECK(entries.subview(1, 2).size() == 2);
    const auto part = entries.subview(1, 2);
    using Element = typename decltype(entries.at(3))::Target;
    STATIC_REQUIRE(std::is_same_v<typename decltype(part)::Target, Element[]>);
    STATIC_REQUIRE(std::is_const_v<Element> ==
                   !std::is_same_v<TestType, std::remove_const_t<TestType>>);
    refuses_index(entries, 4, ram.log());
    refuses_index(entries, -1, ram.log());
    refuses_index(entries, std::int8_t{-1}, ram.log());
    refuses_index(entries, std::numeric_limits<std::int64_t>::min(), ram.log());
    refuses_index(entries, std::numeric_limits<std::uint64_t>::max(), ram.log());
}

TEST_CASE("20 indices narrower than the count", "[slices]") {
    Recorded<300> ram;
    const auto check = [&](auto bytes) {
        CHECK(bytes.at(std::int8_t{127}).address() == 127);
        CHECK(bytes.at(std::uint8_t{255 - 56}).address() == 199);
        refuses_index(bytes, std::int8_t{-1}, ram.log());
        refuses_index(bytes, std::int8_t{-128}, ram.log());
        refuses_index(bytes, std::int16_t{-1}, ram.log());
        refuses_index(bytes, std::int16_t{300}, ram.log());
    };
    check(ram.view<std::uint8_t[200]>());
    check(ram.view<std::uint8_t[256]>());
    check(ram.view<std::uint8_t[300]>());
    check(ram.view<std::uint8_t[]>());
    refuses_index(ram.view<std::uint8_t[127]>(), std::int8_t{127}, ram.log());
    refuses_index(ram.view<std::uint8_t[127]>(), std::int8_t{-1}, ram.log());
    CHECK(ram.view<std::uint8_t[128]>().at(std::int8_t{127}).address() == 127);
    refuses_index(ram.view<std::uint8_t[128]>(), std::int8_t{-128}, ram.log());
}

TEST_CASE("20 an index equal to the count and beyond is refused", "[slices]") {
    Recorded<32> ram;
    const auto words = ram.view<Words>();
    refuses_index(words, 8, ram.log());
    refuses_index(words, 9u, ram.log());
    refuses_index(words, -1, ram.log());
    refuses_index(words, std::int8_t{-8}, ram.log());
    refuses_index(words, std::int64_t{-1}, ram.log());
    refuses_index(words, std::numeric_limits<std::int64_t>::min(), ram.log());
    refuses_index(words, std::numeric_limits<std::uint64_t>::max(), ram.log());
    // a byte offset that would wrap round to an element
    refuses_index(words, std::uint64_t{1} << 62, ram.log());
#ifndef __STRICT_ANSI__
    __extension__ using wide = __int128;
    refuses_index(words, wide{1} << 64, ram.log());
    refuses_index(words, wide{-1}, ram.log());
#endif
    CHECK(words.try_at(7).has_value());
}

TEST_CASE("20 an empty slice has no element", "[slices]") {
    Recorded<32> ram;
    for (std::uint32_t first : {0u, 3u, 8u}) {
        const auto none = ram.view<Words>().subview(first, 0);
        CHECK(none.empty());
        CHECK(none.size() == 0);
        CHECK(none.size_bytes() == 0);
        CHECK(none.begin() == none.end());
        CHECK(none.try_subview(0, 0).has_value());
        refuses_index(none, 0, ram.log());
        refuses_part(none, 0, 1, ram.log());
        refuses_part(none, 1, 0, ram.log());
        for (auto word : none)
            word.write(0);
    }
    CHECK(ram.untouched());
}

TEST_CASE("24 a part of a slice keeps its own end", "[slices]") {
    Recorded<32> ram;
    const auto words = ram.view<Words>();
    const auto part = words.subview(2, 3);
    CHECK(part.address() == 8);
    CHECK(part.size() == 3);
    CHECK(part.try_at(2).value().address() == 16);
    refuses_index(part, 3, ram.log());
    refuses_part(part, 0, 4, ram.log());
    refuses_part(part, 1, 3, ram.log());
    const auto inner = part.subview(1, 1);
    CHECK(inner.at(0).address() == 12);
    refuses_index(inner, 1, ram.log());
}

TEST_CASE("24 parts end where the slice ends", "[slices]") {
    Recorded<32> ram;
    const auto words = ram.view<Words>();
    CHECK(words.try_subview(0, 8).value().size() == 8);
    CHECK(words.try_subview(8, 0).value().address() == 32);
    CHECK(words.try_subview(7, 1).value().at(0).address() == 28);
    refuses_part(words, 0, 9, ram.log());
    refuses_part(words, 8, 1, ram.log());
    refuses_part(words, 9, 0, ram.log());
    refuses_part(words, -1, 0, ram.log());
    refuses_part(words, -1, 1, ram.log());
    refuses_part(words, 0, -1, ram.log());
    refuses_part(words, 4, std::numeric_limits<std::uint64_t>::max(), ram.log());
    refuses_part(words, std::numeric_limits<std::uint64_t>::max(), 2, ram.log()); // end wraps to 1
}

TEST_CASE("24 ranges: empty, inverted, at the very end", "[slices]") {
    Recorded<32> ram;
    const auto words = ram.view<Words>();
    const auto size_of = [&](auto step) { return io::project(words, step).value().size(); };
    CHECK(size_of(io::try_range(0, 8)) == 8);
    CHECK(size_of(io::try_range(3, 3)) == 0);
    CHECK(size_of(io::try_range(8, 8)) == 0);
    CHECK(size_of(io::try_range(7, 8)) == 1);
    CHECK(size_of(io::try_from(0)) == 8);
    CHECK(size_of(io::try_from(7)) == 1);
    CHECK(size_of(io::try_from(8)) == 0);
    CHECK(size_of(io::try_first(0)) == 0);
    CHECK(size_of(io::try_first(8)) == 8);
    refuses_range(words, 0, 9, ram.log());
    refuses_range(words, 4, 3, ram.log());
    refuses_range(words, 9, 9, ram.log());
    refuses_range(words, -1, 4, ram.log());
    refuses_range(words, 4, -1, ram.log());
    refuses_range(words, -2, -1, ram.log());
    refuses_range(words, std::numeric_limits<std::uint64_t>::max(), 2, ram.log());
    for (long long bad : {9LL, -1LL, std::numeric_limits<long long>::max()}) {
        CHECK(io::project(words, io::try_from(bad)).error() == Error::out_of_bounds);
        CHECK(io::project(words, io::try_first(bad)).error() == Error::out_of_bounds);
    }
    CHECK(ram.untouched());
}

TEST_CASE("loops visit each element once, in order", "[slices]") {
    Recorded<16> ram;
    std::uint32_t next = 0;
    for (auto word : ram.view<std::uint32_t[4]>())
        word.write(next++);
    CHECK(ram.log() == Log{{wr, 0, 4, 0}, {wr, 4, 4, 1}, {wr, 8, 4, 2}, {wr, 12, 4, 3}});
    ram.recorder.clear();
    const auto part = ram.view<Words>().subview(1, 2);
    for (auto word : part)
        word.update([](auto v) { return v * 10; });
    CHECK(ram.log() == Log{{rd, 4, 4, 1}, {wr, 4, 4, 10}, {rd, 8, 4, 2}, {wr, 8, 4, 20}});
}

TEST_CASE("iterators are random access and make no access by themselves", "[slices]") {
    Recorded<32> ram;
    const auto words = ram.view<Words>();
    using It = decltype(words.begin());
    STATIC_REQUIRE(std::random_access_iterator<It>);
    STATIC_REQUIRE(std::sized_sentinel_for<It, It>);
    STATIC_REQUIRE(std::is_same_v<std::iter_value_t<It>, decltype(words.at(0))>);
    It it = words.begin();
    CHECK(words.end() - it == 8);
    CHECK((*it).address() == 0);
    CHECK((*it++).address() == 0);
    CHECK((*it).address() == 4);
    CHECK((*++it).address() == 8);
    CHECK((*it--).address() == 8);
    CHECK((*--it).address() == 0);
    CHECK((*(it + 3)).address() == 12);
    CHECK((*(3 + it)).address() == 12);
    CHECK(it[7].address() == 28);
    it += 5;
    it -= 1;
    CHECK((*it).address() == 16);
    CHECK((*(it - 4)).address() == 0);
    CHECK(it > words.begin());
    CHECK(it <= it);
    CHECK(it != words.end());
    CHECK(it + 4 == words.end());
    CHECK(words.begin() - words.end() == -8);
    CHECK(ram.untouched());
    const auto found =
        std::find_if(words.begin(), words.end(), [n = 0](auto) mutable { return n++ == 2; });
    CHECK((*found).address() == 8);
}

TEST_CASE("21 elements of elements: arrays of arrays and of objects", "[slices]") {
    Recorded<48> ram;
    const auto table = ram.view<std::uint16_t[4][6]>();
    CHECK(table.size() == 4);
    CHECK(table.at(3).size() == 6);
    CHECK(table.at(3).at(5).address() == 46);
    refuses_index(table, 4, ram.log());
    refuses_index(table.at(0), 6, ram.log());
    table.at(1).at(2).write(9);
    CHECK(ram.log() == Log{{wr, 16, 2, 9}});
    const auto rows = ram.view<std::uint16_t[][6]>();
    CHECK(rows.size() == 4);
    CHECK(rows.at(2).at(1).address() == 26);
}

TEST_CASE("slices work in the compiler", "[slices]") {
    STATIC_REQUIRE([] {
        io::testing::Memory<16> memory;
        std::uint32_t n = 0;
        for (auto word : memory.view<Words>())
            word.write(++n);
        const auto words = memory.view<Words>();
        return words.at(3).read() == 4 && !words.try_at(4) && !words.try_at(-1) &&
               words.subview(1, 2).at(1).read() == 3 && !words.try_subview(3, 2) &&
               words.end() - words.begin() == 4;
    }());
}
