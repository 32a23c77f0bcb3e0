// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/backend/sys_mem.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace io = ioview;

namespace {

int sum(io::Span<const int> values) {
    int total = 0;
    for (const int value : values)
        total += value;
    return total;
}

struct Pair {
    int first, second;
};
struct Derived : Pair {};

} // namespace

TEST_CASE("a Span takes what is in a row", "[span]") {
    int array[3] = {1, 2, 3};
    std::array<int, 2> two{4, 5};
    const std::vector<int> vector{6, 7};
    CHECK(sum(array) == 6);
    CHECK(sum(two) == 9);
    CHECK(sum(vector) == 13);
    CHECK(sum(std::vector<int>{1, 1}) == 2);
    CHECK(sum(std::span(array).first(2)) == 3);
    CHECK(sum(io::Span<int>(array)) == 6);
    CHECK(sum({array, 1}) == 1);
    CHECK(sum({}) == 0);
}

TEST_CASE("a Span refuses what would lose const, or is in another row", "[span]") {
    STATIC_REQUIRE(std::is_convertible_v<std::span<int>, io::Span<int>>);
    STATIC_REQUIRE(std::is_convertible_v<std::vector<int>&, io::Span<int>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::span<const int>, io::Span<int>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<const std::vector<int>&, io::Span<int>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::span<Derived>, io::Span<Pair>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::span<unsigned>, io::Span<int>>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<int*, io::Span<int>>);
}

TEST_CASE("a Span is a std::span where one is wanted", "[span]") {
    int array[3] = {1, 2, 3};
    io::Span<int> mine(array);
    const io::Span<int> constant(array);
    const io::Span<const int> readable(array);
    std::span<int> a = mine;
    std::span<int> b = constant;
    std::span<const int> c = readable;
    std::span<const int> d = mine;
    std::span<int> e = io::Span<int>(array);
    std::span<const int> f = io::Span<const int>(array);
    for (const auto size : {a.size(), b.size(), c.size(), d.size(), e.size(), f.size()})
        CHECK(size == 3);
    CHECK(e.data() == array);
}

TEST_CASE("the parts of a Span", "[span]") {
    STATIC_REQUIRE([] {
        int array[4] = {1, 2, 3, 4};
        const io::Span<int> all(array);
        return all.size() == 4 && all.size_bytes() == 16 && !all.empty() && all.front() == 1 &&
               all.back() == 4 && all[2] == 3 && all.first(2).back() == 2 &&
               all.last(1).front() == 4 && all.subspan(1).size() == 3 &&
               all.subspan(1, 2).back() == 3 && io::Span<int>().empty() && all.data() == array;
    }());
}

TEST_CASE("std::array is a target like an array, other templates of its shape are objects",
          "[span]") {
    using Array = std::array<std::uint32_t, 4>;
    STATIC_REQUIRE(io::min_size_of<Array> == 16);
    CHECK(io::SysMem<Array>::from_pointer(nullptr).size() == 4);
    STATIC_REQUIRE(std::is_same_v<io::SysMem<const Array>::Element, const std::uint32_t>);
    STATIC_REQUIRE(io::min_size_of<std::array<std::byte, 0>> == sizeof(std::array<std::byte, 0>));
}
