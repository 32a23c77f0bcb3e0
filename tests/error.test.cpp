// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/error.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace io = ioview;

namespace {

constexpr io::Result<std::uint32_t> half(std::uint32_t value) {
    if (value % 2 != 0)
        return io::fail(io::Error::invalid_argument);
    return value / 2;
}

constexpr io::Result<> check(bool right) {
    if (!right)
        return io::fail(io::Error::busy);
    return {};
}

// A value of a class without a default constructor, as every view is.
struct View {
    constexpr explicit View(std::uintptr_t where) : address(where) {}
    std::uintptr_t address;
};

constexpr struct {
    io::Error error;
    int value;
    std::string_view name;
} all[] = {
    {io::Error::out_of_bounds, 1, "out_of_bounds"},
    {io::Error::misaligned, 2, "misaligned"},
    {io::Error::invalid_argument, 3, "invalid_argument"},
    {io::Error::overflow, 4, "overflow"},
    {io::Error::timed_out, 5, "timed_out"},
    {io::Error::no_memory, 6, "no_memory"},
    {io::Error::busy, 7, "busy"},
    {io::Error::no_device, 8, "no_device"},
    {io::Error::io_error, 9, "io_error"},
    {io::Error::message_too_large, 10, "message_too_large"},
    {io::Error::unsupported, 11, "unsupported"},
};

} // namespace

TEST_CASE("every error has its number and its name", "[error]") {
    for (const auto& each : all) {
        CHECK(static_cast<int>(each.error) == each.value);
        CHECK(io::to_string(each.error) == each.name);
    }
    CHECK(sizeof(io::Error) == 1);
}

TEST_CASE("a number that is no error has a text too", "[error]") {
    CHECK(std::strcmp(io::to_string(io::Error{}), "unknown error") == 0);
    CHECK(std::strcmp(io::to_string(static_cast<io::Error>(255)), "unknown error") == 0);
}

TEST_CASE("a Result is a value or an error", "[error]") {
    STATIC_REQUIRE(half(6) == 3u);
    STATIC_REQUIRE(half(7) == io::fail(io::Error::invalid_argument));
    STATIC_REQUIRE(half(7).error() == io::Error::invalid_argument);
    STATIC_REQUIRE(half(8).and_then(half).and_then(half) == 1u);
    STATIC_REQUIRE(!half(6).and_then(half).has_value());
    STATIC_REQUIRE(check(true).has_value());
    STATIC_REQUIRE(check(false).error() == io::Error::busy);
}

TEST_CASE("a number that is no error has a name all the same", "[error]") {
    for (const unsigned number : {0u, 12u, 0xffu})
        CHECK(std::string(io::to_string(static_cast<io::Error>(number))) == "unknown error");
}

TEST_CASE("fail converts to every Result and cannot throw", "[error]") {
    STATIC_REQUIRE(noexcept(io::fail(io::Error::busy)));
    STATIC_REQUIRE(
        std::is_nothrow_constructible_v<io::Result<View>, decltype(io::fail(io::Error::busy))>);
    STATIC_REQUIRE(std::is_convertible_v<decltype(io::fail(io::Error::busy)), io::Result<>>);
}

TEST_CASE("a Result of a trivially copyable value travels in registers", "[error]") {
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::Result<>>);
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::Result<std::uint32_t>>);
    STATIC_REQUIRE(std::is_trivially_copyable_v<io::Result<View>>);
#if !IOVIEW_STD_EXPECTED
    STATIC_REQUIRE(sizeof(io::Result<>) == sizeof(io::Error));
#endif
    STATIC_REQUIRE(sizeof(io::Result<std::uint32_t>) == 8);
    STATIC_REQUIRE(sizeof(io::Result<std::uint64_t>) ==
                   2 * alignof(std::uint64_t) + (alignof(std::uint64_t) < 8 ? 4 : 0));
}
