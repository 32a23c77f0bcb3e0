// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/error.hpp>
#include <ioview/support/std_name.hpp>

#include "support/catch.hpp"

#include <array>
#include <memory>
#include <new>
#include <utility>

namespace mine::std {
struct in_place_t {};
} // namespace mine::std
namespace {
struct in_place_t {};
} // namespace

using ioview::detail::is_std;

TEST_CASE("a type of the standard library is told by its name") {
    STATIC_REQUIRE(is_std<std::in_place_t>("in_place_t]"));
    STATIC_REQUIRE(is_std<std::array<int, 2>>("array<"));
    STATIC_REQUIRE(!is_std<std::nothrow_t>("in_place_t]"));
    STATIC_REQUIRE(!is_std<std::in_place_type_t<int>>("in_place_t]"));
    STATIC_REQUIRE(!is_std<const std::in_place_t>("in_place_t]"));
    STATIC_REQUIRE(!is_std<in_place_t>("in_place_t]"));
    STATIC_REQUIRE(!is_std<mine::std::in_place_t>("in_place_t]"));
    STATIC_REQUIRE(!is_std<int>("in_place_t]"));
    STATIC_REQUIRE(!is_std<std::pair<int, std::in_place_t>>("in_place_t]"));
}

TEST_CASE("a Result is built in place by the tag of the library and by no other") {
    using Pair = std::pair<int, int>;
    STATIC_REQUIRE(std::is_constructible_v<ioview::Result<Pair>, std::in_place_t, int, int>);
    STATIC_REQUIRE(!std::is_constructible_v<ioview::Result<Pair>, std::nothrow_t, int, int>);
    STATIC_REQUIRE(!std::is_constructible_v<ioview::Result<Pair>, std::allocator_arg_t, int, int>);
    STATIC_REQUIRE(!std::is_constructible_v<ioview::Result<Pair>, in_place_t, int, int>);
    STATIC_REQUIRE(ioview::Result<Pair>(std::in_place, 1, 2)->second == 2);
}
